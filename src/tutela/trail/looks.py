"""Count looks at customer data by day: masked, in clear, refused.

A refusal counts when it was one of customer data: by a rule of the matrix, of a named customer, or at a
page, verb or command for customers. Somebody turned away from another page has not looked at anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

# Only refusals are opened, and there are few of them; one that cannot be read counts apart.
_COUNT: Final = """
    SELECT (at AT TIME ZONE %(zone)s)::date AS day,
           count(*) FILTER (WHERE event = ANY(%(masked)s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE event = ANY(%(clear)s) AND outcome <> 'deny'),
           count(*) FILTER (WHERE outcome = 'deny' AND event = ANY(%(looks)s)
               OR jsonb_exists(document->'decision', 'matrix')
               OR document->'detail'->>'view' LIKE '%%customer%%'
               OR document->'subjects'->0->>0 = 'customer'),
           count(*) FILTER (WHERE event = ANY(%(refused)s) AND document IS NULL)
    FROM trail.leaf, LATERAL (SELECT CASE WHEN event = ANY(%(refused)s)
        THEN trail.read(leaf) END AS document) AS opened
    WHERE at >= %(since)s AND event = ANY(%(every)s) GROUP BY day
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The events of each kind of look."""

    masked: Sequence[str]
    clear: Sequence[str]
    refused: Sequence[str]


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


def by_day(kinds: Kinds, since: datetime, zone: str) -> list[Day]:
    """The days since a moment that have looks, in no order; `zone` is the IANA name of the days' time zone."""
    values: dict[str, str | datetime | list[str]] = {
        "zone": zone,
        "masked": list(kinds.masked),
        "clear": list(kinds.clear),
        "refused": list(kinds.refused),
        "looks": [*kinds.masked, *kinds.clear],
        "every": [*kinds.masked, *kinds.clear, *kinds.refused],
        "since": since,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return [
        Day(day=day, masked=masked, clear=clear, refused=refused, unreadable=unreadable)
        for day, masked, clear, refused, unreadable in rows
    ]
