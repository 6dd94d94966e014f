"""The few places in which Django works. A place has its own database connections, and takes whatever
thread comes with a request: the server has many threads, and most of them wait for slow clients.
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
    """One place: its connections by alias, whose request it works on, and since when."""

    links: dict[str, BaseDatabaseWrapper] = field(default_factory=dict)

    def enter(self) -> None:
        """Give this thread the place's connections."""
        for alias, link in self.links.items():
            connections[alias] = link

    def leave(self) -> None:
        """Take them back, with those that were opened meanwhile."""
        for link in connections.all(initialized_only=True):
            if link.alias not in self.links:
                link.inc_thread_sharing()
                self.links[link.alias] = link
            del connections[link.alias]


class Places:
    """A number of places, the last used first, so that few connections are open when little goes on."""

    def __init__(self, count: int) -> None:
        self._free = [Place() for _ in range(count)]
        self._tickets: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(count):
            self._tickets.put(None)
        self._whole: dict[int, tuple[str, float]] = {}
        self._number = iter(range(1 << 62)).__next__

    @contextmanager
    def taken(self, address: str) -> Iterator[None]:
        """A place for a request that is whole, as soon as one is free; Busy after half a minute."""
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
        """Address and moment of every request that is whole and not yet answered."""
        return list(self._whole.values())
