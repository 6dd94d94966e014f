"""Departments are made and renamed; before one goes, its work is handed over."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.models import Department
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, queries, registry, rules
from tutela.programme.models import FormerName
from tutela.trail.events import Event

from . import news
from .traces import leaf, leaf_with_reason


@transaction.atomic
def create_department(*, actor: Actor, code: str, name_zh: str, name_en: str) -> Department:
    """Make a department. Its code is for good: files, rules, links and traces cite it."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    code, names = code.strip(), (name_zh.strip(), name_en.strip())
    rules.must_be_department_code(code)
    check_free_text(code=code, name_zh=name_zh, name_en=name_en)
    others = _others()
    if code in others:
        raise errors.DepartmentTwice(department=code)
    rules.may_call_department(names, code, others)
    made = Department(code=code, name_zh=names[0], name_en=names[1])
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise errors.DepartmentTwice(department=code) from error
    leaf(Event.GOVERNANCE_DEPARTMENT_CREATED, actor, grant, department=code)
    return made


@transaction.atomic
def rename_department(*, actor: Actor, department: str, name_zh: str, name_en: str) -> Department:
    """Call a department (code or name) something else from now on; its former names are kept."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    others, code = _others(), people.department(department).code
    held, names = people.department(code), (name_zh.strip(), name_en.strip())
    former = others.pop(code)
    check_free_text(name_zh=name_zh, name_en=name_en)
    rules.may_call_department(names, code, others)
    if names == former:
        raise errors.DepartmentNameSame
    FormerName.objects.create(
        department=code,
        name_zh=former[0],
        name_en=former[1],
        until=clock.now(),
        changed_by=queries.staff_of(actor),
    )
    held.name_zh, held.name_en = names
    held.save(update_fields=["name_zh", "name_en"])
    leaf(Event.GOVERNANCE_DEPARTMENT_RENAMED, actor, grant, department=code)
    return held


def _others() -> dict[str, rules.Names]:
    """Every department's code and names, locked: two people who name departments queue up."""
    list(Department.objects.select_for_update().order_by("id").values_list("id"))
    # Read anew: whoever was before us may have added one.
    rows = Department.objects.values_list("code", "name_zh", "name_en")
    return {code: (name_zh, name_en) for code, name_zh, name_en in rows}


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
    check_free_text(reason=reason)
    owed = queries.owed_by(old)
    moved = (
        owed.measures.update(department=new)
        + owed.duties.update(department=new, post="")
        + owed.tasks.update(department=new, post="")
    )
    if documents_to:
        moved += registry.give(owed.posts, people.post(documents_to))
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
