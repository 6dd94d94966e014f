"""What the database knows of segments, copies, holds and purges. Callers of the doors ask the gate first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from tutela.trail import connect

from . import rules
from .contents import Contents, File, Written
from .rules import State

_COLUMNS: Final = """
    epoch, month, first, leaves, begins_at, ends_at, span, span_hash, name, bytes, file_hash, pointers_name,
    pointers_bytes, pointers_hash, keep_until, sealed_at, sealed_leaf, dropped_at, checked_at, fault, bad_index,
    purged_at, purged_leaf, basis, emptied_at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sealed month of one epoch. `fault` is a code of rules.Fault of the files in the data directory."""

    epoch: int
    month: date
    written: Written
    keep_until: date
    sealed_at: datetime
    sealed_leaf: UUID
    dropped_at: datetime | None
    checked_at: datetime | None
    fault: str
    bad_index: int | None
    purged_at: datetime | None
    purged_leaf: UUID | None
    basis: str
    emptied_at: datetime | None

    @property
    def first(self) -> int:
        return self.written.contents.first

    @property
    def leaves(self) -> int:
        return self.written.contents.leaves

    @property
    def last(self) -> int:
        return self.first + self.leaves - 1

    @property
    def begins_at(self) -> datetime:
        return self.written.contents.begins_at

    @property
    def ends_at(self) -> datetime:
        return self.written.contents.ends_at

    @property
    def files(self) -> tuple[File, File]:
        return self.written.leaves, self.written.pointers

    @property
    def bytes(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def name(self) -> str:
        """The month as people name it: 2026-10, and its epoch where it is not the first."""
        return rules.text(self.month) + (f".{self.epoch}" if self.epoch > 1 else "")

    @property
    def state(self) -> State:
        if self.purged_at is not None:
            return State.PURGED
        return State.COLD if self.dropped_at is not None else State.SEALED


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of a segment's files."""

    epoch: int
    month: date
    place: str
    checked_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Months that may not be purged, from `first_month` to `last_month`, both included."""

    id: UUID
    first_month: date
    last_month: date
    reason: str
    placed_by: str
    placed_at: datetime
    lift_reason: str
    lifted_by: str | None
    lifted_at: datetime | None

    def names(self, month: date) -> bool:
        """Whether it stands and names a month."""
        return self.lifted_at is None and self.first_month <= month <= self.last_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What somebody proposed to purge, and what another decided; `basis` is a code of rules.BASES."""

    id: UUID
    epoch: int
    month: date
    basis: str
    proposed_by: str
    proposed_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None


def segments() -> list[Segment]:
    """All segments, newest month first."""
    rows = connect.fetch(
        f"SELECT {_COLUMNS} FROM trail.segment ORDER BY month DESC, epoch DESC", ()
    )
    return [_segment(*row) for row in rows]


def segment(epoch: int, month: date) -> Segment | None:
    """One segment."""
    statement = f"SELECT {_COLUMNS} FROM trail.segment WHERE epoch = %s AND month = %s"
    rows = connect.fetch(statement, [epoch, month])
    return _segment(*rows[0]) if rows else None


def holding(epoch: int, index: int) -> Segment | None:
    """The segment that holds an index of an epoch."""
    statement = f"""SELECT {_COLUMNS} FROM trail.segment
        WHERE epoch = %s AND first <= %s AND first + leaves > %s"""
    rows = connect.fetch(statement, [epoch, index, index])
    return _segment(*rows[0]) if rows else None


def cold() -> list[Segment]:
    """Segments that are searched in their files: given up by the database, not purged; newest first."""
    statement = f"""SELECT {_COLUMNS} FROM trail.segment WHERE dropped_at IS NOT NULL AND purged_at IS NULL
        ORDER BY month DESC, epoch DESC"""
    return [_segment(*row) for row in connect.fetch(statement, ())]


def purged(since: datetime | None, until: datetime | None) -> list[Segment]:
    """Purged segments of which leaves lie between two moments; newest first."""
    statement = f"""SELECT {_COLUMNS} FROM trail.segment WHERE purged_at IS NOT NULL
        AND (%s::timestamptz IS NULL OR ends_at >= %s) AND (%s::timestamptz IS NULL OR begins_at < %s)
        ORDER BY month DESC, epoch DESC"""
    return [_segment(*row) for row in connect.fetch(statement, [since, since, until, until])]


def hot_from() -> datetime | None:
    """Since when the database holds the leaves itself; None while it has given up no month."""
    rows = connect.fetch("SELECT max(month) FROM trail.segment WHERE dropped_at IS NOT NULL", ())
    return rules.ends(rows[0][0]) if rows[0][0] else None


def copies() -> list[Copy]:
    """All copies, by month and place."""
    statement = """SELECT epoch, month, place, checked_at, fault FROM trail.segment_copy
        ORDER BY month DESC, epoch DESC, place"""
    return [
        Copy(epoch=epoch, month=month, place=place, checked_at=at, fault=fault)
        for epoch, month, place, at, fault in connect.fetch(statement, ())
    ]


def holds() -> list[Hold]:
    """All holds, those that stand first, then the newest."""
    statement = """SELECT id, first_month, last_month, reason, placed_by, placed_at, lift_reason, lifted_by,
    lifted_at
        FROM trail.hold ORDER BY lifted_at IS NOT NULL, placed_at DESC"""
    return [
        Hold(id=key, first_month=first, last_month=last, reason=reason, placed_by=by, placed_at=at,
             lift_reason=lift_reason, lifted_by=lifted_by, lifted_at=lifted_at)
        for key, first, last, reason, by, at, lift_reason, lifted_by, lifted_at in connect.fetch(statement, ())
    ]  # fmt: skip


def purges() -> list[Purge]:
    """All proposals to purge, those that wait first, then the newest."""
    statement = """SELECT id, epoch, month, basis, proposed_by, proposed_at, decision, decided_by, decided_at
        FROM trail.purge ORDER BY decision IS NOT NULL, proposed_at DESC"""
    return [
        Purge(id=key, epoch=epoch, month=month, basis=basis, proposed_by=by, proposed_at=at, decision=decision,
              decided_by=decided_by, decided_at=decided_at)
        for key, epoch, month, basis, by, at, decision, decided_by, decided_at in connect.fetch(statement, ())
    ]  # fmt: skip


def _segment(*row: Any) -> Segment:
    (epoch, month, first, leaves, begins_at, ends_at, span, span_hash, name, size, file_hash, pointers_name,
     pointers_bytes, pointers_hash, keep_until, sealed_at, sealed_leaf, dropped_at, checked_at, fault, bad_index,
     purged_at, purged_leaf, basis, emptied_at) = row  # fmt: skip
    contents = Contents(
        first=first, leaves=leaves, begins_at=begins_at, ends_at=ends_at, span=tuple(bytes(n) for n in span),
        span_hash=bytes(span_hash), matrices=b"",
    )  # fmt: skip
    written = Written(
        leaves=File(name=name, size=size, sha256=bytes(file_hash)),
        pointers=File(name=pointers_name, size=pointers_bytes, sha256=bytes(pointers_hash)),
        contents=contents,
    )
    return Segment(
        epoch=epoch, month=month, written=written, keep_until=keep_until, sealed_at=sealed_at,
        sealed_leaf=sealed_leaf, dropped_at=dropped_at, checked_at=checked_at, fault=fault, bad_index=bad_index,
        purged_at=purged_at, purged_leaf=purged_leaf, basis=basis or "", emptied_at=emptied_at,
    )  # fmt: skip
