"""What a figure is worth. Pure: a goal, a reading and the moment in, a verdict out.

No data is never green, and neither is stale proof: a figure nobody renewed says nothing about today.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

GRACE_SHARE: Final = 0.25
GRACE_DAYS: Final = 2
"""Proof may be late by a quarter of its cadence, and by two days at least (a weekend)."""
DRIFT: Final = timedelta(minutes=5)
"""Clocks of several machines differ by so much at most; later than that is the future."""
MONTH: Final = 28
UNEVEN: Final = 3
"""Cadences from a month on are those of the longest month, quarter or year: others have so many days less."""
Direction = Literal["at_least", "at_most"]


class Status(StrEnum):
    MET = "met"
    AT_RISK = "at_risk"
    NOT_MET = "not_met"
    NO_DATA = "no_data"


class Cause(StrEnum):
    """Why a line is not green; empty when it is. `overdue`: the first date has passed and there is no
    evidence; where there is some, the figure falls short, or the proof is old."""

    NONE = ""
    NO_DATA = "no_data"
    STALE = "stale"
    FUTURE = "future"
    SHORT = "short"
    BUILDING = "building"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A target as a rule version has it. `goal` is in `unit`; `cadence` in days, how often proof is due.

    `due` is the day by which the goal is first to be reached: until then a shortfall is a risk, not a
    failure. `rule` names the version, so that an old period keeps the rule that applied then.
    """

    target: str
    measure: str
    department: str
    goal: float
    unit: str
    direction: Direction
    cadence: int
    due: date | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a rule needs of a reading."""

    value: float | None
    evidence: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with its cause."""

    status: Status
    cause: Cause


def judge(goal: Goal, proof: Proof, at: datetime, today: date) -> Verdict:
    """The verdict at a moment; `today` is that moment's day at the company."""
    if proof.value is None or proof.newest is None or proof.evidence < 1:
        overdue = goal.due is not None and goal.due < today
        return Verdict(Status.NO_DATA, Cause.OVERDUE if overdue else Cause.NO_DATA)
    if proof.newest > at + DRIFT:
        return Verdict(Status.NO_DATA, Cause.FUTURE)
    stale = is_stale(goal, proof.newest, at)
    if not reaches(goal, proof.value):
        return _short(goal, today, stale)
    if stale:
        return Verdict(Status.AT_RISK, Cause.STALE)
    return Verdict(Status.MET, Cause.NONE)


def reaches(goal: Goal, value: float) -> bool:
    """Whether the value is as good as the goal."""
    return value >= goal.goal if goal.direction == "at_least" else value <= goal.goal


def _short(goal: Goal, today: date, stale: bool) -> Verdict:
    """Below the goal: a risk until the first date, a failure after; old proof is renewed before all else."""
    if goal.due is not None and today <= goal.due:
        return Verdict(Status.AT_RISK, Cause.BUILDING)
    return Verdict(Status.NOT_MET, Cause.STALE if stale else Cause.SHORT)


def grace(cadence: int) -> timedelta:
    """How late proof may be before it is stale."""
    return timedelta(days=max(GRACE_DAYS, round(cadence * GRACE_SHARE)))


def is_whole(days: int, cadence: int) -> bool:
    """Whether a report of so many days covers a whole period of its cadence, such as a calendar month."""
    return days >= (cadence - UNEVEN if cadence >= MONTH else cadence)


def read_up_to(newest: date, days: int, cadence: int, today: date) -> date | None:
    """Up to which day, not included, reports of other systems are read to say how things stand today.

    `newest` is the end of the newest report, which covers so many `days`. A whole period's figure stands
    until the next one can be there, and then grows stale: it is read up to its own end. When one more
    period has gone by it says nothing any more: None. Single events of a longer cadence count for that
    cadence and no longer; only a weekend is left in which they are reported.
    """
    if not is_whole(days, cadence) and grace(cadence).days > GRACE_DAYS:
        return max(newest, today - timedelta(days=GRACE_DAYS))
    return newest if today - newest <= timedelta(days=kept_days(cadence)) else None


def kept_days(cadence: int) -> int:
    """How many days after its end a period's figure is shown at all: stale, and then one more period."""
    return 2 * cadence + grace(cadence).days


def is_stale(goal: Goal, newest: datetime, at: datetime) -> bool:
    """Whether the youngest proof is older than its cadence and the grace."""
    return at - newest > timedelta(days=goal.cadence) + grace(goal.cadence)


def age_days(newest: datetime | None, at: datetime) -> int | None:
    """Whole days since the youngest proof; None without one."""
    return None if newest is None else max(0, (at - newest).days)


def next_due(goal: Goal, newest: date | None, today: date) -> date:
    """When proof is next wanted: the cadence after the last, the first due date before there is any."""
    if newest is not None:
        return newest + timedelta(days=goal.cadence)
    return goal.due or today
