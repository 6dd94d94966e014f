"""What the children of bench_lookup do: look customers up and reveal a field, over HTTPS, kept alive.

The client is as lean as Python allows (prepared requests, one read an answer), because it shares the
cores with what it measures. An operation is two requests: find by phone, then reveal the phone.
"""

import json
import random
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Target:
    """One customer that a client may look up and, for the work item, reveal."""

    phone: str
    work_item: str


@dataclass(frozen=True)
class Client:
    """One account's key and its customers."""

    key: str
    targets: Sequence[Target]


@dataclass(frozen=True)
class Server:
    """Where the server listens and whose certificate it shows."""

    port: int
    authority: Path


class Link:
    """One connection that stays open."""

    def __init__(self, server: Server, key: str) -> None:
        context = ssl.create_default_context(cafile=str(server.authority))
        plain = socket.create_connection(("127.0.0.1", server.port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = context.wrap_socket(plain, server_hostname="localhost")
        self._head = (
            f"HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nAccept-Language: en\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The JSON answer of a 200; RuntimeError with the code of any other."""
        sent = json.dumps(body).encode()
        self._wire.sendall(
            b"POST /api/v1%s %s%d\r\n\r\n%s" % (path.encode(), self._head, len(sent), sent)
        )
        status, told = self._read()
        answer: dict[str, Any] = json.loads(told)
        if status != 200:
            raise RuntimeError(f"{status} {answer.get('code')}")
        return answer

    def _read(self) -> tuple[int, bytes]:
        held = b""
        while (end := held.find(b"\r\n\r\n")) < 0:
            held += self._more()
        head = held[:end].lower()
        at = head.index(b"content-length:") + 15
        length = int(head[at:].split(b"\r\n", 1)[0])
        while len(held) < end + 4 + length:
            held += self._more()
        return int(head[9:12]), held[end + 4 :]

    def _more(self) -> bytes:
        piece = self._wire.recv(65536)
        if not piece:
            raise RuntimeError("the server hung up")
        return piece


def one(link: Link, target: Target) -> None:
    """Look a customer up and reveal the phone that was searched."""
    found = link.post(
        "/customers/find", {"by": "phone", "value": target.phone, "purpose": "service"}
    )
    (customer,) = found["customers"]
    asked = {
        "fields": ["phone"], "purpose": "service", "work_item": target.work_item, "reason": "bench",
    }  # fmt: skip
    told = link.post(f"/customers/{customer['customer_id']}/reveal", asked)
    if told["values"] != {"phone": target.phone}:
        raise RuntimeError("another value came back")


def alone(server: Server, client: Client, count: int) -> list[float]:
    """Seconds of each of `count` operations, one after the other."""
    link, chance = Link(server, client.key), random.Random(1)
    taken = []
    for target in chance.choices(client.targets, k=count):
        started = time.perf_counter()
        one(link, target)
        taken.append(time.perf_counter() - started)
    return taken


def together(server: Server, clients: Sequence[Client], begin: float, seconds: float) -> int:
    """Operations that all clients of this process end between two moments of the shared clock."""
    done = [0] * len(clients)
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            done[number] = _until(server, clients[number], begin, begin + seconds)
        except (OSError, RuntimeError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(str(faults[0]))
    return sum(done)


def _until(server: Server, client: Client, begin: float, end: float) -> int:
    """Warm up until `begin`, count until `end`."""
    link, chance, done = Link(server, client.key), random.Random(client.key), 0
    while time.monotonic() < begin:
        one(link, chance.choice(client.targets))
    while True:
        one(link, chance.choice(client.targets))
        if time.monotonic() > end:
            return done
        done += 1
