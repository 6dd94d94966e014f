"""What an import wrote, what it was before, and what stands in the way of undoing it. Reads only."""

from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tutela.trail import leaves
from tutela.vault.catalogue import Collection
from tutela.vault.importing.match import fetch
from tutela.vault.rows import StoredRow

NOTHING = UUID(int=0)
Place = tuple[UUID, UUID]
"""Customer and record."""

_ORDER = """
    SELECT undo_id, batch_id, state, proposed_by, proposed_at, reason, decided_by, decided_at,
        finished_at, records, customers, kept
    FROM vault.import_undo WHERE batch_id = %s AND state <> 'withdrawn'"""
# The version before the import: the newest of the history that it did not write. None: it made the record.
_BEFORE = """
    (SELECT max(h.version) FROM vault.record_history h WHERE h.customer_id = r.customer_id
        AND h.record_id = r.record_id AND h.batch IS DISTINCT FROM r.batch AND h.version < r.version)"""
_STEPS = f"""
    SELECT r.customer_id, r.record_id, r.collection, r.version, r.generation, {_BEFORE}
    FROM vault.record r
    WHERE r.batch = %s AND (r.customer_id, r.record_id) > (%s, %s)
    ORDER BY r.customer_id, r.record_id LIMIT %s"""
_LOCKED = """
    SELECT r.customer_id, r.record_id, c.branch_id FROM vault.record r
    JOIN unnest(%s::uuid[], %s::uuid[]) AS w (customer_id, record_id) USING (customer_id, record_id)
    JOIN vault.customer c USING (customer_id)
    WHERE r.batch = %s ORDER BY r.customer_id, r.record_id FOR UPDATE OF r, c"""
# Changed: a version of the import that is no longer the newest. Used: a customer that the import made
# has a record of something else, or a work item.
_BLOCKERS = f"""
    SELECT DISTINCT h.customer_id, h.record_id, 'changed'
    FROM vault.record_history h JOIN vault.record r USING (customer_id, record_id)
    WHERE h.batch = %(batch)s AND r.batch IS DISTINCT FROM h.batch
      AND r.batch IS DISTINCT FROM %(undo)s::uuid
    UNION ALL
    SELECT c.customer_id, m.record_id, 'used'
    FROM vault.record m JOIN vault.customer c USING (customer_id)
    WHERE m.batch = %(batch)s AND m.collection = {int(Collection.CUSTOMER)}
      AND (SELECT v.created_at FROM (
            SELECT m.version, m.created_at UNION ALL SELECT h.version, h.created_at
            FROM vault.record_history h
            WHERE h.customer_id = m.customer_id AND h.record_id = m.record_id AND h.batch = m.batch) v
          ORDER BY v.version LIMIT 1) = c.created_at
      AND (EXISTS (SELECT FROM vault.record o WHERE o.customer_id = c.customer_id
              AND o.batch IS DISTINCT FROM m.batch AND cardinality(o.cells) > 0)
           OR EXISTS (SELECT FROM vault.work_item w WHERE w.customer_id = c.customer_id))
    ORDER BY 1, 2"""
_HISTORY = """
    SELECT h.customer_id, h.record_id, h.collection, h.version, h.generation, h.fields, h.cells,
        h.manifest, TRUE, h.source_tag, h.row_mac
    FROM unnest(%s::uuid[], %s::uuid[], %s::int[]) AS w (customer_id, record_id, version)
    JOIN vault.record_history h USING (customer_id, record_id, version)"""
_SHAPES = """
    SELECT DISTINCT c.branch_id, r.fields FROM vault.record r JOIN vault.customer c USING (customer_id)
    WHERE r.batch = %s"""
_FORMER = "SELECT DISTINCT branch_id FROM vault.import_move WHERE batch_id = %s"
_ACCEPTED = "SELECT EXISTS (SELECT 1 FROM vault.held_row WHERE batch_id = %s AND state = 2)"
_WRITES = "SELECT EXISTS (SELECT 1 FROM vault.record WHERE batch = %s AND customer_id = %s)"
_MOVES = """
    SELECT m.customer_id, m.branch_id, c.version, c.branch_id
    FROM vault.import_move m JOIN vault.customer c USING (customer_id)
    JOIN vault.import_batch b ON b.batch_id = m.batch_id
    WHERE m.batch_id = %s AND m.customer_id = ANY(%s) AND m.branch_id <> c.branch_id
      AND NOT EXISTS (SELECT FROM vault.move v
        WHERE v.customer_id = m.customer_id AND v.state = 2 AND v.decided_at > b.started_at)"""


