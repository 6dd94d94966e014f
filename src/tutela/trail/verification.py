"""Verify the whole log: every chain from its bytes, month by month, in one snapshot.

The snapshot keeps heads and leaves consistent while others append. An interrupted run resumes after the
last complete month that was over when it began.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection

from tutela.base import clock, ids
from tutela.crypto import merkle

from . import reading, sweep
from .connect import own_connection
from .leaves import moment
from .statements import VERIFICATION_BEGUN, VERIFICATION_KEPT
from .sweep import Part, Sweep
from .tree import rehash
from .walk import COLUMNS, Finding, Link, Walk

Progress = Callable[[int, int], None]
"""Called with the months done and the total."""
_SNAPSHOT: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_sort = off"
_ENDS: Final = "SELECT min(at), max(at) FROM trail.leaf"
_HEADS: Final = "SELECT writer, seq, hash, at FROM trail.chain"
_HELD_FROM: Final = """
    SELECT coalesce(max(trail.month_end(month)), 'epoch'::timestamptz) FROM trail.segment
    WHERE dropped_at IS NOT NULL"""
_CUTS: Final = "SELECT writer, seq, hash, at FROM trail.cut"
_LASTING: Final = "SELECT id FROM trail.lasting WHERE leaf_hash <> sha256('\\x00'::bytea || leaf)"
_LEAVES: Final = """COPY (SELECT {} FROM trail.leaf WHERE at >= {} AND at < {} ORDER BY writer, seq)
    TO STDOUT (FORMAT BINARY)"""
_PAGES: Final = """
    SELECT pg_relation_size(tableoid) / current_setting('block_size')::int FROM {}
    WHERE at >= {} AND at < {} LIMIT 1"""
_PARTS: Final = """COPY (SELECT part.* FROM generate_series(0, {last}, {step}) AS page, LATERAL (
        SELECT {columns} FROM {table} WHERE at >= {begins} AND at < {ends}
        AND ctid >= ('(' || page || ',0)')::tid AND ctid < ('(' ||
            CASE WHEN page + {step} > {last} THEN 4294967295 ELSE page + {step} END || ',0)')::tid) AS part)
    TO STDOUT (FORMAT BINARY)"""
"""A month in physical order, `step` pages per result row; the last row has all remaining pages."""
PAGES_AT_ONCE: Final = 32
_STRAY: Final = """
    SELECT id FROM trail.leaf l WHERE writer = id AND at >= %s AND at < %s
    AND NOT EXISTS (SELECT FROM trail.loose w WHERE w.leaf_id = l.id)
    AND NOT EXISTS (SELECT FROM trail.named s WHERE s.key = trail.subject_key('leaf', l.id::text))"""
_GONE: Final = """
    SELECT leaf_id FROM trail.loose w WHERE NOT EXISTS (
        SELECT FROM trail.leaf l WHERE l.at = w.at AND l.id = w.leaf_id AND l.leaf_hash = w.hash)"""
_UNLIKE: Final = """
    WITH said AS MATERIALIZED (
        SELECT DISTINCT trail.subject_key(s.value->>0, s.value->>1) AS key, l.at, l.id AS leaf_id
        FROM trail.leaf l,
            jsonb_path_query(trail.read(l.leaf), 'strict $.subjects[*]', '{}', true) AS s (value)
        WHERE l.at >= %(begins)s AND l.at < %(ends)s
    ), counted AS (
        SELECT key, at, count(*) AS leaves FROM said GROUP BY key, at
    ), stored AS (
        SELECT key, at, count(*) AS leaves FROM trail.named
        WHERE at >= %(begins)s AND at < %(ends)s GROUP BY key, at
    ), differ AS MATERIALIZED (
        SELECT key, at, coalesce(c.leaves, 0) > coalesce(s.leaves, 0) AS is_missing
        FROM counted c FULL JOIN stored s USING (key, at) WHERE c.leaves IS DISTINCT FROM s.leaves
    ), missing AS MATERIALIZED (
        SELECT said.leaf_id, differ.at, differ.key FROM differ JOIN said USING (key, at) WHERE is_missing)
    SELECT DISTINCT leaf_id, at FROM (
        SELECT leaf_id, at FROM missing
        UNION ALL SELECT (
            SELECT CASE WHEN count(*) = 1 THEN min(l.id::text)::uuid END FROM trail.leaf l WHERE l.at = d.at), d.at
        FROM differ d WHERE NOT is_missing
            AND NOT EXISTS (SELECT FROM missing m WHERE m.key = d.key OR m.at = d.at)) AS found
    ORDER BY at, leaf_id LIMIT 100"""
"""Leaves whose subjects are not stored, or stored once more; a row that is too much and explained by one that is
missing counts once."""
_PLACES: Final = "SELECT leaf_id, epoch, index FROM trail.sequenced WHERE leaf_id = ANY(%s)"
_ONE: Final = "SELECT leaf FROM trail.leaf WHERE at = %s AND id = %s"
_MEMBERS: Final = """
    SELECT l.id, l.leaf_hash FROM unnest(%s::timestamptz[], %s::uuid[]) AS m (at, id)
    JOIN trail.leaf l USING (at, id)"""
_OPEN: Final = """
    SELECT id, started_at, state::text FROM trail.verification
    WHERE finished_at IS NULL AND started_at > %s AND state <> '{}' ORDER BY started_at DESC LIMIT 1"""
RESUME_HOURS: Final = 20
_HEADER: Final = 19
"""Bytes before the first row of a binary COPY."""
_COUNT, _SIZE = Struct(">h"), Struct(">i")
"""The number of values before a row, and the length before each value."""


@dataclass(slots=True, kw_only=True)
class Run:
    """One verification; `done` is the ISO time of the last complete month, `newest` (id, hash) of the snapshot."""

    id: UUID
    started_at: datetime
    walk: Walk = field(default_factory=Walk)
    done: str = ""
    newest: tuple[UUID, bytes] | None = None

    @property
    def is_good(self) -> bool:
        return not self.walk.broken


def run(progress: Progress = lambda _done, _all: None) -> Run:
    """Verify everything; the caller stores the result, appends the leaf and compares with other copies."""
    verification = _begun()
    with own_connection("tutela-verify") as server:
        server.execute(_SNAPSHOT)
        heads = {
            writer.bytes: (seq, digest, at) for writer, seq, digest, at in server.execute(_HEADS)
        }
        for writer, seq, digest, at in server.execute(_CUTS).fetchall():
            verification.walk.chains.setdefault(
                writer.bytes, Link(seq, bytes(digest), int(at.timestamp() * 1000))
            )
        months = _months(*server.execute(_ENDS).fetchall()[0])
        for number, (begins, ends) in enumerate(months):
            progress(number, len(months))
            if begins.isoformat() > verification.done:
                _month(server, verification.walk, begins, ends)
                if ends < verification.started_at:
                    verification.done = begins.isoformat()
                    keep(verification)
        verification.walk.compare_heads(heads)
        for (altered,) in server.execute(_LASTING):
            verification.walk.add(Finding(kind=reading.HASH, leaf=str(altered)))
        for (gone,) in server.execute(_GONE):
            verification.walk.add(
                Finding(kind=reading.TAIL, leaf=str(gone), writer=str(gone), seq=1)
            )
        rehash.check(server, verification.walk.add)
        _find_places(server, verification.walk)
        verification.newest = server.execute(
            "SELECT id, leaf_hash FROM trail.leaf ORDER BY at DESC, id DESC LIMIT 1"
        ).fetchone()
        progress(len(months), len(months))
    return verification


def _find_places(server: psycopg.Connection[Any], walk: Walk) -> None:
    """Name the place in the tree of every leaf that was found at fault."""
    leaves = [UUID(one.leaf) for one in walk.findings if one.leaf and not one.tree]
    rows = server.execute(_PLACES, [leaves]).fetchall() if leaves else []
    places = {str(leaf_id): (epoch, index) for leaf_id, epoch, index in rows}
    walk.findings = [
        replace(one, tree=places[one.leaf][0], index=places[one.leaf][1])
        if one.leaf in places and not one.tree
        else one
        for one in walk.findings
    ]


def _months(first: datetime | None, last: datetime | None) -> list[tuple[datetime, datetime]]:
    """The calendar months (UTC) from the first leaf to the last, as (begin, end)."""
    months = []
    while first is not None and last is not None and first <= last:
        begins = first.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        first = (begins + timedelta(days=32)).replace(day=1)
        months.append((begins, first))
    return months


def _begun() -> Run:
    """The last interrupted run if it is recent, or a new one."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [now - timedelta(hours=RESUME_HOURS)])
        row = cursor.fetchone()
        if row is not None:
            return _resumed(*row)
        new = Run(id=ids.uuid7(), started_at=now)
        cursor.execute(VERIFICATION_BEGUN, [new.id, new.started_at])
    return new


