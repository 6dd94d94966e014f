"""What decides without a database: where a number belongs, and whether a feed is silent. Pure.

A feed may number its records. Numbers that came are kept as stretches without a hole; what lies between two
stretches is missing. A number that was there already, on another record told later than all before, means that the
numbering began again: a new run."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MOST_STRETCHES: Final = 1_000
"""More holes than this are not kept one by one: the oldest are counted as lost."""
MOST_DAYS_OLD: Final = 400
"""A record told to be older is refused: what came once is remembered so long."""
MOST_AHEAD: Final = timedelta(minutes=10)
"""Clocks differ; a record told to be later than this is refused."""
NUMBER_LIMIT: Final = 2**53 - 1
SILENCE_LEAST, SILENCE_MOST = 5, 60 * 24 * 32
"""Minutes without a record after which a feed may be called silent."""


NOBODY: Final = "outside"
"""The actor of a look whose account is matched to nobody: this, a colon and the account's id."""


class State(StrEnum):
    """What a feed is, on every page."""

    NEVER = "never"
    SENDING = "sending"
    SILENT = "silent"
    CLOSED = "closed"


class Action(StrEnum):
    """What was done with the customer's data, as far as the other system tells."""

    READ = "read"
    LIST = "list"
    WRITE = "write"
    EXPORT = "export"
    PRINT = "print"
    SESSION = "session"


class Place(StrEnum):
    """Where a number belongs."""

    NEXT = "next"
    AFTER_GAP = "after_gap"
    LATE = "late"
    AGAIN = "again"
    """The same number on another record: it is counted, and the numbering goes on."""
    RESTART = "restart"


@dataclass(slots=True)
class Stretch:
    """Numbers that came, `first` to `last`; `lost` of them are given up as missing."""

    first: int
    last: int
    lost: int = 0


@dataclass(slots=True)
class Numbering:
    """The numbers of one stream since it last began, in ascending stretches. `told` is the latest time of a
    record, `ended` the runs that ended since this was read."""

    run: int = 1
    stretches: list[Stretch] = field(default_factory=list)
    told: datetime | None = None
    ended: list[tuple[int, list[Stretch]]] = field(default_factory=list)

    def take(self, number: int, told: datetime) -> Place:
        """Note a number on a record that never came before."""
        later = self.told is None or told > self.told
        place = self._place(number, later=later)
        if place is Place.RESTART:
            self.ended.append((self.run, self.stretches))
            self.run, self.stretches = self.run + 1, [Stretch(number, number)]
        elif place is not Place.AGAIN:
            self._add(number)
        if later or place is Place.RESTART:
            self.told = told
        return place

    @property
    def missing(self) -> int:
        """Numbers that did not come."""
        return sum(count for _first, count in self.gaps()) + sum(s.lost for s in self.stretches)

    def gaps(self) -> list[tuple[int, int]]:
        """(first missing number, how many) of each hole, in ascending order."""
        return [
            (before.last + 1, after.first - before.last - 1)
            for before, after in zip(self.stretches, self.stretches[1:], strict=False)
        ]

    def _place(self, number: int, *, later: bool) -> Place:
        if not self.stretches or number == self.stretches[-1].last + 1:
            return Place.NEXT
        if number > self.stretches[-1].last:
            return Place.AFTER_GAP
        if later:
            return Place.RESTART
        at = bisect_right(self.stretches, number, key=lambda stretch: stretch.first)
        is_there = at > 0 and number <= self.stretches[at - 1].last
        return Place.AGAIN if is_there else Place.LATE

    def _add(self, number: int) -> None:
        kept = self.stretches
        at = bisect_right(kept, number, key=lambda stretch: stretch.first)
        if at > 0 and kept[at - 1].last == number - 1:
            kept[at - 1].last = number
            if at < len(kept) and kept[at].first == number + 1:
                self._join(at - 1)
        elif at < len(kept) and kept[at].first == number + 1:
            kept[at].first = number
        else:
            kept.insert(at, Stretch(number, number))
            if len(kept) > MOST_STRETCHES:
                self._join(0)

    def _join(self, at: int) -> None:
        """Make one of a stretch and the next; what lies between is lost."""
        one, other = self.stretches[at], self.stretches.pop(at + 1)
        one.lost += other.lost + other.first - one.last - 1
        one.last = other.last


def state_of(
    *, is_open: bool, received: datetime | None, opened: datetime, minutes: int, now: datetime
) -> State:
    """What a feed is: silent when nothing came for longer than it said, counted from its registration at first."""
    if not is_open:
        return State.CLOSED
    if now - (received or opened) > timedelta(minutes=minutes):
        return State.SILENT
    return State.SENDING if received else State.NEVER
