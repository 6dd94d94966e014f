"""Departments: created, renamed, removed once their work is handed over."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.access.models import Department
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.programme import errors, events, permissions, queries, registry, rules
from tutela.programme.models import FormerName

from . import news


@transaction.atomic
def create_department(actor: Actor, *, code: str, name_zh: str, name_en: str) -> Department:
    """Create a department. Its code never changes: files, rules, links and leaves cite it."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    code, names = code.strip(), (name_zh.strip(), name_en.strip())
    rules.check_department_code(code)
    check_free_text(code=code, name_zh=name_zh, name_en=name_en)
    others = _others()
    if code in others:
        raise errors.DepartmentTwice(department=code)
    rules.check_department_names(names, code, others)
    department = Department(code=code, name_zh=names[0], name_en=names[1])
    try:
        with transaction.atomic():
            department.save(force_insert=True)
    except IntegrityError as error:
        raise errors.DepartmentTwice(department=code) from error
    changes.record(grant, events.DEPARTMENT_CREATED, department=code)
    return department


@transaction.atomic
def rename_department(actor: Actor, *, department: str, name_zh: str, name_en: str) -> Department:
    """Rename a department (given by code or name); its former names are kept."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    others, code = _others(), people.department(department).code
    row, names = people.department(code), (name_zh.strip(), name_en.strip())
    former = others.pop(code)
    check_free_text(name_zh=name_zh, name_en=name_en)
    rules.check_department_names(names, code, others)
    if names == former:
        raise errors.DepartmentNameSame
    FormerName.objects.create(
        department=code,
        name_zh=former[0],
        name_en=former[1],
        until=clock.now(),
        changed_by=queries.staff_of(actor),
    )
    row.name_zh, row.name_en = names
    row.save(update_fields=["name_zh", "name_en"])
    changes.record(grant, events.DEPARTMENT_RENAMED, department=code)
    return row


def _others() -> dict[str, rules.Names]:
    """Every department's code and names, locked: changes of names run one after another."""
    list(Department.objects.select_for_update().order_by("id").values_list("id"))
    # Read again under the lock: another transaction may have added one.
    rows = Department.objects.values_list("code", "name_zh", "name_en")
    return {code: (name_zh, name_en) for code, name_zh, name_en in rows}


@transaction.atomic
def hand_over_duties(
    actor: Actor, *, department: str, heir: str, reason: str, documents_to: str = ""
) -> int:
    """Transfer all measures (with their targets), duties and open tasks of a department (by code) to
    another; how many rows. `documents_to` is the post that takes over the documents of posts held only
    by people of the old department; without it those documents stay.

    Occurrences go along with their duty and keep their state. Duties and tasks lose their post, whose
    holders may all be of the old department. An assignee keeps a task. Ended tasks stay.
    """
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    old, new = people.department(department), people.department(heir)
    rules.check_hand_over(old.code, new.code, reason)
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
    changes.record_with_note(
        grant,
        events.DUTIES_HANDED_OVER,
        custody.seal_note(reason.strip()),
        department=old.code,
        heir=new.code,
        rows=moved,
    )
    news.work_handed_over(new, moved, queries.staff_of(actor))
    return moved


@transaction.atomic
def remove_department(actor: Actor, *, department: str) -> None:
    """Delete a department that owes nothing and has no people; DepartmentBusy."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    row = people.department(department)
    code, owed = row.code, queries.owed_by(row)
    counts = (owed.measures.count(), owed.duties.count(), owed.tasks.count())
    rules.check_remove_department(code, *counts)
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise errors.DepartmentInUse(department=code) from error
    changes.record(grant, events.DEPARTMENT_REMOVED, department=code)
