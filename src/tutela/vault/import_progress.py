"""How far an import is: rows done of those known, rows a second, time left. Unknown stays unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.utils.translation import gettext as _

from .importing.actions import Inspection

WINDOW_SECONDS = 30
"""The pace is that of the last while, so that a run that was resumed is not slowed by its pause."""
SILENT_SECONDS = 60
"""Nothing committed for so long is told: the process may have been stopped."""
_KEPT, _KEY = 20, "vault.uploads"
Chunk = tuple[int, float]
"""Rows of a committed chunk, and how many seconds ago it was committed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the upload's inspection told of a file: rows in all, estimated when `about`."""

    digest: str
    rows: int
    about: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """`of` is 0 when nobody knows how many rows there are; `pace` in rows a second, or none."""

    done: int
    of: int
    about: bool
    pace: float | None
    silent: bool

    @property
    def percent(self) -> int | None:
        """Whole per cent, 99 at most: an import is whole when it is finished, not before."""
        return min(99, 100 * self.done // self.of) if self.of else None

    @property
    def left(self) -> str:
        """The time left in words; nothing when it cannot be told."""
        if not self.pace or not self.of:
            return ""
        return in_words(max(0, self.of - self.done) / self.pace)


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


def keep(session: SessionBase, upload: UUID, digest: str, found: Inspection) -> None:
    """Remember for this session how many rows an upload has; the newest are kept."""
    kept = dict(session.get(_KEY, {}))
    kept[str(upload)] = [digest, found.rows, found.estimated]
    session[_KEY] = dict(list(kept.items())[-_KEPT:])


def known(session: SessionBase) -> dict[str, Known]:
    """What this session remembers, by upload."""
    return {upload: Known(*told) for upload, told in session.get(_KEY, {}).items()}


def of_batch(session: SessionBase, batch: UUID, done: int) -> Progress:
    """The progress of a running import."""
    digest, age, chunks = _chunks(batch)
    told = [one for one in known(session).values() if one.digest == digest]
    of, about = (told[-1].rows, told[-1].about) if told else (0, False)
    if about and of < done:  # the estimate was too low, so nothing is known any more
        of = 0
    silent = (chunks[-1][1] if chunks else age) > SILENT_SECONDS
    return Progress(done, of, about, pace(chunks, age), silent)


def _chunks(batch: UUID) -> tuple[str, float, list[Chunk]]:
    """The file's hash, the seconds since the import began, and its newest chunks, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(file_hash, 'hex'), extract(epoch FROM now() - started_at)::float8"
            " FROM vault.import_batch WHERE batch_id = %s",
            [batch],
        )
        digest, age = cursor.fetchone()
        cursor.execute(
            "SELECT rows, extract(epoch FROM now() - committed_at)::float8 FROM ("
            " SELECT rows, committed_at FROM vault.import_chunk WHERE batch_id = %s"
            " ORDER BY committed_at DESC LIMIT 500) AS newest ORDER BY committed_at",
            [batch],
        )
        chunks: list[Any] = cursor.fetchall()
    return digest, age, [(int(rows), float(seconds)) for rows, seconds in chunks]
