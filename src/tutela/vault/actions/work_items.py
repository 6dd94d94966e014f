"""Bring in work items: who works on which customer's policy, claim or case, and until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.grants import Grant
from tutela.base import ids
from tutela.base.actor import Actor
from tutela.crypto.blind import IndexKeys
from tutela.keys import custody
from tutela.keys.relations import CUSTOMER_ROOTS
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, events, feeds, looks, permissions, rows, search_forms
from tutela.vault.catalogue import Collection
from tutela.vault.errors import BadFieldValue, WorkItemsFromFeeds
from tutela.vault.feeds import FIRST_SOURCE
from tutela.vault.queries import fetch
from tutela.vault.work_items import Kind

AT_ONCE = 1_000
_KINDS = {"policy": Kind.POLICY, "claim": Kind.CLAIM, "case": Kind.CASE}
_UPSERT = """
    INSERT INTO vault.work_item AS w
        (work_item_id, customer_id, kind, number_tag, number_sealed, assignee, opened, closed)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (number_tag, kind) DO UPDATE
        SET assignee = excluded.assignee, opened = excluded.opened, closed = excluded.closed
        WHERE w.customer_id = excluded.customer_id
        AND (w.assignee, w.opened, w.closed)
            IS DISTINCT FROM (excluded.assignee, excluded.opened, excluded.closed)
    RETURNING w.work_item_id = %s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemRow:
    """One work item as a file tells it. `customer`: the value of the field `by` (a code of the
    catalogue that is searched exactly), or a customer id with `by` empty. `assignee`: staff
    number or login, may be blank. `kind`: policy, claim or case."""

    number: str
    kind: str
    customer: str
    by: str = "customer_number"
    assignee: str = ""
    opened: date
    closed: date | None = None


@dataclass(slots=True)
class ImportedItems:
    """Counts, and the rejected rows: (row from 1, code of the field that is wrong)."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A row that can be written."""

    row: int
    customer_id: UUID
    generation: int
    kind: Kind
    number: str
    number_tag: bytes
    assignee: UUID | None
    opened: date
    closed: date | None


def import_work_items(
    actor: Actor, items: Iterable[WorkItemRow], source: str = FIRST_SOURCE
) -> ImportedItems:
    """Write work items in transactions of 1,000, matched by number and kind. Safe to repeat.

    Only a source's own feed brings them: SourceNotRegistered, and WorkItemsFromFeeds for a person.
    """
    grant = gate.require(actor, permissions.IMPORT_RUN)
    if not feeds.check_feed(actor, source, Collection.WORK_ITEM):
        raise WorkItemsFromFeeds
    done = ImportedItems()
    numbered = enumerate(items, start=1)
    while part := list(islice(numbered, AT_ONCE)):
        ready = _ready(part, done)
        if ready:
            with transaction.atomic():
                _write(grant, ready, done)
    return done


def _ready(part: Sequence[tuple[int, WorkItemRow]], done: ImportedItems) -> list[_Item]:
    """The rows that name a known customer and a known person, with their tags."""
    index = custody.index_keys()
    customers = _customers(index, [row for _, row in part])
    generations = _generations(customers.values())
    staff = people.staff_ids([row.assignee for _, row in part if row.assignee])
    ready = []
    for number, row in part:
        customer = customers.get((row.by, row.customer))
        wrong = _wrong(row, customer, staff, generations)
        if wrong or customer is None:
            done.rejected.append((number, wrong))
            continue
        kind = _KINDS[row.kind]
        tag = rows.work_item_tag(index, kind, row.number)
        person = UUID(staff[row.assignee]) if row.assignee else None
        ready.append(
            _Item(
                number, customer, generations[customer], kind, row.number.strip(), tag, person,
                row.opened, row.closed,
            )
        )  # fmt: skip
    return ready


def _wrong(
    row: WorkItemRow,
    customer: UUID | None,
    staff: Mapping[str, str],
    generations: Mapping[UUID, int],
) -> str:
    """The part of a row that cannot be used, or empty."""
    faults = {
        "number": not row.number.strip(),
        "kind": row.kind not in _KINDS,
        "customer": customer not in generations,
        "assignee": bool(row.assignee) and row.assignee not in staff,
        "closed": row.closed is not None and row.closed < row.opened,
    }
    return next((part for part, wrong in faults.items() if wrong), "")


