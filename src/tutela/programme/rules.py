"""Pure decisions of the programme: periods of duties, rules of targets, state changes.

No clock, no Django: days are arguments. Weeks are ISO weeks, so a year with a week 53 has one period
more, and no day is in two periods.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from tutela.proof.errors import EvidenceInFuture
from tutela.proof.rules import check_reason

from . import errors

LAST_YEAR = 2200
CODE_LETTERS: Final = 40
DEPARTMENT_LETTERS: Final = 80
_DEPARTMENT_CODE: Final = re.compile("[a-z](?:_?[a-z0-9])+")
_DUTY_CODE: Final = re.compile("[a-z](?:-?[a-z0-9])+")
# Codes are in leaves, links and messages, so nothing as long as a customer's number may fit.
_MANY_DIGITS: Final = re.compile(r"\d{5}")
Direction = Literal["at_least", "at_most"]


class Cadence(StrEnum):
    """How often a duty recurs. Periods are those of the calendar."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(cadence.value, cadence.value) for cadence in cls]


_MONTHS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.YEARLY: 12,
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `begins` up to, not including, `ends`."""

    begins: date
    ends: date

    @property
    def last(self) -> date:
        return self.ends - timedelta(days=1)


def period_of(cadence: Cadence, day: date) -> Period:
    """The period that contains a day; DayOutOfRange beyond the years that can be planned."""
    if not 1900 <= day.year <= LAST_YEAR:
        raise errors.DayOutOfRange(year=day.year)
    if cadence is Cadence.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=7))
    months = _MONTHS[cadence]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, add_months(first, months))


def periods(cadence: Cadence, starts: date, until: date) -> Iterator[Period]:
    """The whole periods from `starts` on that begin by `until`. A period that began before `starts` is
    not owed."""
    period = period_of(cadence, starts)
    if period.begins < starts:
        period = period_of(cadence, period.ends)
    while period.begins <= until:
        yield period
        period = period_of(cadence, period.ends)


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where there is no such day (leap days)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def due_of(period: Period, grace_days: int) -> date:
    """The last day on which the duty of a period is on time."""
    return period.last + timedelta(days=grace_days)


def label_of(cadence: Cadence, begins: date) -> str:
    """A period's short name: 2026-W53, 2026-03, 2026-Q1, 2026-H2, 2026."""
    if cadence is Cadence.WEEKLY:
        year, week, _ = begins.isocalendar()
        return f"{year}-W{week:02}"
    number = (begins.month - 1) // _MONTHS[cadence] + 1
    return {
        Cadence.MONTHLY: f"{begins.year}-{begins.month:02}",
        Cadence.QUARTERLY: f"{begins.year}-Q{number}",
        Cadence.HALF_YEARLY: f"{begins.year}-H{number}",
        Cadence.YEARLY: str(begins.year),
    }[cadence]


def company_day(moment: datetime, zone: str) -> date:
    """The day of a moment in the company's time zone. Stored, so that a later change of zone does not
    move it."""
    return moment.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The facts of an occurrence on which a change of its state depends."""

    begins: date
    due: date
    state: str


def look(occurrence: Occurrence, today: date) -> str:
    """The state as shown: done, missed, skipped, moved, under_way or to_come. Overdue is missed at once,
    also before the hourly job has stored it."""
    if occurrence.state in {"done", "missed", "skipped"}:
        return occurrence.state
    if occurrence.due < today:
        return "missed"
    if occurrence.begins > today:
        return "to_come"
    return "moved" if occurrence.state == "moved" else "under_way"


def check_close(occurrence: Occurrence, *, done_on: date, today: date) -> None:
    """A duty is closed on time, with the day it was done."""
    check_change(occurrence, today)
    if done_on > today:
        raise EvidenceInFuture(day=done_on.isoformat())
    if done_on < occurrence.begins:
        raise errors.EvidenceTooEarly(day=done_on.isoformat(), begins=occurrence.begins.isoformat())


def check_proof(evidence: str, files: int) -> None:
    """A closed duty has proof: text or a file."""
    if not evidence.strip() and not files:
        raise errors.ProofMissing


def check_change(occurrence: Occurrence, today: date) -> None:
    """Done and skipped occurrences do not change; missed ones stay missed."""
    shown = look(occurrence, today)
    if shown == "missed":
        raise errors.OccurrenceMissed(due=occurrence.due.isoformat())
    if shown in {"done", "skipped"}:
        raise errors.OccurrenceSettled(state=shown)


def check_move(occurrence: Occurrence, *, to: date, reason: str, today: date, latest: date) -> None:
    """To a later day, at most the end of the next period, with a reason."""
    check_change(occurrence, today)
    check_reason(reason)
    if to < today or to <= occurrence.due or to > latest:
        raise errors.MoveRefused(due=occurrence.due.isoformat(), latest=latest.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A signed version of a target's goal, or a draft."""

    starts: date
    goal: Decimal


