"""Answering for faults of the log: one person says that they were looked at, another confirms it, then customers'
data opens again. The same two answer for a database that is older than what was verified (`trail_check.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import gate, permissions, two_people
from tutela.base.actor import Actor
from tutela.trail.errors import FaultsChanged, NoFaultStands
from tutela.trail.proposals import actions, rows
from tutela.trail.proposals.rows import Kind, Proposal
from tutela.trail.tree import state
from tutela.trail.tree.state import Fault
from tutela.trail.walk import Finding

from . import trail_check

ANSWERED: Final = frozenset({"chain", "root"})
"""Faults that end when two people answer for them; the others end by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is wrong with the log now, what waits for a second person, and what was answered before, newest first.
    `restored`: the database is older than what was verified."""

    faults: Sequence[Fault]
    restored: Finding | None
    waiting: Proposal | None
    former: Sequence[Proposal]

    @property
    def answerable(self) -> int:
        """How many faults two people can answer for."""
        named = sum(one.count for one in self.faults if one.kind in ANSWERED)
        return named + (self.restored is not None)


def standing(actor: Actor) -> Standing:
    """For who may see the signed tree."""
    gate.require(actor, permissions.TREE_READ)
    return _standing()


def _standing() -> Standing:
    listed = rows.listed(Kind.ACKNOWLEDGE)
    return Standing(
        faults=state.faults(),
        restored=trail_check.quick_check(),
        waiting=next((one for one in listed if one.decision is None), None),
        former=[one for one in listed if one.decision is not None],
    )


def propose(actor: Actor, reason: str, seen: int | None = None) -> UUID:
    """Say that every fault that stands was looked at, and what was found; another person confirms it. `seen`: how
    many stood on the page that was read.

    NoFaultStands, FaultsChanged, ReasonMissing, CustomerValueInText, ProposalDecided; SignInNeeded for the
    installation itself, which is no person.
    """
    by = two_people.person(actor, permissions.TRAIL_FAULT_ACKNOWLEDGE)
    found = _standing()
    if not found.answerable:
        raise NoFaultStands
    if seen is not None and seen != found.answerable:
        raise FaultsChanged
    with transaction.atomic():
        key = actions.propose(by, Kind.ACKNOWLEDGE, reason, _detail(found))
        two_people.tell_proposed(Kind.ACKNOWLEDGE, actor.id)
    return key


def approve(actor: Actor, proposal_id: UUID) -> int:
    """Confirm what another person said: the faults that stood then are over; how many. ProposalUnknown,
    ProposalDecided, ProposalSamePerson, ProposerGone."""
    by = two_people.person(actor, permissions.TRAIL_FAULT_ACKNOWLEDGE)
    one = two_people.proposal(Kind.ACKNOWLEDGE, proposal_id)
    detail = _detail(_standing())
    two_people.check_second(by, one, detail)
    with transaction.atomic():
        ended = actions.decide(by, one, detail, approved=True)
        two_people.tell_decided(one, actor.id)
    return ended + trail_check.forget_restored(one.proposed_at)


def reject(actor: Actor, proposal_id: UUID) -> None:
    """Reject, or withdraw one's own. ProposalUnknown, ProposalDecided."""
    by = two_people.person(actor, permissions.TRAIL_FAULT_ACKNOWLEDGE)
    one = two_people.proposal(Kind.ACKNOWLEDGE, proposal_id)
    with transaction.atomic():
        actions.decide(by, one, {}, approved=False)
        two_people.tell_decided(one, actor.id)


def _detail(found: Standing) -> dict[str, str | int]:
    """What a leaf names of the faults: the oldest one, and how many there are."""
    detail: dict[str, str | int] = {"rows": found.answerable}
    first = next((one for one in found.faults if one.kind in ANSWERED), None)
    if first is not None:
        return detail | {"fault": first.kind, "tree": first.epoch, "leaf_index": first.index}
    if found.restored is not None:
        return detail | {"fault": found.restored.kind, "leaf": str(found.restored.leaf)}
    return detail
