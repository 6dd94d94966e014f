"""Assign work: a supervisor gives a work item to somebody else, never to themselves.

A work item opens clear values, so a fresh one opens nothing: it becomes the assignee's when a second person
confirms it, who is neither of the two, or when the minutes of the permission matrix have passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.grants import Grant
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM, Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import assignments, events, looks, news, permissions, queue, reasons, rows
from tutela.vault.assignments import Assignment
from tutela.vault.catalogue import Collection
from tutela.vault.errors import (
    AlreadyDecided,
    AssigneeIsSelf,
    AssigneeUnknown,
    AssignmentUnknown,
    AssignmentWaiting,
    ProposerGone,
    ReasonMissing,
    SecondPersonIsFirst,
    WorkItemUnknown,
)
from tutela.vault.proposers import actor_of
from tutela.vault.queries import Facts, fetch
from tutela.vault.view import facts_of
from tutela.vault.work_items import Kind, named, of_customer, own_items

from .moves import require_reach

_ITEM = """
    INSERT INTO vault.work_item (work_item_id, customer_id, kind, number_tag, number_sealed, opened)
    VALUES (%s, %s, %s, %s, %s, %s)"""
_INSERT = """
    INSERT INTO vault.assignment (assignment_id, work_item_id, customer_id, assignee, reason_sealed,
        assigned_by, assigned_at) VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_DECIDE = """
    UPDATE vault.assignment SET state = %s, decided_by = %s, decided_at = %s
    WHERE assignment_id = %s AND state = 1"""
_GIVE = """
    UPDATE vault.work_item SET assignee = %s, released_from = NULL, released_at = NULL
    WHERE work_item_id = %s"""
_REASON = "SELECT reason_sealed FROM vault.assignment WHERE assignment_id = %s"
_RIPE = "SELECT assignment_id FROM vault.assignment WHERE state = 1 AND assigned_at <= %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """What a supervisor asks for. `assignee`: login or staff number; `work_item`: the number of one of the
    customer's, empty for a new service case."""

    customer: UUID | str
    assignee: str
    reason: str
    work_item: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of it: the assignment, and the work item's number, by which it is quoted."""

    id: UUID
    number: str


def assign_work_item(actor: Actor, asked: Assigning) -> Assigned:
    """Give a work item of a customer within reach to somebody else.

    ReasonMissing, CustomerNotFound, AssigneeUnknown, AssigneeIsSelf, WorkItemUnknown, AssignmentWaiting.
    """
    grant = gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    if not asked.reason.strip():
        raise ReasonMissing
    facts = facts_of(actor, looks.customer_id_of(asked.customer))
    write = require_reach(actor, facts, permissions.WORK_ITEM_ASSIGN)
    assignee = _assignee(actor, asked.assignee)
    grant_words = {**write.as_leaf(), **grant.as_leaf()}
    with transaction.atomic():
        item, number = _item(actor, facts, asked.work_item, grant_words)
        assignment_id = _propose(actor, facts, (item, assignee), asked.reason, grant_words)
    return Assigned(assignment_id, number)


@transaction.atomic
def hand_out(actor: Actor, items: Sequence[UUID], assignee: str, reason: str) -> int:
    """Assign items of the queue to one person, all or none; how many. As any assignment, each takes effect when
    a second person confirms it, or after the minutes of the matrix.

    WorkItemUnknown when one is not, or no more, in the actor's queue; else as `assign_work_item`.
    """
    wanted = list(dict.fromkeys(items))
    found = queue.queued(actor, wanted)
    if not found or len(found) != len(wanted):
        raise WorkItemUnknown
    for item in found:
        asked = Assigning(
            customer=item.customer,
            assignee=assignee,
            reason=reason,
            work_item=str(item.work_item),
        )
        assign_work_item(actor, asked)
    news.items_handed_out(actor, is_empty=not queue.queued(actor))
    return len(found)