def _resumed(run_id: UUID, started_at: datetime, state: str) -> Run:
    record = json.loads(state)
    walk = Walk(leaves=record["leaves"], broken=record["broken"])
    walk.findings = [Finding(**finding) for finding in record["findings"]]
    walk.chains = {
        bytes.fromhex(writer): Link(seq, bytes.fromhex(digest), ms)
        for writer, (seq, digest, ms) in record["chains"].items()
    }
    return Run(id=run_id, started_at=started_at, walk=walk, done=record["done"])


def keep(run: Run, *, finished: bool = False) -> None:
    """Store the progress of a run, or its result."""
    walk = run.walk
    findings = [finding.as_row() for finding in walk.findings]
    state: dict[str, Any] = {}
    if not finished:
        chains = {w.hex(): (link.seq, link.hash.hex(), link.ms) for w, link in walk.chains.items()}
        state = {"done": run.done, "leaves": walk.leaves, "broken": walk.broken,
                 "findings": findings, "chains": chains}  # fmt: skip
    values = (
        walk.leaves, len(walk.chains), walk.broken, json.dumps(findings), json.dumps(state),
        clock.now() if finished else None, run.id,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(VERIFICATION_KEPT, values)


def _month(server: psycopg.Connection[Any], walk: Walk, begins: datetime, ends: datetime) -> None:
    """Verify one month: its leaves, their subjects, its anchors, and leaves of changes without an anchor."""
    texts = [f"'{at.isoformat()}'" for at in (begins, ends)]
    stored = sweep.subjects_in(_parts(server, "trail.named", sweep.SUBJECTS, texts))
    if not _swept(server, walk, texts, stored):
        walk.subjects, walk.anchors = 0, []
        walk.feed(_copied(server, _LEAVES.format(COLUMNS, *texts)))
        if walk.subjects != stored:
            for leaf_id, at in server.execute(_UNLIKE, {"begins": begins, "ends": ends}).fetchall():
                walk.add(Finding(kind=reading.SUBJECTS, leaf=str(leaf_id or ""), at=at.isoformat()))
    for at, anchor in walk.anchors:
        _check_anchor(server, walk, at, anchor)
    for (stray,) in server.execute(_STRAY, [begins, ends]):
        when = moment(stray).isoformat()
        walk.add(
            Finding(kind=reading.UNANCHORED, leaf=str(stray), writer=str(stray), seq=1, at=when)
        )


def _swept(
    server: psycopg.Connection[Any], walk: Walk, texts: list[str], stored: int | None
) -> bool:
    """Whether a sweep finds all leaves of a month right; if so, `walk` is advanced past them."""
    swept, is_sure = Sweep(), True
    for part in _parts(server, "trail.leaf", sweep.COLUMNS, texts):
        is_sure = is_sure and swept.take(part)  # what follows must still be received
    moved = swept.joined(walk.chains) if is_sure and swept.subjects == stored else None
    if moved is None:
        return False
    walk.leaves += swept.leaves
    walk.chains.update(moved)
    walk.anchors = swept.anchors
    return True


def _parts(
    server: psycopg.Connection[Any], table: str, columns: str, texts: list[str]
) -> Iterator[Part]:
    """A month of a table, a few hundred rows at a time."""
    begins, ends = texts
    pages = server.execute(_PAGES.format(table, begins, ends)).fetchone()
    statement = _PARTS.format(
        table=table, columns=columns, begins=begins, ends=ends, step=PAGES_AT_ONCE,
        last=pages[0] if pages else 0,
    )  # fmt: skip
    for row in _copied(server, statement):
        (count,) = _COUNT.unpack_from(row)
        place, values = _COUNT.size, []
        for _ in range(count):
            (size,) = _SIZE.unpack_from(row, place)
            place += _SIZE.size
            values.append(row[place : place + max(size, 0)])
            place += max(size, 0)
        if values[0]:
            yield values


def _copied(server: psycopg.Connection[Any], statement: str) -> Iterator[bytes]:
    """The rows of a binary COPY, directly from libpq, without header and trailer."""
    link = server.pgconn
    link.exec_(statement.encode())
    copied = link.get_copy_data
    size, data = copied(0)
    if size > _HEADER + 2:
        yield bytes(data[_HEADER:])
    while size >= 0:
        size, data = copied(0)
        if size > 2:
            yield bytes(data)
    while (result := link.get_result()) is not None:
        if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(result, encoding="utf-8")


def _check_anchor(server: psycopg.Connection[Any], walk: Walk, at: datetime, anchor: UUID) -> None:
    """Check that every leaf an anchor names exists, and that their Merkle root is the anchor's. An anchor that
    names
    leaves of a month that the database has given up was checked while it held them."""
    row = server.execute(_ONE, [at, anchor]).fetchone()
    document = reading.document_of(row[0]) if row else None
    if document is None:
        return  # already reported as unreadable
    named = [UUID(name) for kind, name in document["subjects"] if kind == "leaf"]
    held_from = server.execute(_HELD_FROM).fetchall()[0][0]
    stored = dict(
        server.execute(_MEMBERS, [[moment(leaf_id) for leaf_id in named], named]).fetchall()
    )
    if any(moment(leaf_id) < held_from for leaf_id in named):
        return
    for gone in [leaf_id for leaf_id in named if leaf_id not in stored]:
        when = moment(gone).isoformat()
        walk.add(Finding(kind=reading.ANCHOR, leaf=str(gone), writer=str(gone), seq=1, at=when))
    if len(stored) == len(named):
        root = merkle.root([bytes(stored[leaf_id]) for leaf_id in named]).hex()
        if root != document["detail"].get("root"):
            walk.add(Finding(kind=reading.ANCHOR, leaf=str(anchor), at=at.isoformat()))
