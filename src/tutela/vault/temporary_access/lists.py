"""Which temporary access a person may know of: the own, what waits for a decision or a review, what runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tutela.access import gate, permissions
from tutela.access import temporary_rows as rows
from tutela.access.actions import temporary_accesses as verbs
from tutela.access.errors import AccessUnknown, ApproverUnfit
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base import clock
from tutela.base.actor import Actor

from . import reach, searches

SHOWN = 200
"""The newest that a page looks through; older ones are in the trail."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person sees of all temporary access; each list the newest first."""

    own: list[TemporaryAccess] = field(default_factory=list)
    to_decide: list[TemporaryAccess] = field(default_factory=list)
    to_review: list[TemporaryAccess] = field(default_factory=list)
    running: list[TemporaryAccess] = field(default_factory=list)
    over: list[TemporaryAccess] = field(default_factory=list)


def standing(actor: Actor) -> Standing:
    """Everything that this person may know of."""
    gate.check_known(actor)
    at, found = clock.now(), Standing()
    listed: dict[UUID, TemporaryAccess] = {row.id: row for row in rows.recent(SHOWN)}
    for row in (*rows.open_at(at), *rows.unreviewed()):
        listed.setdefault(row.id, row)
    to_decide = _decidable(actor, listed.values())
    for access in listed.values():
        state, watched = access.state(at), verbs.can_watch(actor, access)
        if str(access.asker_id) == actor.id:
            found.own.append(access)
            continue
        if access.id in to_decide:
            found.to_decide.append(access)
        if access.waits_for_review() and verbs.can_review(actor, access):
            found.to_review.append(access)
        if watched and state == rows.RUNNING:
            found.running.append(access)
        elif watched and state == rows.OVER:
            found.over.append(access)
    return found


def is_over_for(actor: Actor, customer: UUID) -> bool:
    """Whether the actor was lent this customer, among the newest accesses, and is no more."""
    at = clock.now()
    return any(
        str(access.asker_id) == actor.id
        and customer in access.customers
        and access.started_at is not None
        and access.state(at) == rows.OVER
        for access in rows.recent(SHOWN)
    )


def known(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """One that this person may know of; AccessUnknown."""
    gate.check_known(actor)
    access = found(actor, access_id)
    if (
        str(access.asker_id) == actor.id
        or verbs.can_watch(actor, access)
        or verbs.can_review(actor, access)
        or (not access.is_break_glass and is_known_to_decider(actor, access))
    ):
        return access
    raise AccessUnknown


def found(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """One by its id; AccessUnknown, after the work that another's costs too."""
    try:
        return rows.find(access_id)
    except AccessUnknown:
        if gate.holds(actor, permissions.TEMPORARY_ACCESS_APPROVE):
            reach.seen(actor, (access_id,), permissions.TEMPORARY_ACCESS_APPROVE)
        raise


def can_decide(actor: Actor, access: TemporaryAccess) -> bool:
    """Whether the actor may approve: by post, and they see the customers themselves."""
    return access.id in _decidable(actor, [access])


def is_known_to_decider(actor: Actor, access: TemporaryAccess) -> bool:
    """Whether it is, or was, one for the actor to decide: their post and scope fit."""
    if not gate.holds(actor, permissions.TEMPORARY_ACCESS_APPROVE):
        return False
    if UUID(actor.id) in access.approvers:
        return True
    try:
        verbs.deciding_post(actor, access, repeated=True)
    except ApproverUnfit:
        return False
    return access.id in _in_reach(actor, [access])


def _decidable(actor: Actor, accesses: Iterable[TemporaryAccess]) -> frozenset[UUID]:
    fit = (one for one in accesses if not one.is_break_glass and verbs.can_decide(actor, one))
    return _in_reach(actor, list(fit))


def _in_reach(actor: Actor, accesses: Sequence[TemporaryAccess]) -> frozenset[UUID]:
    """Those whose customers are all the actor's to see, asked at once. A search that leads to nobody is for who
    sees everybody, so that it does not wait for ever and the managers' lists tell nothing."""
    customers = {access.id: customers_of(access) for access in accesses}
    named = {item for some in customers.values() for item in some}
    seen = reach.seen(actor, named, permissions.TEMPORARY_ACCESS_APPROVE) if named else frozenset()
    everywhere = verbs.watches_everywhere(actor)
    return frozenset(
        key for key, some in customers.items() if (seen.issuperset(some) if some else everywhere)
    )


def customers_of(access: TemporaryAccess) -> tuple[UUID, ...]:
    """The customers named, or those that the search leads to."""
    if access.customers or not access.search_sealed:
        return access.customers
    return searches.customers_of(access.search_sealed)


def names_needed(accesses: Iterable[TemporaryAccess]) -> list[str]:
    """The staff ids whose names a page shows."""
    ids: set[str] = set()
    for access in accesses:
        ids.update(map(str, (access.asker_id, *access.approvers)))
        ids.update(
            str(who) for who in (access.reviewed_by, access.ended_by) if who not in (None, "system")
        )
    return sorted(ids)
