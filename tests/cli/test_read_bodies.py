"""Bodies are whole before Django begins, bounded in memory, and never in clear on a disk."""

import io
import os
import threading
from pathlib import Path

import pytest

from tutela.cli.front import bodies as rooms
from tutela.cli.front import refusals
from tutela.cli.front.bodies import Bodies
from tutela.cli.front.door import Door
from tutela.cli.front.limits import LARGE, SMALL, Limits
from tutela.cli.front.places import Places
from tutela.cli.front.sealed import BLOCK, SealedBody
from tutela.crypto.errors import DecryptFailed

LIMITS = Limits(
    body_seconds=10, body_rate=1000, body_bytes=4 * LARGE, memory_bytes=2 * LARGE, idle_seconds=75,
    connections=40, connections_an_address=20,
)  # fmt: skip
CANARY = "330106199003071234 张三 ".encode()


@pytest.fixture
def bodies(tmp_path: Path) -> Bodies:
    return Bodies(LIMITS, tmp_path / "spool")


def asked(body: bytes, **more: str) -> dict[str, object]:
    return {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), **more}


def text(length: int) -> bytes:
    return (CANARY * (length // len(CANARY) + 1))[:length]


@pytest.mark.parametrize(
    "length", [1, SMALL, SMALL + 1, LARGE, LARGE + 1, 3 * LARGE - 1, 2 * BLOCK * 2]
)
def test_a_body_is_given_as_it_came(bodies: Bodies, length: int) -> None:
    """Small, in memory and sealed; by pieces and by lines."""
    sent = text(length)
    with bodies.of(asked(sent), lambda: True) as body:
        assert body.read(10) + body.readline() + body.read() == sent
        assert body.read(1) == b""
    assert (bodies.memory, bodies.reading) == (0, 0)


def test_a_sealed_body_has_no_clear_byte_and_no_name_on_the_disk(tmp_path: Path) -> None:
    """What lies in the file is read from outside while it is open."""
    body = SealedBody(tmp_path / "spool")
    for _ in range(3):
        body.add(text(BLOCK))
    body._file.flush()
    assert list((tmp_path / "spool").iterdir()) == []
    with open(f"/proc/self/fd/{body._file.fileno()}", "rb") as file:
        lies = file.read()
    assert len(lies) > 3 * BLOCK
    assert CANARY[:18] not in lies
    body.close()


def test_blocks_cannot_change_places(tmp_path: Path) -> None:
    """Each is sealed with its number."""
    body = SealedBody(tmp_path)
    for _ in range(2):
        body.add(text(BLOCK))
    body._file.flush()
    first, second = (
        os.pread(body._file.fileno(), body._step, 0),
        os.pread(body._file.fileno(), body._step, body._step),
    )
    os.pwrite(body._file.fileno(), second + first, 0)
    with pytest.raises(DecryptFailed):
        body.read()
    body.close()


REFUSED = {
    "cut off": ({"CONTENT_LENGTH": "100"}, refusals.Refused),
    "no number": ({"CONTENT_LENGTH": "1e3"}, refusals.Refused),
    "other digits": ({"CONTENT_LENGTH": "\u0661"}, refusals.Refused),
    "chunked": ({"HTTP_TRANSFER_ENCODING": "chunked"}, refusals.LengthMissing),
    "too large": ({"CONTENT_LENGTH": str(4 * LARGE + 1)}, refusals.TooLarge),
    "cut off when large": ({"CONTENT_LENGTH": str(2 * LARGE)}, refusals.Refused),
    "cut off in memory": ({"CONTENT_LENGTH": str(LARGE)}, refusals.Refused),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_body_that_is_not_whole_never_reaches_django(
    bodies: Bodies, case, tmp_path: Path
) -> None:
    """The server tells no error for it: it gives fewer bytes."""
    changes, error = case
    with pytest.raises(error) as caught:
        bodies.of(asked(b"x" * 50, **changes), lambda: True)
    assert type(caught.value) is error
    assert (bodies.memory, bodies.reading) == (0, 0)


def test_a_strangers_bytes_never_reach_the_disk(bodies: Bodies) -> None:
    """More than a megabyte needs a sign-in; so does any when the memory for bodies is used up."""
    with pytest.raises(refusals.TooLarge):
        bodies.of(asked(text(LARGE + 1)), lambda: False)
    held = [bodies.of(asked(text(LARGE)), lambda: False) for _ in range(2)]
    with pytest.raises(refusals.TooLarge):
        bodies.of(asked(text(LARGE)), lambda: False)
    assert not bodies.folder.exists()
    with bodies.of(asked(text(LARGE)), lambda: True) as sealed:
        assert sealed.read() == text(LARGE)
    for body in held:
        body.close()
    assert bodies.memory == 0


def test_a_full_disk_is_told_before_a_byte_is_written(bodies: Bodies, monkeypatch) -> None:
    """The trail needs the room that is left."""
    monkeypatch.setattr(rooms, "FREE_BYTES", 1 << 62)
    with pytest.raises(refusals.Busy):
        bodies.of(asked(text(2 * LARGE)), lambda: True)


class _Answer(list):
    """What Django gives: an iterable that must be closed."""

    was_closed = False

    def close(self) -> None:
        self.was_closed = True


def test_the_door_hands_on_no_environment_and_answers_in_one_piece(
    bodies: Bodies, database, monkeypatch
) -> None:
    """The server copies its process's environment into each request."""
    monkeypatch.setenv("TUTELA_KEY_PASSPHRASE", "correct horse")
    answer, seen = _Answer([b"a", b"b"]), []

    def application(environ, start):
        seen.append((dict(environ), environ["wsgi.input"].read()))
        return answer

    door = Door(application, bodies, Places(1), lambda environ: False)
    environ = dict(os.environ) | asked(b"body", REMOTE_ADDR="10.0.0.1", HTTP_HOST="h")
    assert door(environ, lambda *_: None) == [b"ab"]
    ((told, body),) = seen
    assert (body, answer.was_closed) == (b"body", True)
    assert set(told) == {"wsgi.input", "CONTENT_LENGTH", "REMOTE_ADDR", "HTTP_HOST"}


def test_a_refused_request_is_told_in_the_form_of_its_door(bodies: Bodies, database) -> None:
    """A problem for programs, two sentences for people."""
    told: list[tuple[str, dict[str, str]]] = []

    def start(status, headers):
        told.append((status, dict(headers)))

    door = Door(lambda *_: _Answer(), bodies, Places(1), lambda environ: False)
    for path in ("/api/v1/imports", "/account/login/"):
        environ = asked(b"", REMOTE_ADDR="a", PATH_INFO=path, HTTP_TRANSFER_ENCODING="chunked")
        (body,) = door(environ, start)
        assert int(told[-1][1]["Content-Length"]) == len(body)
    assert [status for status, _ in told] == ["411 Length Required"] * 2
    assert told[0][1]["Content-Type"] == "application/problem+json"
    assert b"Content-Length" in body


def test_a_place_keeps_its_database_connection_whatever_thread_comes(database) -> None:
    """Many threads, few connections; prepared statements stay good too."""
    from django.db import connections

    from tutela.trail.connect import fetch

    places, backends = Places(2), set()
    connections.close_all()

    def work() -> None:
        with places.taken("a"):
            backends.update(row[0] for row in fetch("SELECT pg_backend_pid() + %s::int", (0,)))
            assert connections["default"].connection is not None
        assert connections.all(initialized_only=True) == []

    for _ in range(6):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert len(backends) == 1
    for place in places._free:
        for link in place.links.values():
            link.inc_thread_sharing()
            link.close()


def test_who_finds_no_place_is_told_so(database, monkeypatch) -> None:
    """After half a minute; whose request waits is known to the watch."""
    from tutela.cli.front import places as module

    monkeypatch.setattr(module, "PLACE_SECONDS", 0.05)
    places = Places(1)
    with places.taken("10.0.0.1"):
        assert [address for address, _ in places.whole()] == ["10.0.0.1"]
        with pytest.raises(refusals.Busy), places.taken("10.0.0.2"):
            pass
    with places.taken("10.0.0.3"):
        assert len(places.whole()) == 1
    assert places.whole() == []
