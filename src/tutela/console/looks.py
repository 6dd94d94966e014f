"""Looks at customer data, counted from the trail: masked, in clear, refused."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tutela.base import clock
from tutela.trail.events import Event

MASKED = (
    Event.VAULT_CUSTOMER_LISTED,
    Event.VAULT_CUSTOMER_SEARCHED,
    Event.VAULT_CUSTOMER_VIEWED,
    Event.VAULT_HISTORY_VIEWED,
)
CLEAR = (Event.VAULT_FIELD_REVEALED,)
REFUSED = (Event.ACCESS_REQUEST_REFUSED,)
_COUNT = """
    SELECT (at AT TIME ZONE %s)::date AS day,
           count(*) FILTER (WHERE event = ANY(%s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE event = ANY(%s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE event = ANY(%s) OR outcome = 'deny' AND event = ANY(%s))
    FROM trail.leaf WHERE at >= %s AND event = ANY(%s) GROUP BY day
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Looks of one day of the company's time zone; each is one leaf, however many rows it showed."""

    day: date
    masked: int = 0
    clear: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        return self.masked + self.clear + self.refused


def by_day(days: int) -> list[Day]:
    """The last `days` days, today last; a day without looks is a row of zeros."""
    today = clock.today()
    first = today - timedelta(days=days - 1)
    found = {day.day: day for day in _counted(first)}
    wanted = (first + timedelta(days=n) for n in range(days))
    return [found.get(day, Day(day=day)) for day in wanted]


def _counted(first: date) -> list[Day]:
    zone = timezone.get_default_timezone()
    since = datetime.combine(first, time.min, tzinfo=zone)
    looks = [*MASKED, *CLEAR]
    values: list[Any] = [
        str(zone),
        [*MASKED],
        [*CLEAR],
        [*REFUSED],
        looks,
        since,
        [*looks, *REFUSED],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return [Day(day=day, masked=masked, clear=clear, refused=no) for day, masked, clear, no in rows]
