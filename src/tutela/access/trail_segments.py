"""Sealed months of the trail by those who may: the one way for every door.

The trail lies below this room and knows nobody's rights, so the question is asked here, as in `trail_search.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from tutela.base.actor import Actor
from tutela.trail import events as trail_events
from tutela.trail import log
from tutela.trail.errors import (
    HoldUnknown,
    PurgeDecided,
    PurgeProposerGone,
    PurgeUnknown,
    SegmentUnknown,
)
from tutela.trail.leaves import Leaf
from tutela.trail.proposals import actions as joint
from tutela.trail.proposals import rows as proposals
from tutela.trail.proposals.rows import Kind, Proposal
from tutela.trail.segments import actions, rows, rules
from tutela.trail.segments.actions import By
from tutela.trail.segments.contents import Done, Found
from tutela.trail.segments.rows import Copy, Hold, Purge, Segment
from tutela.trail.telling import Happening, News, tell

from . import gate, permissions, two_people
from .permission_specs import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One sealed month as a list shows it; `waiting` is the request to purge it that nobody has decided."""

    segment: Segment
    copies: list[Copy] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    waiting: Purge | None = None

    @property
    def good_copies(self) -> int:
        return sum(1 for copy in self.copies if copy.checked_at and not copy.fault)


def list_segments(actor: Actor) -> list[Listed]:
    """All sealed months, the newest first, purged ones too."""
    gate.require(actor, permissions.TRAIL_SEGMENT_READ)
    copies, holds, purges = rows.copies(), rows.holds(), rows.purges()
    return [
        Listed(
            segment=one,
            copies=[copy for copy in copies if (copy.epoch, copy.month) == (one.epoch, one.month)],
            holds=[hold for hold in holds if hold.names(one.month)],
            waiting=next((purge for purge in purges if _waits(purge, one)), None),
        )
        for one in rows.segments()
    ]


def _waits(purge: Purge, segment: Segment) -> bool:
    return purge.decision is None and (purge.epoch, purge.month) == (segment.epoch, segment.month)


def list_holds(actor: Actor) -> list[Hold]:
    """All legal holds, those in force first."""
    gate.require(actor, permissions.TRAIL_SEGMENT_READ)
    return rows.holds()


def list_purges(actor: Actor) -> list[Purge]:
    """All requests to purge, those that wait first."""
    gate.require(actor, permissions.TRAIL_SEGMENT_READ)
    return rows.purges()


def named(name: str) -> Segment:
    """The segment of a name such as 2026-10, or 2026-10.2 for the second tree; SegmentUnknown."""
    found = next((one for one in rows.segments() if one.name == name), None)
    if found is None:
        raise SegmentUnknown
    return found


def seal_due(actor: Actor) -> Done:
    """Do all that is due now, as the nightly task does: seal, copy, verify, move out of the database, remove."""
    from tutela.trail.segments import seal

    return seal.work(_by(actor, permissions.TRAIL_SEGMENT_SEAL))


def check_segment(actor: Actor, name: str) -> Found:
    """Hash a month again, leaf by leaf. SegmentUnknown."""
    from tutela.trail.segments import seal

    by = _by(actor, permissions.TRAIL_SEGMENT_SEAL)
    segment = _kept(name)
    with seal.alone():
        seal.copy(segment)
        return seal.check(by, segment)


def restore_segment(actor: Actor, name: str) -> Found:
    """Bring a month's files back from a copy that is as it was sealed. SegmentUnknown, SegmentUnreadable."""
    from tutela.trail.segments import seal

    by = _by(actor, permissions.TRAIL_SEGMENT_SEAL)
    segment = _kept(name)
    with seal.alone():
        return seal.restore(by, segment)


def _kept(name: str) -> Segment:
    """A segment that was not purged; SegmentUnknown, PurgeDecided."""
    segment = named(name)
    if segment.purged_at is not None:
        raise PurgeDecided
    return segment


def read_leaves(actor: Actor, name: str) -> Iterator[bytes]:
    """The leaves file of a month for `tutela-verify`, in pieces; one leaf before the first. SegmentUnknown,
    SegmentUnreadable, PurgeDecided."""
    from tutela.trail.segments import leaves_file

    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    segment = _kept(name)
    detail: dict[str, str | int] = {
        "tree": segment.epoch, "segment": rules.text(segment.month), "leaves": segment.leaves
    }  # fmt: skip
    event = trail_events.SEGMENT_READ
    log.append(Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail))
    return leaves_file.pieces(segment)


def place_hold(actor: Actor, first: date, last: date, reason: str) -> UUID:
    """Hold the months from one to another. MonthsBackwards, ReasonMissing, CustomerValueInText."""
    by = _by(actor, permissions.TRAIL_SEGMENT_HOLD)
    return actions.place_hold(by, first.replace(day=1), last.replace(day=1), reason)


