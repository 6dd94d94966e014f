"""What a personnel file would change: read once, compared in memory, written by nobody here.

A preview and an import make the same plan, so what was seen is what is done. A bad row stops the whole file with
its number: half a personnel list is worse than yesterday's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.base.free_text import check_free_text
from tutela.crypto.digest import sha256

from . import queries, rules
from .errors import RowsInvalid
from .models import Assignment, Department, Staff
from .posts import POSTS

Row = Mapping[str, str]
FIELDS: Final = ("login", "name", "department_id", "branch_id", "customer_id")
UNIQUE: Final = frozenset({"login", "customer_id"})
_COLUMNS: Final = {"login": "login", "customer_id": "customer_key"}


@dataclass(slots=True, eq=False)
class Planned:
    """One person of the file. `fields`: those of FIELDS that change, with the value before and after; `ended` the
    posts that end, `begun` the one that begins."""

    staff: Staff
    row: int
    is_new: bool
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    ended: Sequence[Assignment] = ()
    begun: Assignment | None = None

    @property
    def changes(self) -> bool:
        return self.is_new or bool(self.fields) or self.begun is not None


@dataclass(slots=True)
class StaffPlan:
    """`people`: active accounts of people before; `leavers`: whose accounts would be closed; `kept`:
    administrators whom the file lacks and who stay; `closed`: people of the file whose account is closed and stays
    so."""

    people: int
    people_planned: list[Planned] = field(default_factory=list)
    leavers: list[Staff] = field(default_factory=list)
    kept: list[Staff] = field(default_factory=list)
    closed: list[Staff] = field(default_factory=list)

    @property
    def created(self) -> list[Planned]:
        return [one for one in self.people_planned if one.is_new]

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.people_planned if one.changes and not one.is_new]

    @property
    def unchanged(self) -> int:
        return sum(not one.changes for one in self.people_planned)

    @property
    def is_many(self) -> bool:
        """Whether so many would be closed that their number must be confirmed."""
        return rules.is_many_leavers(len(self.leavers), self.people)

    @property
    def fingerprint(self) -> str:
        """Another plan has another one: 32 hex digits over all that would change."""
        said = [
            (
                one.staff.staff_no,
                sorted((name, str(new)) for name, (_, new) in one.fields.items()),
                _post(one),
            )
            for one in self.people_planned
            if one.changes
        ]
        gone = sorted(str(one.id) for one in self.leavers)
        return sha256(repr((said, gone)).encode()).hex()[:32]


def plan_staff_file(
    rows: Iterable[Row], own_records: Mapping[str, UUID], *, whole: bool
) -> StaffPlan:
    """Columns: staff_no, login, name, post, department, branch, customer_key. RowsInvalid."""
    known = _Known(own_records)
    plan = StaffPlan(sum(one.is_active and _is_person(one) for one in known.staff.values()))
    seen: dict[str, Planned] = {}
    for number, row in enumerate(rows, start=1):
        staff_no = need(row, "staff_no", number)
        if staff_no in seen:
            raise RowsInvalid(row=number, field="staff_no")
        one = seen[staff_no] = _person(row, number, staff_no, known)
        _post_of(one, row, known)
        plan.people_planned.append(one)
        if not one.staff.is_active:
            plan.closed.append(one.staff)
    if whole:
        _leavers(plan, known, seen)
    return plan


class _Known:
    """People, posts and places of the company, read once a file."""

    def __init__(self, own_records: Mapping[str, UUID]) -> None:
        self.own_records = own_records
        self.staff = {one.staff_no: one for one in Staff.objects.all()}
        self.logins = {one.login: one.staff_no for one in self.staff.values()}
        self.records = {
            one.customer_id: one.staff_no for one in self.staff.values() if one.customer_id
        }
        self.branches = queries.branch_codes()
        self.departments: dict[str, int] = {}
        for key, code, zh, en in Department.objects.values_list("id", "code", "name_zh", "name_en"):
            self.departments.update({code: key, zh: key, en: key})

    @cached_property
    def posts(self) -> dict[UUID, list[Assignment]]:
        """The posts that people hold today."""
        by_person: dict[UUID, list[Assignment]] = {}
        for assignment in queries.assignments_on(clock.today()):
            by_person.setdefault(assignment.staff_id, []).append(assignment)
        return by_person

    def take(self, column: str, value: Any, staff_no: str, number: int) -> None:
        """A login or an own record is one person's; whose it was may be given up above in the file."""
        taken: dict[Any, str] = self.logins if column == "login" else self.records
        if taken.get(value, staff_no) != staff_no:
            raise RowsInvalid(row=number, field=_COLUMNS[column])
        taken[value] = staff_no

    def give_up(self, column: str, value: Any) -> None:
        taken: dict[Any, str] = self.logins if column == "login" else self.records
        taken.pop(value, None)


