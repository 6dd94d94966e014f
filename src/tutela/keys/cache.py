"""A small store of opened customer keys: 10,000 entries, 60 seconds, emptied whole when told."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from uuid import UUID

from tutela.base import clock
from tutela.crypto.sealing import CustomerKeys

ENTRIES = 10_000
LIFE_SECONDS = 60.0

Name = tuple[UUID, int | None]
"""Customer and generation; None is the newest active one."""


class KeyCache:
    """Least recently used goes first. `epoch` lets a reader notice that its row is out of date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Name, tuple[float, CustomerKeys]] = OrderedDict()
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
            for name, keys in opened.items():
                self._kept[name] = (now, keys)
                self._kept.move_to_end(name)
            while len(self._kept) > ENTRIES:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.epoch += 1
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