def hand_over(actor: Actor, asked: Assigning) -> UUID:
    """Propose that an own open work item become somebody else's; a supervisor's word puts it in force, time alone
    never does. The assignment's id.

    ReasonMissing, WorkItemUnknown, AssigneeUnknown, AssigneeIsSelf, AssignmentWaiting.
    """
    grant = gate.require(actor, permissions.WORK_ITEM_HAND_OVER)
    if not asked.reason.strip():
        raise ReasonMissing
    facts = facts_of(actor, looks.customer_id_of(asked.customer))
    number = asked.work_item.strip()
    item_id = named(actor, {facts.customer_id: number}).get(facts.customer_id) if number else None
    own = own_items(actor, of_customer(facts.customer_id))
    if item_id is None or item_id not in [item.work_item_id for item in own]:
        raise WorkItemUnknown
    assignee = _assignee(actor, asked.assignee)
    with transaction.atomic():
        return _propose(actor, facts, (item_id, assignee), asked.reason, grant.as_leaf())


def _propose(
    actor: Actor,
    facts: Facts,
    given: tuple[UUID, UUID],
    reason: str,
    decision: dict[str, str | int],
) -> UUID:
    """Write the proposal, its leaf and its notices; `given`: the work item, and to whom."""
    item, assignee = given
    note = custody.seal_note(reason.strip())
    assignment_id, now = ids.uuid7(), clock.now()
    values = (assignment_id, item, facts.customer_id, assignee, note.encode(), actor.id, now)
    try:
        with transaction.atomic():
            _execute(_INSERT, values)
    except IntegrityError as error:
        raise AssignmentWaiting from error
    waiting = Assignment(
        assignment_id, item, facts.customer_id, assignee, actor.id, now, assignments.WAITING,
        facts.branch_id,
    )  # fmt: skip
    leaf = _leaf(events.WORK_ITEM_ASSIGNED, actor, waiting)
    log.append_with_change(replace(leaf, note=note, decision=decision))
    news.work_item_assigned(waiting)
    return assignment_id


def is_handed_over(item: Assignment) -> bool:
    """Whether the person whose work it is proposed it, not a supervisor."""
    if gate.holds(actor_of(item.assigned_by), permissions.WORK_ITEM_ASSIGN):
        return False
    rows = fetch("SELECT assignee FROM vault.work_item WHERE work_item_id = %s", (item.work_item,))
    return bool(rows) and str(rows[0][0]) == item.assigned_by


def check_customer(actor: Actor, customer_id: UUID) -> None:
    """CustomerNotFound unless the actor may give work on this customer to others."""
    gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    require_reach(actor, facts_of(actor, customer_id), permissions.WORK_ITEM_ASSIGN)


def confirm_assignment(actor: Actor, assignment: UUID) -> None:
    """The second person's word: it is the assignee's from now on. AssignmentUnknown, AlreadyDecided,
    SecondPersonIsFirst, ProposerGone."""
    grant = gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    with transaction.atomic():
        item = _locked(actor, assignment)
        if actor.id in (item.assigned_by, str(item.assignee)):
            raise SecondPersonIsFirst
        if not _still_stands(item):
            raise ProposerGone
        _put_in_force(actor, item, grant)


def refuse_assignment(actor: Actor, assignment: UUID) -> None:
    """Set one aside; one's own too. AssignmentUnknown, AlreadyDecided."""
    grant = gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    with transaction.atomic():
        item = _locked(actor, assignment)
        _execute(_DECIDE, (assignments.SET_ASIDE, actor.id, clock.now(), item.id))
        leaf = _leaf(events.WORK_ITEM_ASSIGNMENT_REFUSED, actor, item)
        log.append_with_change(replace(leaf, decision=grant.as_leaf()))
        news.assignment_decided(item, actor, is_given=False)


def open_reason(actor: Actor, assignment: UUID) -> str:
    """Why it was assigned, for supervisors in reach, while it waits. AssignmentUnknown, AlreadyDecided."""
    grant = gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    item = _waiting(actor, assignments.find(assignment))
    (sealed,) = fetch(_REASON, (item.id,))[0]
    note = bytes(sealed).decode()
    return reasons.open_reason(grant, note, [item.customer], {"assignment": str(item.id)})


def put_ripe_in_force() -> int:
    """Those whose minutes have passed, by the matrix in force; how many. The worker asks each minute."""
    until = clock.now() - timedelta(minutes=gate.fresh_work_item_minutes())
    ripe = [row[0] for row in fetch(_RIPE, (until,))]
    return sum(_ripen(assignment, until) for assignment in ripe)


def ripe_at(item: Assignment) -> datetime | None:
    """When it is the assignee's without a second person; None for what was handed over."""
    if is_handed_over(item):
        return None
    return item.assigned_at + timedelta(minutes=gate.fresh_work_item_minutes())


