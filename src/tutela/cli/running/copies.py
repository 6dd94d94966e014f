"""Servers and commands for restored copies: what the room of backups cannot know (`backup/scratch.py`)."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from tutela.backup.scratch import Done, Seat, Server
from tutela.cli.running import account, descent, environment, roles, supervisor
from tutela.cli.running.cluster import Cluster

ADMINISTRATOR = "postgres"
BOOT_SECONDS = 90.0


class Embedded:
    """The machine on which Tutela runs; see `backup.scratch.Machine`."""

    @contextlib.contextmanager
    def scratch(self, folder: Path) -> Iterator[Server]:
        home = folder / "home"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        cluster = Cluster(home)
        try:
            with cluster.used():
                yield _server(cluster)
        finally:
            cluster.stop("immediate")
            for left in {cluster.data, cluster.sockets, home}:
                shutil.rmtree(left, ignore_errors=True)

    @contextlib.contextmanager
    def own(self) -> Iterator[Server]:
        with Cluster(settings.TUTELA_HOME).used() as cluster:
            yield _server(cluster)

    def binaries(self) -> Path:
        return Cluster(settings.TUTELA_HOME).binaries

    def is_running(self) -> bool:
        return supervisor.running(settings.TUTELA_HOME)

    def role_statements(self) -> list[str]:
        return roles.role_statements()

    def database_statements(self, database: str) -> list[str]:
        return roles.database_statements(database)

    def run(self, seat: Seat, words: Sequence[str], seconds: float) -> Done:
        around = _around(seat)
        try:
            done = subprocess.run(
                supervisor.command(*words, "--json"), env=around.variables, pass_fds=around.files,
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=seconds,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Done(-1, (), "backup.too_slow")
        return Done(done.returncode, _rows(done.stdout), _refusal(done.stderr))

    @contextlib.contextmanager
    def serve(self, seat: Seat) -> Iterator[str]:
        """On a port that was free a moment ago; another program there makes the boot fail, and no copy good."""
        port = _free_port()
        around = _around(seat)
        down = descent.prepare(seat.home, account.choose(seat.home))
        variables = around.variables | {
            "TUTELA_HTTPS_PORT": str(port), "TUTELA_BIND": "127.0.0.1", "TUTELA_WEB_PROCESSES": "1",
            "HOME": str(seat.home),
        }  # fmt: skip
        log = seat.home / "logs" / "web.log"
        log.parent.mkdir(mode=0o700, exist_ok=True)
        with log.open("ab") as told:
            web = subprocess.Popen(
                [*down.prefix, *supervisor.command("web")], env=variables, pass_fds=around.files,
                stdin=subprocess.DEVNULL, stdout=told, stderr=told, **down.popen,
            )  # fmt: skip
        try:
            _wait(web, port)
            yield f"https://localhost:{port}"
        finally:
            _end(web)


def _server(cluster: Cluster) -> Server:
    return Server(
        host=str(cluster.sockets), port=5432, user=ADMINISTRATOR, binaries=cluster.binaries, home=cluster.home
    )  # fmt: skip


def _around(seat: Seat) -> environment.ChildEnvironment:
    if seat.is_scratch:
        return environment.of_copy(seat.home, seat.database, settings.TUTELA_KEY_PASSPHRASE)
    return environment.of_seat(seat.home, seat.database, seat.url)


def _rows(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        with contextlib.suppress(ValueError):
            row = json.loads(line)
            if isinstance(row, dict):
                found.append(row)
    return found


def _refusal(text: str) -> str:
    """The code of the refusal that a command printed, or of its kind of end."""
    for row in _rows(text):
        if isinstance(row.get("error"), dict):
            return str(row["error"].get("code", ""))
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(web: "subprocess.Popen[bytes]", port: int) -> None:
    """Until the port answers, the process ends or the time is over; the caller's first request tells."""
    until = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < until and web.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)


def _end(web: "subprocess.Popen[bytes]") -> None:
    web.terminate()
    try:
        web.wait(15)
    except subprocess.TimeoutExpired:
        web.kill()
        web.wait()