def _customers(index: IndexKeys, items: Sequence[WorkItemRow]) -> dict[tuple[str, str], UUID]:
    """Customer by (field, value); only where exactly one customer has the value, under whatever tags."""
    by_value: dict[tuple[str, str], UUID] = {}
    named: dict[int, set[tuple[str, str]]] = {}
    for row in items:
        if not row.by:
            by_value[row.by, row.customer] = looks.customer_id_of(row.customer)
            continue
        for tag in _tags(index, row):
            named.setdefault(tag, set()).add((row.by, row.customer))
    # Two of a tag's customers are enough to know that they are several.
    statement = """SELECT tag, min(customer_id::text)::uuid, max(customer_id::text)::uuid
        FROM vault.tag WHERE tag = ANY(%s) GROUP BY tag"""
    carriers: dict[tuple[str, str], set[UUID]] = {}
    for tag, *customers in fetch(statement, [list(named)]):
        for value in named[tag]:
            carriers.setdefault(value, set()).update(customers)
    return by_value | {
        value: holders.pop() for value, holders in carriers.items() if len(holders) == 1
    }


def _tags(index: IndexKeys, row: WorkItemRow) -> list[int]:
    wanted = catalogue.by_code(row.by)
    if not wanted.transforms:
        return []
    try:
        forms = search_forms.forms(wanted, wanted.transforms[0], row.customer)
    except BadFieldValue:
        return []
    return [index.tag64(wanted.id, way, text) for way, text in forms]


def _generations(customers: Iterable[UUID]) -> dict[UUID, int]:
    """The newest key generation of customers that the vault holds."""
    statement = f"""
        SELECT c.customer_id, max(k.generation) FROM vault.customer c
        JOIN {CUSTOMER_ROOTS} AS k USING (customer_id)
        WHERE c.customer_id = ANY(%s) AND c.state = 1 GROUP BY c.customer_id"""
    return dict(fetch(statement, [list(set(customers))]))


def _write(grant: Grant, ready: Sequence[_Item], done: ImportedItems) -> None:
    leaf = Leaf(
        event=events.WORK_ITEM_IMPORTED,
        actor=grant.actor,
        subjects=looks.subjects_of(item.customer_id for item in ready),
        classes=(rows.NUMBER_CLASS,),
        exposure=Exposure.WRITE,
        decision=grant.as_leaf(),
        detail={"rows": len(ready)},
    )
    keys = custody.customer_keys_many(
        {item.customer_id: item.generation for item in ready},
        receipt=log.append_with_change(leaf),
        classes=leaf.classes,
        exposure=leaf.exposure,
    )
    with connection.cursor() as cursor:
        for item in ready:
            key = ids.uuid7()
            sealer = keys[item.customer_id].row(Collection.WORK_ITEM, key.bytes)
            sealed = sealer.seal(rows.NUMBER_CLASS, rows.NUMBER_FIELD, item.number)
            _count(done, item, _upsert(cursor, key, sealed, item))


def _upsert(cursor: Any, key: UUID, sealed: bytes, item: _Item) -> bool | None:
    """True if new, False if changed, None if nothing was written."""
    marks = (item.kind, item.number_tag, sealed, item.assignee, item.opened, item.closed)
    cursor.execute(_UPSERT, (key, item.customer_id, *marks, key))
    answer = cursor.fetchone()
    return None if answer is None else bool(answer[0])


def _count(done: ImportedItems, item: _Item, is_new: bool | None) -> None:
    if is_new is None:
        owners = fetch(
            "SELECT customer_id FROM vault.work_item WHERE number_tag = %s AND kind = %s",
            [item.number_tag, item.kind],
        )
        if owners and owners[0][0] != item.customer_id:
            done.rejected.append((item.row, "number"))
        else:
            done.unchanged += 1
    elif is_new:
        done.created += 1
    else:
        done.changed += 1
