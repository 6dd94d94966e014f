"""A small store of opened customer keys: 10,000 entries, 60 seconds, emptied whole when told.

A key that nobody asks for again leaves too: a thread looks once a second for what has had its time.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from uuid import UUID

from tutela.base import clock
from tutela.crypto.sealing import CustomerKeys

ENTRIES = 10_000
LIFE_SECONDS = 60.0
TICK_SECONDS = 1.0

Name = tuple[UUID, int | None]
"""Customer and generation; None is the newest active one."""


class KeyCache:
    """Least recently used goes first. `epoch` lets a reader notice that its row is out of date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Name, tuple[float, CustomerKeys]] = OrderedDict()
        self._first = 0.0  # no key was opened before; it may be earlier than the oldest
        self.epoch = 0

    def get(self, names: Iterable[Name]) -> dict[UUID, CustomerKeys]:
        """By customer, those keys that were opened less than a minute ago."""
        known: dict[UUID, CustomerKeys] = {}
        oldest = clock.monotonic() - LIFE_SECONDS
        with self._lock:
            for name in names:
                found = self._kept.get(name)
                if found is None:
                    continue
                if found[0] < oldest:
                    del self._kept[name]
                    continue
                self._kept.move_to_end(name)
                known[name[0]] = found[1]
        return known

    def put(self, opened: Mapping[Name, CustomerKeys], epoch: int) -> None:
        """Keep keys that were read in `epoch`; nothing is kept if the cache was emptied since."""
        now = clock.monotonic()
        with self._lock:
            if epoch != self.epoch:
                return
            if not self._kept:
                self._first = now
            for name, keys in opened.items():
                self._kept[name] = (now, keys)
                self._kept.move_to_end(name)
            while len(self._kept) > ENTRIES:
                self._kept.popitem(last=False)

    def expire(self) -> None:
        """Forget every key that would be older than a minute before the next call, a tick from now."""
        oldest = clock.monotonic() + TICK_SECONDS - LIFE_SECONDS
        with self._lock:
            if not self._kept or self._first > oldest:
                return
            # In the order of use, not of age: all are looked at, which takes 10,000 keys half a millisecond.
            over = [name for name, (opened, _) in self._kept.items() if opened <= oldest]
            for name in over:
                del self._kept[name]
            self._first = min((opened for opened, _ in self._kept.values()), default=0.0)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.epoch += 1
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


class Sweeper:
    """Calls a cache's `expire` once a second, in a thread that ends with the process."""

    def __init__(self, cache: KeyCache) -> None:
        self._cache = cache
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, if not yet begun. Returns at once."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keys-sweeper", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            self._cache.expire()
