"""What happens to work when a department goes: it is handed over first."""

from django.db import transaction
from django.db.models import ProtectedError

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.models import Department
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.governance import errors, queries
from tutela.governance.models import DutyTemplate, Measure, Task
from tutela.trail.events import Event

from .traces import leaf


@transaction.atomic
def hand_over_duties(*, actor: Actor, department: str, heir: str) -> int:
    """All measures, duties and tasks of a department (codes) go to another; how many things that were.

    Periods that are done or missed go along with their duty: they keep their state and who did them.
    Duties lose their post, for its holders may all be of the old department: the new one owes them whole.
    """
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    old, new = people.department(department), people.department(heir)
    moved = (
        Measure.objects.filter(department=old).update(department=new)
        + DutyTemplate.objects.filter(department=old).update(department=new, post="")
        + Task.objects.filter(department=old).update(department=new)
    )
    leaf(
        Event.GOVERNANCE_DUTIES_HANDED_OVER,
        actor,
        grant,
        department=old.code,
        heir=new.code,
        rows=moved,
    )
    return moved


@transaction.atomic
def remove_department(*, actor: Actor, department: str) -> None:
    """Take a department away that owes nothing and has no people; DepartmentBusy."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    held = people.department(department)
    _owes_nothing(held)
    code = held.code
    try:
        with transaction.atomic():
            held.delete()
    except ProtectedError as error:
        raise errors.DepartmentInUse(department=code) from error
    leaf(Event.GOVERNANCE_DEPARTMENT_REMOVED, actor, grant, department=code)


def _owes_nothing(held: Department) -> None:
    measures = Measure.objects.filter(department=held).count()
    duties = DutyTemplate.objects.filter(department=held).count()
    tasks = Task.objects.filter(department=held, state__in=queries.OPEN_TASKS).count()
    if measures or duties or tasks:
        raise errors.DepartmentBusy(
            department=held.code, measures=measures, duties=duties, tasks=tasks
        )
