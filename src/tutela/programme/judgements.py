"""The one judgement on each target, which every room shows: made by the scorecard, which is above this room.

A page that shows something else of a target (a duty's tick, a year's figure) says what, and links to `page`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tutela.base.registry import Registry


class Condition(StrEnum):
    """What a target is judged to be. OVERDUE: no data, and the date by which there had to be some has
    passed; NO_DATA: no data yet."""

    MET = "met"
    AT_RISK = "at_risk"
    NOT_MET = "not_met"
    OVERDUE = "overdue"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The judgement on a target at a moment, by the figure `value` in `unit` (None: no data) of the days from
    `begins` up to, not including, `ends`. `page` is the target's own."""

    target: str
    condition: Condition
    value: float | None
    unit: str
    begins: date
    ends: date
    page: str


Judge = Callable[[Collection[str] | None, datetime], Mapping[str, Judgement]]
"""The judgements on targets (None: all that stand) at a moment, by target."""
Counted = Callable[[str, date, date], int]
"""How many rows of evidence a target counts that are dated within days (from, up to not including)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """What the scorecard declares."""

    judge: Judge
    counted: Counted


JUDGES: Final = Registry[Judges]("who judges targets")


def declare(judges: Judges) -> None:
    JUDGES.declare("scorecard", judges)


def judged(targets: Collection[str] | None, at: datetime) -> Mapping[str, Judgement]:
    """By target; empty where nobody judges."""
    judges = JUDGES.get("scorecard")
    return judges.judge(targets, at) if judges else {}


def counted(target: str, begins: date, ends: date) -> int:
    """How many rows of the days count for a target; 0 where nobody judges."""
    judges = JUDGES.get("scorecard")
    return judges.counted(target, begins, ends) if judges else 0
