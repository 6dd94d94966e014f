"""What one person proposed and another decides, besides a purge: that faults of the log were looked at, and that a
legal hold ends. The database ends both, against the leaves of both people (`sql/0009_two_people.sql`). Callers
have asked the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction

from tutela.base import ids
from tutela.base.free_text import check_free_text
from tutela.crypto import digest

from . import connect, events, log
from .errors import ProposalDecided, ProposalSamePerson, ReasonMissing
from .event_specs import EventSpec
from .leaves import Leaf
from .segments.actions import By

LONGEST_REASON: Final = 400
_LISTED: Final = """
    SELECT id, kind, hold_id, reason, proposed_by, proposed_at, decision, decided_by, decided_at FROM
    trail.proposal WHERE kind = %s ORDER BY decision IS NOT NULL, proposed_at DESC LIMIT 200"""
_PROPOSE: Final = """
    INSERT INTO trail.proposal (id, kind, hold_id, reason, proposed_by, proposed_leaf)
    VALUES (%s, %s, %s, %s, %s, %s)"""
_DECIDE: Final = "SELECT trail.decide_proposal(%s, %s, %s, %s)"
_REFUSED: Final = {
    "trail.proposal_same_person": ProposalSamePerson,
    "trail.proposal_decided": ProposalDecided,
}


class Kind(StrEnum):
    """What is proposed."""

    ACKNOWLEDGE = "acknowledge"
    LIFT = "lift"


_EVENTS: Final = {
    Kind.ACKNOWLEDGE: (
        events.ACKNOWLEDGEMENT_PROPOSED,
        events.FAULT_ACKNOWLEDGED,
        events.ACKNOWLEDGEMENT_REJECTED,
    ),
    Kind.LIFT: (events.LIFT_PROPOSED, events.HOLD_LIFTED, events.LIFT_REJECTED),
}
"""Proposed, approved, rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal; `hold_id` is the hold that it would lift. `decision` is approved, rejected, or None."""

    id: UUID
    kind: Kind
    hold_id: UUID | None
    reason: str
    proposed_by: str
    proposed_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None


def listed(kind: Kind) -> list[Proposal]:
    """The newest 200 of a kind, those that wait first."""
    return [
        Proposal(id=key, kind=Kind(of), hold_id=hold, reason=reason, proposed_by=by, proposed_at=at,
                 decision=decision, decided_by=decided_by, decided_at=decided_at)
        for key, of, hold, reason, by, at, decision, decided_by, decided_at
        in connect.fetch(_LISTED, [kind.value])
    ]  # fmt: skip


def waiting(kind: Kind) -> list[Proposal]:
    """Those that nobody has decided."""
    return [one for one in listed(kind) if one.decision is None]


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