def rule_at(rules: Sequence[Rule], day: date) -> Rule | None:
    """The rule in force on a day: the latest one that has started."""
    return max((rule for rule in rules if rule.starts <= day), key=lambda r: r.starts, default=None)


def is_looser(direction: Direction, now: Decimal, wanted: Decimal) -> bool:
    """Whether the wanted goal demands less."""
    return wanted < now if direction == "at_least" else wanted > now


def check_draft(
    rules: Sequence[Rule], wanted: Rule, *, direction: Direction, today: date, first: bool = False
) -> None:
    """A rule starts today or later, at most one a day: past periods keep the rule that applied then."""
    if wanted.goal < 0:
        raise errors.GoalInvalid
    if wanted.starts < today and not first:
        current = rule_at(rules, wanted.starts)
        if current is not None and is_looser(direction, current.goal, wanted.goal):
            raise errors.TargetLoosenedBackwards(starts=wanted.starts.isoformat())
        raise errors.TargetBackdated(starts=wanted.starts.isoformat())
    if any(rule.starts == wanted.starts for rule in rules):
        raise errors.RuleTwice(starts=wanted.starts.isoformat())


def check_signer(drafted_by: str, signer: str) -> None:
    """The second signature is another person's."""
    if drafted_by == signer:
        raise errors.SecondPersonMissing


def check_hand_over(department: str, heir: str, reason: str) -> None:
    """To another department, with a reason."""
    if department == heir:
        raise errors.HeirSame
    check_reason(reason)


def check_remove_department(department: str, measures: int, duties: int, tasks: int) -> None:
    """Only a department that owes nothing is removed."""
    if measures or duties or tasks:
        raise errors.DepartmentBusy(
            department=department, measures=measures, duties=duties, tasks=tasks
        )


Names = tuple[str, str]
"""The names of a department, Chinese and English."""


def check_department_code(code: str) -> None:
    """A code never changes: links, files and leaves cite it."""
    fits = 2 <= len(code) <= CODE_LETTERS and _DEPARTMENT_CODE.fullmatch(code)
    if not fits or _MANY_DIGITS.search(code):
        raise errors.DepartmentCodeInvalid(letters=CODE_LETTERS)


def check_department_names(names: Names, code: str, others: Mapping[str, Names]) -> None:
    """Both names are given, and none of code and names is ambiguous with a code or name of `others`
    (code to names)."""
    if not all(0 < len(name) <= DEPARTMENT_LETTERS and name.isprintable() for name in names):
        raise errors.DepartmentNameInvalid(letters=DEPARTMENT_LETTERS)
    wanted = {word.casefold() for word in (code, *names)}
    for other, called in others.items():
        if wanted & {word.casefold() for word in (other, *called)}:
            raise errors.DepartmentNameTaken(department=other)


def check_duty_code(code: str) -> None:
    fits = 2 <= len(code) <= CODE_LETTERS and _DUTY_CODE.fullmatch(code)
    if not fits or _MANY_DIGITS.search(code):
        raise errors.DutyCodeInvalid


TASK_MOVES = {
    "todo": {"doing", "done", "dropped"},
    "doing": {"todo", "done", "dropped"},
    "done": {"doing"},
    "dropped": {"todo"},
}
# Moves without a reason, in the order of the board.
FREE_MOVES = {"todo": ("doing", "done"), "doing": ("todo", "done")}


def check_reassign_task(state: str, reason: str) -> None:
    """Only an open task is reassigned, with a reason."""
    if state not in FREE_MOVES:
        raise errors.TaskEnded
    check_reason(reason)


def check_move_task(state: str, to: str, reason: str) -> None:
    """Dropping and reopening need a reason, other moves none."""
    if to not in TASK_MOVES.get(state, set()):
        raise errors.TaskMoveRefused(state=state, to=to)
    if to == "dropped" or state in {"done", "dropped"}:
        check_reason(reason)
