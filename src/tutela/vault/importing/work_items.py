"""Import of work items: number, kind, customer, assignee, opening and closing date.

A work item is matched by its kind and number in the whole installation. The same row changes nothing;
another assignee, or another closing date, changes the row; a blank one keeps what is stored, unless the
mapping says that it clears. Its number lies in a sealed cell of the
customer, so creating one needs a leaf that names the customer.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import IntegrityError

from tutela.access import queries as people
from tutela.base import ids
from tutela.crypto.errors import BadValue
from tutela.keys import custody
from tutela.vault import events
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection
from tutela.vault.work_items import Kind

from . import match, rehearsal, rejects, statements, targets, write
from .commit import finish
from .job import Again, Job, Outcome
from .person import owners_within
from .prepare import Prepared, Problem, Row
from .waves import CUSTOMER_DIFFERS, CUSTOMER_UNKNOWN, check_right, customer_tag

KIND_UNKNOWN = "kind_unknown"
ASSIGNEE_UNKNOWN = "assignee_unknown"
CLOSED_EARLY = "closed_before_opened"
_ATTEMPTS = 5
_BLANKS = ("assignee", "closed")
"""The parts that a blank keeps or clears."""

_KINDS = {
    "policy": Kind.POLICY, "保单": Kind.POLICY, "1": Kind.POLICY,
    "claim": Kind.CLAIM, "理赔": Kind.CLAIM, "赔案": Kind.CLAIM, "2": Kind.CLAIM,
    "case": Kind.CASE, "service": Kind.CASE, "service case": Kind.CASE, "service_case": Kind.CASE,
    "服务": Kind.CASE, "工单": Kind.CASE, "服务工单": Kind.CASE, "contact": Kind.CASE, "3": Kind.CASE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One row, read."""

    number: str
    tag: bytes
    kind: int
    customer: UUID
    assignee: UUID | None
    opened: date
    closed: date | None


def is_work_item(job: Job) -> bool:
    return job.collection == Collection.WORK_ITEM


def commit_work_items(job: Job, number: int, count: int, prepared: Prepared) -> Outcome:
    """Commit a chunk of work items, exactly once; the last of equal numbers wins."""
    for attempt in range(_ATTEMPTS):
        try:
            with connection.wrap_database_errors, transaction.atomic():
                outcome = _commit(job, number, count, prepared)
                transaction.set_rollback(job.dry_run)
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return outcome
    raise Again


def _commit(job: Job, number: int, count: int, prepared: Prepared) -> Outcome:
    outcome = Outcome(count)
    if match.chunk_done(job.batch, number):
        outcome.done_before = True
        return outcome
    check_right(job)
    problems = list(prepared.problems)
    if job.dry_run:
        rehearsal.trace(job, number, count, _tags(job, prepared.rows))
    items = _items(job, prepared.rows, problems)
    known = _known([item.tag for _row, item in items])
    own = _of_same_customer(items, known, problems)
    last = _last(job, own, known, problems, outcome)
    fresh = [item for name, item in last.items() if name not in known]
    changed = [
        item for name, item in last.items() if name in known and known[name][2:] != _state(item)
    ]
    _create(job, fresh)
    statements.change_work_items([(*_state(item), item.kind, item.tag) for item in changed])
    outcome.created, outcome.changed = len(fresh), len(changed)
    outcome.rejected = len({problem.row for problem in problems})
    outcome.unchanged = count - outcome.rejected - outcome.created - outcome.changed
    finish(job, number, outcome, rejects.seal(problems, prepared, job.batch), {})
    return outcome


def _tags(job: Job, rows: Sequence[Row]) -> rehearsal.Tags:
    """All that rows can be matched by."""
    tags, index = rehearsal.Tags(), custody.index_keys()
    keys = (customer_tag(index, job.source, row.customer_key) for row in rows)
    tags.customers = [key for key in keys if key]
    tags.identities = [sealing.identity_tag(index, row.identity) for row in rows if row.identity]
    for row in rows:
        kind = _KINDS.get(str(_part(row, "kind")).lower())
        with suppress(BadValue):
            if kind is not None:
                number = str(_part(row, "number"))
                tags.numbers.append(sealing.work_item_tag(index, kind, number))
    return tags


def _items(job: Job, rows: Sequence[Row], problems: list[Problem]) -> list[tuple[Row, Item]]:
    owners = owners_within(job, rows)
    staff = _staff(rows)
    index = custody.index_keys()
    items = []
    for row, owner in zip(rows, owners, strict=True):
        kind = _KINDS.get(str(_part(row, "kind")).lower())
        fault = _fault(row, kind, owner, staff)
        if fault or kind is None or owner is None:
            problems.append(Problem(row.number, *fault))
            continue
        number = str(_part(row, "number"))
        try:
            tag = sealing.work_item_tag(index, kind, number)
        except BadValue:
            problems.append(Problem(row.number, "number", "number_form"))
            continue
        assignee = staff.get(str(_part(row, "assignee")))
        opened, closed = _day(row, "opened"), _day(row, "closed")
        items.append(
            (row, Item(number, tag, int(kind), owner, assignee, opened or date.min, closed))
        )
    return items