def _ripen(assignment: UUID, until: datetime) -> bool:
    """Put one in force; it is set aside if the minutes took a right away that it began with."""
    with transaction.atomic():
        item = assignments.find(assignment, lock=True)
        if item is None or item.state != assignments.WAITING or item.assigned_at > until:
            return False
        if is_handed_over(item):
            return False
        still = _still_stands(item)
        if still:
            _put_in_force(SYSTEM, item, None)
        else:
            _execute(_DECIDE, (assignments.SET_ASIDE, "system", clock.now(), item.id))
            log.append_with_change(_leaf(events.WORK_ITEM_ASSIGNMENT_REFUSED, SYSTEM, item))
            news.assignment_decided(item, SYSTEM, is_given=False)
        return still


def _still_stands(item: Assignment) -> bool:
    """Whether who proposed it still may, the customer is still in a supervisor's reach, and the assignee works
    here."""
    proposer = actor_of(item.assigned_by)
    supervises = gate.holds(proposer, permissions.WORK_ITEM_ASSIGN)
    hands_over = gate.holds(proposer, permissions.WORK_ITEM_HAND_OVER) and is_handed_over(item)
    return (
        (supervises and assignments.reaches(proposer, item)) or hands_over
    ) and people.is_active_person(str(item.assignee))


def _put_in_force(actor: Actor, item: Assignment, grant: Grant | None) -> None:
    by = actor.id if grant else "system"
    _execute(_DECIDE, (assignments.IN_FORCE, by, clock.now(), item.id))
    _execute(_GIVE, (item.assignee, item.work_item))
    leaf = _leaf(events.WORK_ITEM_ASSIGNMENT_CONFIRMED, actor, item)
    log.append_with_change(replace(leaf, decision=grant.as_leaf() if grant else {}))
    news.assignment_decided(item, actor, is_given=True)


def _assignee(actor: Actor, name: str) -> UUID:
    known = people.active_person_id(name.strip())
    if known is None:
        raise AssigneeUnknown
    if known == actor.id:
        raise AssigneeIsSelf
    return UUID(known)


def _item(
    actor: Actor, facts: Facts, number: str, decision: dict[str, str | int]
) -> tuple[UUID, str]:
    """The customer's work item of this number, or a new service case with a number of its own."""
    if number.strip():
        work_item_id = named(actor, {facts.customer_id: number.strip()}).get(facts.customer_id)
        if work_item_id is None:
            raise WorkItemUnknown
        return work_item_id, number.strip()
    item_id = ids.uuid7()
    number = f"T{item_id.hex[:8]}{item_id.hex[-8:]}".upper()
    leaf = Leaf(
        event=events.WORK_ITEM_IMPORTED,
        actor=actor,
        subjects=looks.subjects_of([facts.customer_id]),
        classes=(rows.NUMBER_CLASS,),
        exposure=Exposure.WRITE,
        decision=decision,
        detail={"rows": 1},
    )
    keys = custody.customer_keys_many(
        {facts.customer_id: None},
        receipt=log.append_with_change(leaf),
        classes=leaf.classes,
        exposure=leaf.exposure,
    )
    sealer = keys[facts.customer_id].row(Collection.WORK_ITEM, item_id.bytes)
    sealed = sealer.seal(rows.NUMBER_CLASS, rows.NUMBER_FIELD, number)
    tag = rows.work_item_tag(custody.index_keys(), Kind.CASE, number)
    values = (item_id, facts.customer_id, Kind.CASE, tag, sealed, clock.today())
    _execute(_ITEM, values)
    return item_id, number


def _locked(actor: Actor, assignment: UUID) -> Assignment:
    return _waiting(actor, assignments.find(assignment, lock=True))


def _waiting(actor: Actor, item: Assignment | None) -> Assignment:
    if item is None or not assignments.reaches(actor, item):
        raise AssignmentUnknown
    if item.state != assignments.WAITING:
        raise AlreadyDecided
    return item


def _leaf(event: EventSpec, actor: Actor, item: Assignment) -> Leaf:
    return Leaf(
        event=event,
        actor=actor,
        subjects=looks.subjects_of([item.customer]),
        work_item=str(item.work_item),
        detail={"assignment": str(item.id), "assignee": str(item.assignee)},
    )


def _execute(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
