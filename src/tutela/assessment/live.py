"""Readings of the targets that answer live controls, with the goals of the programme and the judgement.

The assessment imports no room beside or above it, so the scorecard provides the reader at start. Before
that every live control has no data. The verdict is the scorecard's own judgement on the target: today, or at the
end of an earlier year; the reading beside it is the year's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tutela.base import clock
from tutela.base.readings import Ask, Reading, moment, nothing
from tutela.programme import judgements
from tutela.programme.judgements import Judgement
from tutela.programme.models import TargetRule

from .rules import Verdict, of_reading

Read = Callable[[Sequence[Ask]], Mapping[Ask, Reading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The goal of a target. `direction` is at_least or at_most. A goal per `cadence` days is multiplied by
    `times`."""

    value: float
    direction: str = "at_least"
    cadence: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A target's reading of the year, the goal that applied, and the judgement on the target."""

    reading: Reading
    goal: Goal | None
    judgement: Judgement | None = None

    @property
    def verdict(self) -> Verdict:
        """The judgement; for a reading that nobody judges, by its goal."""
        if self.judgement is not None:
            return Verdict(self.judgement.condition.value)
        goal = self.goal
        return of_reading(
            self.reading.value, goal.value if goal else None, goal.direction if goal else "at_least"
        )


def _nobody(_asks: Sequence[Ask]) -> Mapping[Ask, Reading]:
    return {}


_read: Read = _nobody


def provide(read: Read) -> Read:
    """Set the reader of all asks; returns the previous one, which tests restore."""
    global _read
    before, _read = _read, read
    return before


def goals(on: date, days: int) -> dict[str, Goal]:
    """The signed goals in force on a day; goals per period are multiplied to cover `days`."""
    rows = TargetRule.objects.filter(signed_at__isnull=False, starts__lte=on)
    in_force = {}
    for row in rows.select_related("target").order_by("starts"):
        target = row.target
        periods = max(1, round(days / target.cadence_days)) if target.unit == "count" else 1
        in_force[target.id] = Goal(
            value=float(row.goal) * periods,
            direction=target.direction,
            cadence=target.cadence_days,
            times=periods,
        )
    return in_force


def year_of(target: str, year: int, today: date) -> Ask:
    """The year up to today, included."""
    end = min(today + timedelta(days=1), date(year + 1, 1, 1))
    return Ask(target=target, begins=date(year, 1, 1), ends=max(end, date(year, 1, 2)))


def judged_at(year: int, today: date) -> datetime:
    """The moment of the judgement: now, or the last one of an earlier year."""
    if year >= today.year:
        return clock.now()
    return moment(date(year + 1, 1, 1)) - timedelta(microseconds=1)


def read(targets: Iterable[str], year: int, today: date) -> dict[str, Live]:
    """Each target's reading for the year so far, with the goal that applies to it."""
    targets = set(targets)
    asks = [year_of(target, year, today) for target in sorted(targets)]
    if not asks:
        return {}
    readings, judged = _read(asks), judgements.judged(targets, judged_at(year, today))
    wanted = goals(min(today, date(year, 12, 31)), (asks[0].ends - asks[0].begins).days)
    return {
        ask.target: Live(
            reading=readings.get(ask) or nothing(ask, ""),
            goal=wanted.get(ask.target),
            judgement=judged.get(ask.target),
        )
        for ask in asks
    }
