"""Plain readings about the log for the scorecard."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tutela.base import clock

from . import queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much log there is. `days` are whole days from the oldest leaf to now; None for an empty log."""

    leaves: int
    oldest_at: datetime | None
    newest_at: datetime | None
    days: int | None


def kept() -> Kept:
    """The log's size and age, counted from its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail.leaf")
        count = int(cursor.fetchone()[0])
    oldest = queries.oldest_at()
    days = (clock.now() - oldest).days if oldest else None
    return Kept(leaves=count, oldest_at=oldest, newest_at=queries.last_at(), days=days)
