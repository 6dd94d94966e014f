"""The verbs of temporary access and break-glass, for pages, shell and API.

    request_access(agent, Asking(customers=(customer,), classes={3}, purpose="claim", minutes=60, reason="…"))
    approve_access(manager, access)                 # of sensitive classes a second approver too
    start_break_glass(agent, asking, code="123456")

Who is told is told in the verb's own transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import gate, permissions, sign_in
from tutela.access import temporary_rows as rows
from tutela.access.actions import temporary_accesses as verbs
from tutela.access.actions.temporary_accesses import Wish
from tutela.access.errors import AccessUnknown
from tutela.access.temporary_access_rules import BREAK_GLASS_CUSTOMERS
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import catalogue, events, looks, pace, queries, reasons
from tutela.vault.errors import CustomerNotFound, ReasonMissing

from . import lists, news, reach, searches
from .errors import NobodyFound, WhomMissing

REASON_LETTERS: Final = 15
"""A break-glass reason has at least so many characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked for: customers by id, or one search `by` a field for a `value`; data classes, purpose,
    minutes, and why, in words."""

    customers: tuple[UUID, ...] = ()
    by: str = ""
    value: str = ""
    classes: Collection[int]
    purpose: str
    minutes: int
    reason: str


def request_access(actor: Actor, asking: Asking) -> TemporaryAccess:
    """Ask. CustomerNotFound for a customer beyond one's own scope, which only a search may name; ReasonMissing,
    WhomMissing, and as the rules of `access` say."""
    gate.require(actor, permissions.TEMPORARY_ACCESS_REQUEST)
    customers = tuple(dict.fromkeys(asking.customers))
    if not asking.reason.strip():
        raise ReasonMissing
    purpose = looks.purpose_of(asking.purpose)
    search = ""
    if customers:
        if not reach.sees_all(actor, customers, permissions.TEMPORARY_ACCESS_REQUEST):
            raise CustomerNotFound
    elif asking.by and asking.value.strip():
        pace.check(actor)
        search = searches.sealed(asking.by, asking.value)
    else:
        raise WhomMissing
    wish = Wish(
        customers=customers,
        classes=frozenset(asking.classes),
        purpose=purpose,
        minutes=asking.minutes,
        reason_sealed=custody.seal_note(asking.reason.strip()),
        search_sealed=search,
    )
    with transaction.atomic():
        access = verbs.request_access(actor, wish)
        branches = reach.branches_of(lists.customers_of(access))
        news.requested(access, branches, lambda person: lists.can_decide(person, access))
    return access


def approve_access(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """Say yes, for customers that one sees oneself. NobodyFound, and as the verb of `access`."""
    gate.require(actor, permissions.TEMPORARY_ACCESS_APPROVE)
    access = _decided_by(actor, access_id)
    customers = lists.customers_of(access)
    if not reach.sees_all(actor, customers, permissions.TEMPORARY_ACCESS_APPROVE):
        raise NobodyFound
    with transaction.atomic():
        approved = verbs.approve_access(actor, access_id, customers)
        news.approved(approved)
    return approved


def refuse_access(actor: Actor, access_id: UUID) -> None:
    """Say no."""
    gate.require(actor, permissions.TEMPORARY_ACCESS_APPROVE)
    _decided_by(actor, access_id)
    with transaction.atomic():
        news.ended(verbs.refuse_access(actor, access_id), actor.id)


def give_back_access(actor: Actor, access_id: UUID) -> None:
    """One's own: withdraw the request, or end the access early."""
    with transaction.atomic():
        news.ended(verbs.give_back_access(actor, access_id), actor.id)


def end_access(actor: Actor, access_id: UUID) -> None:
    """Another's that runs: the one button of the notice."""
    with transaction.atomic():
        news.ended(verbs.end_access(actor, access_id), actor.id)


