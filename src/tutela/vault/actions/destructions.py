"""Destroy a customer: one person proposes, another approves, and the database carries it out.

The application cannot delete: `vault.decide_destruction` does, and asks for both people's leaves."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.keys import custody
from tutela.trail import events as trail_events
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.vault import destructions, events, journal, looks, news, permissions, queries, reasons
from tutela.vault.destructions import Order
from tutela.vault.errors import (
    CustomerNotFound,
    DestructionDecided,
    DestructionNotFound,
    DestructionOpen,
    JournalClosed,
    JournalDamaged,
    ProposerGone,
    ReasonMissing,
    SamePerson,
)
from tutela.vault.journal import Entry
from tutela.vault.proposers import check_proposer
from tutela.vault.queries import Facts, fetch

_PROPOSE = """
    INSERT INTO vault.destruction (order_id, customer_id, branch_id, proposed_by, proposed_at,
        proposed_leaf, reason) VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_DECIDE = "SELECT record_count, version_count FROM vault.decide_destruction(%s, %s, %s, %s)"
_STAYS = "SELECT 1 FROM vault.customer WHERE customer_id = %s AND branch_id = %s FOR UPDATE"
_REASON = "SELECT reason FROM vault.destruction WHERE order_id = %s"
_ENTRY = """
    SELECT order_id, customer_id, branch_id, proposed_by, proposed_at, proposed_leaf, reason, decided_by,
        decided_at, decided_leaf FROM vault.destruction WHERE order_id = %s"""
_IS_APPROVED = "SELECT 1 FROM vault.destruction WHERE order_id = %s AND decision = 'approved'"
_APPROVED_SINCE = """
    SELECT order_id FROM vault.destruction WHERE decision = 'approved'
        AND (%s::timestamptz IS NULL OR decided_at >= %s::timestamptz) ORDER BY decided_at, order_id"""
_APPROVED, _REJECTED = "approved", "rejected"


def propose_destruction(actor: Actor, customer_id: UUID | str, reason: str) -> Order:
    """Propose to destroy a customer; the reason is sealed. CustomerNotFound also when the person may
    not know of the customer: answer and leaf are the same."""
    grant = gate.require(actor, permissions.CUSTOMER_DESTROY)
    if not reason.strip():
        raise ReasonMissing
    facts = _known(grant, looks.customer_id_of(customer_id))
    asked = facts.customer_id
    order, note = ids.uuid7(), custody.seal_note(reason.strip())
    leaf = _leaf(grant, events.DESTRUCTION_PROPOSED, asked, order=order, note=note)
    try:
        with transaction.atomic():
            receipt = log.append_with_change(leaf)
            about = (order, asked, facts.branch_id, actor.id, clock.now(), receipt.leaf_id, note)
            with connection.cursor() as cursor:
                cursor.execute(_PROPOSE, about)
            proposal = destructions.order_of(actor, order)
            news.destruction_proposed(proposal)
    except IntegrityError as error:
        raise DestructionOpen from error
    return proposal


def check_customer(actor: Actor, customer_id: UUID) -> None:
    """CustomerNotFound unless the actor may propose to destroy this customer."""
    _known(gate.require(actor, permissions.CUSTOMER_DESTROY), customer_id)


def _known(grant: Grant, customer_id: UUID) -> Facts:
    facts = queries.facts(grant.actor, [customer_id], {}).get(customer_id)
    if facts is None or not destructions.can_know(grant.actor, facts):
        raise _refused(grant, events.DESTRUCTION_PROPOSED, customer_id, CustomerNotFound())
    return facts


def approve_destruction(actor: Actor, order_id: UUID) -> Order:
    """Approve what another person proposed: the customer is destroyed in the same transaction.

    SamePerson for whoever proposed it; DestructionDecided, DestructionNotFound, ProposerGone."""
    grant = gate.require(actor, permissions.CUSTOMER_DESTROY)
    order = _open_order(grant, events.DESTRUCTION_APPROVED, order_id)
    if order.proposed_by == actor.id:
        raise _refused(grant, events.DESTRUCTION_APPROVED, order.customer_id, SamePerson())
    with _journalled(order), transaction.atomic():
        if not fetch(_STAYS, (order.customer_id, order.branch_id)):
            # Moved since the order was read: whoever approves may not know of the customer any more.
            raise DestructionNotFound
        _check_proposer(order)
        records, versions = _decide(grant, order, _APPROVED)
        detail: dict[str, str | int] = {
            "order": str(order.id),
            "records": records,
            "versions": versions,
        }
        log.append_with_change(
            Leaf(
                event=events.CUSTOMER_DESTROYED,
                actor=actor,
                subjects=looks.subjects_of([order.customer_id]),
                decision=grant.as_leaf(),
                detail=detail,
            )
        )
        # The last thing before the commit: what is committed stands in the journal, on the disk.
        journal.intend(_entry(order.id))
    custody.clear()
    return destructions.order_of(actor, order_id)


