"""How far an import is: rows done of those known, rows a second, time left. Unknown stays unknown.

Rows in all stand with the batch, so everybody who may see the import sees the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from .importing.batches import BatchState
from .importing.totals import Total

WINDOW_SECONDS = 30
"""The pace is that of the last while, so that a run that was resumed is not slowed by its pause."""
SILENT_SECONDS = 60
"""Nothing committed for so long is told: the process may have been stopped."""
Chunk = tuple[int, float]
"""Rows of a committed chunk, and how many seconds ago it was committed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`pace` in rows a second, or none."""

    done: int
    total: Total
    pace: float | None
    silent: bool

    @property
    def percent(self) -> int | None:
        """Whole per cent of a running import; none while the total is not known."""
        return self.total.percent(self.done)

    @property
    def left(self) -> str:
        """The time left in words; nothing when it cannot be told."""
        if not self.pace or self.percent is None:
            return ""
        return in_words(max(0, self.total.rows - self.done) / self.pace)


def in_words(seconds: float) -> str:
    """A span as a person would say it, rounded up."""
    whole = max(1, ceil(seconds))
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    minutes = -(-whole // 60)
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


def pace(chunks: Sequence[Chunk], age: float) -> float | None:
    """Rows a second of an import begun `age` seconds ago, over the last half minute."""
    window = min(age, WINDOW_SECONDS)
    rows = sum(rows for rows, seconds in chunks if seconds <= window)
    return rows / window if rows and window > 0 else None


def of_batch(batch: BatchState) -> Progress:
    """The progress of a running import."""
    age, chunks = _chunks(batch.id)
    silent = (chunks[-1][1] if chunks else age) > SILENT_SECONDS
    return Progress(batch.tally.rows, batch.total, pace(chunks, age), silent)


def _chunks(batch: UUID) -> tuple[float, list[Chunk]]:
    """The seconds since the import began, and its newest chunks, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - started_at)::float8"
            " FROM vault.import_batch WHERE batch_id = %s",
            [batch],
        )
        (age,) = cursor.fetchone()
        cursor.execute(
            "SELECT rows, extract(epoch FROM now() - committed_at)::float8 FROM ("
            " SELECT rows, committed_at FROM vault.import_chunk WHERE batch_id = %s"
            " ORDER BY committed_at DESC LIMIT 500) AS newest ORDER BY committed_at",
            [batch],
        )
        chunks: list[Any] = cursor.fetchall()
    return age, [(int(rows), float(seconds)) for rows, seconds in chunks]
