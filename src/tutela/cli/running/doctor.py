"""Checks of the machine, the database and the worker for `tutela doctor` and the health page, each with an id, a
sentence and what to do."""

import contextlib
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check
from tutela.cli.running import layout, session, state

GIGA = 1024**3
FULL: Final = 0.8
LATE_MINUTES: Final = 10
_LOAD: Final = """
    SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity
        WHERE backend_type = 'client backend'), current_setting('max_connections')::int"""


@contextlib.contextmanager
def database_if_possible() -> Iterator[None]:
    """The database for the checks; if it fails, `database_reached` reports why."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(session.database())
        except Exception as error:  # the other checks must run in any state
            failures.append(f"{type(error).__name__}: {error}".splitlines()[0])
        yield


failures: list[str] = []


def host_python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check("host.python", "good", f"Python {version}")


def host_home() -> Check:
    home = settings.TUTELA_HOME
    if stat.S_IMODE(home.stat().st_mode) & 0o067:
        return Check(
            "host.home", "bad", _("The data directory is accessible to other accounts."),
            f"chmod 700 '{home}'",
        )  # fmt: skip
    return Check("host.home", "good", _("The data directory %(path)s is private.") % {"path": home})


def host_disk() -> Check:
    usage = shutil.disk_usage(settings.TUTELA_HOME)
    sizes = {"free": f"{usage.free / GIGA:.1f}", "total": f"{usage.total / GIGA:.1f}"}
    sentence = _("%(free)s GiB of %(total)s GiB are free.") % sizes
    if usage.free < 0.1 * usage.total and usage.free < 2 * GIGA:
        return Check(
            "host.disk",
            "bad",
            sentence,
            _("Free or add disk space: the trail closes when the disk is full."),
        )
    return Check("host.disk", "good", sentence)


def host_public() -> Check:
    open_wide = settings.TUTELA_BIND not in {"127.0.0.1", "::1", "localhost"}
    if settings.DEBUG and open_wide:
        return Check(
            "host.public",
            "bad",
            _("Debug mode is on at a public address."),
            _("Turn debug mode off."),
        )
    if settings.TUTELA_DEMO and open_wide:
        return Check(
            "host.public", "bad", _("The demo, with its publicly known accounts, is listening "
                                    "on a public address."),
            _("Unset TUTELA_BIND or TUTELA_DEMO."),
        )  # fmt: skip
    return Check(
        "host.public",
        "good",
        _("Listening on %(address)s; debug mode is off.") % {"address": settings.TUTELA_BIND},
    )


def host_frontend() -> Check:
    if len(settings.STATICFILES_DIRS) < len(layout.FRONT_END):
        return Check(
            "host.frontend", "bad", _("Style sheets and scripts are missing."), "make setup"
        )
    return Check("host.frontend", "good", _("Style sheets and scripts are present."))


def host_language() -> Check:
    file = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if not file.exists():
        return Check(
            "host.language", "bad", _("The Chinese texts have not been compiled."), "make setup"
        )
    return Check("host.language", "good", _("Chinese and English texts are complete."))


def tls_certificate() -> Check:
    from tutela.cli.running import tls
    from tutela.crypto import certificates

    configured = (settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY)
    files = tls.files(settings.TUTELA_HOME, [], configured)
    end, _names = certificates.facts(files.certificate.read_bytes())
    sentence = _("The certificate is valid until %(day)s.") % {"day": f"{end:%Y-%m-%d}"}
    if end - clock.now() < timedelta(days=14):
        return Check("tls.certificate", "bad", sentence, _("Renew the certificate."))
    if files.authority:
        sentence += " " + _("Browsers trust it once %(path)s is imported.") % {
            "path": files.authority
        }
    return Check("tls.certificate", "good", sentence)


def database_reached() -> Check:
    if failures:
        return Check(
            "database.reached",
            "bad",
            failures[0],
            _("See docs/operations.md, %(code)s.") % {"code": "database"},
        )
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    where = _("embedded") if layout.embedded() else _("set by TUTELA_DATABASE_URL")
    if int(version.split(".")[0]) < 15:
        return Check(
            "database.reached",
            "bad",
            _("PostgreSQL %(version)s is too old.") % {"version": version},
            _("Use version 15 or newer."),
        )
    return Check("database.reached", "good", f"PostgreSQL {version}, {where}")


def database_tables() -> Check:
    if session.pending():
        return Check(
            "database.tables",
            "bad",
            _("The database schema is older than this version of Tutela."),
            "tutela migrate",
        )
    return Check("database.tables", "good", _("The database schema is up to date."))


def trail_verified() -> Check:
    from tutela.cli import trail_faults

    return Check("trail.verified", *trail_faults.health())


def texts_clear() -> Check:
    from tutela.cli.running import stored_texts

    columns = stored_texts.values_in_clear()
    if columns:
        places = ", ".join(f"{column.column} ({column.rows})" for column in columns)
        return Check(
            "texts.clear", "warning",
            _("Free text contains what looks like customer details in clear: %(places)s.")
            % {"places": places},
            _("See docs/operations.md, %(code)s.") % {"code": "texts.clear"},
        )  # fmt: skip
    return Check(
        "texts.clear", "good", _("No free text contains what looks like customer details.")
    )


def worker_alive() -> Check:
    count = state.workers()
    if not count:
        return Check(
            "worker.alive", "warning", _("No worker is running."), _("Start Tutela: tutela up")
        )
    return Check("worker.alive", "good", _("Workers running: %(count)s.") % {"count": count})


def database_load() -> Check:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_LOAD)
        size, used, most = cursor.fetchone()
    facts = {"size": f"{size / GIGA:.2f}", "used": used, "most": most}
    sentence = _("The database has %(size)s GiB; %(used)s of %(most)s connections are in use.")
    if used >= FULL * most:
        return Check(
            "database.load", "warning", sentence % facts,
            _("Raise max_connections of PostgreSQL, or run fewer web processes."),
        )  # fmt: skip
    return Check("database.load", "good", sentence % facts)


def jobs_queue() -> Check:
    jobs = state.jobs()
    facts = {"waiting": jobs.waiting, "running": jobs.running, "failed": jobs.failed}
    sentence = _("Jobs: %(waiting)s waiting, %(running)s running, %(failed)s failed within a day.")
    if jobs.stalled:
        return Check(
            "jobs.queue", "warning",
            sentence % facts + " " + _("Without a worker: %(count)s.") % {"count": jobs.stalled},
            _("Restart the worker: it takes up what a worker that ended has left."),
        )  # fmt: skip
    if jobs.late_minutes >= LATE_MINUTES:
        late = _("The oldest has been due for %(minutes)s minutes.")
        return Check(
            "jobs.queue", "warning", sentence % facts + " " + late % {"minutes": jobs.late_minutes},
            _("Start the worker, or run another one: tutela worker"),
        )  # fmt: skip
    if jobs.failed:
        return Check(
            "jobs.queue", "warning", sentence % facts,
            _("See the log for the cause: %(names)s.") % {"names": ", ".join(jobs.failed_names)},
        )  # fmt: skip
    return Check("jobs.queue", "good", sentence % facts)


FIRST: Final[tuple[Callable[[], Check], ...]] = (
    host_python, host_home, host_disk, host_public, host_frontend, host_language,
    tls_certificate, database_reached, database_tables, database_load,
)  # fmt: skip
LAST: Final[tuple[Callable[[], Check], ...]] = (trail_verified, worker_alive, jobs_queue)
SLOW: Final[tuple[Callable[[], Check], ...]] = (texts_clear,)
