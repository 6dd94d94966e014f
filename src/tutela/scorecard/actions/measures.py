"""The company's own measures: defined, ended."""

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from tutela.access import changes, gate
from tutela.access.queries import department_names
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.scorecard import errors, events, formula, goals, permissions
from tutela.scorecard.custom import OWN
from tutela.scorecard.rules import LARGEST, UNITS, id_or_mark, is_text

_DEFINE = """
    INSERT INTO scorecard_custom_measure (id, target, title, formula, goal, unit, direction, department,
        cadence, starts, recorded_by, recorded_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_END = """
    INSERT INTO scorecard_custom_measure (id, target, title, formula, goal, unit, direction, department,
        cadence, starts, recorded_by, recorded_at, ended)
    SELECT %(id)s, target, title, formula, goal, unit, direction, department, cadence, %(starts)s, %(by)s,
        %(at)s, true
    FROM scorecard_custom_measure WHERE target = %(target)s
    ORDER BY starts DESC, recorded_at DESC LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """An own measure, or a new version of one, from `starts` on."""

    name: str
    title: str
    formula: str
    goal: float
    unit: str
    direction: str
    department: str
    cadence: int
    starts: date


def define_measure(actor: Actor, wanted: Definition) -> str:
    """Define an own measure, or its next version; returns its id. Formulas may name the programme's targets."""
    grant = gate.require(actor, permissions.MEASURE_DEFINE)
    target = OWN + wanted.name.strip().lower()
    _check_definition(wanted, target)
    values = (
        ids.uuid7(), target, wanted.title.strip(), wanted.formula, wanted.goal, wanted.unit,
        wanted.direction, wanted.department, wanted.cadence, wanted.starts, actor.id, clock.now(),
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DEFINE, values)
        changes.record(grant, events.MEASURE_DEFINED, name=target)
    return target


def end_measure(actor: Actor, target: str) -> None:
    """End an own measure today; its past stays. It returns to the board when it is defined again."""
    grant = gate.require(actor, permissions.MEASURE_DEFINE)
    book, today = goals.rulebook(), clock.today()
    if target not in book.own or not book.stands(target, today):
        raise errors.TargetUnknown(target=id_or_mark(target))
    values: dict[str, Any] = {
        "id": ids.uuid7(), "target": target, "starts": today, "by": actor.id, "at": clock.now(),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_END, values)
        changes.record(grant, events.MEASURE_ENDED, name=target)


def _check_definition(wanted: Definition, target: str) -> None:
    check_free_text(name=wanted.name, title=wanted.title, formula=wanted.formula)
    book = goals.rulebook()
    fits = {
        "name": re.fullmatch(r"own-(?!.*\d{6})[a-z0-9-]{1,36}", target),
        "title": is_text(wanted.title, 80),
        "unit": wanted.unit in UNITS,
        "direction": wanted.direction in {"at_least", "at_most"},
        "department": wanted.department in department_names(),
        "goal": math.isfinite(wanted.goal) and 0 <= wanted.goal < LARGEST,
        "cadence": 1 <= wanted.cadence <= 1100,
        # Past periods keep the rule that applied then.
        "starts": wanted.starts >= clock.today() or target not in book.versions,
    }
    for name, valid in fits.items():
        if not valid:
            raise errors.FieldMissing(field=name)
    read = formula.read(wanted.formula)
    # With arbitrary distinct values, so that only a formula that always divides by zero has no value.
    if read.work_out({name: 1 + 0.137 * n for n, name in enumerate(sorted(read.names))}) is None:
        raise errors.FormulaEmpty
    for named in sorted(read.targets):
        if named not in book.versions or named.startswith(OWN):
            raise errors.FormulaNameUnknown(target=id_or_mark(named))