def list_lifts(actor: Actor) -> list[Proposal]:
    """Requests to lift holds, those that wait first."""
    gate.require(actor, permissions.TRAIL_SEGMENT_READ)
    return proposals.listed(Kind.LIFT)


def propose_lift(actor: Actor, hold_id: UUID, reason: str) -> UUID:
    """Request that a legal hold is lifted; it stays in force. HoldUnknown, ReasonMissing, CustomerValueInText,
    ProposalDecided; SignInNeeded for the installation itself, which is no person."""
    by = two_people.person(actor, permissions.TRAIL_SEGMENT_LIFT)
    if not any(hold.id == hold_id and hold.lifted_at is None for hold in rows.holds()):
        raise HoldUnknown
    with transaction.atomic():
        lift = joint.propose(by, Kind.LIFT, reason, {"hold": str(hold_id)}, hold_id)
        two_people.tell_proposed(Kind.LIFT, actor.id)
    return lift


def approve_lift(actor: Actor, lift_id: UUID) -> None:
    """Approve what another person requested: the hold is lifted. ProposalUnknown, ProposalDecided,
    ProposalSamePerson, ProposerGone."""
    by = two_people.person(actor, permissions.TRAIL_SEGMENT_LIFT)
    one = two_people.proposal(Kind.LIFT, lift_id)
    two_people.check_second(by, one, {"hold": str(one.hold_id)})
    _decide_lift(by, one, approved=True)


def reject_lift(actor: Actor, lift_id: UUID) -> None:
    """Reject a request, or withdraw one's own: the hold stays. ProposalUnknown, ProposalDecided."""
    by = two_people.person(actor, permissions.TRAIL_SEGMENT_LIFT)
    _decide_lift(by, two_people.proposal(Kind.LIFT, lift_id), approved=False)


def _decide_lift(by: By, one: Proposal, *, approved: bool) -> None:
    with transaction.atomic():
        joint.decide(by, one, {"hold": str(one.hold_id)}, approved=approved)
        two_people.tell_decided(one, by.actor.id)


def propose_purge(actor: Actor, name: str, basis: str) -> UUID:
    """Request that a month is purged. SegmentUnknown, BasisUnknown, HoldStands, PurgeTooEarly, SegmentHot,
    PurgeDecided; SignInNeeded for the installation itself, which is no person."""
    by = _person(actor)
    segment = named(name)
    with transaction.atomic():
        purge = actions.propose_purge(by, segment, basis)
        tell(News(Happening.PURGE_WAITS, segment.name, link=_page(segment), but=(actor.id,)))
    return purge


def _page(segment: Segment) -> str:
    return two_people.MONTH_PAGE.format(segment.name)


def approve_purge(actor: Actor, purge_id: UUID) -> Segment:
    """Approve what another person requested: the month is purged, its files are removed. PurgeUnknown,
    PurgeDecided,
    PurgeSamePerson, PurgeProposerGone, HoldStands, PurgeTooEarly, SegmentHot."""
    by = _person(actor)
    purge, segment = _waiting(purge_id)
    if actor.id == purge.proposed_by:
        actions.refuse_same_person(by, purge, segment)
    proposer = Actor(kind="staff", id=purge.proposed_by, channel=actor.channel)
    if not gate.holds(proposer, permissions.TRAIL_SEGMENT_PURGE):
        raise PurgeProposerGone
    _decide_purge(by, purge, segment, approved=True)
    from tutela.trail.segments import seal

    seal.empty(segment)
    return named(segment.name)


def reject_purge(actor: Actor, purge_id: UUID) -> None:
    """Reject a request, or withdraw one's own. PurgeUnknown, PurgeDecided."""
    by = _person(actor)
    purge, segment = _waiting(purge_id)
    _decide_purge(by, purge, segment, approved=False)


def _decide_purge(by: By, purge: Purge, segment: Segment, *, approved: bool) -> None:
    with transaction.atomic():
        actions.decide_purge(by, purge, segment, approved=approved)
        link = _page(segment)
        tell(News(Happening.PURGE_WAITS, link=link, settled=True))
        two_people.tell_proposer(purge.proposed_by, by.actor.id, link)


def _waiting(purge_id: UUID) -> tuple[Purge, Segment]:
    purge = next((one for one in rows.purges() if one.id == purge_id), None)
    segment = rows.segment(purge.epoch, purge.month) if purge else None
    if purge is None or segment is None:
        raise PurgeUnknown
    if purge.decision is not None:
        raise PurgeDecided
    return purge, segment


def _by(actor: Actor, permission: Permission) -> By:
    return By(actor, gate.require(actor, permission).as_leaf())


def _person(actor: Actor) -> By:
    return two_people.person(actor, permissions.TRAIL_SEGMENT_PURGE)
