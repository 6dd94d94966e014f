"""Orders to destroy a customer, as those may know of them who may know of the customer. Reads only."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from tutela.access import gate
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.trail.leaves import Exposure

from . import looks, permissions
from .errors import DestructionNotFound
from .queries import Facts, fetch

# The customer's branch of now: whoever proposed it may have lost the customer to another branch since.
_ORDERS = """
    SELECT d.order_id, d.customer_id, c.branch_id, d.proposed_by, d.proposed_at, d.decision, d.decided_by,
        d.decided_at, d.records, d.versions
    FROM vault.destruction d JOIN vault.customer c USING (customer_id)"""
_LIST = f"{_ORDERS} ORDER BY d.proposed_at DESC LIMIT %s"
_BY_ID = f"{_ORDERS} WHERE d.order_id = %s"
_COUNTS = """
    SELECT (SELECT count(*) FROM vault.record WHERE customer_id = %(customer)s),
        (SELECT count(*) FROM vault.record_history WHERE customer_id = %(customer)s),
        (SELECT count(*) FROM vault.work_item WHERE customer_id = %(customer)s)"""
_MOST = 500


class Counts(NamedTuple):
    """What lies in the vault of one customer."""

    records: int
    earlier: int
    work_items: int


class Order(NamedTuple):
    """One order. `decision` is empty, approved or rejected; people are ids of accounts."""

    id: UUID
    customer_id: UUID
    branch_id: int
    proposed_by: str
    proposed_at: datetime
    decision: str
    decided_by: str
    decided_at: datetime | None
    records: int
    versions: int

    @property
    def is_open(self) -> bool:
        return not self.decision

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "order": str(self.id),
            "customer": str(self.customer_id),
            "proposed_by": self.proposed_by,
            "proposed_at": self.proposed_at.isoformat(),
            "decision": self.decision,
            "decided_by": self.decided_by,
            "records": self.records,
            "versions": self.versions,
        }


def can_know(actor: Actor, facts: Facts) -> bool:
    """Whether the matrix shows this person anything of such a customer, for whatever purpose, by a post
    that may destroy."""
    need = permissions.CUSTOMER_DESTROY
    for purpose in Purpose:
        plan = gate.plan(actor, looks.ALL_CLASSES, purpose, Exposure.DETAIL_MASKED, need)
        if looks.visible(looks.levels_of(plan, facts)):
            return True
    return False


def orders(actor: Actor) -> list[Order]:
    """The orders about customers that the person may know of, newest first."""
    return [order for order in map(_order, fetch(_LIST, (_MOST,))) if is_known(actor, order)]


def order_of(actor: Actor, order_id: UUID) -> Order:
    """One order; DestructionNotFound when there is none or none that the person may know of."""
    rows = fetch(_BY_ID, (order_id,))
    order = _order(rows[0]) if rows else None
    if order is None or not is_known(actor, order):
        raise DestructionNotFound
    return order


def counts_of(order: Order) -> Counts:
    """What approving would take away; nothing once it is done."""
    return Counts._make(fetch(_COUNTS, {"customer": order.customer_id})[0])


def can_approve(actor: Actor, order: Order) -> bool:
    """Whether the person may be the second one: another who may know of the customer."""
    return order.proposed_by != actor.id and is_known(actor, order)


def is_known(actor: Actor, order: Order) -> bool:
    """Whether the person may know of the customer of an order."""
    return can_know(actor, Facts(order.customer_id, order.branch_id, assigned=False, linked=False))


def _order(row: tuple[Any, ...]) -> Order:
    filled = (row[5] or "", row[6] or "", row[7], row[8] or 0, row[9] or 0)
    return Order._make((*row[:5], *filled))
