"""Clients that send slowly, without end or not at all, against a real server: everybody else is served."""

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from benchmarks.slow_load import HEAD, KINDS, crowd
from tests.faults import installation, stock
from tests.faults.installation import Installation

CROWD = 120
AN_ADDRESS = 30


@pytest.fixture(scope="module")
def quick(stopped: Installation) -> Iterator[Installation]:
    """One that loses patience after two seconds, with one web process."""
    made = installation.copy(stopped)
    try:
        yield made.up(
            TUTELA_BODY_SECONDS="2", TUTELA_CONNECTIONS_AN_ADDRESS=str(AN_ADDRESS),
            TUTELA_IDLE_SECONDS="6",
        )  # fmt: skip
    finally:
        made.remove()


def wire(house: Installation, sent: bytes, address: str = "127.0.0.1") -> socket.socket:
    """A TLS connection on which something was sent."""
    client = house.client()
    client.source_address = (address, 0)
    client.connect()
    client.sock.sendall(sent)
    return client.sock


def ending(link: socket.socket) -> float:
    """Seconds until the server closes it."""
    began = time.monotonic()
    link.settimeout(20)
    try:
        while link.recv(65536):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - began


@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_everybody_else_is_served(quick: Installation, kind: str) -> None:
    """Fifteen times as many slow ones as there are places: a look at a customer takes under a second."""
    kinds = KINDS if kind == "all" else (kind,)
    with crowd(quick.port, CROWD, kinds) as slow:
        installation.until(lambda: slow.opened >= CROWD, 20, "the crowd")
        taken = []
        for n in range(8):
            began = time.monotonic()
            asked = {"by": "phone", "value": stock.phone(n), "purpose": "service"}
            assert quick.api("POST", "/customers/find", asked)["customers"]
            taken.append(time.monotonic() - began)
    assert sorted(taken)[-2] < 1.0, taken


SLOW = {
    "stalled body": HEAD + b"Content-Length: 100\r\n\r\nx",
    "stalled body of a megabyte": HEAD + b"Content-Length: 1000000\r\n\r\n" + b"x" * 9000,
    "unfinished head": HEAD,
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW.keys())
def test_a_slow_client_is_cut_off(quick: Installation, sent: bytes) -> None:
    """Two seconds here; nothing of the request was worked on."""
    assert 1.0 < ending(wire(quick, sent)) < 8


def test_a_connection_that_says_nothing_ends(quick: Installation) -> None:
    """Before TLS, and after it."""
    with socket.create_connection(("127.0.0.1", quick.port)) as silent:
        assert ending(silent) < 15
    assert ending(wire(quick, b"")) < 12


def test_an_address_holds_no_more_connections_than_allowed(quick: Installation) -> None:
    """The oldest go; another address is not touched."""
    other = wire(quick, b"", "127.0.0.9")
    links = [wire(quick, b"", "127.0.0.8") for _ in range(AN_ADDRESS + 15)]
    time.sleep(1.3)
    open_now = 0
    for link in [*links, other]:
        link.setblocking(False)
        try:
            open_now += bool(link.recv(1))
        except OSError:  # nothing to read: it is open
            open_now += 1
    assert open_now == AN_ADDRESS + 1


def test_a_body_without_a_length_is_refused_at_once(quick: Installation) -> None:
    """It could be without an end."""
    link = wire(quick, HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    assert link.recv(65536).startswith(b"HTTP/1.1 411 ")


def test_a_body_that_ends_early_is_not_worked_on(quick: Installation) -> None:
    """The server itself would hand on what came."""
    link = wire(quick, HEAD + b"Content-Length: 100\r\n\r\nshort")
    with socket.socket(fileno=os.dup(link.fileno())) as same:
        same.shutdown(socket.SHUT_WR)
    assert b" 400 " in link.recv(65536)


def test_a_long_answer_is_not_taken_for_a_slow_client(quick: Installation) -> None:
    """A request that is worked on for longer than the limit keeps its connection: PostgreSQL makes it wait."""
    key = {"Authorization": f"Bearer {quick.machine}"}
    held = quick.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'tutela' LIMIT 1")
    assert held

    def hold() -> None:
        quick.sql(
            "BEGIN; LOCK TABLE vault.import_batch IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(5); COMMIT"
        )

    thread = threading.Thread(target=hold)
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    status, _ = quick.ask("GET", "/api/v1/imports/00000000-0000-0000-0000-000000000000", **key)
    thread.join()
    assert (status, time.monotonic() - began > 3) == (404, True)


def test_a_large_upload_arrives_whole(quick: Installation) -> None:
    """Three megabytes, read by the door, sealed, and imported by the worker."""
    file = stock.customers(quick.folder / "large.csv", 5_000_000, 25_000)
    assert file.stat().st_size > 1_500_000
    key = {"Authorization": f"Bearer {quick.machine}", "Content-Type": "application/octet-stream"}
    path = "/api/v1/imports?collection=customer&source=other"
    with contextlib.suppress(OSError):  # it may hang up before all is sent
        assert quick.ask("POST", path, file.read_bytes(), Authorization="Bearer none")[0] == 413
    assert quick.sql("SELECT count(*) FROM vault.import_batch WHERE source = 'other'") == [(0,)]
    quick.register_source("other")
    status, text = quick.ask("POST", path, file.read_bytes(), **key)
    assert status == 202, text
    assert len(json.loads(text)["import_id"]) == 36
