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

from tutela.access import changes, events, gate, permissions, queries, rules
from tutela.access.compile import BranchRow, number_branches
from tutela.access.errors import RowsInvalid
from tutela.access.models import Assignment, Branch, Department, Staff
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.base.free_text import check_free_text
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import SUBJECT_LIMIT

from .epoch import bump
from .seeds import HEAD_OFFICE

Row = Mapping[str, str]
_STAFF_FIELDS: Final = ("login", "name", "department_id", "branch_id", "customer_id")


@dataclass(slots=True)
class Imported:
    """What an import did; `ids` are those of the changed rows, as text."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    ids: list[str] = field(default_factory=list)


@transaction.atomic
def import_branches(actor: Actor, rows: Iterable[Row]) -> Imported:
    """Columns: code, parent (code or empty), name_zh, name_en; in any order of rows."""
    grant = gate.require(actor, permissions.BRANCH_MANAGE)
    wanted = {_need(row, "code", number): row for number, row in enumerate(rows, start=1)}
    _take_over_head_office(wanted)
    done = Imported()
    for code, row in wanted.items():
        _branch(code, row, done)
    ids = queries.branch_codes()
    for number, (code, row) in enumerate(wanted.items(), start=1):
        parent = _code_id(ids, row.get("parent", "").strip(), number, "parent")
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


@transaction.atomic
def import_staff(
    actor: Actor, rows: Iterable[Row], own_records: Mapping[str, UUID] | None = None
) -> Imported:
    """Columns: staff_no, login, name, post, department, branch, customer_key.

    `own_records` maps a customer_key to the customer's id, once the customers are in the vault; a
    person whose key it lacks keeps the record known before. Matched by staff_no.
    """
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    places = _Places(own_records or {})
    known = {staff.staff_no: staff for staff in Staff.objects.select_for_update()}
    posts = _open_posts()
    done = Imported()
    for number, row in enumerate(rows, start=1):
        staff = _staff(row, number, known, places, done)
        _assign(staff, row, number, posts.get(staff.id, []), done)
    _record(grant, events.STAFF_IMPORTED, done, "staff")
    bump()
    return done


class _Places:
    """Codes of the company to ids, read once an import."""

    def __init__(self, own_records: Mapping[str, UUID]) -> None:
        self.own_records = own_records
        self.branches = queries.branch_codes()
        self.departments: dict[str, int] = {}
        for key, code, zh, en in Department.objects.values_list("id", "code", "name_zh", "name_en"):
            self.departments.update({code: key, zh: key, en: key})


def _staff(
    row: Row, number: int, known: dict[str, Staff], places: _Places, done: Imported
) -> Staff:
    """The account of a row, made or brought up to date."""
    staff_no = _need(row, "staff_no", number)
    old = known.get(staff_no)
    staff = old or _new(staff_no, _need(row, "post", number), number)
    before = [getattr(staff, name) for name in _STAFF_FIELDS]
    _fill(staff, row, number, places)
    if old is not None and [getattr(staff, name) for name in _STAFF_FIELDS] == before:
        done.unchanged += 1
        return staff
    _save(staff, number, is_new=old is None)
    done.created, done.changed = done.created + (old is None), done.changed + (old is not None)
    known[staff_no] = staff
    done.ids.append(str(staff.id))
    return staff


def _save(staff: Staff, number: int, *, is_new: bool) -> None:
    """No savepoint: when a login or an own record is another's, the whole file is rolled back."""
    try:
        staff.save(force_insert=is_new, update_fields=None if is_new else list(_STAFF_FIELDS))
    except IntegrityError as error:
        field = "customer_key" if "customer" in str(error.__cause__) else "login"
        raise RowsInvalid(row=number, field=field) from error


def _new(staff_no: str, post: str, number: int) -> Staff:
    if post not in POSTS:
        raise RowsInvalid(row=number, field="post")
    staff = Staff(staff_no=staff_no, kind=POSTS[post].kind, created_at=clock.now())
    staff.set_unusable_password()
    return staff


def _fill(staff: Staff, row: Row, number: int, places: _Places) -> None:
    try:
        staff.login = rules.clean_login(_need(row, "login", number))
    except TutelaError as error:
        raise RowsInvalid(row=number, field="login") from error
    staff.name = _need(row, "name", number)
    check_free_text(staff_no=staff.staff_no, name=staff.name)
    staff.department_id = _code_id(
        places.departments, row.get("department", "").strip(), number, "department"
    )
    staff.branch_id = _code_id(places.branches, row.get("branch", "").strip(), number, "branch")
    own = places.own_records.get(row.get("customer_key", "").strip())
    staff.customer_id = own or staff.customer_id


def _open_posts() -> dict[UUID, list[Assignment]]:
    by_person: dict[UUID, list[Assignment]] = {}
    for assignment in queries.assignments_on(clock.today()):
        by_person.setdefault(assignment.staff_id, []).append(assignment)
    return by_person


def _assign(staff: Staff, row: Row, number: int, current: list[Assignment], done: Imported) -> None:
    """A mover's old post ends yesterday and the new one starts today."""
    post, branch = _need(row, "post", number), staff.branch_id
    if post not in POSTS or POSTS[post].kind != staff.kind:
        raise RowsInvalid(row=number, field="post")
    if [(old.post_id, old.branch_id) for old in current] == [(post, branch)]:
        return
    today = clock.today()
    for old in current:
        if old.starts == today:
            old.delete()  # it was held for no whole day
        else:
            old.ends = today - timedelta(days=1)
            old.save(update_fields=["ends"])
    Assignment.objects.create(staff=staff, post_id=post, branch_id=branch, starts=today)
    if current and str(staff.id) not in done.ids:
        done.ids.append(str(staff.id))
        done.changed, done.unchanged = done.changed + 1, done.unchanged - 1


def _need(row: Row, column: str, number: int) -> str:
    value = (row.get(column) or "").strip()
    if not value:
        raise RowsInvalid(row=number, field=column)
    return value


def _code_id(ids: Mapping[str, int], code: str, number: int, column: str) -> int | None:
    if not code:
        return None
    if code not in ids:
        raise RowsInvalid(row=number, field=column)
    return ids[code]


def _record(grant: gate.Grant, event: EventSpec, done: Imported, kind: str) -> None:
    """One leaf for each thousand people, so that each is named; one for the counts if nobody is."""
    for part in _parts(done.ids) or [[]]:
        subjects = [(kind, key) for key in part]
        changes.record(grant, event, *subjects, created=done.created, changed=done.changed)


def _parts(ids: Sequence[str]) -> list[list[str]]:
    rest = iter(ids)
    return list(iter(lambda: list(islice(rest, SUBJECT_LIMIT)), []))
