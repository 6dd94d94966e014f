"""What is asked of the trail and what it answers: a filter, and one leaf, read from the bytes that were hashed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from .leaves import Exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafRow:
    """One leaf, parsed. `code` is the reason if the outcome is deny; `rows` is None if not recorded.

    `broken` is a code of `reading.py` if the row cannot be trusted; then all but id and time is empty.
    """

    id: UUID
    at: datetime
    event: str
    actor_kind: str
    actor_id: str
    channel: str
    source: str
    subjects: tuple[tuple[str, str], ...]
    classes: tuple[int, ...]
    fields: tuple[int, ...]
    exposure: Exposure
    purpose: str
    work_item: str
    outcome: str
    code: str
    rows: int | None
    decision: dict[str, str | int]
    detail: dict[str, str | int]
    note: str
    broken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafFilter:
    """Which leaves are wanted: those that match all that is given. `since` is inclusive, `until` exclusive;
    `events` are names of which any may match, `event` is a single one."""

    actor_id: str = ""
    subject: tuple[str, str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    event: str = ""
    events: tuple[str, ...] = ()
    purpose: str = ""
    outcome: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The events wanted; none for all."""
        return (self.event,) if self.event else self.events


EVERY_LEAF: Final = LeafFilter()


def told(leaf_id: UUID, at: datetime, document: dict[str, Any]) -> LeafRow:
    """A leaf from the document in its bytes."""
    rows = document["detail"].get("rows")
    return LeafRow(
        id=leaf_id,
        at=at,
        event=document["event"],
        actor_kind=document["actor"]["kind"],
        actor_id=document["actor"]["id"],
        channel=document["actor"]["channel"],
        source=document["actor"]["source"],
        subjects=tuple((kind, subject) for kind, subject in document["subjects"]),
        classes=tuple(document["classes"]),
        fields=tuple(document["fields"]),
        exposure=Exposure(document["exposure"]),
        purpose=document["purpose"],
        work_item=document["work_item"],
        outcome=document["decision"]["outcome"],
        code=str(document["decision"].get("code", "")),
        rows=rows,
        decision=document["decision"],
        detail=document["detail"],
        note=document["note"],
    )


def broken(leaf_id: UUID, at: datetime, why: str) -> LeafRow:
    """A leaf that cannot be trusted, with the code why."""
    return LeafRow(
        id=leaf_id, at=at, event="", actor_kind="", actor_id="", channel="", source="", subjects=(),
        classes=(), fields=(), exposure=Exposure.NONE, purpose="", work_item="", outcome="", code="",
        rows=None, decision={}, detail={}, note="", broken=why,
    )  # fmt: skip
