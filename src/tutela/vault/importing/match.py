"""What the vault has already: records by source tag, customers by identity tag. Reads only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from tutela.vault.catalogue import Collection as Kind
from tutela.vault.queries import HELD
from tutela.vault.rows import StoredRow

from . import copying


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record that a row was matched with, and what its customer's row says."""

    customer_id: UUID
    record_id: UUID
    version: int
    generation: int
    row_mac: bytes
    source_tag: bytes | None
    identity_tag: bytes | None
    branch: int
    customer_version: int
    made_by: str | None = None
    """The source whose feed wrote its first version; looked up by `of_customers` only."""


_MATCHED = """SELECT r.customer_id, r.record_id, r.version, r.generation, r.row_mac, r.source_tag,
    c.identity_tag, c.branch_id, c.version"""
_FROM = f"""FROM vault.record r JOIN vault.customer c USING (customer_id)
    WHERE r.collection = %s AND c.state = {HELD} AND cardinality(r.cells) > 0 AND """
# The batch of the first version says whose record it is, whoever has changed it since.
_MADE_BY = """(SELECT b.source FROM vault.import_batch b WHERE b.actor_kind = 'machine' AND b.batch_id =
    CASE WHEN r.version = 1 THEN r.batch ELSE (SELECT h.batch FROM vault.record_history h
        WHERE h.customer_id = r.customer_id AND h.record_id = r.record_id AND h.version = 1) END)"""
_NEWEST = """NOT EXISTS (SELECT FROM vault.record_history h WHERE h.customer_id = r.customer_id
    AND h.record_id = r.record_id AND h.version >= r.version)"""


def fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows, sent in binary: a bytea as text is twice as long."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.adapters.register_dumper(copying.Blobs, copying.BlobsDumper)
        rows: list[tuple[Any, ...]] = cursor.execute(statement, values, binary=True).fetchall()
    return rows


def by_source(collection: int, tags: Collection[bytes]) -> dict[bytes, StoredRecord]:
    """The records with these source tags."""
    if not tags:
        return {}
    statement = f"{_MATCHED} {_FROM} r.source_tag = ANY(%s)"
    rows = fetch(statement, (collection, copying.Blobs(tags)))
    return {row[5]: StoredRecord(*row) for row in rows}


def of_customers(collection: int, customers: Collection[UUID]) -> dict[UUID, list[StoredRecord]]:
    """The records of these customers in a collection, oldest first."""
    if not customers:
        return {}
    records: dict[UUID, list[StoredRecord]] = {}
    statement = f"{_MATCHED}, {_MADE_BY} {_FROM} r.customer_id = ANY(%s) ORDER BY r.record_id"
    for row in fetch(statement, (collection, list(customers))):
        records.setdefault(row[0], []).append(StoredRecord(*row))
    return records


def by_identity(tags: Collection[bytes]) -> dict[bytes, UUID]:
    """The customers with these identity tags."""
    if not tags:
        return {}
    statement = (
        f"SELECT identity_tag, customer_id FROM vault.customer"
        f" WHERE identity_tag = ANY(%s) AND state = {HELD}"
    )
    return dict(fetch(statement, (copying.Blobs(tags),)))


def makers(customers: Collection[UUID]) -> dict[UUID, str | None]:
    """The source whose feed made each customer, None when a person did."""
    records = of_customers(Kind.CUSTOMER, customers)
    return {customer: known[0].made_by for customer, known in records.items()}


def branches_of(customers: Collection[UUID]) -> dict[UUID, int]:
    """The branch of each customer that is held. Always asked, so that its time tells nothing."""
    statement = (
        f"SELECT customer_id, branch_id FROM vault.customer"
        f" WHERE customer_id = ANY(%s) AND state = {HELD}"
    )
    return dict(fetch(statement, (list(customers),)))


def assigned(actor: str, customers: Collection[UUID], today: date) -> set[UUID]:
    """Those of the customers for whom the actor has an open work item."""
    statement = """
        SELECT DISTINCT customer_id FROM vault.work_item WHERE assignee = %s::uuid
        AND customer_id = ANY(%s) AND opened <= %s AND (closed IS NULL OR closed > %s)"""
    return {row[0] for row in fetch(statement, (actor, list(customers), today, today))}


def stored(records: Iterable[StoredRecord], collection: int) -> dict[UUID, StoredRow]:
    """The sealed rows of these records, by record id."""
    listed = list(records)
    statement = f"""
        SELECT r.customer_id, r.record_id, r.collection, r.version, r.generation, r.fields, r.cells,
               r.manifest, {_NEWEST}
        FROM unnest(%s::uuid[], %s::uuid[]) AS w (customer_id, record_id)
        JOIN vault.record r USING (customer_id, record_id) WHERE r.collection = %s"""
    values = ([h.customer_id for h in listed], [h.record_id for h in listed], collection)
    return {row[1]: StoredRow(*row) for row in fetch(statement, values)}


def chunk_done(batch: UUID, number: int) -> bool:
    """Whether a chunk of a batch is committed."""
    statement = "SELECT 1 FROM vault.import_chunk WHERE batch_id = %s AND chunk = %s"
    return bool(fetch(statement, (batch, number)))


def chunks_done(batch: UUID) -> set[int]:
    """The numbers of a batch's committed chunks."""
    statement = "SELECT chunk FROM vault.import_chunk WHERE batch_id = %s"
    return {row[0] for row in fetch(statement, (batch,))}