def start_break_glass(actor: Actor, asking: Asking, code: str) -> TemporaryAccess:
    """Take access at once, against a fresh code of the second factor. The code is asked for last, so that a form
    with another fault does not use it up. ReasonMissing under 15 characters; BreakGlassUntold when nobody can be
    told; CodeWrong, TooManyAttempts."""
    gate.require(actor, permissions.BREAK_GLASS_START)
    if len(asking.reason.strip()) < REASON_LETTERS:
        raise ReasonMissing
    purpose = looks.purpose_of(asking.purpose)
    customers = tuple(dict.fromkeys(asking.customers))
    tags = None
    if not customers:
        if not (asking.by and asking.value.strip()):
            raise WhomMissing
        tags = searches.tags_of(asking.by, asking.value)
    verbs.check_break_glass(
        actor, len(customers), frozenset(asking.classes), purpose, asking.minutes
    )
    sign_in.check_fresh_code(actor, code)
    if tags is not None:
        customers = _looked_up(actor, tags, purpose.value)
    wish = Wish(
        customers=customers,
        classes=frozenset(asking.classes),
        purpose=purpose,
        minutes=asking.minutes,
        reason_sealed=custody.seal_note(asking.reason.strip()),
    )
    with transaction.atomic():
        access = verbs.start_break_glass(actor, wish)
        news.broken(access)
    return access


def review_break_glass(actor: Actor, access_id: UUID, *, justified: bool, note: str) -> None:
    """Say whether it was right, and why in words. ReasonMissing, AccessUnknown for one that the actor does not
    know of, and as the verb of `access`."""
    gate.require(actor, permissions.BREAK_GLASS_REVIEW)
    if not note.strip():
        raise ReasonMissing
    lists.known(actor, access_id)
    verdict = "justified" if justified else "not_justified"
    with transaction.atomic():
        reviewed = verbs.review_break_glass(
            actor, access_id, verdict, custody.seal_note(note.strip())
        )
        news.reviewed(reviewed)


def open_reason(actor: Actor, access_id: UUID) -> str:
    """Why it was asked for, for who decides or reviews; opening it leaves a leaf. AccessUnknown."""
    access = rows.find(access_id)
    if lists.can_decide(actor, access):
        grant = gate.require(actor, permissions.TEMPORARY_ACCESS_APPROVE)
    elif access.is_break_glass and verbs.can_review(actor, access):
        grant = gate.require(actor, permissions.BREAK_GLASS_REVIEW)
    else:
        raise AccessUnknown
    return reasons.open_reason(
        grant, access.reason_sealed, list(access.customers), {"request": str(access.id)}
    )


def close_run_out() -> int:
    """Close what has run out, and tell of reviews that are overdue; how many were closed."""
    closed = verbs.close_run_out()
    for access in closed:
        with transaction.atomic():
            news.ended(access, "system")
    at = clock.now()
    for access in rows.unreviewed():
        if access.is_review_overdue(at):
            with transaction.atomic():
                news.overdue(access)
    return len(closed)


def _decided_by(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """A request that the actor may know of; to everybody else it is not there."""
    access = lists.found(actor, access_id)
    if access.is_break_glass or not lists.is_known_to_decider(actor, access):
        raise AccessUnknown
    return access


def _looked_up(actor: Actor, tags: queries.Tags, purpose: str) -> tuple[UUID, ...]:
    """Whom a break-glass search leads to, traced whether it finds anybody or not; CustomerNotFound."""
    pace.check(actor)
    found = queries.carriers(tags, BREAK_GLASS_CUSTOMERS + 1)
    log.append(
        Leaf(
            event=events.CUSTOMER_SEARCHED,
            actor=actor,
            subjects=looks.subjects_of(found),
            fields=tuple(tags.fields),
            purpose=purpose,
            detail={"field": catalogue.by_id(tags.fields[0]).code, "hits": len(found)},
        )
    )
    if not found:
        raise CustomerNotFound
    return tuple(found)
