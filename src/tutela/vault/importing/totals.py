"""How many rows an import has in all: known, estimated or unknown; and the per cent that is done.

What is learned while the file is read is noted with the batch, and what is noted is what everybody is
told: the shell that runs the import, its page, the API.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tutela.base import clock

_WORTH = 200
"""A new estimate is noted when it differs by more than one part in so many."""
_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Total:
    """Rows in all; 0 while nobody knows. `about`: estimated."""

    rows: int = 0
    about: bool = True

    def percent(self, done: int) -> int | None:
        """Whole per cent, 99 at most: an import is whole when it is finished, not before. None while
        the total is not known, which is so too when more is done than was estimated."""
        if not self.rows or (self.about and self.rows < done):
            return None
        return min(99, 100 * done // self.rows)


Note = Callable[[Total], None]
"""Keeps a total with the batch."""


@dataclass(slots=True)
class Known:
    """The total that was noted last. An import pays for noting it a few times, not for each chunk."""

    total: Total
    note: Note | None
    _noted: float = float("-inf")

    def learn(self, new: Total, done: int) -> Total:
        """Take in what the reader knows now, with so many rows done; the total that is told."""
        if new.rows and self._worth(new, done):
            self.total, self._noted = new, clock.monotonic()
            if self.note:
                self.note(new)
        return self.total

    def _worth(self, new: Total, done: int) -> bool:
        old = self.total
        if not new.about:
            return new != old
        if old.rows < done:
            return True
        lately = clock.monotonic() - self._noted < _EVERY_SECONDS
        return old.about and not lately and abs(new.rows - old.rows) * _WORTH > old.rows
