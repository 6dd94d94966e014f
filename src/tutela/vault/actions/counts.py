"""Count what share of the sensitive values is sealed, from the rows themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tutela.base import clock
from tutela.keys.relations import CUSTOMER_ROOTS

METHOD = "header"
"""No customer key is opened for a count, so it tells what the cells' headers show: an envelope of
our format, of the suite and generation of a key that exists, not that it opens. Opening is checked
with every look, by the manifest."""
# At least the 36 bytes of an empty envelope, with the suite and generation of a key row.
_IS_SEALED = """octet_length(cell) >= 36 AND substring(cell FOR 2) IN ('\\xC101'::bytea, '\\xC102'::bytea)
    AND get_byte(cell, 2) = k.suite AND substring(cell FROM 5 FOR 4) = int4send(k.generation)"""
_COUNT = f"""
    WITH held AS (
        SELECT customer_id, generation, cells, 1 AS record FROM vault.record
        UNION ALL SELECT customer_id, generation, cells, 0 FROM vault.record_history
    ), counted AS (
        SELECT c.cells, c.sealed, held.record FROM held
        LEFT JOIN {CUSTOMER_ROOTS} AS k USING (customer_id, generation)
        CROSS JOIN LATERAL (
            SELECT count(*) AS cells, count(*) FILTER (WHERE {_IS_SEALED}) AS sealed
            FROM unnest(held.cells) AS cell) c
        UNION ALL
        SELECT 1, (EXISTS (
            SELECT 1 FROM {CUSTOMER_ROOTS} AS k, (VALUES (w.number_sealed)) AS v (cell)
            WHERE k.customer_id = w.customer_id AND {_IS_SEALED}))::int, 0
        FROM vault.work_item w
    )
    INSERT INTO vault.encryption_count (counted_at, sensitive, sealed, customers, records, method)
    SELECT %(now)s, COALESCE(sum(cells), 0), COALESCE(sum(sealed), 0),
        (SELECT count(*) FROM vault.customer WHERE state = 1), COALESCE(sum(record), 0), %(method)s
    FROM counted
    RETURNING counted_at, sensitive, sealed, customers, records, method"""


@dataclass(frozen=True, slots=True)
class EncryptionCount:
    """One count. `sensitive`: all cells of records, their history and work items; `sealed`: those
    that are envelopes under a key that exists. A bundle is one cell."""

    counted_at: datetime
    sensitive: int
    sealed: int
    customers: int
    records: int
    method: str


def count_encryption() -> EncryptionCount:
    """Count every cell in one statement, keep the count, and return it. Minutes above 10 M rows."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"now": clock.now(), "method": METHOD})
        counted = cursor.fetchone()
    counted_at, sensitive, sealed, customers, records, method = counted
    return EncryptionCount(
        counted_at, int(sensitive), int(sealed), int(customers), int(records), method
    )
