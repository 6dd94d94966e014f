"""Connections that hold a server up: each kind sends as little as it can and waits.

They share one thread with a selector, so that hundreds of them cost the measured machine next to nothing.
"""

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
DRIBBLE_SECONDS = 1.0
KINDS = ("heads", "bodies", "stalled", "endless", "idle", "silent")
"""Heads and bodies that dribble, bodies that stop, chunks without an end, TLS and nothing more, TCP and
nothing more."""
_BEGINNING = {
    "heads": HEAD,
    "bodies": HEAD + b"Content-Length: 60000\r\n\r\n",
    "stalled": HEAD + b"Content-Length: 60000\r\n\r\nbody=",
    "endless": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
}
_MORE = {"heads": b"X-Slow: 1\r\n", "bodies": b"x", "endless": b"1\r\nx\r\n"}


@dataclass
class Slow:
    """The crowd. A connection that the server closes is opened again, as an attacker would."""

    port: int
    count: int
    kinds: tuple[str, ...] = KINDS
    source: str = "127.0.0.{}"
    opened: int = 0
    closed: int = 0
    _links: dict[int, tuple[str, socket.socket]] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Keep `count` connections open until told to stop."""
        while not self._stopping.is_set():
            began = time.monotonic()
            for place in range(self.count):
                if self._stopping.is_set():
                    break
                self._tend(place)
            self._stopping.wait(max(0.0, DRIBBLE_SECONDS - (time.monotonic() - began)))
        for _, link in self._links.values():
            link.close()

    def alive(self) -> int:
        """Connections that are open now."""
        return len(self._links)

    def stop(self) -> None:
        """Let go of all of them."""
        self._stopping.set()

    def _tend(self, place: int) -> None:
        known = self._links.get(place)
        try:
            if known is None:
                self._open(place)
            else:
                self._speak(*known)
        except (OSError, ValueError):
            self._lose(place)

    def _open(self, place: int) -> None:
        kind = self.kinds[place % len(self.kinds)]
        address = self.source.format(2 + place % 200)
        link = socket.create_connection(("127.0.0.1", self.port), 3, (address, 0))
        if kind != "silent":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = (
                False,
                ssl.CERT_NONE,
            )  # it only wastes time
            link = context.wrap_socket(link)
        self._links[place] = kind, link
        self.opened += 1
        if kind in _BEGINNING:
            link.sendall(_BEGINNING[kind])
        link.setblocking(False)

    def _speak(self, kind: str, link: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, contextlib.suppress(ssl.SSLWantReadError):
            ready.register(link, selectors.EVENT_READ)
            if ready.select(0) and not link.recv(65536):
                raise ConnectionError
        if kind in _MORE:
            link.sendall(_MORE[kind])

    def _lose(self, place: int) -> None:
        known = self._links.pop(place, None)
        if known:
            self.closed += 1
            known[1].close()


@contextlib.contextmanager
def crowd(port: int, count: int, kinds: tuple[str, ...] = KINDS) -> Iterator[Slow]:
    """The crowd at work, in a thread of this process."""
    slow = Slow(port, count, kinds)
    thread = threading.Thread(target=slow.work, daemon=True)
    thread.start()
    try:
        yield slow
    finally:
        slow.stop()
        thread.join(10)
