"""The targets of the programme and the company's own, by rule version."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tutela.access.queries import department_names
from tutela.programme import queries
from tutela.programme.models import Target

from . import custom
from .rules import Goal

Versions = Mapping[str, Sequence[tuple[date, Goal]]]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a target and its department."""

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
        """The rule in force on a day; the first version before its start."""
        known = self.versions[target]
        place = bisect_right([starts for starts, _goal in known], day)
        return known[max(0, place - 1)][1]

    def stands(self, target: str, day: date) -> bool:
        """Whether a target is on the board on a day: not if it is an own measure that has ended."""
        measure = self.measure(target, day)
        return measure is None or not measure.ended

    def measure(self, target: str, day: date) -> custom.Measure | None:
        """The version of an own measure on a day; None for a target of the programme."""
        known = self.own.get(target)
        if not known:
            return None
        place = bisect_right([version.starts for version in known], day)
        return known[max(0, place - 1)]


def rulebook() -> Rulebook:
    """Read the programme's rules and the company's own measures."""
    versions: dict[str, list[tuple[date, Goal]]] = {}
    for version in queries.goal_versions():
        versions.setdefault(version.target, []).append((version.starts, _goal(version)))
    names = _names()
    own = custom.measures()
    called = department_names() if own else {}
    by_target: dict[str, list[custom.Measure]] = {}
    for measure in own:
        target, code = measure.goal.target, measure.goal.department
        versions.setdefault(target, []).append((measure.starts, measure.goal))
        by_target.setdefault(target, []).append(measure)
        names[target] = Names(measure.title, measure.title, *called.get(code, (code, code)))
    return Rulebook(versions, names, by_target)


def _names() -> dict[str, Names]:
    targets = Target.objects.select_related("measure__department")
    return {
        target.id: Names(
            target.name_zh,
            target.name_en,
            target.measure.department.name_zh,
            target.measure.department.name_en,
        )
        for target in targets
    }


def _goal(version: queries.GoalVersion) -> Goal:
    return Goal(
        target=version.target,
        measure=version.measure,
        department=version.department,
        goal=version.goal,
        unit=version.unit,
        direction=version.direction,
        cadence=version.cadence,
        due=version.due,
        rule=version.rule,
    )
