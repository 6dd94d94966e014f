"""Tell those who may decide that something waits for them, and settle the notice when nothing does.

A notice names nobody: it links to a page, where the gate is asked again. All of it is part of the
caller's transaction, and what the caller is answered does not depend on who is told.
"""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from django.urls import reverse

from tutela.access import gate
from tutela.base.actor import SYSTEM, Actor
from tutela.notices.actions.notices import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.vault import notice_kinds

from . import assignments, destructions, feeds, held_rows, moves, permissions, queries
from .assignments import Assignment
from .destructions import Order
from .moves import Move

DECIDERS: Final = {
    notice_kinds.ASSIGNMENT_WAITS: permissions.WORK_ITEM_ASSIGN,
    notice_kinds.DESTRUCTION_WAITS: permissions.CUSTOMER_DESTROY,
    notice_kinds.ITEMS_RELEASED: permissions.WORK_ITEM_ASSIGN,
    notice_kinds.HELD_ROWS_WAIT: permissions.HELD_ROW_DECIDE,
    notice_kinds.MOVE_WAITS: permissions.CUSTOMER_MOVE,
    notice_kinds.SOURCE_WAITS: permissions.SOURCE_REGISTER,
    notice_kinds.UNDO_WAITS: permissions.IMPORT_UNDO,
}
"""What somebody must hold who decides on what a notice of this kind is about."""


def tell(kind: NoticeKind, link: str, can_decide: Callable[[Actor], bool]) -> None:
    """Tell everybody who may decide; nobody twice while the first notice is unread."""
    to = [person.id for person in gate.holders(DECIDERS[kind]) if can_decide(person)]
    if to:
        notify(kind, to=to, link=link, once=True)


def settle_where_nothing_waits(
    kind: NoticeKind, link: str, waits: Callable[[Actor], bool] = lambda _actor: False
) -> None:
    """Mark the notice as read for everybody for whom nothing of the kind waits any more."""
    done = [person.id for person in gate.holders(DECIDERS[kind]) if not waits(person)]
    settle(kind, link=link, to=done)


def _decided(proposer: str, decider: Actor, link: str) -> None:
    """Tell who proposed it; not who withdrew it, and of what the installation did, nobody."""
    if proposer not in (decider.id, SYSTEM.id):
        notify(notice_kinds.PROPOSAL_DECIDED, to=[proposer], link=link, once=True)


def move_proposed(move: Move) -> None:
    link = reverse("vault-list-moves")
    tell(notice_kinds.MOVE_WAITS, link, lambda person: moves.can_take_over(person, move))


def move_decided(move: Move, decider: Actor) -> None:
    left, link = moves.proposed(), reverse("vault-list-moves")
    _decided(move.proposed_by, decider, link)
    settle_where_nothing_waits(
        notice_kinds.MOVE_WAITS,
        link,
        lambda person: any(moves.can_take_over(person, move) for move in left),
    )


def work_item_assigned(item: Assignment) -> None:
    link = reverse("vault-list-assignments")
    tell(notice_kinds.ASSIGNMENT_WAITS, link, lambda person: assignments.can_confirm(person, item))


def items_released(customers: Sequence[UUID]) -> None:
    """Tell those who hand out the work of these customers' branches."""
    branches = queries.branches_of(customers)
    tell(
        notice_kinds.ITEMS_RELEASED,
        reverse("vault-list-queue"),
        lambda person: assignments.reaches_any(person, branches),
    )


def items_handed_out(actor: Actor, *, is_empty: bool) -> None:
    """Nothing is left to hand out for this person."""
    if is_empty:
        settle(notice_kinds.ITEMS_RELEASED, link=reverse("vault-list-queue"), to=[actor.id])


def assignment_decided(item: Assignment, decider: Actor, *, is_given: bool) -> None:
    """Also tells the assignee, once the work item is theirs."""
    left, link = assignments.unconfirmed(), reverse("vault-list-assignments")
    _decided(item.assigned_by, decider, link)
    settle_where_nothing_waits(
        notice_kinds.ASSIGNMENT_WAITS,
        link,
        lambda person: any(assignments.can_confirm(person, other) for other in left),
    )
    if is_given:
        page = reverse("vault-view-customer", args=[item.customer])
        notify(notice_kinds.WORK_ITEM_GIVEN, to=[item.assignee], link=page)


def destruction_proposed(order: Order) -> None:
    link = reverse("vault-decide-destruction", args=[order.id])
    tell(
        notice_kinds.DESTRUCTION_WAITS,
        link,
        lambda person: destructions.can_approve(person, order),
    )


def destruction_decided(order: Order, decider: Actor) -> None:
    link = reverse("vault-decide-destruction", args=[order.id])
    _decided(order.proposed_by, decider, reverse("vault-list-destructions"))
    settle_where_nothing_waits(notice_kinds.DESTRUCTION_WAITS, link)


def source_proposed(proposer: Actor) -> None:
    link = reverse("vault-list-sources")
    tell(notice_kinds.SOURCE_WAITS, link, lambda person: person.id != proposer.id)


def source_decided(proposer: str, decider: Actor) -> None:
    left, link = feeds.waiting(), reverse("vault-list-sources")
    _decided(proposer, decider, link)
    settle_where_nothing_waits(
        notice_kinds.SOURCE_WAITS,
        link,
        lambda person: any(row.proposed_by != person.id for row in left),
    )


def undo_decided(link: str, proposer: str, decider: Actor) -> None:
    settle_where_nothing_waits(notice_kinds.UNDO_WAITS, link)
    _decided(proposer, decider, link)


def rows_held(batch: UUID | None) -> None:
    """Rows of an import, or with None what somebody typed, wait for the stewards of their branches."""
    waiting = held_rows.whose_wait(batch)
    if waiting:
        tell(
            notice_kinds.HELD_ROWS_WAIT,
            _queue(batch),
            lambda person: held_rows.can_decide_any(person, waiting),
        )


def held_row_decided(batch: UUID | None) -> None:
    left = held_rows.whose_wait(batch)
    settle_where_nothing_waits(
        notice_kinds.HELD_ROWS_WAIT,
        _queue(batch),
        lambda person: held_rows.can_decide_any(person, left),
    )


def _queue(batch: UUID | None) -> str:
    if batch is None:
        return reverse("vault-list-typed-rows")
    return reverse("vault-list-held-rows", args=[batch])
