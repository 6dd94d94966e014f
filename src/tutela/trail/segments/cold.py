"""Questions to months that files alone hold, answered like those to the database.

Callers that show these rows ask the gate first and append a leaf, as for `queries.py`.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tutela.crypto import merkle
from tutela.trail import asked, reading
from tutela.trail.asked import LeafFilter, LeafRow
from tutela.trail.leaves import milliseconds, moment

from . import parts, rows
from .contents import File
from .rows import Segment

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SELECT: Final = ", ".join(f'"{name}"' for name in parts.NAMES)
_ORDER: Final = "ORDER BY t_ms DESC, id_mid DESC, id_low DESC"
Where = list[tuple[str, list[Any]]]


def page(wanted: LeafFilter, limit: int, before: UUID | None) -> list[LeafRow]:
    """The newest leaves wanted, at most `limit`, of months that the database has given up. SegmentUnreadable."""
    found: list[tuple[tuple[Any, ...], LeafRow]] = []
    for segment, bound in _asked(wanted.since, wanted.until):
        if len(found) >= limit and segment.ends_at < found[limit - 1][1].at:
            continue
        if before is None or segment.begins_at <= moment(before):
            found += _in_segment(segment, wanted, [*bound, *_before(before)], limit)
            found.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in found[:limit]]


def _asked(since: datetime | None, until: datetime | None) -> Iterator[tuple[Segment, Where]]:
    """The segments with leaves of a time, and the condition that leaves out what the database still holds."""
    hot = rows.hot_from()
    if hot is None or (since is not None and since >= hot):
        return
    end = hot if until is None else min(until, hot)
    bound: Where = [("t_ms < ?", [_ms(end)])]
    if since is not None:
        bound.append(("t_ms >= ?", [_ms(since)]))
    for segment in rows.cold():
        if segment.begins_at < end and (since is None or segment.ends_at >= since):
            yield segment, bound


def _ask(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Only whoever has cold months loads the engine, which takes its time and memory."""
    from . import engine

    return engine.rows(statement, values)


def _path(segment: Segment, file: File) -> str:
    from . import engine

    return engine.path_of(segment, file)


def _before(before: UUID | None) -> Where:
    if before is None:
        return []
    key = [milliseconds(before), before.int >> 64 & 0xFFFF, before.bytes[8:]]
    return [("(t_ms, id_mid, id_low) < (?, ?, ?)", key)]


def _in_segment(
    segment: Segment, wanted: LeafFilter, where: Where, limit: int
) -> list[tuple[tuple[Any, ...], LeafRow]]:
    where = list(where)
    if wanted.subject is not None:
        named = _pointers(segment, ":".join(wanted.subject))
        if not named:
            return []
        where.append(_indices(named))
    for column, value in (
        ("actor_id", wanted.actor_id),
        ("purpose", wanted.purpose),
        ("outcome", wanted.outcome),
    ):
        if value:
            where.append((f"{column} = ?", [value]))
    if wanted.names:
        where.append(("list_contains(?, event)", [list(wanted.names)]))
    path = _path(segment, segment.written.leaves)
    condition, values = _joined(where)
    statement = f"""
        SELECT {_SELECT} FROM read_parquet(?) WHERE index IN (
            SELECT index FROM read_parquet(?) WHERE {condition} {_ORDER} LIMIT ?)"""
    found = _ask(statement, [path, path, *values, limit])
    return [((row[1], row[2], row[3]), _row(row)) for row in found]


def _pointers(segment: Segment, subject: str) -> list[int]:
    """The indices of the leaves of a segment that name a subject, written kind:id."""
    path = _path(segment, segment.written.pointers)
    found = _ask("SELECT index FROM read_parquet(?) WHERE subject = ?", [path, subject])
    return [index for (index,) in found]


def _indices(named: Sequence[int]) -> tuple[str, list[Any]]:
    """A few indices are written out, so that row groups without them are not read."""
    if len(named) <= 64:
        return f"index IN ({', '.join('?' * len(named))})", list(named)
    return "index IN (SELECT unnest(?::BIGINT[]))", [list(named)]


def _joined(where: Where) -> tuple[str, list[Any]]:
    return " AND ".join(text for text, _ in where), [value for _, many in where for value in many]


