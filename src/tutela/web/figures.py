"""Pictures: what a person did by day, by hour and beside peers, and how a measured number went. Pure: counts to
places."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

CELL: Final = 15
"""Width of a day in the calendar, in units of the drawing."""
HOUR: Final = 20
"""Width of an hour, in units of its drawing."""
_GROWN: Final = (3, 6, 9, 12)
"""Sides of the squares of a day, by quarter of the busiest day: told by size, not by hue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day of the calendar. `at_x`, `at_y` is the corner of its place, `side` that of the square in it."""

    day: date
    number: int
    at_x: int
    at_y: int
    side: int

    @property
    def inner_x(self) -> float:
        return self.at_x + (CELL - self.side) / 2

    @property
    def inner_y(self) -> float:
        return self.at_y + (CELL - self.side) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Weeks as columns, Monday first. `months` are places of the names of months; `busiest` days come first."""

    squares: Sequence[Square]
    months: Sequence[tuple[int, date]]
    busiest: Sequence[tuple[date, int]]
    by_month: Sequence[tuple[date, int, int]]
    width: int
    height: int = 7 * CELL
    total: int = 0
    active: int = 0


def calendar(by_day: dict[date, int], first: date, last: date) -> Calendar:
    """The days from `first` to `last`; days without a number are empty places."""
    monday = first - timedelta(days=first.weekday())
    most = max(by_day.values(), default=0)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    squares = [_square(day, by_day.get(day, 0), most, monday) for day in days]
    months = [
        (square.at_x, square.day)
        for square in squares
        if square.day.day == 1 or (square.day == first and first.day < 22)
    ]
    counted = {day: number for day, number in by_day.items() if first <= day <= last and number}
    sums: Counter[date] = Counter()
    active: Counter[date] = Counter()
    for day, number in counted.items():
        sums[day.replace(day=1)] += number
        active[day.replace(day=1)] += 1
    starts = dict.fromkeys(day.replace(day=1) for day in days)
    return Calendar(
        squares=squares,
        months=months,
        busiest=sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:5],
        by_month=[(month, sums[month], active[month]) for month in reversed(starts)],
        width=squares[-1].at_x + CELL,
        total=sum(counted.values()),
        active=len(counted),
    )


def _square(day: date, number: int, most: int, monday: date) -> Square:
    quarter = min(3, (number * 4 - 1) // most) if most else 0
    side = _GROWN[quarter] if number else 0
    week = (day - monday).days // 7
    return Square(day=day, number=number, at_x=week * CELL, at_y=day.weekday() * CELL, side=side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One person's number beside those of peers. `marks` are places of the peers on a line of 1,000; `place` is
    this person's, `rank` 1 for the highest."""

    own: int
    peers: int
    median: float
    most: int
    rank: int
    place: int
    marks: Sequence[int]


def beside(person: str, counted: dict[str, int]) -> Beside | None:
    """The person among all who hold the post; None without peers."""
    others = [number for key, number in counted.items() if key != person]
    if not others:
        return None
    own, most = counted.get(person, 0), max(*others, counted.get(person, 0))
    scale = most or 1
    return Beside(
        own=own,
        peers=len(others),
        median=statistics.median(others),
        most=max(others),
        rank=1 + sum(number > own for number in others),
        place=own * 1000 // scale,
        marks=[number * 1000 // scale for number in sorted(others)],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An hour of the day. `height` and `peer` are of 1,000, the share of the busiest hour of either."""

    hour: int
    number: int
    share: int
    peer_share: int
    height: int
    peer: int

    @property
    def at_x(self) -> int:
        return self.hour * HOUR


def hours(own: dict[int, int], peers: dict[int, int]) -> list[Bar]:
    """The 24 hours: this person's share of each, in percent, beside the share that all peers have in it."""
    of_own, of_peers = sum(own.values()) or 1, sum(peers.values()) or 1
    shares = [own.get(hour, 0) * 1000 // of_own for hour in range(24)]
    others = [peers.get(hour, 0) * 1000 // of_peers for hour in range(24)]
    most = max(*shares, *others, 1)
    return [
        Bar(
            hour=hour,
            number=own.get(hour, 0),
            share=round(shares[hour] / 10),
            peer_share=round(others[hour] / 10),
            height=shares[hour] * 1000 // most,
            peer=others[hour] * 1000 // most,
        )
        for hour in range(24)
    ]


STEP: Final = 14
"""Width of one measurement in a series, in units of its drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One number that was measured, as people read it (`text`), and the page behind it. `number` is None where
    there should have been one."""

    at: datetime
    number: int | None
    text: str
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A measurement in the picture. `height` is of 1,000, the share of the largest one."""

    one: Measured
    at_x: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Measurements from left to right, oldest first; `limit` is the height of what is promised, of 1,000."""

    steps: Sequence[Step]
    width: int
    limit: int | None = None
    largest: Measured | None = None
    newest: Measured | None = None


def series(measured: Sequence[Measured], limit: int | None = None) -> Series:
    """The measurements beside each other; `limit` is in their unit and stands in the picture with them."""
    known = [one for one in measured if one.number is not None]
    most = max([*(one.number or 0 for one in known), limit or 0, 1])
    steps = [
        Step(one=one, at_x=n * STEP, height=(one.number or 0) * 1000 // most)
        for n, one in enumerate(measured)
    ]
    return Series(
        steps=steps,
        width=max(1, len(steps)) * STEP,
        limit=None if limit is None else limit * 1000 // most,
        largest=max(known, key=lambda one: one.number or 0, default=None),
        newest=known[-1] if known else None,
    )
