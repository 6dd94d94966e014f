"""`tutela doctor`: what is wrong with this installation, each check with an id, a sentence and the mend."""

import contextlib
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.cli.running import layout, session

GIGA = 1024**3
State = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. `mend` is empty when there is nothing to do."""

    id: str
    state: State
    sentence: str
    mend: str = ""

    def as_row(self) -> dict[str, str]:
        return {"id": self.id, "state": self.state, "sentence": self.sentence, "mend": self.mend}


@contextlib.contextmanager
def database_if_possible() -> Iterator[None]:
    """The database for the checks; without one the checks that need it say so."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(session.database())
        except Exception as error:  # the doctor must examine a patient in any state
            failures.append(f"{type(error).__name__}: {error}".splitlines()[0])
        yield


failures: list[str] = []


def examine() -> list[Check]:
    """All checks in order. One that breaks is itself a bad finding."""
    return [_run(check) for check in CHECKS]


def _run(check: Callable[[], Check]) -> Check:
    name = check.__name__.replace("_", ".", 1)
    try:
        return check()
    except TutelaError as error:
        return Check(
            name, "bad", error.text(), _("See docs/operations.md, %(code)s.") % {"code": error.code}
        )
    except Exception as error:  # a broken check is a finding, not a crash
        return Check(
            name,
            "bad",
            _("The check itself failed: %(kind)s.") % {"kind": type(error).__name__},
            _("See the log."),
        )


def host_python() -> Check:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Check("host.python", "good", f"Python {found}")


def host_home() -> Check:
    home = settings.TUTELA_HOME
    if stat.S_IMODE(home.stat().st_mode) & 0o067:
        return Check(
            "host.home", "bad", _("The data directory is open to other accounts."),
            f"chmod 700 '{home}'",
        )  # fmt: skip
    return Check("host.home", "good", _("The data directory %(path)s is private.") % {"path": home})


def host_disk() -> Check:
    usage = shutil.disk_usage(settings.TUTELA_HOME)
    sizes = {"free": f"{usage.free / GIGA:.1f}", "total": f"{usage.total / GIGA:.1f}"}
    told = _("%(free)s GiB of %(total)s GiB are free.") % sizes
    if usage.free < 0.1 * usage.total and usage.free < 2 * GIGA:
        return Check(
            "host.disk",
            "bad",
            told,
            _("Free or add disk space: the trail closes when the disk is full."),
        )
    return Check("host.disk", "good", told)


def host_public() -> Check:
    open_wide = settings.TUTELA_BIND not in {"127.0.0.1", "::1", "localhost"}
    if settings.DEBUG and open_wide:
        return Check(
            "host.public", "bad", _("Debug is on at a public address."), _("Turn debug off.")
        )
    if settings.TUTELA_DEMO and open_wide:
        return Check(
            "host.public", "bad", _("The demo, with its known sign-ins, listens on a public address."),
            _("Unset TUTELA_BIND or TUTELA_DEMO."),
        )  # fmt: skip
    return Check(
        "host.public",
        "good",
        _("It listens on %(address)s; debug is off.") % {"address": settings.TUTELA_BIND},
    )


def host_frontend() -> Check:
    if len(settings.STATICFILES_DIRS) < len(layout.FRONT_END):
        return Check(
            "host.frontend", "bad", _("Style sheets and scripts are missing."), "make setup"
        )
    return Check("host.frontend", "good", _("Style sheets and scripts are in place."))


def host_language() -> Check:
    file = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if not file.exists():
        return Check("host.language", "bad", _("The Chinese texts are not built."), "make setup")
    return Check("host.language", "good", _("Chinese and English texts are in place."))


def notices_outbox() -> Check:
    from tutela.notices import queries

    found = queries.outbox()
    if found.failing or found.given_up:
        told = _("Notices that could not be sent: %(failing)s wait, %(given_up)s were given up.")
        return Check(
            "notices.outbox",
            "bad" if found.given_up else "warning",
            told % {"failing": found.failing, "given_up": found.given_up},
            _("See the page Notice channels, which says why, and try them again there."),
        )
    if not settings.TUTELA_MAIL_URL:
        return Check(
            "notices.outbox", "warning", _("No mail server is set up; notices stay in the inbox."),
            _("Set TUTELA_MAIL_URL, see docs/operations.md."),
        )  # fmt: skip
    return Check("notices.outbox", "good", _("No notice has failed to go out."))


