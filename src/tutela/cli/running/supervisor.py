"""The supervisor of `tutela up`: restarts database, web server and worker, and stops them together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from django.utils.translation import gettext as _

from tutela.cli.running.cluster import Cluster, ClusterFailed
from tutela.cli.running.errors import StartRefused

POLL_SECONDS = 0.2
STOP_SECONDS = 15.0
LONGEST_PAUSE = 10.0
HEAL_SECONDS = 5.0
"""Time limit of one attempt to restart the database, during which children and signals are not handled."""


@dataclass(slots=True)
class Child:
    """One supervised process, restarted after a pause that doubles up to LONGEST_PAUSE."""

    name: str
    command: list[str]
    popen: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    pause: float = 0.5
    start_at: float = 0.0
    started: float = 0.0
    deaths: int = 0

    def poll(self, at: float, say: Callable[[str], None]) -> None:
        if self.process is None:
            if at >= self.start_at:
                self._start(at, say)
            return
        code = self.process.poll()
        if code is None:
            return
        if at - self.started > 60:
            self.pause = 0.5
        self.deaths += 1
        parameters = {"name": self.name, "code": code, "pause": f"{self.pause:g}"}
        say(_("%(name)s exited with %(code)s; restarting it in %(pause)s s.") % parameters)
        self.process, self.start_at = None, at + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def _start(self, at: float, say: Callable[[str], None]) -> None:
        """Start the process; an OSError is retried after LONGEST_PAUSE."""
        try:
            self.process, self.started = subprocess.Popen(self.command, **self.popen), at
        except OSError as error:
            parameters = {"name": self.name, "why": error.strerror, "pause": f"{LONGEST_PAUSE:g}"}
            say(_("%(name)s cannot start: %(why)s; retrying in %(pause)s s.") % parameters)
            self.start_at = at + LONGEST_PAUSE


@dataclass(slots=True)
class Supervisor:
    """Runs children until a signal. `cluster` is None for an external database."""

    children: list[Child]
    cluster: Cluster | None
    say: Callable[[str], None]
    stopping: bool = field(default=False)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            watched = 0.0
            while not self.stopping:
                at = time.monotonic()
                if at - watched > 1:
                    self._watch_database()
                    watched = at
                for child in self.children:
                    child.poll(at, self.say)
                time.sleep(POLL_SECONDS)
        finally:
            self._stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _watch_database(self) -> None:
        """Restart a dead database; errors are reported, and the next call tries again."""
        try:
            if self.cluster is None or self.cluster.postmaster() is not None:
                return
            self.say(_("PostgreSQL has stopped unexpectedly; restarting it."))
            self.cluster.ensure(HEAL_SECONDS)
        except ClusterFailed as error:
            self.say(str(error))
        except OSError as error:
            self.say(
                _("The database cannot be monitored at the moment: %(why)s.")
                % {"why": error.strerror}
            )

    def _stop(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def command(*words: str) -> list[str]:
    """The argv of a Tutela command in this Python."""
    return [sys.executable, "-m", "tutela", *words]


def hold(home: Path) -> int:
    """Take the lock that allows one `tutela up` per data directory; returns its descriptor. StartRefused."""
    handle = os.open(home / "up.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        problem = _("Tutela is already running on the data directory %(path)s.") % {"path": home}
        raise StartRefused(problem) from error
    os.set_inheritable(handle, False)
    return handle


def running(home: Path) -> bool:
    """Whether a `tutela up` runs on this data directory."""
    try:
        os.close(hold(home))
    except StartRefused:
        return True
    return False


def free(host: str, port: int) -> bool:
    """Whether the port can be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
