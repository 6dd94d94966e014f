"""What no single leaf tells: customers without keys, destroyed ones that are back, rows that no leaf names."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from tutela.keys.relations import CUSTOMER_ROOTS
from tutela.trail.relations import DOCUMENTS, SUBJECTS
from tutela.vault import events
from tutela.vault.queries import HELD, WITHDRAWN, fetch_binary

from .faults import NAMED, Fault, FaultCode
from .leaves import EVENTS

PAGE = 20_000
DESTROYED = 2
"""The state of a customer that an order of two people destroyed."""
_DESTROYED = f"{{{events.CUSTOMER_DESTROYED.name},{events.DESTRUCTION_REPLAYED.name}}}"
_BEFORE_ALL = UUID(int=0)
_KEYS = f"""
    WITH page AS (
        SELECT customer_id, state FROM vault.customer WHERE customer_id > %(after)s::uuid
        ORDER BY customer_id LIMIT %(page)s
    ), destroyed AS MATERIALIZED (
        SELECT s.id FROM {SUBJECTS} AS s
        WHERE s.kind = 'customer' AND s.event = ANY(%(destroyed)s::text[]))
    SELECT p.customer_id, p.state = {HELD} AND NOT EXISTS (
            SELECT FROM {CUSTOMER_ROOTS} AS k WHERE k.customer_id = p.customer_id AND k.whole),
        CASE p.state WHEN {DESTROYED} THEN p.customer_id::text NOT IN (SELECT id FROM destroyed)
        WHEN {WITHDRAWN} THEN EXISTS (SELECT FROM vault.record r
            WHERE r.customer_id = p.customer_id AND cardinality(r.cells) > 0)
        ELSE FALSE END
    FROM page p ORDER BY p.customer_id"""
_RETURNED = f"""
    SELECT DISTINCT c.customer_id, s.leaf_id, s.at
    FROM {SUBJECTS} AS s LEFT JOIN vault.customer c ON c.customer_id = s.id::uuid
    WHERE s.event = ANY(%(destroyed)s::text[]) AND s.kind = 'customer' AND (c.state = {HELD} OR EXISTS (
        SELECT FROM {CUSTOMER_ROOTS} AS k WHERE k.customer_id = s.id::uuid AND k.whole))"""
_TOTALS = """
    SELECT (SELECT count(*) FROM vault.record) + (SELECT count(*) FROM vault.record_history),
        (SELECT count(*) FROM vault.customer)"""
# All versions and standings that leaves name. A stored list is laid out once (OFFSET 0), not once an entry.
_NAMED = f"""
    WITH said AS MATERIALIZED (
        SELECT l.document AS leaf FROM {DOCUMENTS} AS l WHERE l.event = ANY(%(events)s)
    ), single AS (
        SELECT (SELECT (s ->> 1)::uuid FROM jsonb_array_elements(leaf -> 'subjects') s
                WHERE s ->> 0 = 'customer' LIMIT 1) AS customer_id, leaf -> 'detail' AS detail
        FROM said WHERE leaf -> 'detail' ?| ARRAY['manifest', 'customer_version']
    ), entry AS (
        SELECT encode(substring(e.body FROM n * 76 + 1 FOR 16), 'hex')::uuid AS customer_id,
            encode(substring(e.body FROM n * 76 + 17 FOR 16), 'hex')::uuid AS record_id,
            ('x' || encode(substring(e.body FROM n * 76 + 33 FOR 4), 'hex'))::bit(32)::int AS version,
            ('x' || encode(substring(e.body FROM n * 76 + 37 FOR 4), 'hex'))::bit(32)::int AS standing
        FROM (SELECT a.entries || ''::bytea AS body FROM vault.anchor a WHERE a.root IN (
            SELECT decode(leaf -> 'detail' ->> 'root', 'hex') FROM said) OFFSET 0) AS e
        CROSS JOIN LATERAL generate_series(0, octet_length(e.body) / 76 - 1) AS n
    ), named AS MATERIALIZED (
        SELECT customer_id, record_id, version, standing FROM entry
        UNION ALL SELECT customer_id, (detail ->> 'record')::uuid, (detail ->> 'version')::int,
            coalesce((detail ->> 'customer_version')::int, 0) FROM single
    )"""
NOT_NAMED = f"""{_NAMED}, row AS (
        SELECT customer_id, record_id, version, manifest, created_at FROM vault.record
        UNION ALL SELECT customer_id, record_id, version, manifest, created_at FROM vault.record_history
    )
    SELECT r.customer_id, r.record_id, r.version, r.manifest, r.created_at, 0 AS branch_id FROM row r
    WHERE NOT EXISTS (SELECT FROM named n WHERE n.customer_id = r.customer_id
        AND n.record_id = r.record_id AND n.version = r.version)
    UNION ALL
    SELECT c.customer_id, NULL, c.version, NULL, c.created_at, c.branch_id FROM vault.customer c
    WHERE NOT EXISTS (SELECT FROM named n WHERE n.customer_id = c.customer_id
        AND n.standing = c.version)"""
"""Versions of records, and customers' present standings, that no leaf names."""
_COUNT_NOT_NAMED = f"""
    SELECT count(*), count(*) FILTER (WHERE old),
        (array_agg(customer_id ORDER BY customer_id) FILTER (WHERE NOT old))[:{NAMED}],
        (array_agg(record_id ORDER BY customer_id) FILTER (WHERE NOT old))[:{NAMED}],
        (array_agg(version ORDER BY customer_id) FILTER (WHERE NOT old))[:{NAMED}]
    FROM (SELECT x.*, x.created_at < a.before AND a.done_at IS NULL AS old
          FROM ({NOT_NAMED}) AS x, vault.anchoring a) AS y"""


def keys_page(after: UUID | None) -> tuple[list[Fault], UUID | None]:
    """The next customers, without keys or destroyed without a leaf; where the page ends, None at the end."""
    values = {
        "after": after or _BEFORE_ALL,
        "page": PAGE,
        "destroyed": _DESTROYED,
    }
    rows = fetch_binary(_KEYS, values)
    faults = [Fault(FaultCode.KEYS_MISSING, row[0]) for row in rows if row[1]]
    faults += [Fault(FaultCode.DESTROYED_UNTRACED, row[0]) for row in rows if row[2]]
    return faults, rows[-1][0] if len(rows) == PAGE else None


def returned() -> list[Fault]:
    """Customers that were destroyed by the trail and are not by the vault or its keys."""
    rows = fetch_binary(_RETURNED, {"destroyed": _DESTROYED})
    return [
        Fault(FaultCode.CUSTOMER_RETURNED, customer, leaf=leaf, at=at)
        for customer, leaf, at in rows
    ]


def take_time() -> None:
    """No limit to the statements of the open transaction: they read every row."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def is_all_named(records: int, moves: int) -> bool:
    """Whether there are exactly as many rows as leaves name."""
    ((versions, customers),) = fetch_binary(_TOTALS, ())
    return bool(versions == records and customers == moves)


def not_named() -> tuple[int, int, list[Fault]]:
    """Rows that no leaf names: how many, how many of them from before anchoring, the first of the others.

    One pass over all lists and rows, joined by the server; asked only when the counts differ."""
    rows: Sequence[tuple[Any, ...]] = fetch_binary(_COUNT_NOT_NAMED, {"events": list(EVENTS)})
    every, old, customers, records, versions = rows[0]
    named = zip(customers or (), records or (), versions or (), strict=True)
    return int(every), int(old), [Fault(FaultCode.NOT_ANCHORED, *place) for place in named]
