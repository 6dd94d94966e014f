"""Where the year is played: a clock that is moved by hand, the people, and what happens when.

The verbs ask `tutela.base.clock.now` for the moment; here it answers the moment being played. The trail
does not ask it: a leaf takes its moment from the machine's own clock, so every leaf of the year says
when it was really written, and its source says by what.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from tutela.access import queries as access
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel

SOURCE = "sample.year"  # What the trail shows as the source of everything played here.
PLAYED_SYSTEM = replace(SYSTEM, source=SOURCE)
MONTHS = 14
Act = Callable[[], object]


@dataclass(slots=True)
class Played:
    """Stands in for the clock in this process; nothing in the package can do that."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def playing(first: datetime) -> Iterator[Played]:
    """The clock answers what is played, and the true moment again afterwards."""
    true, made = clock.now, Played(first)
    clock.now = made
    try:
        yield made
    finally:
        clock.now = true


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment at the company."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(settings.TIME_ZONE))


def began(today: date) -> date:
    """The first day of the month fourteen months ago."""
    month = today.year * 12 + today.month - 1 - MONTHS
    return date(month // 12, month % 12 + 1, 1)


def workday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(slots=True)
class Year:
    """The days of the programme, from `starts` up to this moment, and what is to happen on them.

    The same seed and day give the same year.
    """

    starts: date
    until: datetime
    rng: Random
    folder: Path
    """Where what people of the year keep in files lies: the places of backups, and the keys that open them."""
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _count: int = 0

    def do(self, day: date, act: Act, hour: int = 10, minute: int = 0) -> None:
        """Let something happen on a day, on the Friday before a weekend, unless it is still to come."""
        self.run(workday(day), act, hour, minute)

    def run(self, day: date, act: Act, hour: int = 2, minute: int = 0) -> None:
        """Let a machine do something on a day, weekends too, unless it is still to come."""
        at = moment(day, hour, minute)
        if at < self.until:
            self._count += 1
            heapq.heappush(self._acts, (at, self._count, act))

    @property
    def today(self) -> date:
        """The day at the company."""
        return self.until.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    def play(self, played: Played) -> int:
        """Everything in its order; what happens may lead to more. How many acts there were."""
        done = 0
        while self._acts:
            at, _number, act = heapq.heappop(self._acts)
            played.at = max(played.at, at)
            act()
            done += 1
        return done

    def since(self, days: int) -> date:
        """So many days after the start."""
        return self.starts + timedelta(days=days)

    def ago(self, days: int) -> date:
        """So many days before today; a negative number is to come."""
        return self.today - timedelta(days=days)


def actor(person: Staff) -> Actor:
    """A person as the year plays them."""
    return Actor(kind="staff", id=str(person.id), channel=Channel.SHELL, source=SOURCE)


def holders(post: str, department: str = "") -> list[Staff]:
    """The people of a post, in the order of their numbers; of a department, where it has such people."""
    held = access.assignments_on(clock.today()).filter(post=post).order_by("staff__staff_no")
    people = [one.staff for one in held.select_related("staff__department")]
    return [one for one in people if one.department and one.department.code == department] or people


def person(post: str, number: int = 0) -> Actor:
    """The n-th holder of a post; number 0 is the one whose sign-in the demo prints."""
    return actor(holders(post)[number])
