"""A private installation for measures: its own data directory, the real embedded PostgreSQL, no mocks.

    with house.opened():
        ...            # migrated and seeded; every room works; gone afterwards

Settings are read once in a process, so all measures of one run share the data directory's path; what
lies in it is made anew for each `opened()`.
"""

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from tutela.base.actor import Actor
from tutela.cli.running import session
from tutela.cli.running.cluster import Cluster

KEPT = {"TUTELA_NODE_MODULES"}
_numbers = count(1)


@contextmanager
def opened() -> Iterator[Cluster]:
    """The server with a first run's tables, keys and rights; both aliases of Django point at it."""
    folder = home()
    cluster = Cluster(folder)
    try:
        with cluster.used():
            _first_run()
            settle()
            try:
                yield cluster
            finally:
                session.close()
    finally:
        shutil.rmtree(cluster.data, ignore_errors=True)
        _empty(folder)


@cache
def home() -> Path:
    """This run's data directory. Settings of the caller's shell must not bend what is measured, and
    an installation of theirs must not be touched."""
    from django.conf import settings

    if settings.configured:
        raise RuntimeError("settings are loaded already; a measure needs its own data directory")
    for name in [name for name in os.environ if name.startswith("TUTELA_") and name not in KEPT]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="tub"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # A measure that is told to end must not leave its server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["TUTELA_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
    session.settings()
    return folder


def child() -> None:
    """Load the settings in a child process, which inherits the data directory by its environment."""
    session.settings()
    atexit.register(session.close)
    settle()


def settle() -> None:
    """Keep what was loaded out of the search for garbage, as the web server does."""
    gc.collect()
    gc.freeze()


def branches(*codes: str) -> dict[str, int]:
    """Branches below one head office `HQ`; their ids by code."""
    from tutela.access import queries
    from tutela.access.actions.imports import import_branches
    from tutela.base.actor import SYSTEM

    rows = [
        {"code": code, "parent": "" if code == "HQ" else "HQ", "name_zh": code, "name_en": code}
        for code in ("HQ", *codes)
    ]
    import_branches(SYSTEM, rows)
    return queries.branch_codes()


def hire(post: str, branch: str) -> Actor:
    """A new account with a post at a branch, as it acts after a sign-in with a second factor."""
    from tutela.access.actions.people import NewStaff, create_staff
    from tutela.access.posts import POSTS
    from tutela.base.actor import SYSTEM, Channel

    number, kind = next(_numbers), POSTS[post].kind
    staff = create_staff(
        SYSTEM,
        NewStaff(
            staff_no=staff_no(number),
            login=f"{post}-{number}".replace("_", "-"),
            name=f"{post} {number}",
            post=post,
            branch=branch,
            kind=kind,
        ),
    )
    channel = Channel.API if kind == "machine" else Channel.PAGE
    return Actor(kind=kind, id=str(staff.id), channel=channel, session="s", second_factor=True)


def staff_no(number: int) -> str:
    """The staff number of the account that was hired as the n-th."""
    return f"B{number:05d}"


def operator() -> Actor:
    """The host's machine account: it writes everything and sees masks."""
    from tutela.access import queries
    from tutela.base.actor import Channel

    staff = queries.staff_by_login(queries.LOCAL_OPERATOR)
    return Actor(kind="machine", id=str(staff.id), channel=Channel.SHELL)


def _first_run() -> None:
    from tutela.cli.running import first_run

    first_run.migrate()
    first_run.seed()


def _empty(folder: Path) -> None:
    """Everything but the folder itself, and the session key that the settings have read."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != "session.key":
            path.unlink()
