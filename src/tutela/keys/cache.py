"""A small store of opened customer keys: 10,000 entries, 60 seconds, emptied whole when told."""

import threading
from collections import OrderedDict
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

    def get(self, name: Name) -> CustomerKeys | None:
        """The keys, if they were opened less than a minute ago."""
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                return None
            if clock.monotonic() - found[0] > LIFE_SECONDS:
                del self._kept[name]
                return None
            self._kept.move_to_end(name)
            return found[1]

    def put(self, name: Name, keys: CustomerKeys, epoch: int) -> None:
        """Keep keys that were read in `epoch`; nothing is kept if the cache was emptied since."""
        with self._lock:
            if epoch != self.epoch:
                return
            self._kept[name] = (clock.monotonic(), keys)
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