def tls_certificate() -> Check:
    from tutela.cli.running import tls
    from tutela.crypto import certificates

    given = (settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY)
    found = tls.files(settings.TUTELA_HOME, [], given)
    end, _names = certificates.facts(found.certificate.read_bytes())
    told = _("The certificate is good until %(day)s.") % {"day": f"{end:%Y-%m-%d}"}
    if end - clock.now() < timedelta(days=14):
        return Check("tls.certificate", "bad", told, _("Renew the certificate."))
    if found.authority:
        told += " " + _("Browsers trust it after importing %(path)s.") % {"path": found.authority}
    return Check("tls.certificate", "good", told)


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
        found = cursor.fetchone()[0]
    where = _("embedded") if layout.embedded() else _("given by TUTELA_DATABASE_URL")
    if int(found.split(".")[0]) < 15:
        return Check(
            "database.reached",
            "bad",
            _("PostgreSQL %(version)s is too old.") % {"version": found},
            _("Use version 15 or newer."),
        )
    return Check("database.reached", "good", f"PostgreSQL {found}, {where}")


def database_tables() -> Check:
    if session.pending():
        return Check(
            "database.tables", "bad", _("The tables are older than Tutela."), "tutela migrate"
        )
    return Check("database.tables", "good", _("The tables are up to date."))


RIGHTS = """
SELECT rolsuper OR rolbypassrls OR rolcreaterole,
       has_table_privilege('trail.leaf', 'UPDATE') OR has_table_privilege('trail.leaf', 'DELETE')
       OR has_table_privilege('trail.leaf', 'TRUNCATE') OR has_table_privilege('trail.leaf', 'INSERT')
  FROM pg_roles WHERE rolname = current_user
"""


def database_rights() -> Check:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
        powerful, can_change = cursor.fetchone()
    if powerful or can_change:
        return Check(
            "database.rights", "bad", _("The application's role has more rights than it needs."),
            _("Run the statements of: tutela database-sql"),
        )  # fmt: skip
    return Check(
        "database.rights", "good", _("The application can neither change nor empty the trail.")
    )


def keys_root() -> Check:
    from tutela.keys import custody

    custody.ready()
    if not custody.describe().locked:
        state: State = "warning" if settings.TUTELA_DEMO else "bad"
        return Check(
            "keys.root", state, _("The root key file is not locked by a passphrase."),
            _("Run tutela lock-keys, then set TUTELA_KEY_PASSPHRASE_FILE."),
        )  # fmt: skip
    return Check("keys.root", "good", _("The root key file is locked and opens."))


def evidence_key() -> Check:
    from tutela.scorecard import signing

    known = signing.known()
    if known is None and not signing.is_here():
        return Check(
            "evidence.key", "good", _("No evidence pack has been signed; the first makes the key.")
        )
    if not signing.is_here():
        return Check(
            "evidence.key", "bad",
            _("evidence.key is missing here, so this machine signs no evidence packs."),
            _("Copy evidence.key from a machine of this installation into %(path)s, mode 600. If none "
              "has it any more: tutela evidence key --adopt makes a new one; tell readers its public half.")
            % {"path": settings.TUTELA_HOME},
        )  # fmt: skip
    here = signing.public_key()
    names = {"here": signing.key_id(here), "known": signing.key_id(known or here)}
    if known is None:
        return Check(
            "evidence.key", "warning",
            _("The database does not know the public half of evidence.key %(here)s yet.") % names,
            _("On the machine whose key readers know, run: tutela evidence key"),
        )  # fmt: skip
    if here != known:
        return Check(
            "evidence.key", "bad",
            _("evidence.key here is %(here)s, but this installation signs with %(known)s; this machine "
              "signs no evidence packs.") % names,
            _("Replace %(path)s by the file of a machine with %(known)s. If none has it any more: "
              "tutela evidence key --adopt lets the key here sign; tell readers its public half.")
            % {"path": settings.TUTELA_HOME / signing.NAME, "known": names["known"]},
        )  # fmt: skip
    told = _("evidence.key %(here)s is the one this installation signs with.") % names
    return Check("evidence.key", "good", told)


