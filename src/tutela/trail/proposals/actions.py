"""The verbs of both people. Callers have asked the gate."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction

from tutela.base import ids
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.trail import events, log
from tutela.trail.errors import ProposalDecided, ProposalSamePerson, ReasonMissing
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.trail.segments.actions import By

from .rows import Kind, Proposal

LONGEST_REASON: Final = 400
_PROPOSE: Final = """
    INSERT INTO trail.proposal (id, kind, hold_id, reason, proposed_by, proposed_leaf)
    VALUES (%s, %s, %s, %s, %s, %s)"""
_DECIDE: Final = "SELECT trail.decide_proposal(%s, %s, %s, %s)"
_REFUSED: Final = {
    "trail.proposal_same_person": ProposalSamePerson,
    "trail.proposal_decided": ProposalDecided,
}


_EVENTS: Final = {
    Kind.ACKNOWLEDGE: (
        events.FAULT_ACKNOWLEDGEMENT_PROPOSED,
        events.FAULT_ACKNOWLEDGED,
        events.FAULT_ACKNOWLEDGEMENT_REJECTED,
    ),
    Kind.LIFT: (events.HOLD_LIFT_PROPOSED, events.HOLD_LIFTED, events.HOLD_LIFT_REJECTED),
}
"""Proposed, approved, rejected."""


def propose(
    by: By, kind: Kind, reason: str, detail: Mapping[str, str | int], hold: UUID | None = None
) -> UUID:
    """Propose; nothing ends yet. ReasonMissing, CustomerValueInText, ProposalDecided while another waits."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    check_free_text(reason=reason)
    key = ids.uuid7()
    said = {**detail, "joint_request": str(key), "reason": digest.sha256(reason.encode()).hex()}
    try:
        with transaction.atomic():
            receipt = log.append_with_change(_leaf(by, _EVENTS[kind][0], said))
            with connection.cursor() as cursor:
                values = [key, kind.value, hold, reason, by.actor.id, receipt.leaf_id]
                cursor.execute(_PROPOSE, values)
    except IntegrityError as error:
        raise ProposalDecided from error
    return key


def decide(by: By, proposal: Proposal, detail: Mapping[str, str | int], *, approved: bool) -> int:
    """Approve what another person proposed, or reject it; how many faults or holds that ends. ProposalSamePerson,
    ProposalDecided."""
    event = _EVENTS[proposal.kind][1 if approved else 2]
    said = {**detail, "joint_request": str(proposal.id)}
    try:
        with transaction.atomic():
            receipt = log.append_with_change(_leaf(by, event, said))
            with connection.cursor() as cursor:
                verdict = "approved" if approved else "rejected"
                cursor.execute(_DECIDE, [proposal.id, verdict, by.actor.id, receipt.leaf_id])
                return int(cursor.fetchone()[0])
    except ProgrammingError as error:
        for name, refusal in _REFUSED.items():
            if name in str(error):
                raise refusal from error
        raise


def refuse_same_person(by: By, proposal: Proposal, detail: Mapping[str, str | int]) -> None:
    """ProposalSamePerson, after a leaf that says who tried."""
    denied = {**by.decision, "outcome": "deny", "code": ProposalSamePerson.code}
    said = {**detail, "joint_request": str(proposal.id)}
    event = _EVENTS[proposal.kind][1]
    log.append(Leaf(event=event, actor=by.actor, decision=denied, detail=said))
    raise ProposalSamePerson


def _leaf(by: By, event: EventSpec, detail: Mapping[str, str | int]) -> Leaf:
    return Leaf(event=event, actor=by.actor, decision=by.decision, detail=detail)