_UPGRADED = "SELECT before FROM vault.anchoring"


@dataclass(frozen=True, slots=True)
class Order:
    """A proposal to undo an import, and what became of it."""

    id: UUID
    batch: UUID
    state: str
    proposed_by: str
    proposed_at: datetime
    reason: str
    decided_by: str | None
    decided_at: datetime | None
    finished_at: datetime | None
    records: int
    customers: int
    kept: int


@dataclass(frozen=True, slots=True)
class Step:
    """One record that the import wrote. `before`: the version to go back to, None to end the record."""

    customer_id: UUID
    record_id: UUID
    collection: int
    version: int
    generation: int
    before: int | None

    @property
    def place(self) -> Place:
        return self.customer_id, self.record_id


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version to go back to, with what an import knows the record by."""

    row: StoredRow
    source_tag: bytes | None
    row_mac: bytes


@dataclass(frozen=True, slots=True)
class Blocker:
    """A record that stands in the way. `why`: changed or used."""

    customer_id: UUID
    record_id: UUID
    why: str


def is_from_before(batch: UUID) -> bool:
    """Whether the import began before the tables were there that keep where its customers had been."""
    return bool(leaves.moment(batch) < fetch(_UPGRADED, ())[0][0])


def order_of(batch: UUID) -> Order | None:
    """The proposal that stands for an import."""
    rows = fetch(_ORDER, (batch,))
    return Order(*rows[0]) if rows else None


def steps(batch: UUID, after: Place, limit: int) -> list[Step]:
    """The next records that an import wrote last, in the order of their ids."""
    return [Step(*row) for row in fetch(_STEPS, (batch, *after, limit))]


def shapes(batch: UUID) -> list[tuple[int, list[int]]]:
    """The branches whose customers an import wrote, each with the cells of the records: few at most."""
    return [(row[0], row[1]) for row in fetch(_SHAPES, (batch,))]


def former_branches(batch: UUID) -> list[int]:
    """The branches to which an undo returns customers whom the import moved."""
    return [row[0] for row in fetch(_FORMER, (batch,))]


def has_accepted(batch: UUID) -> bool:
    """Whether a steward has accepted a held row of an import."""
    return bool(fetch(_ACCEPTED, (batch,))[0][0])


def wrote(batch: UUID, customer: str) -> bool:
    """Whether an import wrote a record of this customer."""
    return bool(fetch(_WRITES, (batch, customer))[0][0])


def locked(batch: UUID, part: list[Step], branches: Some[int]) -> list[Step]:
    """Those that the import still wrote last, of customers who are in one of the branches, held with the
    customer until the end of the transaction."""
    places = _columns([step.place for step in part])
    rows = fetch(_LOCKED, (*places, batch))
    locked_places = {(customer, record) for customer, record, branch in rows if branch in branches}
    return [step for step in part if step.place in locked_places]


def blockers(batch: UUID, undo: UUID | None = None) -> list[Blocker]:
    """Everything that was changed or used since, but by the undo itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_BLOCKERS, {"batch": batch, "undo": undo})
        return [Blocker(*row) for row in cursor.fetchall()]


def earlier(part: list[Step]) -> dict[Place, Earlier]:
    """The versions to go back to."""
    back = [step for step in part if step.before is not None]
    if not back:
        return {}
    places = _columns([step.place for step in back])
    rows = fetch(_HISTORY, (*places, [step.before for step in back]))
    return {(row[0], row[1]): Earlier(StoredRow(*row[:9]), row[9], row[10]) for row in rows}


def moves(batch: UUID, customers: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Customers that the import moved: the branch from before, and the customer's version now. Whom two
    people have moved since stays where they took them."""
    rows = fetch(_MOVES, (batch, customers))
    return {row[0]: (row[1], row[2]) for row in rows}


def _columns(places: list[Place]) -> list[list[Any]]:
    return [[customer for customer, _record in places], [record for _customer, record in places]]