def trail_open() -> Check:
    from tutela.trail import queries

    health = queries.health()
    if health.state != "open":
        return Check(
            "trail.open",
            "bad",
            _("The trail is %(state)s: %(why)s.") % {"state": health.state, "why": health.why},
            _("See docs/operations.md, %(code)s.") % {"code": "trail.closed"},
        )
    if not health.next_partition:
        return Check(
            "trail.open", "bad", _("The table for next month's leaves is missing."),
            _("Start the worker: tutela up or tutela worker"),
        )  # fmt: skip
    return Check("trail.open", "good", _("The trail takes leaves."))


def trail_verified() -> Check:
    from tutela.cli import trail_faults

    return Check("trail.verified", *trail_faults.health())


VERIFY_DAYS = 2
"""The vault is compared with the trail every night."""


def vault_verified() -> Check:
    from tutela.vault.actions import verify

    run, mend = verify.last_run(), _("Run: tutela vault verify")
    if run is None:
        told = _("The vault was never compared with the trail.")
        return Check("vault.verified", "warning", told, mend)
    tally, day = run.tally, f"{run.started_at:%Y-%m-%d}"
    counts = {"day": day, "faults": tally.faults, "records": tally.records}
    if run.outcome != "good":
        return Check(
            "vault.verified", "bad",
            _("On %(day)s the vault was not as the trail says: %(faults)s faults.") % counts,
            _("Run tutela vault verify, which names them; see docs/operations.md, vault.verified."),
        )  # fmt: skip
    if clock.now() - run.started_at > timedelta(days=VERIFY_DAYS):
        told = _("The vault was last compared with the trail on %(day)s.") % counts
        return Check("vault.verified", "warning", told, mend)
    told = _("On %(day)s the vault was as the trail says: %(records)s versions.") % counts
    if not tally.not_anchored:
        return Check("vault.verified", "good", told)
    older = _("%(count)s versions are older than anchoring: no leaf names them yet.")
    told += " " + older % {"count": tally.not_anchored}
    return Check(
        "vault.verified", "good", told, _("The night anchors them, or: tutela vault anchor")
    )


def access_matrix() -> Check:
    from tutela.access import snapshot

    found = snapshot.current()
    return Check(
        "access.matrix",
        "good",
        _("Permission matrix %(hash)s is in force.") % {"hash": found.matrix},
    )


def texts_clear() -> Check:
    from tutela.cli.running import stored_texts

    held = stored_texts.values_in_clear()
    if held:
        places = ", ".join(f"{one.column} ({one.rows})" for one in held)
        return Check(
            "texts.clear", "warning",
            _("What looks like customers' details lies in clear in typed texts: %(places)s.")
            % {"places": places},
            _("See docs/operations.md, %(code)s.") % {"code": "texts.clear"},
        )  # fmt: skip
    return Check(
        "texts.clear", "good", _("No typed text holds what looks like customers' details.")
    )


WORKERS = (
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s'"
)


def worker_alive() -> Check:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WORKERS)
        count = cursor.fetchone()[0]
    if not count:
        return Check(
            "worker.alive", "warning", _("No worker runs now."), _("Start Tutela: tutela up")
        )
    return Check("worker.alive", "good", _("Workers at work: %(count)s.") % {"count": count})


CHECKS: tuple[Callable[[], Check], ...] = (
    host_python, host_home, host_disk, host_public, host_frontend, host_language,
    tls_certificate, database_reached, database_tables, database_rights, keys_root, evidence_key, trail_open,
    trail_verified, vault_verified, access_matrix, texts_clear, worker_alive, notices_outbox,
)  # fmt: skip
