"""The ground every test stands on: a private data directory and the real, embedded PostgreSQL.

`database` gives a test module its own migrated and seeded database, copied from a template; nothing
is rolled back or mocked, so writers with their own connections see what the test sees.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests import quick

HOME = quick.make_folder("tut")
for name in [name for name in os.environ if name.startswith("TUTELA_")]:
    if name != "TUTELA_NODE_MODULES":
        del os.environ[name]
if "SHIFTED_CLOCK_ZONE" in os.environ:  # a run under another clock, tests/soak
    os.environ["TUTELA_TIME_ZONE"] = os.environ["SHIFTED_CLOCK_ZONE"]
os.environ["TUTELA_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
# The shell speaks the terminal's language; tests read its English unless they choose.
os.environ["LC_ALL"] = "C.UTF-8"

import django  # noqa: E402 the data directory must be known before settings are read

django.setup()

from django.conf import settings  # noqa: E402 as above

settings.ALLOWED_HOSTS.append("testserver")
settings.PASSWORD_HASHERS = [f"{quick.QuickArgon2.__module__}.{quick.QuickArgon2.__name__}"]
quick.share_middleware()

from django.db import connections  # noqa: E402

from tutela.cli.running.cluster import Cluster  # noqa: E402

TEMPLATE = "tutela"
# Rooms whose files share a whole installation: one worker runs each, and they begin first.
TOGETHER = ("journeys", "faults", "sample")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long rooms first, then the files marked slow, so that several workers end at about the same time."""
    turns = {room: turn for turn, room in enumerate(TOGETHER)}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(
        key=lambda item: (turns.get(item.path.parent.name, len(TOGETHER)), item.path not in slow)
    )


class ByFile(LoadScopeScheduling):
    """A file's tests stay on one worker in their order, and so do the rooms above."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        return file.parent.name if file.parent.name in TOGETHER else str(file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Asked by pytest-xdist, when tests run in several workers."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def home() -> Path:
    """The data directory of this run."""
    return HOME


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The embedded server, started once; its database `tutela` is migrated and seeded as at a first run."""
    server = Cluster(HOME)
    with quick.server_settings():
        server.start()
    try:
        _first_run()
        yield server
        close_all()
    finally:
        server.leave()
    shutil.rmtree(HOME, ignore_errors=True)


def _first_run() -> None:
    from tutela.cli.running.first_run import migrate, seed

    migrate()
    seed()
    close_all()


def close_all() -> None:
    """Let go of every connection of this process, so that databases can be copied and dropped."""
    from tutela.access import snapshot
    from tutela.keys import custody
    from tutela.trail import writer

    writer.stop()
    snapshot.stop()
    custody.stop()
    for connection in connections.all():
        connection.close()


@pytest.fixture(scope="module")
def database(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this module's own; yields its name."""
    name = "t_" + request.module.__name__.rsplit(".", 1)[-1][:50].lower()
    close_all()
    with cluster.connect() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} STRATEGY FILE_COPY')
    _point_at(name)
    yield name
    close_all()
    _point_at(TEMPLATE)
    with cluster.connect() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _point_at(name: str) -> None:
    """Send both aliases, and child processes, to another database of the same server."""
    os.environ["TUTELA_DATABASE_NAME"] = name
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name
    for marks in ("trail.heads", "trail.signed"):  # of another log than this database's
        (HOME / marks).unlink(missing_ok=True)
