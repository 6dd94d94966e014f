"""The share of sensitive values that is sealed, from the append-only counts (target `encryption-rate`)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tutela.base.readings import Ask, EvidenceRow, Reading, Source, moment, nothing, stands_at

_CHUNK = 1000
MANY: Final = 200_000
_CUSTOMERS = """
    SELECT CASE WHEN reltuples > %s THEN reltuples::bigint
        ELSE (SELECT count(*) FROM vault.customer WHERE state = 1) END
    FROM pg_class WHERE oid = 'vault.customer'::regclass"""
_READ = """
    SELECT newest.counted_at, newest.sensitive, newest.sealed, greatest(1, counts.n)
    FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS asked (since, until, place)
    LEFT JOIN LATERAL (
        SELECT counted_at, sensitive, sealed FROM vault.encryption_count
        WHERE counted_at <= asked.until ORDER BY counted_at DESC LIMIT 1) newest ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS n FROM vault.encryption_count
        WHERE counted_at >= asked.since AND counted_at <= asked.until) counts ON true
    ORDER BY asked.place"""
_ROWS = """
    SELECT counted_at, sensitive, sealed, customers, records, method FROM vault.encryption_count
    WHERE counted_at <= %(until)s AND counted_at >= least(%(since)s, (
        SELECT max(counted_at) FROM vault.encryption_count WHERE counted_at <= %(until)s))
    ORDER BY counted_at"""


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all: the newest count at or before the end of each ask's days."""
    with connection.cursor() as cursor:
        since = [moment(ask.begins) for ask in asks]
        cursor.execute(_READ, [since, [stands_at(ask) for ask in asks]])
        counts = cursor.fetchall()
    return [_reading(ask, *row) for ask, row in zip(asks, counts, strict=True)]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The counts of the ask's days, and the newest before them if they hold none; the last one counts."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, {"since": moment(ask.begins), "until": stands_at(ask)})
        while chunk := cursor.fetchmany(_CHUNK):
            yield from map(_row, chunk)


def _row(counted: Sequence[Any]) -> EvidenceRow:
    at, sensitive, sealed, customers, records, method = counted
    facts: dict[str, str | int] = {
        "numerator": sealed,
        "denominator": sensitive,
        "customers": customers,
        "records": records,
        "method": method,
    }
    return EvidenceRow(at.isoformat(), at, facts)


def _reading(
    ask: Ask, at: datetime | None, sensitive: int | None, sealed: int | None, counts: int
) -> Reading:
    """An empty vault and one never counted have no data: nothing encrypted is not 100 %."""
    if at is None or not sensitive:
        return nothing(ask, "percent")
    sealed = sealed or 0
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=100 * sealed / sensitive,
        numerator=sealed,
        denominator=sensitive,
        unit="percent",
        evidence=counts,
        newest=at,
    )


def customers() -> int:
    """How many customers the vault holds; above many, what the database last knew instead of a count."""
    with connection.cursor() as cursor:
        cursor.execute(_CUSTOMERS, [MANY])
        return int(cursor.fetchone()[0])


# Sensitive values lie in other systems too: their reports stand beside the vault's own count.
SOURCE: Final = Source(target="encryption-rate", read=read, rows=rows, method="newest_share")
