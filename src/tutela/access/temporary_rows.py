"""Temporary access as the database has it: asked, approved, running, ended, reviewed. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from tutela.trail.connect import fetch

from .errors import AccessUnknown
from .live_access import BREAK_GLASS
from .purposes import Purpose

WAITING, RUNNING, OVER = "waiting", "running", "over"


@dataclass(frozen=True, slots=True)
class TemporaryAccess:
    """One row; staff ids are UUIDs, `ended_by` is one as text or "system"."""

    id: UUID
    kind: str
    asker_id: UUID
    post: str
    branch_id: int | None
    customers: tuple[UUID, ...]
    search_sealed: str
    classes: tuple[int, ...]
    purpose: str
    is_sensitive: bool
    minutes: int
    reason_sealed: str
    session: str
    asked_at: datetime
    decide_until: datetime
    first_approver: UUID | None
    first_post: str | None
    first_at: datetime | None
    second_approver: UUID | None
    second_post: str | None
    second_at: datetime | None
    started_at: datetime | None
    until: datetime | None
    used: int
    ended_at: datetime | None
    ended_by: str | None
    ending: str | None
    review_due: datetime | None
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    review: str | None
    review_sealed: str | None

    @property
    def is_break_glass(self) -> bool:
        return self.kind == BREAK_GLASS

    @property
    def why(self) -> Purpose:
        return Purpose(self.purpose)

    @property
    def approvers(self) -> tuple[UUID, ...]:
        """Who has approved, the first one first."""
        return tuple(who for who in (self.first_approver, self.second_approver) if who)

    @property
    def approvals_needed(self) -> int:
        """How many must approve in all; of break-glass nobody."""
        return 0 if self.is_break_glass else 2 if self.is_sensitive else 1

    def state(self, at: datetime) -> str:
        """WAITING, RUNNING or OVER; an access whose time has run out is over, whoever has noticed."""
        if self.ended_at is not None:
            return OVER
        if self.until is not None:
            return RUNNING if at < self.until else OVER
        return WAITING if at < self.decide_until else OVER

    def waits_for_review(self) -> bool:
        return self.is_break_glass and self.reviewed_by is None

    def is_review_overdue(self, at: datetime) -> bool:
        return self.waits_for_review() and self.review_due is not None and self.review_due <= at


COLUMNS: Final = ", ".join(one.name for one in fields(TemporaryAccess))
_FROM: Final = f"SELECT {COLUMNS} FROM access_temporary_access"
_ONE = f"{_FROM} WHERE id = %s::uuid"
_OPEN = f"""{_FROM} WHERE ended_at IS NULL
    AND ((started_at IS NULL AND decide_until > %(at)s) OR until > %(at)s) ORDER BY asked_at"""
_RECENT = f"{_FROM} ORDER BY asked_at DESC, id LIMIT %(limit)s"
_REVIEWS = f"{_FROM} WHERE kind = 'break_glass' AND reviewed_by IS NULL ORDER BY review_due"
_DUE = f"""{_FROM} WHERE ended_at IS NULL
    AND ((started_at IS NULL AND decide_until <= %(at)s) OR until <= %(at)s) ORDER BY asked_at"""
_PAUSED = """SELECT DISTINCT post FROM access_temporary_access
    WHERE kind = 'break_glass' AND reviewed_by IS NULL AND review_due <= %(at)s"""

_APPROVERS = """SELECT who FROM access_temporary_access,
        unnest(ARRAY[first_approver, second_approver, reviewed_by], ARRAY[first_at, second_at, reviewed_at])
            AS decided (who, at)
    WHERE asker_id = %(asker)s::uuid AND who IS NOT NULL AND at >= %(since)s"""


def row_of(values: Sequence[Any]) -> TemporaryAccess:
    """A row in the order of COLUMNS."""
    named = dict(zip((one.name for one in fields(TemporaryAccess)), values, strict=True))
    return TemporaryAccess(
        **{**named, "customers": tuple(named["customers"]), "classes": tuple(named["classes"])}
    )


def find(access_id: UUID, *, lock: bool = False) -> TemporaryAccess:
    """One by its id; AccessUnknown."""
    rows = fetch(_ONE + (" FOR UPDATE" if lock else ""), (access_id,))
    if not rows:
        raise AccessUnknown
    return row_of(rows[0])


def open_at(at: datetime) -> list[TemporaryAccess]:
    """Those that wait or run, the oldest first."""
    return [row_of(row) for row in fetch(_OPEN, {"at": at})]


def recent(limit: int) -> list[TemporaryAccess]:
    """The newest, whatever their state."""
    return [row_of(row) for row in fetch(_RECENT, {"limit": limit})]


def unreviewed() -> list[TemporaryAccess]:
    """Break-glass that waits for its review, the one due first first."""
    return [row_of(row) for row in fetch(_REVIEWS, {})]


def run_out(at: datetime) -> list[TemporaryAccess]:
    """Those whose time has passed and that nobody has closed."""
    return [row_of(row) for row in fetch(_DUE, {"at": at})]


def paused_posts(at: datetime) -> frozenset[str]:
    """The posts whose break-glass pauses, because a review is overdue."""
    return frozenset(row[0] for row in fetch(_PAUSED, {"at": at}))


def approvers_for(asker: UUID, since: datetime) -> set[UUID]:
    """Who approved access for somebody, or reviewed it, since a moment."""
    return {row[0] for row in fetch(_APPROVERS, {"asker": asker, "since": since})}
