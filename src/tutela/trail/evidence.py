"""How long the access log is kept: whole days from its oldest leaf (target `access-log-kept`), in the database
or in
sealed months.

Of the database only leaves that trail.append wrote count (view trail.vouched), not rows inserted otherwise. Of
sealed
months those count that follow each other without a purged one, or one that neither its files nor a copy hold
any more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from tutela.base.readings import Ask, EvidenceRow, Reading, Source, nothing, stands_at

YEAR: Final = timedelta(days=365)
_GONE: Final = """
    later.purged_at < asked.until OR (later.fault <> '' AND NOT EXISTS (
        SELECT FROM trail.segment_copy c WHERE c.epoch = later.epoch AND c.month = later.month
        AND c.fault = '' AND c.checked_at IS NOT NULL))"""
# A month's first instant bounds what its row says: partitions are made by the server's clock alone.
_READ = f"""
    SELECT coalesce(cold.id, first.id), coalesce(cold.at, first.at), cold.month, last.id, last.at, verified.at,
        verified.broken, witnessed.at, (SELECT count(*) FROM trail.segment g WHERE g.fault <> '')
        + (SELECT count(*) FROM trail.fault f WHERE f.since < asked.until AND f.ended_at IS NULL)
    FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS asked (until, n)
    LEFT JOIN LATERAL (SELECT id, at FROM trail.vouched ORDER BY at, id LIMIT 1) first
        ON first.at < asked.until
    LEFT JOIN LATERAL (
        SELECT g.sealed_leaf AS id, greatest(g.begins_at, trail.month_start(g.month)) AS at,
            to_char(g.month, 'YYYY-MM') AS month
        FROM trail.segment g WHERE g.dropped_at IS NOT NULL AND g.begins_at < asked.until AND NOT EXISTS (
            SELECT FROM trail.segment later WHERE later.dropped_at IS NOT NULL
            AND (later.month, later.epoch) >= (g.month, g.epoch) AND ({_GONE}))
        ORDER BY g.month, g.epoch LIMIT 1) cold ON true
    LEFT JOIN LATERAL (
        SELECT id, at FROM trail.vouched WHERE at < asked.until ORDER BY at DESC, id DESC LIMIT 1) last
        ON true
    LEFT JOIN LATERAL (
        SELECT v.finished_at AS at, v.broken FROM trail.verification v WHERE v.finished_at < asked.until
        ORDER BY v.finished_at DESC LIMIT 1) verified ON true
    LEFT JOIN LATERAL (
        SELECT c.at FROM trail.cosignature c WHERE c.at < asked.until
        ORDER BY c.epoch DESC, c.size DESC, c.witness DESC, c.at DESC LIMIT 1) witnessed ON true
    ORDER BY asked.n"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The ends of the log at a moment and how well they are known. `month` is the sealed month of the oldest
    leaf, whose
    `oldest_id` is then the seal's; `faults` counts what the last verification and the tree found, and stands."""

    oldest_id: object
    oldest: datetime | None
    month: str
    newest_id: object
    newest: datetime | None
    verified: datetime | None
    witnessed: datetime | None
    faults: int


def read(asks: Sequence[Ask]) -> list[Reading]:
    """The readings of all asks in one statement, from the oldest and the newest leaf at each ask's end."""
    return [_reading(ask, kept) for ask, kept in zip(asks, _kept(asks), strict=True)]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The oldest and the newest leaf; the figure is the whole days from the oldest to `until`. Beside them: the
    day on
    which a year is reached, the last full verification, the last checkpoint that a witness signed, standing
    faults."""
    (kept,) = _kept([ask])
    if kept.oldest is None:
        return
    until = stands_at(ask).isoformat()
    first: dict[str, str | int] = {"leaf": "oldest", "until": until}
    if kept.month:
        first["segment"] = kept.month
    if stands_at(ask) - kept.oldest < YEAR:
        first["year_on"] = timezone.localtime(kept.oldest + YEAR).date().isoformat()
    yield EvidenceRow(str(kept.oldest_id), kept.oldest, first)
    if kept.newest is not None:
        known = {"verified": kept.verified, "witnessed": kept.witnessed}
        told = {name: at.isoformat() if at else "none_yet" for name, at in known.items()}
        last: dict[str, str | int] = {"leaf": "newest", "until": until, **told}
        last["standing_faults"] = kept.faults
        yield EvidenceRow(str(kept.newest_id), kept.newest, last)


def _kept(asks: Sequence[Ask]) -> list[_Kept]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[stands_at(ask) for ask in asks]])
        return [_of(*row) for row in cursor.fetchall()]


def _of(*row: Any) -> _Kept:
    oldest_id, oldest, month, newest_id, newest, verified, broken, witnessed, standing = row
    return _Kept(
        oldest_id=oldest_id, oldest=oldest, month=month or "", newest_id=newest_id if oldest else None,
        newest=newest if oldest else None, verified=verified, witnessed=witnessed,
        faults=(broken or 0) + standing,
    )  # fmt: skip


def _reading(ask: Ask, kept: _Kept) -> Reading:
    if kept.oldest is None or kept.newest is None:
        return nothing(ask, "days")
    days = (stands_at(ask) - kept.oldest).days
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=float(days),
        numerator=days,
        denominator=1,
        unit="days",
        evidence=2,
        newest=kept.newest,
    )


def heads() -> Iterator[tuple[str, int, str, str]]:
    """(writer, sequence number, hash in hex, ISO time) of the last leaf of each chain, by writer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT writer, seq, hash, at FROM trail.chain ORDER BY writer")
        while rows := cursor.fetchmany(10_000):
            for writer, seq, digest, at in rows:
                yield str(writer), seq, bytes(digest).hex(), at.isoformat()


SOURCE: Final = Source(
    target="access-log-kept", read=read, rows=rows, method="days_kept", alone=True
)
