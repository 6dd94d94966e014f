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
WRITTEN_OUT: Final = 64
"""So many indices of a subject are written into a statement, and their rows fetched at once."""
Where = list[tuple[str, list[Any]]]


def page(wanted: LeafFilter, limit: int, before: UUID | None) -> list[LeafRow]:
    """The newest leaves wanted, at most `limit`, of months that the database has given up. SegmentUnreadable."""
    segments, where = _asked(wanted.since, wanted.until)
    where += _before(before)
    if before is not None:
        segments = [one for one in segments if one.begins_at <= moment(before)]
    found: list[tuple[tuple[Any, ...], LeafRow]] = []
    for chunk in _chunks(segments, 64 if wanted.subject else 1):
        if len(found) < limit or max(one.ends_at for one in chunk) >= found[limit - 1][1].at:
            found += _in_segments(chunk, wanted, where, limit)
            found.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in found[:limit]]


def _chunks(segments: Sequence[Segment], size: int) -> Iterator[list[Segment]]:
    """Segments of one epoch each, `size` at first: the newest often hold enough, and many files are read at once
    faster than one after the other. Whom a file does not name costs next to nothing there."""
    begin = 0
    while begin < len(segments):
        end = begin + 1
        while (
            end < min(begin + size, len(segments)) and segments[end].epoch == segments[begin].epoch
        ):
            end += 1
        yield list(segments[begin:end])
        size, begin = size * 5, end


def _asked(since: datetime | None, until: datetime | None) -> tuple[list[Segment], Where]:
    """The segments with leaves of a time, newest first, and the condition that leaves out what the database
    holds."""
    hot = rows.hot_from()
    if hot is None or (since is not None and since >= hot):
        return [], []
    end = hot if until is None else min(until, hot)
    where: Where = [("t_ms < ?", [_ms(end)])]
    if since is not None:
        where.append(("t_ms >= ?", [_ms(since)]))
    return [
        one
        for one in rows.cold()
        if one.begins_at < end and (since is None or one.ends_at >= since)
    ], where


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


def _in_segments(
    segments: list[Segment], wanted: LeafFilter, where: Where, limit: int
) -> list[tuple[tuple[Any, ...], LeafRow]]:
    """The newest leaves wanted of segments of one epoch, with what they are ordered by."""
    named: list[int] = []
    where = list(where)
    if wanted.subject is not None:
        named = _pointers(segments, ":".join(wanted.subject))
        segments = [one for one in segments if any(one.first <= n <= one.last for n in named)]
        if not segments:
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
        where.append((f"event IN ({', '.join('?' * len(wanted.names))})", list(wanted.names)))
    paths = [_path(one, one.written.leaves) for one in segments]
    condition, values = _joined(where)
    if wanted.subject is not None and len(named) <= WRITTEN_OUT:
        found = _ask(f"SELECT {_SELECT} FROM read_parquet(?) WHERE {condition}", [paths, *values])
        return [((row[1], row[2], row[3]), _row(row)) for row in found]
    # First the few indices, of narrow columns alone; then their whole rows.
    statement = f"SELECT index FROM read_parquet(?) WHERE {condition} {_ORDER} LIMIT ?"
    newest = [index for (index,) in _ask(statement, [paths, *values, limit])]
    if not newest:
        return []
    holding = [
        path
        for one, path in zip(segments, paths, strict=True)
        if any(one.first <= index <= one.last for index in newest)
    ]
    condition, values = _written_out(newest)
    found = _ask(f"SELECT {_SELECT} FROM read_parquet(?) WHERE {condition}", [holding, *values])
    return [((row[1], row[2], row[3]), _row(row)) for row in found]


def _pointers(segments: Sequence[Segment], subject: str) -> list[int]:
    """The indices of the leaves of segments of one epoch that name a subject, written kind:id."""
    paths = [_path(one, one.written.pointers) for one in segments]
    found = _ask("SELECT index FROM read_parquet(?) WHERE subject = ?", [paths, subject])
    return [index for (index,) in found]


def _indices(named: Sequence[int]) -> tuple[str, list[Any]]:
    """A few indices are written out, so that row groups without them are not read."""
    if len(named) <= WRITTEN_OUT:
        return _written_out(named)
    return "index IN (SELECT unnest(?::BIGINT[]))", [list(named)]


def _written_out(indices: Sequence[int]) -> tuple[str, list[Any]]:
    """The bounds first: the statistics of row groups know them."""
    marks = ", ".join("?" * len(indices))
    return f"index BETWEEN ? AND ? AND index IN ({marks})", [min(indices), max(indices), *indices]


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
    for segment in _asked(at, at + timedelta(milliseconds=1))[0]:
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
    segments, bound = _asked(since, until)
    for epoch in sorted({one.epoch for one in segments}):
        asked_of = [one for one in segments if one.epoch == epoch]
        where = [*bound, condition]
        if subject is not None:
            named = _pointers(asked_of, ":".join(subject))
            asked_of = [one for one in asked_of if any(one.first <= n <= one.last for n in named)]
            if not asked_of:
                continue
            where.append(_indices(named))
        text, values = _joined(where)
        paths = [_path(one, one.written.leaves) for one in asked_of]
        statement = f"""
            SELECT (make_timestamptz(t_ms * 1000) AT TIME ZONE ?)::DATE AS day, actor_kind, actor_id, event,
                purpose, outcome, count(*)
            FROM read_parquet(?) WHERE {text} GROUP BY ALL"""
        found += _ask(statement, [zone, paths, *values])
    return found


def known(kind: str, keys: Collection[str]) -> list[tuple[str, int, datetime, datetime]]:
    """Of each subject that a file names: its id, how many leaves, the first and the last moment."""
    found: dict[str, tuple[int, datetime, datetime]] = {}
    segments, bound = _asked(None, None)
    for epoch in sorted({one.epoch for one in segments}):
        asked_of = [one for one in segments if one.epoch == epoch]
        for key in keys:
            named = _pointers(asked_of, f"{kind}:{key}")
            holding = [one for one in asked_of if any(one.first <= n <= one.last for n in named)]
            if not holding:
                continue
            text, values = _joined([*bound, _indices(named)])
            paths = [_path(one, one.written.leaves) for one in holding]
            ((number, first, last),) = _ask(
                f"SELECT count(*), min(t_ms), max(t_ms) FROM read_parquet(?) WHERE {text}",
                [paths, *values],
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