def _row(row: tuple[Any, ...]) -> LeafRow:
    """A row of a file as a leaf. The file's hash was compared with its seal, so it is not hashed again."""
    key = parts.key_of(row[1], row[2], row[3])
    try:
        return asked.told(key, moment(key), parts.document(row))
    except (ValueError, LookupError, TypeError):
        return asked.broken(key, moment(key), reading.UNREADABLE)


def leaf(leaf_id: UUID) -> LeafRow | None:
    """One leaf by its id, or None."""
    found = _at(leaf_id)
    return _row(found[1]) if found else None


def _at(leaf_id: UUID) -> tuple[Segment, tuple[Any, ...]] | None:
    at = moment(leaf_id)
    where = "t_ms = ? AND id_mid = ? AND id_low = ?"
    key = [milliseconds(leaf_id), leaf_id.int >> 64 & 0xFFFF, leaf_id.bytes[8:]]
    for segment, _ in _asked(at, at + timedelta(milliseconds=1)):
        path = _path(segment, segment.written.leaves)
        found = _ask(f"SELECT {_SELECT} FROM read_parquet(?) WHERE {where}", [path, *key])
        if found:
            return segment, found[0]
    return None


def place_of(leaf_id: UUID) -> tuple[int, int] | None:
    """(epoch, index) of a leaf that a file holds; None for others."""
    found = _at(leaf_id)
    return (found[0].epoch, int(found[1][0])) if found else None


def exact(epoch: int, index: int) -> bytes | None:
    """The exact bytes of the leaf at an index, from the segment that holds it; None if none does, or it was
    purged.
    SegmentUnreadable."""
    segment = rows.holding(epoch, index)
    if segment is None or segment.purged_at is not None:
        return None
    from . import files

    path = _path(segment, segment.written.leaves)
    group = files.group_of(segment.first, index)
    for row, data, _ in files.read(Path(path), [group]):
        if row[0] == index:
            return data
    return None


def hash_of(leaf_id: UUID) -> bytes | None:
    """The hash of a leaf's exact bytes, or None."""
    place = place_of(leaf_id)
    data = exact(*place) if place else None
    return merkle.leaf_hash(data) if data is not None else None


Tallies = list[tuple[Any, ...]]


def tallies(
    condition: tuple[str, list[Any]],
    since: datetime,
    until: datetime,
    zone: str,
    subject: tuple[str, str] | None = None,
) -> Tallies:
    """Rows of day, actor's kind and id, event, purpose, outcome and number, as `figures` counts them."""
    found: Tallies = []
    for segment, bound in _asked(since, until):
        where = [*bound, condition]
        if subject is not None:
            named = _pointers(segment, ":".join(subject))
            if not named:
                continue
            where.append(_indices(named))
        text, values = _joined(where)
        path = _path(segment, segment.written.leaves)
        statement = f"""
            SELECT (make_timestamptz(t_ms * 1000) AT TIME ZONE ?)::DATE AS day, actor_kind, actor_id, event,
                purpose, outcome, count(*)
            FROM read_parquet(?) WHERE {text} GROUP BY ALL"""
        found += _ask(statement, [zone, path, *values])
    return found


def known(kind: str, keys: Collection[str]) -> list[tuple[str, int, datetime, datetime]]:
    """Of each subject that a file names: its id, how many leaves, the first and the last moment."""
    found: dict[str, tuple[int, datetime, datetime]] = {}
    for segment, bound in _asked(None, None):
        for key in keys:
            named = _pointers(segment, f"{kind}:{key}")
            if not named:
                continue
            text, values = _joined([*bound, _indices(named)])
            path = _path(segment, segment.written.leaves)
            ((number, first, last),) = _ask(
                f"SELECT count(*), min(t_ms), max(t_ms) FROM read_parquet(?) WHERE {text}",
                [path, *values],
            )
            if number:
                found[key] = _together(found.get(key), (number, _at_ms(first), _at_ms(last)))
    return [(key, *facts) for key, facts in found.items()]


Known = tuple[int, datetime, datetime]


def _together(one: Known | None, other: Known) -> Known:
    if one is None:
        return other
    return one[0] + other[0], min(one[1], other[1]), max(one[2], other[2])


def _ms(at: datetime) -> int:
    """Milliseconds since 1970, the part of one rounded up: `t_ms < _ms(end)` is `at < end` for whole
    milliseconds."""
    return -((_EPOCH - at) // timedelta(milliseconds=1))


def _at_ms(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)
