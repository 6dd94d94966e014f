"""Whether access control stands: matrix in force, people hold posts, log written (`access-system`)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection

from tutela.base.readings import Ask, EvidenceRow, Reading, Source, moment, nothing, stands_at
from tutela.trail.relations import VOUCHED

PARTS: Final = ("matrix", "posts", "log")
# Since when each part has stood, and the newest leaf, as it was at `until`. Posts stand while somebody
# but a machine holds one on the last day.
_READ = f"""
    WITH held AS MATERIALIZED (
        SELECT DISTINCT held.starts, held.ends FROM access_assignment held
        JOIN access_staff who ON who.id = held.staff_id WHERE who.kind = 'staff')
    SELECT
        (SELECT min(published_at) FROM access_matrix_version WHERE published_at <= asked.until),
        (SELECT min(held.starts) FROM held WHERE held.starts <= asked.day
            AND (held.ends IS NULL OR held.ends >= asked.day)),
        (SELECT at FROM {VOUCHED} AS leaf ORDER BY at, id LIMIT 1),
        (SELECT at FROM {VOUCHED} AS leaf WHERE at < asked.until ORDER BY at DESC, id DESC LIMIT 1)
    FROM unnest(%s::timestamptz[], %s::date[]) WITH ORDINALITY AS asked (until, day, n)
    ORDER BY asked.n"""
Since = tuple[datetime | None, datetime | None, datetime | None]


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all. The value is the share of the three parts that stands, in percent."""
    return [
        _reading(ask, since, newest)
        for ask, (since, newest) in zip(asks, _stood(asks), strict=True)
    ]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """One row a part; `at` is since when it stands, or the ask's end when it does not. The log's is its
    newest leaf, with since when it is written."""
    ((since, newest),) = _stood([ask])
    if not any(since):
        return
    for part, began in zip(PARTS, since, strict=True):
        facts: dict[str, str | int] = {"part": part, "numerator": int(began is not None)}
        at = began or stands_at(ask)
        if part == "log" and began and newest:
            at, facts["since"] = newest, began.isoformat()
        yield EvidenceRow(part, at, facts | {"denominator": 1})


def _stood(asks: Sequence[Ask]) -> list[tuple[Since, datetime | None]]:
    untils = [stands_at(ask) for ask in asks]
    days = [ask.ends - timedelta(days=1) for ask in asks]
    with connection.cursor() as cursor:
        cursor.execute(_READ, [untils, days])
        rows = cursor.fetchall()
    return [
        ((matrix, _first(starts), oldest if newest else None), newest)
        for matrix, starts, oldest, newest in rows
    ]


def _first(day: date | None) -> datetime | None:
    return moment(day) if day else None


def _reading(ask: Ask, since: Since, newest: datetime | None) -> Reading:
    """Nothing at all stands: no data. `newest` is the log's last leaf, the sign that it is in use."""
    standing = sum(at is not None for at in since)
    if not standing:
        return nothing(ask, "percent")
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=100 * standing / len(PARTS),
        numerator=standing,
        denominator=len(PARTS),
        unit="percent",
        evidence=len(PARTS),
        newest=newest or max(at for at in since if at),
    )


SOURCE: Final = Source(target="access-system", read=read, rows=rows, alone=True)
