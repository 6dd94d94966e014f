"""Children that die come back; a data directory has one supervisor; a taken port is named."""

import os
import re
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tutela.cli.running import errors, redirect, supervisor
from tutela.cli.running.cluster import Cluster


def _sleeper() -> supervisor.Child:
    return supervisor.Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])


def test_a_killed_child_is_started_again():
    """The web server or the worker may die; Tutela goes on."""
    said: list[str] = []
    child = _sleeper()
    child.pause = 0.05
    child.poll(time.monotonic(), said.append)
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    until = time.monotonic() + 10
    while (child.process is None or child.process.pid == first) and time.monotonic() < until:
        child.poll(time.monotonic(), said.append)
        time.sleep(0.01)
    assert child.process is not None
    assert child.process.pid != first
    assert len(said) == 1
    assert "sleeper" in said[0]
    assert str(-signal.SIGKILL) in said[0]
    child.process.kill()
    child.process.wait()


def test_a_child_that_dies_at_once_is_not_started_in_a_storm():
    """The pause doubles up to ten seconds."""
    child = supervisor.Child("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    for _ in range(12):
        child.process, child.start_at = None, 0
        child.poll(1.0, lambda _: None)
        child.process.wait()
        child.poll(1.0, lambda _: None)
    assert child.pause == supervisor.LONGEST_PAUSE


def test_one_data_directory_has_one_supervisor():
    """The second one is told in a sentence."""
    with tempfile.TemporaryDirectory() as home:
        handle = supervisor.hold(Path(home))
        with pytest.raises(errors.StartRefused, match=re.escape(home)):
            supervisor.hold(Path(home))
        os.close(handle)
        os.close(supervisor.hold(Path(home)))


def test_a_taken_port_is_seen():
    """`tutela up` names it instead of dying in the server."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not supervisor.free("127.0.0.1", taken.getsockname()[1])


def test_plain_http_only_points_to_https():
    """Nothing of the request is repeated but a host name under which this installation answers."""
    with _redirects() as port:
        answer = _ask(port, "GET /x?name=secret HTTP/1.0\r\nHost: A.example:8080")
        assert "308" in answer
        assert "Location: https://a.example:8443/\r\n" in answer
        assert "secret" not in answer
        for stranger in ("<script>", "b.example", "a.example.b.example"):
            told = _ask(port, f"GET / HTTP/1.0\r\nHost: {stranger}")
            assert "Location: https://a.example:8443/\r\n" in told


def test_a_crowd_on_plain_http_takes_no_files_from_the_supervisor(monkeypatch):
    """Few connections at once, and each ends, however slowly it speaks."""
    monkeypatch.setattr(redirect, "SECONDS", 0.5)
    with _redirects() as port, ExitStack() as stack:
        crowd = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(3 * redirect.MOST)
        ]
        for client in crowd:
            with suppress(OSError):  # closed already
                client.sendall(b"GET / HTTP/1.0\r\nX: ")
        for client in crowd:
            with suppress(ConnectionError):
                assert client.recv(1) == b""
        assert "308" in _ask(port, "GET / HTTP/1.0")


def test_what_the_system_refuses_now_stops_neither_supervisor_nor_database():
    """No file left, a full disk: a database that cannot be seen is not dead, and is looked at again."""
    said: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tut") as home:
        made = Cluster(Path(home))
        (made.data / "postmaster.pid").mkdir(parents=True)  # a file that cannot be read
        supervisor.Supervisor([], made, said.append)._watch_database()
        assert (made.data / "postmaster.pid").exists()
    gone = supervisor.Child("gone", ["/no/such/program"])
    gone.poll(1.0, said.append)
    gone.poll(2.0, said.append)
    assert gone.process is None
    assert len(said) == 2


@contextmanager
def _redirects() -> Iterator[int]:
    server = redirect.serve("127.0.0.1", 0, 8443, ["a.example", "localhost"])
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def _ask(port: int, request: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(request.encode() + b"\r\n\r\n")
        return b"".join(iter(lambda: client.recv(4096), b"")).decode()