@contextmanager
def _journalled(order: Order) -> Iterator[None]:
    """Say in the journal how the destruction ended. One that was committed is done even if the journal has no room
    for that line: an intention without an end counts."""
    try:
        yield
    except BaseException:
        if order.id in journal.open_orders():
            journal.settle(order.id, is_done=False)
        raise
    with suppress(JournalClosed, JournalDamaged):
        journal.settle(order.id, is_done=True)


def _entry(order_id: UUID) -> Entry:
    """The approved order as the open transaction has it."""
    (row,) = fetch(_ENTRY, (order_id,))
    return journal.entry_of(
        {
            name: value if isinstance(value, int | str) else _text(value)
            for name, value in zip(Entry.__dataclass_fields__, row, strict=True)
        }
    )


def _text(value: UUID | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def is_approved(order_id: UUID) -> bool:
    """Whether an order was carried out, for the journal of destructions."""
    return bool(fetch(_IS_APPROVED, (order_id,)))


def approved_since(moment: datetime | None) -> list[Entry]:
    """What was destroyed since a moment (None: ever), oldest first, for copies of the journal."""
    return [_entry(row[0]) for row in fetch(_APPROVED_SINCE, (moment, moment))]


def _check_proposer(order: Order) -> None:
    """ProposerGone unless the first person may still propose this, of the customer as it stands now."""
    proposer = check_proposer(order.proposed_by, permissions.CUSTOMER_DESTROY)
    if not destructions.is_known(proposer, order):
        raise ProposerGone


def reject_destruction(actor: Actor, order_id: UUID) -> Order:
    """Reject an order, or withdraw one's own."""
    grant = gate.require(actor, permissions.CUSTOMER_DESTROY)
    order = _open_order(grant, events.DESTRUCTION_REJECTED, order_id)
    with transaction.atomic():
        _decide(grant, order, _REJECTED)
    return destructions.order_of(actor, order_id)


def open_reason(actor: Actor, order_id: UUID) -> str:
    """Why it was proposed, for whoever may decide, while it waits. DestructionNotFound, DestructionDecided."""
    grant = gate.require(actor, permissions.CUSTOMER_DESTROY)
    order = _open_order(grant, trail_events.NOTE_OPENED, order_id)
    (sealed,) = fetch(_REASON, (order.id,))[0]
    return reasons.open_reason(grant, sealed, [order.customer_id], {"order": str(order.id)})


def list_destructions(actor: Actor) -> list[Order]:
    """The orders about customers that the person may know of, newest first."""
    gate.require(actor, permissions.CUSTOMER_DESTROY)
    return destructions.orders(actor)


def _open_order(grant: Grant, event: EventSpec, order_id: UUID) -> Order:
    try:
        order = destructions.order_of(grant.actor, order_id)
    except DestructionNotFound as error:
        raise _refused(grant, event, None, error) from None
    if not order.is_open:
        raise DestructionDecided
    return order


def _decide(grant: Grant, order: Order, verdict: str) -> tuple[int, int]:
    """The leaf of the decision, then what the database does for it: records and versions destroyed."""
    approved = verdict == _APPROVED
    event = events.DESTRUCTION_APPROVED if approved else events.DESTRUCTION_REJECTED
    leaf = _leaf(grant, event, order.customer_id, order=order.id)
    receipt = log.append_with_change(leaf)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DECIDE, (order.id, verdict, grant.actor.id, receipt.leaf_id))
            records, versions = cursor.fetchone()
    except ProgrammingError as error:
        if "vault.destruction_decided" in str(error):
            raise DestructionDecided from error
        raise
    news.destruction_decided(order, grant.actor)
    return int(records), int(versions)


def _leaf(
    grant: Grant, event: EventSpec, customer_id: UUID, *, order: UUID, note: str = ""
) -> Leaf:
    return Leaf(
        event=event,
        actor=grant.actor,
        subjects=looks.subjects_of([customer_id]),
        note=note,
        decision=grant.as_leaf(),
        detail={"order": str(order)},
    )


def _refused(
    grant: Grant, event: EventSpec, customer_id: UUID | None, error: TutelaError
) -> TutelaError:
    """The error, after a leaf that says who tried."""
    subjects = looks.subjects_of([customer_id] if customer_id else [])
    decision = {**grant.as_leaf(), "outcome": "deny", "code": error.code}
    log.append(Leaf(event=event, actor=grant.actor, subjects=subjects, decision=decision))
    return error
