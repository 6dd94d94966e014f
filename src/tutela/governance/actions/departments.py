"""What happens to work when a department goes: it is handed over first."""

from django.db import transaction
from django.db.models import ProtectedError

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.governance import errors, queries, rules
from tutela.trail.events import Event

from . import news
from .traces import leaf, leaf_with_reason


@transaction.atomic
def hand_over_duties(
    *, actor: Actor, department: str, heir: str, reason: str, documents_to: str = ""
) -> int:
    """All measures (with their targets), duties and open tasks of a department (codes) go to another;
    how many things that were. `documents_to` is the post that takes the documents of posts which only
    people of the old department hold; without it they stay.

    Periods that are done or missed go along with their duty: they keep their state and who did them.
    What is given loses its post, for its holders may all be of the old department: the new one owes it
    whole. A person whom a task names keeps it. Tasks that have ended stay where they were done.
    """
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    old, new = people.department(department), people.department(heir)
    rules.may_hand_over(old.code, new.code, reason)
    owed = queries.owed_by(old)
    moved = (
        owed.measures.update(department=new)
        + owed.duties.update(department=new, post="")
        + owed.tasks.update(department=new, post="")
    )
    if documents_to:
        moved += owed.documents.update(owner=people.post(documents_to))
    if not moved:
        raise errors.NothingToHandOver(department=old.code)
    leaf_with_reason(
        Event.GOVERNANCE_DUTIES_HANDED_OVER,
        actor,
        grant,
        reason.strip(),
        department=old.code,
        heir=new.code,
        rows=moved,
    )
    news.work_handed_over(new, moved, queries.staff_of(actor))
    return moved


@transaction.atomic
def remove_department(*, actor: Actor, department: str) -> None:
    """Take a department away that owes nothing and has no people; DepartmentBusy."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    held = people.department(department)
    code, owed = held.code, queries.owed_by(held)
    counts = (owed.measures.count(), owed.duties.count(), owed.tasks.count())
    rules.may_remove_department(code, *counts)
    try:
        with transaction.atomic():
            held.delete()
    except ProtectedError as error:
        raise errors.DepartmentInUse(department=code) from error
    leaf(Event.GOVERNANCE_DEPARTMENT_REMOVED, actor, grant, department=code)
