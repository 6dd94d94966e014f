"""The scorecard: one line per target, computed when it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from tutela.base import clock
from tutela.base.readings import Ask, EvidenceRow, Reading, moment
from tutela.programme.judgements import Condition, Judgement

from . import custom, goals, law, registry
from .goals import Rulebook
from .rules import Cause, Goal, Proof, Status, Verdict, age_days, judge, next_due

WEEKS: Final = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at the end of one week; `ends` is the Monday after."""

    ends: date
    value: float | None
    verdict: Verdict

    @property
    def status(self) -> Status:
        return self.verdict.status

    @property
    def condition(self) -> Condition:
        return self.verdict.condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target with its figure, proof and trend."""

    goal: Goal
    name_zh: str
    name_en: str
    department_zh: str
    department_en: str
    reading: Reading
    status: Status
    cause: Cause
    age: int | None
    due: date
    asked_on: date
    """The company's day of the board."""
    trend: tuple[Point, ...]
    law: tuple[law.Stricter, ...]
    behind: tuple[Ask, ...]
    """The targets and days whose rows make the figure."""

    @property
    def target(self) -> str:
        return self.goal.target

    @property
    def condition(self) -> Condition:
        """The judgement in one word."""
        return Verdict(self.status, self.cause).condition

    @property
    def last_day(self) -> date:
        """The last day that the figure covers."""
        return self.reading.ends - timedelta(days=1)

    @property
    def late(self) -> int:
        """Days since proof was due; 0 while the date lies ahead."""
        return max(0, (self.asked_on - self.due).days)

    def as_row(self) -> dict[str, Any]:
        """The line as output by the shell and the API."""
        reading = self.reading
        return {
            "target": self.target, "measure": self.goal.measure, "department": self.goal.department,
            "goal": self.goal.goal, "direction": self.goal.direction, "value": reading.value,
            "numerator": reading.numerator, "denominator": reading.denominator, "unit": self.goal.unit,
            "status": self.status.value, "cause": self.cause.value, "condition": self.condition.value,
            "period": {"begins": reading.begins.isoformat(), "ends": reading.ends.isoformat()},
            "evidence_count": reading.evidence, "outside_count": reading.outside, "proof_age_days": self.age,
            "next_due": self.due.isoformat(), "overdue_days": self.late, "rule_version": self.goal.rule,
        }  # fmt: skip


def board(at: datetime) -> list[Line]:
    """All lines at a moment, as known then; every room is read once."""
    book = goals.rulebook()
    today = company_day(at)
    return _lines(book, [target for target in book.versions if book.stands(target, today)], at)


def line(target: str, at: datetime) -> Line | None:
    """One line of the board; None if there is no such target."""
    book = goals.rulebook()
    lines = _lines(book, [target] if target in book.versions else [], at)
    return lines[0] if lines else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A target as it is judged at the end of a day: by the figure of its own cadence up to then."""

    goal: Goal
    reading: Reading
    verdict: Verdict
    behind: tuple[tuple[Ask, Reading], ...]
    """The targets and days whose rows make the figure, with what they read."""


def judged_on(
    book: Rulebook, targets: Collection[str], last: date, known: datetime
) -> dict[str, Judged]:
    """The board's judgements at the end of a day, or now if that day is not over, from what was `known`
    at a moment."""
    at = min(known, moment(last + timedelta(days=1)) - timedelta(microseconds=1))
    asks = [replace(_now(book, target, at), known=known) for target in targets]
    readings = registry.read([part for ask in asks for part in _reads(book, ask)])
    found: dict[str, Judged] = {}
    for ask in asks:
        goal, reading = book.at(ask.target, last), _answer(book, ask, readings)
        found[ask.target] = Judged(
            goal=goal,
            reading=reading,
            verdict=verdict(goal, reading, at),
            behind=tuple(
                (_exactly(part, readings[part]), readings[part]) for part in _reads(book, ask)
            ),
        )
    return found


def judged(targets: Collection[str] | None, at: datetime) -> dict[str, Judgement]:
    """The judgements of the board at a moment, by all that is known now: of these targets, or of all that
    stand."""
    book, today = goals.rulebook(), company_day(at)
    wanted = [
        target
        for target in book.versions
        if book.stands(target, today) and (targets is None or target in targets)
    ]
    found = judged_on(book, wanted, today, max(at, clock.now()))
    return {target: _judgement(one) for target, one in found.items()}


def _judgement(one: Judged) -> Judgement:
    return Judgement(
        target=one.goal.target,
        condition=one.verdict.condition,
        value=one.reading.value,
        unit=one.reading.unit,
        begins=one.reading.begins,
        ends=one.reading.ends,
        page=reverse("scorecard-read-target", args=[one.goal.target]),
    )


def counted(target: str, begins: date, ends: date) -> int:
    """How many rows that the target counts are dated within the days; a row that reports none of what is
    counted (no audit) is none."""
    until = min(ends, company_day(clock.now()) + timedelta(days=1))
    if begins >= until:
        return 0
    first, last = moment(begins), moment(until)
    rows = registry.rows(Ask(target=target, begins=begins, ends=until))
    return sum(first <= row.at <= last and _counts(row) for row in rows)


def _counts(row: EvidenceRow) -> bool:
    """Whether a row reports something: no audit held is none, no customer content of ten is a figure."""
    return bool(row.facts.get("numerator") or row.facts.get("denominator"))


def _lines(book: Rulebook, targets: Sequence[str], at: datetime) -> list[Line]:
    today = company_day(at)
    weeks = _weeks(today)
    asks = [
        ask
        for target in targets
        for ask in (_now(book, target, at), *(_then(book, target, ends, at) for ends in weeks))
    ]
    readings = registry.read([part for ask in asks for part in _reads(book, ask)])
    return [_line(book, target, at, readings) for target in targets]


def company_day(at: datetime) -> date:
    """The company's day of a moment."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _then(book: Rulebook, target: str, ends: date, known: datetime) -> Ask:
    """The ask for a target as of a day: its figure for one cadence before that day."""
    goal = book.at(target, ends - timedelta(days=1))
    begins = ends - timedelta(days=goal.cadence)
    return Ask(target=target, begins=begins, ends=ends, known=known, standing=True)


