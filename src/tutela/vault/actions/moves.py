"""Move a customer to another branch: one person of the customer's branch gives, one of the other takes.

The first person writes the customer today, so nobody can ask for a customer beyond their reach; the second
is another person and writes customers of the branch that the customer goes to. One who is above both may
be either, never both.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tutela.access import gate
from tutela.access import queries as places
from tutela.access.errors import OutOfScope, OwnRecord
from tutela.access.grants import Grant
from tutela.access.permission_specs import Permission
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import events, looks, moves, news, permissions, reasons
from tutela.vault.errors import (
    AlreadyDecided,
    CustomerNotFound,
    MoveBad,
    MoveUnknown,
    MoveWaiting,
    ProposerGone,
    ReasonMissing,
    SecondPersonIsFirst,
)
from tutela.vault.moves import Move
from tutela.vault.proposers import check_proposer
from tutela.vault.queries import HELD, Facts, fetch
from tutela.vault.view import facts_of

_INSERT = """
    INSERT INTO vault.move (move_id, customer_id, from_branch, to_branch, reason_sealed, proposed_by,
        proposed_at) VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_DECIDE = """
    UPDATE vault.move SET state = %s, decided_by = %s, decided_at = %s WHERE move_id = %s AND state = 1"""
_REASON = "SELECT reason_sealed FROM vault.move WHERE move_id = %s"
_MOVE = f"""
    UPDATE vault.customer SET branch_id = %s
    WHERE customer_id = %s AND branch_id = %s AND state = {HELD} RETURNING version"""


def propose_move(actor: Actor, customer_id: UUID | str, branch: str, reason: str) -> UUID:
    """Propose that a customer within reach goes to another branch, by its code.

    ReasonMissing, CustomerNotFound, DataRefused, BranchUnknown, MoveBad, MoveWaiting.
    """
    grant = gate.require(actor, permissions.CUSTOMER_MOVE)
    if not reason.strip():
        raise ReasonMissing
    facts = facts_of(actor, looks.customer_id_of(customer_id))
    write = require_reach(actor, facts, permissions.CUSTOMER_MOVE)
    target = places.branch(branch).id
    if target == facts.branch_id:
        raise MoveBad
    note = custody.seal_note(reason.strip())
    move_id, now = ids.uuid7(), clock.now()
    values = (move_id, facts.customer_id, facts.branch_id, target, note.encode(), actor.id, now)
    move = Move(move_id, facts.customer_id, facts.branch_id, target, actor.id, now, moves.PROPOSED)
    leaf = _leaf(events.CUSTOMER_MOVE_PROPOSED, grant, move)
    try:
        with transaction.atomic():
            _execute(_INSERT, values)
            decision = {**write.as_leaf(), **grant.as_leaf()}
            log.append_with_change(replace(leaf, note=note, decision=decision))
            news.move_proposed(move)
    except IntegrityError as error:
        raise MoveWaiting from error
    return move_id


def check_customer(actor: Actor, customer_id: UUID) -> None:
    """CustomerNotFound unless the actor may give this customer away."""
    gate.require(actor, permissions.CUSTOMER_MOVE)
    require_reach(actor, facts_of(actor, customer_id), permissions.CUSTOMER_MOVE)


def approve_move(actor: Actor, move_id: UUID) -> None:
    """Take the customer over. MoveUnknown, AlreadyDecided, SecondPersonIsFirst, ProposerGone, DataRefused.

    Customer, move and leaf change in one transaction, or nothing does.
    """
    grant = gate.require(actor, permissions.CUSTOMER_MOVE)
    with transaction.atomic():
        move = _locked(actor, move_id)
        if move.proposed_by == actor.id:
            raise SecondPersonIsFirst
        if not moves.scope_of(actor).covers(str(move.customer), move.target):
            raise OutOfScope
        proposer = check_proposer(move.proposed_by, permissions.CUSTOMER_MOVE)
        if not moves.scope_of(proposer).covers(str(move.customer), move.origin):
            raise ProposerGone
        _execute(_DECIDE, (moves.MOVED, actor.id, clock.now(), move.id))
        moved = fetch(_MOVE, (move.target, move.customer, move.origin))
        if not moved:
            raise AlreadyDecided  # the source's feed has moved the customer meanwhile
        leaf = _leaf(events.CUSTOMER_MOVED, grant, move)
        detail = {**leaf.detail, "customer_version": int(moved[0][0])}
        log.append_with_change(replace(leaf, exposure=Exposure.WRITE, detail=detail))
        news.move_decided(move, actor)


def refuse_move(actor: Actor, move_id: UUID) -> None:
    """Set a move aside; one's own too. MoveUnknown, AlreadyDecided."""
    grant = gate.require(actor, permissions.CUSTOMER_MOVE)
    with transaction.atomic():
        move = _locked(actor, move_id)
        _execute(_DECIDE, (moves.REFUSED, actor.id, clock.now(), move.id))
        log.append_with_change(_leaf(events.CUSTOMER_MOVE_REFUSED, grant, move))
        news.move_decided(move, actor)


def open_reason(actor: Actor, move_id: UUID) -> str:
    """Why it was proposed, for both branches, while it waits. MoveUnknown, AlreadyDecided."""
    grant = gate.require(actor, permissions.CUSTOMER_MOVE)
    move = _waiting(actor, moves.find(move_id))
    (sealed,) = fetch(_REASON, (move.id,))[0]
    note = bytes(sealed).decode()
    return reasons.open_reason(grant, note, [move.customer], {"move": str(move.id)})


def require_reach(actor: Actor, facts: Facts, permission: Permission) -> Grant:
    """The gate's word that the actor runs the work on the customer, by a post that gives the permission;
    CustomerNotFound for one beyond reach as for one who is not there."""
    ask = gate.WriteAsk(
        customer_id=str(facts.customer_id),
        branch_id=facts.branch_id,
        classes=moves.CLASSES,
        permission=permission,
        purpose=None,
        # A work item lets one work on a customer, not give the customer away.
        assigned=False,
    )
    try:
        grant = gate.require_write(actor, ask)
    except (OutOfScope, OwnRecord) as refused:
        error = CustomerNotFound()
        error.decision = refused.decision
        error.subjects = looks.subjects_of([facts.customer_id]) if facts.exists else ()
        raise error from None
    if not facts.exists:
        raise CustomerNotFound
    return grant


def _locked(actor: Actor, move_id: UUID) -> Move:
    return _waiting(actor, moves.find(move_id, lock=True))


def _waiting(actor: Actor, move: Move | None) -> Move:
    if move is None or not moves.reaches(actor, move):
        raise MoveUnknown
    if move.state != moves.PROPOSED:
        raise AlreadyDecided
    return move


def _leaf(event: EventSpec, grant: Grant, move: Move) -> Leaf:
    return Leaf(
        event=event,
        actor=grant.actor,
        subjects=looks.subjects_of([move.customer]),
        decision=grant.as_leaf(),
        detail={"move": str(move.id), "from": move.origin, "branch": move.target},
    )


def _execute(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
