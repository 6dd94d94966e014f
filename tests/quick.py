"""What the tests' own installation takes lightly, because no test is about it: hashing a password, surviving a power
cut, listing static files. `faults`, `journeys` and `soak` start the product with its own settings, in a folder of
this kind."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.signals import setting_changed
from django.test.client import ClientHandler

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free in memory, so that the tests' databases lie there."""
SERVER = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "256MB",
    "min_wal_size": "80MB",
}
"""Settings of the tests' PostgreSQL. It still writes everything in the same order and survives its processes'
death by kill -9. Small buffers and little log: each file of tests begins with a copy of a database."""


class QuickArgon2(Argon2PasswordHasher):
    """Django's hasher with the least work that Argon2id allows."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


def share_middleware() -> None:
    """Let Django's test clients share one chain of middleware, until a setting changes: each would read the
    thousand static files anew, which takes longer than most requests."""
    load = ClientHandler.load_middleware
    chain: dict[str, object] = {}

    def share(self: ClientHandler, is_async: bool = False) -> None:
        if not chain:
            before = set(vars(self))
            load(self, is_async)
            chain.update({name: made for name, made in vars(self).items() if name not in before})
        vars(self).update(chain)

    ClientHandler.load_middleware = share
    setting_changed.connect(lambda **_: chain.clear(), weak=False)


def make_folder(prefix: str) -> Path:
    """A new folder for an installation, closed to others: in memory where there is enough, since copying a
    database writes a thousand files."""
    place = None
    if os.access(MEMORY, os.W_OK):
        disk = shutil.disk_usage(MEMORY)  # the trail closes on a disk that is nearly full
        place = MEMORY if disk.free > max(ROOM, disk.total // 2) else None
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def server_settings() -> Iterator[None]:
    """A cluster that is started within has the settings above."""
    from tutela.cli.running import cluster
    from tutela.cli.running.tuning import configuration

    def lightly(sockets: Path) -> str:
        told = "".join(f"{name} = {value}\n" for name, value in SERVER.items())
        return configuration(sockets) + told

    with mock.patch.object(cluster, "configuration", lightly):
        yield
