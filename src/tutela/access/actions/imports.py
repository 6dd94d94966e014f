"""Branches and staff from the personnel system's files. The same file twice changes nothing.

A bad row stops the whole file with its number: half a personnel list is worse than yesterday's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from tutela.access import changes, events, gate, permissions, queries
from tutela.access.compile import BranchRow, number_branches
from tutela.access.errors import ManyLeavers, OwnRow, PreviewOutdated, RowsInvalid
from tutela.access.models import Assignment, Branch, Staff
from tutela.access.staff_plan import (
    FIELDS,
    UNIQUE,
    Planned,
    Row,
    StaffPlan,
    code_id,
    need,
    plan_staff_file,
)
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import SUBJECT_LIMIT

from .epoch import bump
from .people import close, lock_administrators
from .seeds import HEAD_OFFICE

_AT_ONCE: Final = 2_000


@dataclass(slots=True)
class Imported:
    """What an import did; `ids` are those of the changed rows, as text."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    disabled: int = 0
    ids: list[str] = field(default_factory=list)


@transaction.atomic
def import_branches(actor: Actor, rows: Iterable[Row]) -> Imported:
    """Columns: code, parent (code or empty), name_zh, name_en; in any order of rows."""
    grant = gate.require(actor, permissions.BRANCH_MANAGE)
    wanted = {need(row, "code", number): row for number, row in enumerate(rows, start=1)}
    _take_over_head_office(wanted)
    done = Imported()
    for code, row in wanted.items():
        _branch(code, row, done)
    ids = queries.branch_codes()
    for number, (code, row) in enumerate(wanted.items(), start=1):
        parent = code_id(ids, row.get("parent", "").strip(), number, "parent")
        Branch.objects.filter(code=code).exclude(parent_id=parent).update(parent_id=parent)
    _refuse_loops()
    _record(grant, events.BRANCHES_IMPORTED, done, "branch")
    bump()
    return done


def _take_over_head_office(wanted: Mapping[str, Row]) -> None:
    """The company's own head office becomes the seeded one, with all that stands in it."""
    tops = [code for code, row in wanted.items() if not row.get("parent", "").strip()]
    if len(tops) == 1 and HEAD_OFFICE not in wanted:
        known = Branch.objects.filter(code=tops[0]).exists()
        if not known:
            Branch.objects.filter(code=HEAD_OFFICE, parent=None).update(code=tops[0])


def _branch(code: str, row: Row, done: Imported) -> None:
    names = {"name_zh": row.get("name_zh", code), "name_en": row.get("name_en", code)}
    check_free_text(code=code, **names)
    branch, is_new = Branch.objects.get_or_create(code=code, defaults=names)
    if is_new:
        done.created += 1
    elif any(getattr(branch, key) != value for key, value in names.items()):
        Branch.objects.filter(id=branch.id).update(**names)
        done.changed += 1
    else:
        done.unchanged += 1


def _refuse_loops() -> None:
    number_branches([BranchRow(*row) for row in Branch.objects.values_list("id", "parent_id")])


@dataclass(frozen=True, slots=True)
class StaffFile:
    """A personnel file as it is to be taken. `own_records` maps a customer_key to the customer's id, once the
    customers are in the vault; a person whose key it lacks keeps the record known before. `whole`: the file lists
    all staff, so whoever is missing has left. `leavers`: the number of leavers that somebody has confirmed, which
    is asked for where they are many. `seen`: the fingerprint of the preview that somebody has seen."""

    rows: Sequence[Row]
    own_records: Mapping[str, UUID] = field(default_factory=dict)
    whole: bool = False
    leavers: int | None = None
    seen: str = ""


@transaction.atomic
def import_staff(
    actor: Actor, rows: Iterable[Row], own_records: Mapping[str, UUID] | None = None
) -> Imported:
    """Columns: staff_no, login, name, post, department, branch, customer_key. Matched by staff_no. Nobody is
    disabled."""
    return take_staff_file(actor, StaffFile(list(rows), own_records or {}))


@transaction.atomic
def take_staff_file(actor: Actor, file: StaffFile) -> Imported:
    """Add and change people as the file says, and close the accounts of leavers. All or nothing.

    RowsInvalid with the row; OwnRow where the actor would change the own post; ManyLeavers unless their number is
    confirmed; PreviewOutdated when the file would now do something else than what was seen.
    """
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    lock_administrators()
    list(Staff.objects.select_for_update().order_by("id").values_list("id"))
    plan = _plan(actor, file)
    if file.seen and file.seen != plan.fingerprint:
        raise PreviewOutdated
    if plan.is_many and file.leavers != len(plan.leavers):
        raise ManyLeavers(leavers=len(plan.leavers), people=plan.people)
    _write(plan)
    done = Imported(
        created=len(plan.created),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        disabled=len(plan.leavers),
        ids=[str(one.staff.id) for one in (*plan.created, *plan.changed)],
    )
    _record(grant, events.STAFF_IMPORTED, done, "staff")
    for leaver in plan.leavers:
        close(grant, leaver)
    bump()
    return done


@transaction.atomic
def preview_staff_file(actor: Actor, file: StaffFile) -> StaffPlan:
    """What `take_staff_file` would do; nothing is written. RowsInvalid, OwnRow."""
    gate.require(actor, permissions.STAFF_MANAGE)
    return _plan(actor, file)


def _plan(actor: Actor, file: StaffFile) -> StaffPlan:
    """What the file would do. Nobody gives themselves a post, nor takes the wall before their own record away."""
    plan = plan_staff_file(file.rows, file.own_records, whole=file.whole)
    for one in plan.people_planned:
        if str(one.staff.id) == actor.id and (one.begun or "customer_id" in one.fields):
            raise OwnRow(row=one.row)
    return plan


def _write(plan: StaffPlan) -> None:
    """New people in one statement, changed ones in another; whose login or own record changes one by one and in
    the file's order, because it may be one that the person before has given up."""
    alone = [one for one in plan.changed if not UNIQUE.isdisjoint(one.fields)]
    for one in alone:
        _save(one)
    taken = {id(one) for one in alone}
    rest = [one.staff for one in plan.changed if one.fields and id(one) not in taken]
    Staff.objects.bulk_update(rest, FIELDS, batch_size=_AT_ONCE)
    Staff.objects.bulk_create([one.staff for one in plan.created], batch_size=_AT_ONCE)
    today = clock.today()
    ended = [old for one in plan.people_planned for old in one.ended]
    # What was held for no whole day was never held.
    Assignment.objects.filter(id__in=[old.id for old in ended if old.starts == today]).delete()
    last = Assignment.objects.filter(id__in=[old.id for old in ended if old.starts != today])
    last.update(ends=today - timedelta(days=1))
    Assignment.objects.bulk_create(
        [one.begun for one in plan.people_planned if one.begun is not None], batch_size=_AT_ONCE
    )


def _save(one: Planned) -> None:
    """No savepoint: when it is another's all the same, the whole file is rolled back."""
    try:
        one.staff.save(update_fields=list(FIELDS))
    except IntegrityError as error:
        raise RowsInvalid(row=one.row, field="login") from error


def _record(grant: gate.Grant, event: EventSpec, done: Imported, kind: str) -> None:
    """One leaf for each thousand people, so that each is named; one for the counts if nobody is."""
    for part in _parts(done.ids) or [[]]:
        subjects = [(kind, key) for key in part]
        changes.record(grant, event, *subjects, created=done.created, changed=done.changed)


def _parts(ids: Sequence[str]) -> list[list[str]]:
    rest = iter(ids)
    return list(iter(lambda: list(islice(rest, SUBJECT_LIMIT)), []))
