"""What is written about segments. Each with its leaf in the same transaction; callers have asked the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.trail import events, log
from tutela.trail.errors import (
    BasisUnknown,
    HoldStands,
    MonthsBackwards,
    PurgeDecided,
    PurgeSamePerson,
    PurgeTooEarly,
    ReasonMissing,
    SegmentHot,
)
from tutela.trail.event_specs import EventSpec
from tutela.trail.lasting import LASTING
from tutela.trail.leaves import Leaf

from . import rows, rules
from .contents import Written
from .rows import Purge, Segment

_SEAL: Final = """
    INSERT INTO trail.segment (epoch, month, first, leaves, begins_at, ends_at, span, span_hash, name, bytes,
        file_hash, pointers_name, pointers_bytes, pointers_hash, schema, keep_until, sealed_at, sealed_leaf,
        checked_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_COPY: Final = """
    INSERT INTO trail.segment_copy (epoch, month, place, checked_at, fault) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (epoch, month, place) DO UPDATE SET checked_at = excluded.checked_at, fault = excluded.fault"""
_CHECKED: Final = """
    UPDATE trail.segment SET checked_at = %s, fault = %s, bad_index = %s WHERE epoch = %s AND month = %s"""
_HOLD: Final = """
    INSERT INTO trail.hold (id, first_month, last_month, reason, placed_by, placed_at, placed_leaf)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_PROPOSE: Final = """
    INSERT INTO trail.purge (id, epoch, month, basis, proposed_by, proposed_at, proposed_leaf)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
PLACES_AT_ONCE: Final = 50_000
_REFUSED: Final = {
    "trail.purge_same_person": PurgeSamePerson,
    "trail.purge_too_early": PurgeTooEarly,
    "trail.purge_held": HoldStands,
    "trail.month_is_hot": SegmentHot,
    "trail.purge_decided": PurgeDecided,
}


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and the decision of the gate as a leaf holds it."""

    actor: Actor
    decision: Mapping[str, str | int]


def record_sealed(by: By, epoch: int, month: date, written: Written) -> Segment:
    """The seal: its leaf and its row. From here on the month is sealed."""
    held = written.contents
    until = rules.keep_until(held.ends_at, settings.TUTELA_TRAIL_KEEP_MONTHS)
    with transaction.atomic():
        receipt = log.append_with_change(
            _leaf(by, events.SEGMENT_SEALED, sealed_detail(epoch, month, written))
        )
        now = clock.now()
        _execute(
            _SEAL, epoch, month, held.first, held.leaves, held.begins_at, held.ends_at, list(held.span),
            held.span_hash, written.leaves.name, written.leaves.size, written.leaves.sha256, written.pointers.name,
            written.pointers.size, written.pointers.sha256, rules.SCHEMA, until, now, receipt.leaf_id, now,
        )  # fmt: skip
    segment = rows.segment(epoch, month)
    assert segment is not None  # noqa: S101 it was just written
    return segment


def sealed_detail(epoch: int, month: date, written: Written) -> dict[str, str | int]:
    """What the leaf of a seal says."""
    held = written.contents
    return {
        "tree": epoch,
        "segment": rules.text(month),
        "first": held.first,
        "last": held.first + held.leaves - 1,
        "leaves": held.leaves,
        "since_ms": _ms(held.begins_at),
        "until_ms": _ms(held.ends_at),
        "range": held.span_hash.hex(),
        "file": written.leaves.sha256.hex(),
        "pointers": written.pointers.sha256.hex(),
        "matrices": held.matrices.hex(),
        "schema": rules.SCHEMA,
    }


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def record_copy(segment: Segment, place: str, fault: str) -> None:
    """What reading a copy gave: "" or a code of rules.Fault."""
    _execute(_COPY, segment.epoch, segment.month, place, clock.now(), fault)


def record_check(by: By, segment: Segment, fault: str, bad_index: int | None) -> None:
    """What hashing a segment again gave."""
    detail = {**_named(segment), "leaves": segment.leaves, "code": fault}
    if bad_index is not None:
        detail["bad_index"] = bad_index
    with transaction.atomic():
        log.append_with_change(_leaf(by, events.SEGMENT_CHECKED, detail))
        _execute(_CHECKED, clock.now(), fault, bad_index, segment.epoch, segment.month)


def record_restored(by: By, segment: Segment) -> None:
    """The files were brought back from a copy."""
    with transaction.atomic():
        log.append_with_change(_leaf(by, events.SEGMENT_RESTORED, _named(segment)))


def drop_month(by: By, month: date) -> bool:
    """Let the database give up a month that files hold; whether it held it. SegmentHot while it may not."""
    lasting = list(LASTING)
    hot = settings.TUTELA_TRAIL_HOT_MONTHS
    with transaction.atomic():
        (dropped,) = _decide("SELECT trail.drop_month(%s, %s, %s)", month, hot, lasting)
        if dropped:
            log.append_with_change(_leaf(by, events.SEGMENT_COOLED, {"segment": rules.text(month)}))
    return bool(dropped)


def forget_places() -> int:
    """Remove the places of leaves that the database has given up; how many."""
    gone = 0
    while fresh := int(_decide("SELECT trail.forget_places(%s)", PLACES_AT_ONCE)[0]):
        gone += fresh
    return gone


def record_emptied(segment: Segment) -> None:
    """The files of a purged segment are gone."""
    _execute(
        "UPDATE trail.segment SET emptied_at = %s WHERE epoch = %s AND month = %s",
        clock.now(), segment.epoch, segment.month,
    )  # fmt: skip


def place_hold(by: By, first: date, last: date, reason: str) -> UUID:
    """Hold months, both included, whatever is decided about them. ReasonMissing, MonthsBackwards,
    CustomerValueInText."""
    reason = _reason(reason)
    if last < first:
        raise MonthsBackwards
    hold = ids.uuid7()
    detail = {
        "hold": str(hold),
        "first_month": rules.text(first),
        "last_month": rules.text(last),
        **_of(reason),
    }
    with transaction.atomic():
        receipt = log.append_with_change(_leaf(by, events.HOLD_PLACED, detail))
        _execute(_HOLD, hold, first, last, reason, by.actor.id, clock.now(), receipt.leaf_id)
    return hold


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise ReasonMissing
    check_free_text(reason=reason)
    return reason[:400]


def _of(reason: str) -> dict[str, str | int]:
    return {"reason": digest.sha256(reason.encode()).hex()}


def propose_purge(by: By, segment: Segment, basis: str) -> UUID:
    """Propose to purge a segment; nothing is purged yet. BasisUnknown, PurgeDecided, and what keeps it from
    going."""
    if basis not in rules.BASES:
        raise BasisUnknown
    check_can_purge(segment)
    order = ids.uuid7()
    detail = {**_named(segment), "order": str(order), "basis": basis}
    try:
        with transaction.atomic():
            receipt = log.append_with_change(_leaf(by, events.PURGE_PROPOSED, detail))
            _execute(
                _PROPOSE,
                order,
                segment.epoch,
                segment.month,
                basis,
                by.actor.id,
                clock.now(),
                receipt.leaf_id,
            )
    except IntegrityError as error:
        raise PurgeDecided from error
    return order


def check_can_purge(segment: Segment) -> None:
    """PurgeDecided, HoldStands, SegmentHot or PurgeTooEarly while a segment must stay."""
    if segment.purged_at is not None:
        raise PurgeDecided
    if any(hold.names(segment.month) for hold in rows.holds()):
        raise HoldStands
    keep = rules.keep_until(segment.ends_at, settings.TUTELA_TRAIL_KEEP_MONTHS)
    until = max(segment.keep_until, keep)
    if rules.starts_of_day(until) > clock.now():
        raise PurgeTooEarly(until=until.isoformat())
    if segment.dropped_at is None:
        raise SegmentHot


def decide_purge(by: By, purge: Purge, segment: Segment, *, approved: bool) -> None:
    """Approve what another person proposed, or reject it. Approved, the segment is purged from this transaction
    on;
    its files go next. PurgeSamePerson, PurgeDecided, and what keeps it from going."""
    if approved:
        check_can_purge(segment)
    event = events.PURGE_APPROVED if approved else events.PURGE_REJECTED
    detail = {**_named(segment), "order": str(purge.id), "basis": purge.basis}
    with transaction.atomic():
        decided = log.append_with_change(_leaf(by, event, detail)).leaf_id
        gone = None
        if approved:
            held = segment.written.contents
            more: dict[str, str | int] = {
                "first": held.first, "last": segment.last, "leaves": held.leaves, "range": held.span_hash.hex()
            }  # fmt: skip
            gone = log.append_with_change(_leaf(by, events.SEGMENT_PURGED, detail | more)).leaf_id
        verdict = "approved" if approved else "rejected"
        _decide(
            "SELECT trail.decide_purge(%s, %s, %s, %s, %s)",
            purge.id,
            verdict,
            by.actor.id,
            decided,
            gone,
        )


def refuse_same_person(by: By, purge: Purge, segment: Segment) -> None:
    """PurgeSamePerson, after a leaf that says who tried."""
    denied = {**by.decision, "outcome": "deny", "code": PurgeSamePerson.code}
    detail = {**_named(segment), "order": str(purge.id)}
    log.append(Leaf(event=events.PURGE_APPROVED, actor=by.actor, decision=denied, detail=detail))
    raise PurgeSamePerson


def _named(segment: Segment) -> dict[str, str | int]:
    return {"tree": segment.epoch, "segment": rules.text(segment.month)}


def _leaf(by: By, event: EventSpec, detail: Mapping[str, str | int]) -> Leaf:
    return Leaf(event=event, actor=by.actor, decision=by.decision, detail=detail)


def _execute(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _decide(statement: str, *values: Any) -> tuple[Any, ...]:
    """The row of a function that refuses by name; the error of that name."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            row: tuple[Any, ...] = cursor.fetchone()
            return row
    except ProgrammingError as error:
        for name, refusal in _REFUSED.items():
            if name in str(error):
                raise refusal from error
        if "trail.month_is" in str(error):
            raise SegmentHot from error
        raise
