"""Verdicts on figures. Pure: from a goal, a reading and a moment.

Neither missing data nor stale proof is ever met.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from tutela.programme.judgements import Condition

GRACE_SHARE: Final = 0.25
GRACE_DAYS: Final = 2
"""Proof may be late by a quarter of its cadence, at least by two days (a weekend)."""
DRIFT: Final = timedelta(minutes=5)
"""Tolerated difference between the clocks of machines; anything later is in the future."""
MONTH: Final = 28
UNEVEN: Final = 3
"""Cadences from a month on are the longest month, quarter or year; others are shorter by at most this."""
FIRST_YEAR: Final = 2000
LARGEST: Final = 10**12
UNITS: Final = frozenset({"percent", "days", "hours", "count"})
_ID: Final = re.compile(r"(?!.*\d{6})[a-z][a-z0-9-]{1,39}")
_MANY_DIGITS: Final = re.compile(r"\d{6}")
Direction = Literal["at_least", "at_most"]


class Status(StrEnum):
    MET = "met"
    AT_RISK = "at_risk"
    NOT_MET = "not_met"
    NO_DATA = "no_data"


class Cause(StrEnum):
    """Why a line is not met. OVERDUE: the first due date has passed without any evidence."""

    NONE = ""
    NO_DATA = "no_data"
    STALE = "stale"
    FUTURE = "future"
    SHORT = "short"
    BUILDING = "building"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A target by one version of its rule. `goal` is in `unit`; proof is due every `cadence` days.

    `due` is the day by which the goal must first be reached: until then a shortfall is a risk, not a
    failure. `rule` names the version.
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
    """The facts of a reading that the verdict depends on."""

    value: float | None
    evidence: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with its cause."""

    status: Status
    cause: Cause

    @property
    def condition(self) -> Condition:
        """The judgement in one word: a status, where no data that are overdue stand apart."""
        return Condition.OVERDUE if self.cause is Cause.OVERDUE else Condition(self.status.value)


def judge(goal: Goal, proof: Proof, at: datetime, today: date) -> Verdict:
    """The verdict at a moment; `today` is the company's day of that moment."""
    if proof.value is None or proof.newest is None or proof.evidence < 1:
        overdue = goal.due is not None and goal.due < today
        return Verdict(Status.NO_DATA, Cause.OVERDUE if overdue else Cause.NO_DATA)
    if proof.newest > at + DRIFT:
        return Verdict(Status.NO_DATA, Cause.FUTURE)
    stale = is_stale(goal, proof.newest, at)
    if not reaches(goal, proof.value):
        if goal.due is not None and today <= goal.due:
            return Verdict(Status.AT_RISK, Cause.BUILDING)
        return Verdict(Status.NOT_MET, Cause.STALE if stale else Cause.SHORT)
    if stale:
        return Verdict(Status.AT_RISK, Cause.STALE)
    return Verdict(Status.MET, Cause.NONE)


def reaches(goal: Goal, value: float) -> bool:
    """Whether the value is as good as the goal."""
    return value >= goal.goal if goal.direction == "at_least" else value <= goal.goal


def grace(cadence: int) -> timedelta:
    """How late proof may be without being stale."""
    return timedelta(days=max(GRACE_DAYS, round(cadence * GRACE_SHARE)))


def is_whole(days: int, cadence: int) -> bool:
    """Whether a report of so many days covers a whole period, such as a calendar month."""
    return days >= (cadence - UNEVEN if cadence >= MONTH else cadence)


def read_up_to(newest: date, days: int, cadence: int, today: date) -> date | None:
    """The day, not included, up to which reports of other systems count for today; None for none.

    `newest` is the end of the newest report, which covers `days`. A whole period's figure is read up to
    its own end: it is current until the next one is due, then stale, and after one more period it does
    not count. Single events of a longer cadence count for that cadence, with a weekend to report them.
    """
    if not is_whole(days, cadence) and grace(cadence).days > GRACE_DAYS:
        return max(newest, today - timedelta(days=GRACE_DAYS))
    return newest if today - newest <= timedelta(days=kept_days(cadence)) else None


def kept_days(cadence: int) -> int:
    """Days after its end for which a period's figure is shown: until stale, plus one period."""
    return 2 * cadence + grace(cadence).days


def is_stale(goal: Goal, newest: datetime, at: datetime) -> bool:
    """Whether the newest proof is older than its cadence plus grace."""
    return at - newest > timedelta(days=goal.cadence) + grace(goal.cadence)


def age_days(newest: datetime | None, at: datetime) -> int | None:
    """Whole days since the newest proof; None without one."""
    return None if newest is None else max(0, (at - newest).days)


def next_due(goal: Goal, newest: date | None, today: date) -> date:
    """When proof is next due: a cadence after the newest, or the first due date."""
    if newest is not None:
        return newest + timedelta(days=goal.cadence)
    return goal.due or today


def id_or_mark(text: str) -> str:
    """The text if it can be an id, else "?": anything else may be a customer's value and is not repeated."""
    return text if _ID.fullmatch(text) else "?"


def is_text(text: str, longest: int) -> bool:
    """Whether a text is not blank, printable, and at most so many characters long."""
    return text.isprintable() and text.strip() != "" and len(text) <= longest


def is_name(text: str) -> bool:
    """Whether a text can name a signer, who is no customer's number."""
    return is_text(text, 64) and not _MANY_DIGITS.search(text)
