"""The company's own measures: formulas over readings, each version from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import connection

from tutela.base.readings import Ask, Reading, nothing

from . import formula
from .rules import Goal

OWN: Final = "own-"
_READ = """
    SELECT target, title, formula, goal, unit, direction, department, cadence, starts, id, ended
    FROM scorecard_custom_measure ORDER BY target, starts, recorded_at"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One version of an own measure."""

    title: str
    formula: str
    goal: Goal
    starts: date
    ended: bool
    """The measure ends with this version."""

    @property
    def needs(self) -> frozenset[str]:
        """The targets whose readings the formula names."""
        return formula.read(self.formula).targets


def measures() -> list[Measure]:
    """All versions, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        rows = cursor.fetchall()
    return [
        Measure(
            title,
            text,
            Goal(
                target=target, measure="", department=department, goal=goal, unit=unit,
                direction=direction, cadence=cadence, due=None, rule=str(rule)[:8],
            ),
            starts,
            ended,
        )
        for target, title, text, goal, unit, direction, department, cadence, starts, rule, ended in rows
    ]  # fmt: skip


def reading(measure: Measure, ask: Ask, readings: Mapping[Ask, Reading]) -> Reading:
    """The formula's value over readings of the same days; no data if one has none."""
    parts = {target: readings[replace(ask, target=target)] for target in measure.needs}
    value = formula.read(measure.formula).work_out(values(parts))
    newest = [part.newest for part in parts.values() if part.newest is not None]
    if value is None or not newest:
        return nothing(ask, measure.goal.unit)
    return Reading(
        target=ask.target,
        begins=min(part.begins for part in parts.values()),
        ends=max(part.ends for part in parts.values()),
        value=value,
        numerator=0,
        denominator=0,
        unit=measure.goal.unit,
        evidence=sum(part.evidence for part in parts.values()),
        newest=min(newest),
        outside=sum(part.outside for part in parts.values()),
    )


def values(parts: Mapping[str, Reading]) -> dict[str, float | None]:
    """The values of the names of a formula."""
    named: dict[str, float | None] = {}
    for target, part in parts.items():
        named[target] = part.value
        known = part.value is not None
        named[f"{target}.numerator"] = float(part.numerator) if known else None
        named[f"{target}.denominator"] = float(part.denominator) if known else None
    return named