def _person(row: Row, number: int, staff_no: str, known: _Known) -> Planned:
    """The account of a row, made or brought up to date in memory."""
    old = known.staff.get(staff_no)
    staff = old or _new(staff_no, need(row, "post", number), number)
    before = {name: getattr(staff, name) for name in FIELDS}
    _fill(staff, row, number, known)
    after = {name: getattr(staff, name) for name in FIELDS}
    changed = {name: (before[name], after[name]) for name in FIELDS if before[name] != after[name]}
    for column in UNIQUE & changed.keys():
        if after[column] is not None:
            known.take(column, after[column], staff_no, number)
        known.give_up(column, before[column])
    return Planned(staff, number, old is None, changed)


def _new(staff_no: str, post: str, number: int) -> Staff:
    if post not in POSTS:
        raise RowsInvalid(row=number, field="post")
    staff = Staff(staff_no=staff_no, kind=POSTS[post].kind, created_at=clock.now())
    staff.set_unusable_password()
    return staff


def _fill(staff: Staff, row: Row, number: int, known: _Known) -> None:
    try:
        staff.login = rules.clean_login(need(row, "login", number))
    except TutelaError as error:
        raise RowsInvalid(row=number, field="login") from error
    staff.name = need(row, "name", number)
    check_free_text(staff_no=staff.staff_no, name=staff.name)
    staff.department_id = code_id(
        known.departments, row.get("department", "").strip(), number, "department"
    )
    staff.branch_id = code_id(known.branches, row.get("branch", "").strip(), number, "branch")
    own = known.own_records.get(row.get("customer_key", "").strip())
    staff.customer_id = own or staff.customer_id


def _post_of(one: Planned, row: Row, known: _Known) -> None:
    """A mover's old post ends yesterday and the new one begins today."""
    staff, post = one.staff, need(row, "post", one.row)
    if post not in POSTS or POSTS[post].kind != staff.kind:
        raise RowsInvalid(row=one.row, field="post")
    held = known.posts.get(staff.id, [])
    if [(old.post_id, old.branch_id) for old in held] == [(post, staff.branch_id)]:
        return
    one.ended = held
    one.begun = Assignment(
        staff=staff, post_id=post, branch_id=staff.branch_id, starts=clock.today()
    )


def _leavers(plan: StaffPlan, known: _Known, seen: Mapping[str, Planned]) -> None:
    """Active people whom the whole file lacks. An administrator is closed by another one, never by a file."""
    for staff_no, staff in sorted(known.staff.items()):
        if staff_no in seen or not staff.is_active or not _is_person(staff):
            continue
        posts = [held.post_id for held in known.posts.get(staff.id, [])]
        is_kept = any(POSTS[code].administrator for code in posts if code in POSTS)
        (plan.kept if is_kept else plan.leavers).append(staff)


def _is_person(staff: Staff) -> bool:
    return staff.kind == Staff.Kind.STAFF


def _post(one: Planned) -> tuple[str, int | None] | None:
    return (one.begun.post_id, one.begun.branch_id) if one.begun else None


def need(row: Row, column: str, number: int) -> str:
    """A cell that must not be empty; RowsInvalid."""
    value = (row.get(column) or "").strip()
    if not value:
        raise RowsInvalid(row=number, field=column)
    return value


def code_id(ids: Mapping[str, int], code: str, number: int, column: str) -> int | None:
    """The id of a code; None for an empty one, RowsInvalid for one that nothing has."""
    if not code:
        return None
    if code not in ids:
        raise RowsInvalid(row=number, field=column)
    return ids[code]
