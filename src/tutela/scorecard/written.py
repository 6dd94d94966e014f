"""The packs that were written, and who fetched them again, read from the access log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tutela.access import queries as people
from tutela.trail import queries
from tutela.trail.queries import LeafRow

from . import events, kept

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FETCHES_READ: Final = 1000
"""Newest fetches in the trail that are looked through."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Who fetched a pack again, and when."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Written:
    """One pack; its days are both included. `kept` is its id where it can be fetched again."""

    at: datetime
    first: date
    last: date
    figures: int
    file_hash: str
    by: str
    kept: UUID | None
    fetches: Sequence[Fetch]

    def as_row(self) -> dict[str, object]:
        """Ready for JSON and for a table."""
        return {
            "pack": str(self.kept or ""), "made": self.at.isoformat(), "first_day": self.first.isoformat(),
            "last_day": self.last.isoformat(), "made_by": self.by, "sha256": self.file_hash,
            "fetched": [f"{one.at.isoformat()} {one.by}" for one in self.fetches],
        }  # fmt: skip


def packs(limit: int) -> list[Written]:
    """The newest packs, except old ones whose leaves do not name the days."""
    leaves = queries.leaves(queries.LeafFilter(event=events.PACK_WRITTEN.name), limit=limit)
    fetched = queries.leaves(queries.LeafFilter(event=events.PACK_FETCHED.name), limit=FETCHES_READ)
    names = people.names(
        [leaf.actor_id for leaf in (*leaves, *fetched) if leaf.actor_kind == "staff"]
    )
    ids = kept.by_hash([str(leaf.detail.get("file_hash", "")) for leaf in leaves])
    return [
        Written(
            at=leaf.at, first=_day(leaf.detail["begins_ms"]),
            last=_day(leaf.detail["ends_ms"]) - timedelta(days=1), figures=int(leaf.detail["figures"]),
            file_hash=(file_hash := str(leaf.detail["file_hash"])),
            by=names.get(leaf.actor_id, leaf.actor_id), kept=ids.get(file_hash),
            fetches=[
                Fetch(row.at, names.get(row.actor_id, row.actor_id))
                for row in _of(fetched, file_hash)
            ],
        )
        for leaf in leaves
        if {"begins_ms", "ends_ms", "figures", "file_hash"} <= leaf.detail.keys()
    ]  # fmt: skip


def _of(fetched: Sequence[LeafRow], file_hash: str) -> list[LeafRow]:
    return [leaf for leaf in fetched if leaf.detail.get("file_hash") == file_hash]


def _day(milliseconds: str | int) -> date:
    return timezone.localdate(_EPOCH + timedelta(milliseconds=int(milliseconds)))
