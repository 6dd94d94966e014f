"""Looks at customer data, counted from the trail: masked, in clear, refused.

A refusal counts when it was one of customer data: by a rule of the matrix, of a named customer, or at a
page, verb or command for customers. Somebody turned away from another page has not looked at anybody.

A day that is over is counted once in a process: the trail only grows, so its number cannot change.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tutela.access import events as access_events
from tutela.base import clock
from tutela.vault import events as vault_events

MASKED = (
    vault_events.CUSTOMER_LISTED.name,
    vault_events.CUSTOMER_SEARCHED.name,
    vault_events.CUSTOMER_VIEWED.name,
    vault_events.HISTORY_VIEWED.name,
)
CLEAR = (vault_events.FIELD_REVEALED.name,)
REFUSED = (access_events.REQUEST_REFUSED.name,)
# Only refusals are opened, and there are few of them; one that cannot be read counts apart.
_COUNT = """
    SELECT (at AT TIME ZONE %s)::date AS day,
           count(*) FILTER (WHERE event = ANY(%s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE event = ANY(%s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE outcome = 'deny' AND event = ANY(%s)
               OR jsonb_exists(document->'decision', 'matrix')
               OR document->'detail'->>'view' LIKE '%%customer%%'
               OR document->'subjects'->0->>0 = 'customer'),
           count(*) FILTER (WHERE event = ANY(%s) AND document IS NULL)
    FROM trail.leaf, LATERAL (SELECT CASE WHEN event = ANY(%s)
        THEN trail.read(leaf) END AS document) AS opened
    WHERE at >= %s AND event = ANY(%s) GROUP BY day
"""
_WHERE = """
    SELECT datname, oid::text, pg_postmaster_start_time()::text FROM pg_database
    WHERE datname = current_database()"""
SETTLED = timedelta(hours=1)
"""So long after midnight the last leaf of a day is surely written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Looks of one day of the company's time zone; each is one leaf, however many rows it showed."""

    day: date
    masked: int = 0
    clear: int = 0
    refused: int = 0
    unreadable: int = 0

    @property
    def total(self) -> int:
        return self.masked + self.clear + self.refused


_settled: dict[tuple[str, ...], dict[date, Day]] = {}


def by_day(days: int) -> list[Day]:
    """The last `days` days, today last; a day without looks is a row of zeros."""
    today = clock.today()
    first = today - timedelta(days=days - 1)
    wanted = [first + timedelta(days=n) for n in range(days)]
    where = _database()
    known = _settled.get(where, {})
    since = next((day for day in wanted if day not in known), today)
    counted = {day.day: day for day in _counted(since)}
    told = [known.get(day) or counted.get(day, Day(day=day)) for day in wanted]
    _settled[where] = {one.day: one for one in told if _is_settled(one.day)}
    return told


def _is_settled(day: date) -> bool:
    return _midnight(day + timedelta(days=1)) + SETTLED < clock.now()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _database() -> tuple[str, ...]:
    """Which database is asked: another one, or this one restored, is counted anew."""
    with connection.cursor() as cursor:
        cursor.execute(_WHERE)
        return (str(timezone.get_default_timezone()), *cursor.fetchone())


def _counted(first: date) -> list[Day]:
    zone, since = timezone.get_default_timezone(), _midnight(first)
    looks = [*MASKED, *CLEAR]
    values: list[Any] = [
        str(zone),
        [*MASKED],
        [*CLEAR],
        looks,
        [*REFUSED],
        [*REFUSED],
        since,
        [*looks, *REFUSED],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return [
        Day(day=day, masked=masked, clear=clear, refused=refused, unreadable=unreadable)
        for day, masked, clear, refused, unreadable in rows
    ]
