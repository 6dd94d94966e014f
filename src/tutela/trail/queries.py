"""Read the access log. Rows are parsed from the hashed bytes of the leaf, not from the search columns.

Callers that show these rows ask the gate first and append a leaf (trail.leaves.searched).
"""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from tutela.base import clock

from . import connect, reading
from .asked import EVERY_LEAF, LeafFilter, LeafRow, broken, told
from .errors import TrailClosed
from .leaves import moment
from .naming import BY_ACTOR, NAMES_SUBJECT, subject_text
from .segments import cold, rows
from .tree import closing
from .writer import writer

# Of another module, but asked for here; what is defined below needs no mention.
__all__ = ["EVERY_LEAF", "LeafFilter", "LeafRow"]

RARE = 20_000
"""Leaves of all subjects below which events count as rare."""
_COLUMNS = (
    "l.id, l.at, l.event, l.actor_kind, l.actor_id, l.purpose, l.outcome, l.leaf, l.leaf_hash"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailHealth:
    """Health of the log as seen from this process. `p99_ms` is 0 if nothing was written lately."""

    state: str
    why: str
    p99_ms: float
    next_partition: bool


def leaves(
    wanted: LeafFilter = EVERY_LEAF, *, limit: int = 100, before: UUID | None = None
) -> list[LeafRow]:
    """The newest leaves wanted, at most 1,000, of the database and then of months that files alone hold.
    `before` is
    the id of the last row of the preceding page. SegmentUnreadable rather than a page with a hole."""
    limit = max(1, min(limit, 1000))
    statement, values = _page(wanted, before, limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = [_row(*stored) for stored in cursor.fetchall()]
    if len(found) == limit:
        return found
    return found + cold.page(wanted, limit - len(found), found[-1].id if found else before)


def _page(wanted: LeafFilter, before: UUID | None, limit: int) -> tuple[str, list[Any]]:
    """The statement of a page, and its values. Whatever is asked, an index gives the rows in order."""
    where: list[tuple[str, tuple[Any, ...]]] = [
        (f"l.{column} = %s", (value,))
        for column, value in (("purpose", wanted.purpose), ("outcome", wanted.outcome))
        if value
    ]
    if wanted.actor_id:
        where.append((BY_ACTOR, (wanted.actor_id, wanted.actor_id)))
    names = list(wanted.names)
    if wanted.subject is None and not wanted.actor_id and len(names) > 1:
        return _page_of_events(names, where + _between("l.at", "l.id", wanted, before), limit)
    if len(names) == 1:
        where.append(("l.event = %s", (names[0],)))
    elif names:
        where.append(("l.event = ANY(%s)", (names,)))
    if wanted.subject is not None:
        return _page_of_subject(wanted, where, before, limit)
    condition, values = _joined(where + _between("l.at", "l.id", wanted, before))
    statement = f"""
        SELECT {_COLUMNS} FROM trail.leaf l WHERE {condition} ORDER BY l.at DESC, l.id DESC LIMIT %s"""
    return statement, [*values, limit]


def _page_of_subject(
    wanted: LeafFilter, where: list[tuple[str, tuple[Any, ...]]], before: UUID | None, limit: int
) -> tuple[str, list[Any]]:
    """The moments at which the subject was named, newest first, and the leaves of each that name it, until there
    are enough. Left to itself the server joins all the leaves of a subject, with workers that take 50 ms to
    start, and sorts them."""
    kind, key = wanted.subject or ("", "")
    bounds: list[tuple[str, tuple[Any, ...]]] = [("s.key = trail.subject_key(%s, %s)", (kind, key))]
    if wanted.since is not None:
        bounds.append(("s.at >= %s", (wanted.since,)))
    if wanted.until is not None:
        bounds.append(("s.at < %s", (wanted.until,)))
    if wanted.names and _is_rare(wanted):
        events, event_values = _of_events(wanted)
        bounds.append((f"s.at IN (SELECT e.at FROM {events})", event_values))
    if before is not None:
        bounds.append(("s.at <= %s", (moment(before),)))
        where = [*where, ("(l.at, l.id) < (%s, %s)", (moment(before), before))]
    moments, moment_values = _joined(bounds)
    condition, values = _joined([(NAMES_SUBJECT, (subject_text(kind, key),)), *where])
    statement = f"""
        SELECT l.* FROM (
            SELECT DISTINCT s.at FROM trail.named s WHERE {moments} ORDER BY s.at DESC OFFSET 0) AS s
        CROSS JOIN LATERAL (
            SELECT {_COLUMNS} FROM trail.leaf l WHERE l.at = s.at AND {condition} OFFSET 0) AS l
        ORDER BY s.at DESC, l.id DESC LIMIT %s"""
    return statement, [*moment_values, *values, limit]


def _of_events(wanted: LeafFilter) -> tuple[str, tuple[Any, ...]]:
    """The leaves `e` of the events and the time wanted, by their index alone."""
    condition, values = _joined(
        [("e.event = ANY(%s)", (list(wanted.names),)), *_between("e.at", "e.id", wanted, None)]
    )
    return f"trail.leaf e WHERE {condition}", tuple(values)


def _is_rare(wanted: LeafFilter) -> bool:
    """Whether there are so few leaves of these events that their moments are compared with the subject's before
    any leaf is opened. Of frequent events the subject's newest leaves hold enough."""
    events, values = _of_events(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT FROM {events} LIMIT %s) AS few", [*values, RARE + 1]
        )
        return bool(cursor.fetchone()[0] <= RARE)


def _page_of_events(
    names: list[str], where: list[tuple[str, tuple[Any, ...]]], limit: int
) -> tuple[str, list[Any]]:
    """The newest of each event, and of those the newest: an event has an index in order, several together have
    none, and the server would sort all that there are."""
    condition, values = _joined(where)
    statement = f"""
        SELECT l.* FROM unnest(%s::text[]) AS named (event) CROSS JOIN LATERAL (
            SELECT {_COLUMNS} FROM trail.leaf l WHERE l.event = named.event AND {condition}
            ORDER BY l.at DESC, l.id DESC LIMIT %s) AS l
        ORDER BY l.at DESC, l.id DESC LIMIT %s"""
    return statement, [names, *values, limit, limit]


def leaf(leaf_id: UUID) -> LeafRow | None:
    """One leaf by its id, or None."""
    statement = f"SELECT {_COLUMNS} FROM trail.leaf l WHERE l.at = %s AND l.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment(leaf_id), leaf_id])
        stored = cursor.fetchone()
    return _row(*stored) if stored else cold.leaf(leaf_id)


def stored(event: str, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
    """The leaves of one event after a leaf (None: from the first), oldest first: id and hashed bytes."""
    where, values = "", {"event": event, "limit": limit}
    if after is not None:
        where = "AND (l.at, l.id) > (%(at)s::timestamptz, %(after)s::uuid)"
        values |= {"after": after, "at": moment(after)}
    each = f"WHERE l.event = %(event)s {where} ORDER BY l.at, l.id LIMIT %(limit)s"
    statement = f"""
        SELECT l.id, l.leaf FROM ((SELECT l.* FROM trail.leaf l {each}) UNION ALL
            (SELECT l.* FROM trail.lasting l {each})) AS l
        ORDER BY l.at, l.id LIMIT %(limit)s"""
    return [(leaf_id, bytes(data)) for leaf_id, data in connect.fetch(statement, values)]


def hash_of(leaf_id: UUID) -> bytes | None:
    """The stored hash of a leaf, of the database or of a month that files alone hold; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf_hash FROM trail.leaf WHERE at = %s AND id = %s", [moment(leaf_id), leaf_id]
        )
        row = cursor.fetchone()
    return bytes(row[0]) if row else cold.hash_of(leaf_id)


def _between(
    at: str, key: str, wanted: LeafFilter, before: UUID | None
) -> list[tuple[str, tuple[Any, ...]]]:
    """The bounds of a page in these columns: the time wanted, and below the last row of the page before."""
    bounds: list[tuple[str, tuple[Any, ...]]] = []
    if wanted.since is not None:
        bounds.append((f"{at} >= %s", (wanted.since,)))
    if wanted.until is not None:
        bounds.append((f"{at} < %s", (wanted.until,)))
    if before is not None:
        bounds.append((f"({at}, {key}) < (%s, %s)", (moment(before), before)))
    return bounds


def _joined(where: list[tuple[str, tuple[Any, ...]]]) -> tuple[str, list[Any]]:
    condition = " AND ".join(text for text, _ in where) or "true"
    return condition, [value for _, parameters in where for value in parameters]


def _row(leaf_id: UUID, at: datetime, *stored: Any) -> LeafRow:
    """Parse the leaf's bytes; a broken row if they are no leaf or disagree with the columns."""
    *columns, leaf, leaf_hash = stored
    document, why = reading.examine(leaf_id, at, tuple(columns), bytes(leaf), bytes(leaf_hash))
    if document is None:
        return broken(leaf_id, at, why)
    return told(leaf_id, at, document)


def purged(wanted: LeafFilter = EVERY_LEAF) -> list[rows.Segment]:
    """The sealed months of the time wanted that were purged: what a list of leaves must say beside itself."""
    return rows.purged(wanted.since, wanted.until)


def kept_filters(owner: str) -> list[tuple[str, str]]:
    """The filters that an account keeps, by name: name and query."""
    statement = "SELECT name, query FROM trail.kept_filter WHERE owner = %s ORDER BY name"
    return [(name, query) for name, query in connect.fetch(statement, [owner])]


def count_since(at: datetime) -> int:
    """The number of leaves since `at`."""
    return int(connect.fetch("SELECT count(*) FROM trail.leaf WHERE at >= %s", [at])[0][0])


def oldest_at() -> datetime | None:
    """The time of the oldest leaf in trail.vouched; None for an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM trail.vouched ORDER BY at LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else None


def partition_exists(month: datetime) -> bool:
    """Whether both tables have a partition for this month (UTC)."""
    names = [f"trail.{table}_{month:%Y_%m}" for table in ("leaf", "named")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL AND to_regclass(%s) IS NOT NULL", names)
        return bool(cursor.fetchone()[0])


def health() -> TrailHealth:
    """State of this process's writer and of the tree, and whether next month has its partition."""
    with contextlib.suppress(TrailClosed):  # what was seen before still counts
        closing.look()
    pulse, now = writer().pulse, clock.monotonic()
    state, why = pulse.state(now)
    next_month = (clock.now().replace(day=1) + timedelta(days=32)).replace(day=1)
    return TrailHealth(
        state=state.value,
        why=why.value,
        p99_ms=round(pulse.p99(now) * 1000, 1),
        next_partition=partition_exists(next_month),
    )


def state() -> str:
    """open, strained or closed, without a query."""
    return writer().pulse.state(clock.monotonic())[0].value


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The result of a finished verification."""

    at: datetime
    leaves: int
    chains: int
    broken: int
    findings: list[dict[str, Any]]


def last_verified() -> Verified | None:
    """The newest finished verification; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finished_at, leaves, chains, broken, findings::text FROM trail.verification "
            "WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    at, leaf_count, chains, broken, findings = row
    return Verified(
        at=at, leaves=leaf_count, chains=chains, broken=broken, findings=json.loads(findings)
    )
