"""Cache of opened customer keys: 10,000 entries for 60 seconds, cleared as a whole."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from uuid import UUID

from tutela.base import clock
from tutela.crypto.sealing import CustomerKeys

ENTRIES = 10_000
LIFE_SECONDS = 60.0

Name = tuple[UUID, int | None]
"""(customer, generation); None is the newest active generation."""


class KeyCache:
    """LRU cache. `epoch` counts the clears, so that rows read before one are not stored after it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Name, tuple[float, CustomerKeys]] = OrderedDict()
        self.epoch = 0

    def get(self, names: Iterable[Name]) -> dict[UUID, CustomerKeys]:
        """Customer to keys, for those opened less than LIFE_SECONDS ago."""
        known: dict[UUID, CustomerKeys] = {}
        oldest = clock.monotonic() - LIFE_SECONDS
        with self._lock:
            for name in names:
                entry = self._kept.get(name)
                if entry is None:
                    continue
                if entry[0] < oldest:
                    del self._kept[name]
                    continue
                self._kept.move_to_end(name)
                known[name[0]] = entry[1]
        return known

    def put(self, opened: Mapping[Name, CustomerKeys], epoch: int) -> None:
        """Store keys that were read in `epoch`; ignored if the cache was cleared since."""
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
        """Remove all entries."""
        with self._lock:
            self.epoch += 1
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
