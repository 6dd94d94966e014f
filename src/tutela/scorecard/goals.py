"""The targets of the programme and the company's own, by rule version."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import connection

from tutela.governance.rules import add_months

from . import custom
from .rules import Goal

Versions = Mapping[str, Sequence[tuple[date, Goal]]]
CADENCES: Final = {"weekly": 7, "monthly": 31, "quarterly": 92, "half_yearly": 184, "yearly": 366}
"""How many days proof of each cadence covers: the longest month, quarter, half year, leap year."""
_READ = """
    SELECT t.id, m.code, d.code, d.name_zh, d.name_en, t.name_zh, t.name_en, t.unit, t.direction,
        t.cadence, r.goal, r.starts, r.version, m.months, (SELECT starts FROM governance_programme)
    FROM governance_target t JOIN governance_measure m ON m.code = t.measure_id
    JOIN access_department d ON d.id = m.department_id
    JOIN governance_target_rule r ON r.target_id = t.id AND r.signed_at IS NOT NULL
    ORDER BY m.code, t."order", t.id, r.starts"""
_DEPARTMENTS = "SELECT code, name_zh, name_en FROM access_department"


@dataclass(frozen=True, slots=True)
class Names:
    """What a target and its department are called."""

    name_zh: str
    name_en: str
    department_zh: str
    department_en: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule version of every target, in the order of the scorecard's lines."""

    versions: Versions
    names: Mapping[str, Names]
    own: Mapping[str, Sequence[custom.Measure]]

    def at(self, target: str, day: date) -> Goal:
        """The rule that applied on a day; before the first version, the first."""
        known = self.versions[target]
        place = bisect_right([starts for starts, _goal in known], day)
        return known[max(0, place - 1)][1]

    def measure(self, target: str, day: date) -> custom.Measure | None:
        """The own measure as it was on a day; None for a target of the programme."""
        known = self.own.get(target)
        if not known:
            return None
        place = bisect_right([one.starts for one in known], day)
        return known[max(0, place - 1)]


def rulebook() -> Rulebook:
    """Read the programme's rules and the company's own measures."""
    versions: dict[str, list[tuple[date, Goal]]] = {}
    names: dict[str, Names] = {}
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        for row in cursor.fetchall():
            names[row[0]] = Names(row[5], row[6], row[3], row[4])
            versions.setdefault(row[0], []).append((row[11], _goal(row)))
    own = custom.measures()
    called = _departments() if own else {}
    by_target: dict[str, list[custom.Measure]] = {}
    for one in own:
        target, code = one.goal.target, one.goal.department
        versions.setdefault(target, []).append((one.starts, one.goal))
        by_target.setdefault(target, []).append(one)
        names[target] = Names(one.title, one.title, *called.get(code, (code, code)))
    return Rulebook(versions, names, by_target)


def _departments() -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_DEPARTMENTS)
        return {code: (name_zh, name_en) for code, name_zh, name_en in cursor.fetchall()}


def _goal(row: Sequence[Any]) -> Goal:
    """A goal in months is a date: all parts must stand by then, and their share is what is measured."""
    target, measure, department, *_names, unit, direction, cadence, goal, _, version, months, start = row
    within = int(goal) if unit == "months" else 0
    return Goal(
        target=target,
        measure=measure,
        department=department,
        goal=100.0 if within else float(goal),
        unit="percent" if within else unit,
        direction="at_least" if within else direction,
        cadence=CADENCES[cadence],
        due=_due(start, within or months, unit, float(goal)),
        rule=str(version),
        within=within,
    )


def _due(start: date | None, months: int, unit: str, goal: float) -> date | None:
    """When a goal is first to be reached; a log cannot be a year old before a year has passed."""
    if start is None:
        return None
    if unit == "days":
        months = max(months, round(goal / 30.4))
    return add_months(start, months)


def over(goal: Goal, days: int) -> Goal:
    """The goal over a longer stretch: a number of times a quarter is four times that in a year."""
    times = max(1, round(days / goal.cadence)) if goal.unit == "count" else 1
    return replace(goal, goal=goal.goal * times)