def _now(book: Rulebook, target: str, at: datetime) -> Ask:
    """The ask for a target's current figure at a moment."""
    return replace(_then(book, target, company_day(at) + timedelta(days=1), at), current=True)


def _reads(book: Rulebook, ask: Ask) -> list[Ask]:
    """The asks to read for an answer: itself, or those of the targets in the formula."""
    measure = book.measure(ask.target, ask.ends - timedelta(days=1))
    names = sorted(measure.needs) if measure else [ask.target]
    return [replace(ask, target=name) for name in names]


def _answer(book: Rulebook, ask: Ask, readings: Mapping[Ask, Reading]) -> Reading:
    """The reading that answers an ask."""
    measure = book.measure(ask.target, ask.ends - timedelta(days=1))
    return custom.reading(measure, ask, readings) if measure else readings[ask]


def verdict(goal: Goal, reading: Reading, at: datetime) -> Verdict:
    """The verdict on a reading. A figure in another unit than the goal's is no data."""
    fits = reading.unit == goal.unit
    proof = Proof(
        value=reading.value if fits else None, evidence=reading.evidence, newest=reading.newest
    )
    return judge(goal, proof, at, company_day(at))


def _weeks(today: date) -> list[date]:
    """The Mondays after the last twelve whole ISO weeks, oldest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _line(book: Rulebook, target: str, at: datetime, readings: Mapping[Ask, Reading]) -> Line:
    today = company_day(at)
    goal, names = book.at(target, today), book.names[target]
    ask = _now(book, target, at)
    reading = _answer(book, ask, readings)
    judged = verdict(goal, reading, at)
    newest = company_day(reading.newest) if reading.newest else None
    return Line(
        goal=goal,
        name_zh=names.name_zh,
        name_en=names.name_en,
        department_zh=names.department_zh,
        department_en=names.department_en,
        reading=reading,
        status=judged.status,
        cause=judged.cause,
        age=age_days(reading.newest, at),
        due=next_due(goal, newest, today),
        asked_on=today,
        trend=tuple(_point(book, target, ends, at, readings) for ends in _weeks(today)),
        law=law.stricter(goal),
        behind=tuple(_exactly(part, readings[part]) for part in _reads(book, ask)),
    )


def _exactly(ask: Ask, reading: Reading) -> Ask:
    """The ask for the days that were read."""
    return replace(ask, begins=reading.begins, ends=reading.ends, current=False, standing=False)


def _point(
    book: Rulebook, target: str, ends: date, known: datetime, readings: Mapping[Ask, Reading]
) -> Point:
    reading = _answer(book, _then(book, target, ends, known), readings)
    goal = book.at(target, ends - timedelta(days=1))
    return Point(ends, reading.value, verdict(goal, reading, moment(ends)))
