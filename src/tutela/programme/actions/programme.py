"""The start date of the programme, and which department owes a measure by when."""

from datetime import date

from django.db import transaction

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.programme import errors, events, permissions, rules
from tutela.programme.models import Measure, Programme

MOST_MONTHS = 120


@transaction.atomic
def set_programme(actor: Actor, *, starts: date) -> Programme:
    """Set the day from which the measures' due dates count. Existing occurrences stay as they are."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    rules.period_of(rules.Cadence.YEARLY, starts)
    defaults = {"starts": starts, "changed_at": clock.now()}
    programme, _ = Programme.objects.update_or_create(id=1, defaults=defaults)
    changes.record(grant, events.PROGRAMME_SET, begins=starts.isoformat())
    return programme


@transaction.atomic
def set_measure(actor: Actor, *, code: str, department: str, months: int) -> Measure:
    """Set the department (by code) that owes a measure, and its due date in months after the start."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    measure = Measure.objects.select_for_update().filter(code=code).first()
    if measure is None:
        raise errors.MeasureUnknown(measure=code)
    if not 1 <= months <= MOST_MONTHS:
        raise errors.MonthsInvalid(most=MOST_MONTHS)
    measure.department, measure.months = people.department(department), months
    measure.save(update_fields=["department", "months"])
    changes.record(
        grant,
        events.MEASURE_SET,
        measure=code,
        department=measure.department.code,
        count=months,
    )
    return measure
