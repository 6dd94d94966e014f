"""How long the access log is kept: whole days from its oldest leaf (target `access-log-kept`).

Only leaves that trail.append wrote count (view trail.vouched), not rows inserted otherwise.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from tutela.base.readings import Ask, EvidenceRow, Reading, Source, nothing, stands_at

_READ = """
    SELECT first.id, first.at, last.id, last.at
    FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS asked (until, n)
    LEFT JOIN LATERAL (SELECT id, at FROM trail.vouched ORDER BY at, id LIMIT 1) first
        ON first.at < asked.until
    LEFT JOIN LATERAL (
        SELECT id, at FROM trail.vouched WHERE at < asked.until ORDER BY at DESC, id DESC LIMIT 1) last
        ON true
    ORDER BY asked.n"""


def read(asks: Sequence[Ask]) -> list[Reading]:
    """The readings of all asks in one statement, from the oldest and the newest leaf at each ask's end."""
    return [
        _reading(ask, first[1], last[1])
        for ask, (first, last) in zip(asks, _ends(asks), strict=True)
    ]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The oldest and the newest leaf; the figure is the whole days from the oldest to `until`."""
    (ends,) = _ends([ask])
    until = stands_at(ask).isoformat()
    for place, (leaf_id, at) in zip(("oldest", "newest"), ends, strict=True):
        if at is not None:
            yield EvidenceRow(str(leaf_id), at, {"leaf": place, "until": until})


def _ends(asks: Sequence[Ask]) -> list[tuple[tuple[object, datetime | None], ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[stands_at(ask) for ask in asks]])
        return [((a, b), (c, d) if b else (None, None)) for a, b, c, d in cursor.fetchall()]


def _reading(ask: Ask, oldest: datetime | None, newest: datetime | None) -> Reading:
    if oldest is None:
        return nothing(ask, "days")
    days = (stands_at(ask) - oldest).days
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=float(days),
        numerator=days,
        denominator=1,
        unit="days",
        evidence=2,
        newest=newest,
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