def _fault(
    row: Row, kind: Kind | None, owner: UUID | None, staff: dict[str, UUID]
) -> tuple[str, str] | tuple[()]:
    opened, closed = _day(row, "opened"), _day(row, "closed")
    assignee = str(_part(row, "assignee"))
    if kind is None:
        return "kind", KIND_UNKNOWN
    if owner is None:
        return "customer", CUSTOMER_UNKNOWN
    if assignee and assignee not in staff:
        return "assignee", ASSIGNEE_UNKNOWN
    if opened and closed and closed < opened:
        return "closed", CLOSED_EARLY
    return ()


def _part(row: Row, code: str) -> object:
    return row.values.get(targets.by_code(Collection.WORK_ITEM)[code].id, "")


def _day(row: Row, code: str) -> date | None:
    value = _part(row, code)
    return value if isinstance(value, date) else None


def _staff(rows: Sequence[Row]) -> dict[str, UUID]:
    """Staff ids by staff number or login, for those that the rows name."""
    named = {str(_part(row, "assignee")) for row in rows} - {""}
    return {name: UUID(staff_id) for name, staff_id in people.staff_ids(sorted(named)).items()}


_Stored = tuple[UUID, UUID, UUID | None, date, date | None]
_Known = dict[tuple[int, bytes], _Stored]


def _known(tags: Sequence[bytes]) -> _Known:
    rows = match.fetch(
        "SELECT kind, number_tag, work_item_id, customer_id, assignee, opened, closed"
        " FROM vault.work_item WHERE number_tag = ANY(%s)",
        (list(tags),),
    )
    return {(row[0], row[1]): row[2:] for row in rows}


def _state(item: Item) -> tuple[UUID | None, date, date | None]:
    return item.assignee, item.opened, item.closed


def _of_same_customer(
    items: Sequence[tuple[Row, Item]], known: _Known, problems: list[Problem]
) -> list[tuple[Row, Item]]:
    """The new items, and the known ones whose customer is the row's; the others become problems."""
    own = []
    for row, item in items:
        if known.get((item.kind, item.tag), (None, item.customer))[1] == item.customer:
            own.append((row, item))
        else:
            problems.append(Problem(row.number, "customer", CUSTOMER_DIFFERS))
    return own


def _last(
    job: Job,
    items: Sequence[tuple[Row, Item]],
    known: _Known,
    problems: list[Problem],
    outcome: Outcome,
) -> dict[tuple[int, bytes], Item]:
    """The last state of each work item. `outcome` counts which parts its rows' blanks kept of the one before,
    and which they cleared."""
    parts = targets.by_code(Collection.WORK_ITEM)
    stays = [name for name in _BLANKS if parts[name].id not in job.clears]
    last: dict[tuple[int, bytes], Item] = {}
    for row, item in items:
        name = (item.kind, item.tag)
        before = last.get(name) or (_stored(item, known[name]) if name in known else item)
        kept = {part: getattr(before, part) for part in stays if not getattr(item, part)}
        after = replace(item, **kept)
        if after.closed and after.closed < after.opened:
            problems.append(Problem(row.number, "closed", CLOSED_EARLY))
            continue
        last[name] = after
        outcome.kept += sum(bool(kept[part]) and parts[part].id in job.mapped for part in kept)
        outcome.cleared += sum(
            bool(getattr(before, part)) and not getattr(item, part)
            for part in _BLANKS
            if part not in stays
        )
    return last


def _stored(item: Item, known: _Stored) -> Item:
    _id, customer, assignee, opened, closed = known
    return replace(item, customer=customer, assignee=assignee, opened=opened, closed=closed)


def _create(job: Job, fresh: Sequence[Item]) -> None:
    for part in write.by_customer(fresh, lambda item: item.customer):
        wanted = {item.customer: None for item in part}
        keys = write.keys_for(job, events.WORK_ITEM_IMPORTED, wanted, (sealing.NUMBER_CLASS,))
        rows = []
        for item, work_item in zip(part, ids.uuid7s(len(part)), strict=True):
            sealer = keys[item.customer].row(Collection.WORK_ITEM, work_item.bytes)
            sealed = sealer.seal(sealing.NUMBER_CLASS, sealing.NUMBER_FIELD, item.number)
            rows.append((work_item, item.customer, item.kind, item.tag, sealed, *_state(item)))
        statements.insert_work_items(rows)
