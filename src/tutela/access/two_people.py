"""Decisions about the trail that take two people: which wait, who may decide them, and telling those.

The trail lies below this room and knows nobody's rights; `trail_segments.py` and the keys' `fault_answers.py` ask
the gate and come here for what both have in common.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tutela.base.actor import Actor
from tutela.trail.errors import ProposalDecided, ProposalUnknown, ProposerGone
from tutela.trail.proposals import actions, rows
from tutela.trail.proposals.rows import Kind, Proposal
from tutela.trail.segments import rows as months
from tutela.trail.segments.actions import By
from tutela.trail.telling import Happening, News, tell

from . import gate, permissions
from .errors import SignInNeeded
from .permission_specs import Permission

FAULTS_PAGE: Final = "/trail/faults/"
HOLDS_PAGE: Final = "/trail/holds/"
MONTH_PAGE: Final = "/trail/months/{}/"
_PERMISSIONS: Final = {
    Kind.ACKNOWLEDGE: permissions.TRAIL_FAULT_ACKNOWLEDGE,
    Kind.LIFT: permissions.TRAIL_SEGMENT_LIFT,
}
_HAPPENINGS: Final = {
    Kind.ACKNOWLEDGE: Happening.ACKNOWLEDGEMENT_WAITS,
    Kind.LIFT: Happening.LIFT_WAITS,
}
_PAGES: Final = {Kind.ACKNOWLEDGE: FAULTS_PAGE, Kind.LIFT: HOLDS_PAGE}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for a second person: its page, who may decide, who proposed it and when."""

    link: str
    permission: Permission
    proposed_by: str
    proposed_at: datetime


def waiting() -> list[Waiting]:
    """Every decision about the trail that waits, for reminders; nobody is asked, so no door hands it out."""
    purges = [
        Waiting(
            MONTH_PAGE.format(segment.name), permissions.TRAIL_SEGMENT_PURGE, one.proposed_by, one.proposed_at
        )
        for one in months.purges()
        if one.decision is None and (segment := months.segment(one.epoch, one.month))
    ]  # fmt: skip
    others = [
        Waiting(_PAGES[kind], _PERMISSIONS[kind], one.proposed_by, one.proposed_at)
        for kind in Kind
        for one in rows.waiting(kind)
    ]
    return purges + others


def person(actor: Actor, permission: Permission) -> By:
    """A person who may; SignInNeeded for the installation itself, which is nobody."""
    by = By(actor, gate.require(actor, permission).as_leaf())
    if actor.kind != "staff":
        raise SignInNeeded
    return by


def proposal(kind: Kind, key: UUID) -> Proposal:
    """One that waits. ProposalUnknown, ProposalDecided."""
    found = next((one for one in rows.listed(kind) if one.id == key), None)
    if found is None:
        raise ProposalUnknown
    if found.decision is not None:
        raise ProposalDecided
    return found


def check_second(by: By, one: Proposal, detail: Mapping[str, str | int]) -> None:
    """Return if this person may approve: another than who proposed it, who must still be allowed to.
    ProposalSamePerson, ProposerGone."""
    if by.actor.id == one.proposed_by:
        actions.refuse_same_person(by, one, detail)
    proposer = Actor(kind="staff", id=one.proposed_by, channel=by.actor.channel)
    if not gate.holds(proposer, _PERMISSIONS[one.kind]):
        raise ProposerGone


def tell_proposed(kind: Kind, by: str) -> None:
    """Tell those who may decide it, but for who proposed it."""
    tell(News(_HAPPENINGS[kind], link=_PAGES[kind], but=(by,)))


def tell_decided(one: Proposal, by: str) -> None:
    """Nobody is asked any more while nothing waits on the page; who proposed it learns that it is decided."""
    if not rows.waiting(one.kind):
        tell(News(_HAPPENINGS[one.kind], link=_PAGES[one.kind], settled=True))
    tell_proposer(one.proposed_by, by, _PAGES[one.kind])


def tell_proposer(proposed_by: str, decided_by: str, link: str) -> None:
    """Who proposed it learns that another has decided."""
    if decided_by != proposed_by:
        tell(News(Happening.DECISION_MADE, link=link, to=(proposed_by,)))
