"""A pool of places in which Django handles requests. Database connections belong to a place, not to a thread,
because the server has many threads, most of which wait for slow clients.
"""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .limits import PLACE_SECONDS
from .refusals import Busy


@dataclass(slots=True)
class Place:
    """One place: its database connections by alias."""

    links: dict[str, BaseDatabaseWrapper] = field(default_factory=dict)

    def enter(self) -> None:
        """Lend the connections to the current thread."""
        for alias, link in self.links.items():
            connections[alias] = link

    def leave(self) -> None:
        """Take them back, with those opened in the meantime."""
        for link in connections.all(initialized_only=True):
            if link.alias not in self.links:
                link.inc_thread_sharing()
                self.links[link.alias] = link
            del connections[link.alias]


class Places:
    """The pool, last in first out, so that few connections are open under low load."""

    def __init__(self, count: int) -> None:
        self._free = [Place() for _ in range(count)]
        self._tickets: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(count):
            self._tickets.put(None)
        self._whole: dict[int, tuple[str, float]] = {}
        self._number = iter(range(1 << 62)).__next__

    @contextmanager
    def taken(self, address: str) -> Iterator[None]:
        """Wait for a place for a completely read request; Busy after PLACE_SECONDS."""
        number = self._number()
        self._whole[number] = (address, time.monotonic())
        try:
            try:
                self._tickets.get(timeout=PLACE_SECONDS)
            except queue.Empty:
                raise Busy from None
            place = self._free.pop()
            try:
                place.enter()
                yield
            finally:
                place.leave()
                self._free.append(place)
                self._tickets.put(None)
        finally:
            del self._whole[number]

    def whole(self) -> list[tuple[str, float]]:
        """(client address, monotonic time) of every completely read request without a response."""
        return list(self._whole.values())
