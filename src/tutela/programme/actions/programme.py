"""The start of the programme, and who owes a measure by when."""

from datetime import date

from django.db import transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.programme import errors, rules
from tutela.programme.models import Measure, Programme
from tutela.trail.events import Event

from .traces import leaf

MOST_MONTHS = 120


@transaction.atomic
def set_programme(*, actor: Actor, starts: date) -> Programme:
    """The day from which the measures' dates count. Duties made already stay as they are."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    rules.period_of(rules.Cadence.YEARLY, starts)
    facts = {"starts": starts, "changed_at": clock.now()}
    made, _ = Programme.objects.update_or_create(id=1, defaults=facts)
    leaf(Event.GOVERNANCE_PROGRAMME_SET, actor, grant, begins=starts.isoformat())
    return made


@transaction.atomic
def set_measure(*, actor: Actor, code: str, department: str, months: int) -> Measure:
    """The department (its code) that owes a measure, and how many months after the start."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    held = Measure.objects.select_for_update().filter(code=code).first()
    if held is None:
        raise errors.MeasureUnknown(measure=code)
    if not 1 <= months <= MOST_MONTHS:
        raise errors.MonthsInvalid(most=MOST_MONTHS)
    held.department, held.months = people.department(department), months
    held.save(update_fields=["department", "months"])
    leaf(
        Event.GOVERNANCE_MEASURE_SET,
        actor,
        grant,
        measure=code,
        department=held.department.code,
        count=months,
    )
    return held
