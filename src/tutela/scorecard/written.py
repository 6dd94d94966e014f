"""The packs that were written, read from the access log."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils import timezone

from tutela.access import queries as people
from tutela.trail import queries

from . import events

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Written:
    """One pack; its days are both included."""

    at: datetime
    first: date
    last: date
    figures: int
    file_hash: str
    by: str


def packs(limit: int) -> list[Written]:
    """The newest packs, except old ones whose leaves do not name the days."""
    leaves = queries.leaves(queries.LeafFilter(event=events.PACK_WRITTEN.name), limit=limit)
    names = people.names([leaf.actor_id for leaf in leaves if leaf.actor_kind == "staff"])
    return [
        Written(
            at=leaf.at, first=_day(leaf.detail["begins_ms"]),
            last=_day(leaf.detail["ends_ms"]) - timedelta(days=1), figures=int(leaf.detail["figures"]),
            file_hash=str(leaf.detail["file_hash"]), by=names.get(leaf.actor_id, leaf.actor_id),
        )
        for leaf in leaves
        if {"begins_ms", "ends_ms", "figures", "file_hash"} <= leaf.detail.keys()
    ]  # fmt: skip


def _day(milliseconds: str | int) -> date:
    return timezone.localdate(_EPOCH + timedelta(milliseconds=int(milliseconds)))
