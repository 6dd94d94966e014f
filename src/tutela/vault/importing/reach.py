"""Whose customers a person's import may touch: asked of the gate anew as each chunk begins.

A row is within reach when the matrix lets the person write all mapped classes of its customer. What is
beyond is held for a steward, and so is what would be new: whether a customer exists beyond one's reach
must not show in what happens to a row (docs/decisions/import-under-the-gate.md).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.vault import catalogue
from tutela.vault.errors import ClassNotWritable
from tutela.vault.rows import NUMBER_CLASS

from . import match
from .orders import Order
from .plan import Plan, narrower
from .targets import by_code


def classes_of(fields: Collection[int]) -> frozenset[int]:
    """The data classes of mapped fields; a part of a work item is of its number's class."""
    known = catalogue.BY_ID
    return frozenset(
        int(known[field].data_class) if field in known else NUMBER_CLASS for field in fields
    )


def check_classes(actor: Actor, plan: Plan) -> None:
    """ClassNotWritable, with the field, before a row is read: this hangs on post and mapping alone."""
    targets = by_code(plan.collection)
    for _column, code in plan.columns:
        if gate.write_scope(actor, classes_of([targets[code].id])).overlay:
            raise ClassNotWritable(field=code)


def narrowed(actor: Actor, order: Order) -> Order:
    """A proposed order without the columns whose class a person's post does not write."""
    if actor.kind == "machine":
        return order
    targets = by_code(order.plan.collection)
    left = {
        proposal.field
        for proposal in order.proposals
        if proposal.field
        and gate.write_scope(actor, classes_of([targets[proposal.field].id])).overlay
    }
    if not left:
        return order
    why = _("Your post may not write this class of data.")
    proposals = [
        proposal.left_out(why) if proposal.field in left else proposal
        for proposal in order.proposals
    ]
    return replace(
        order,
        proposals=proposals,
        plan=narrower(order.plan, proposals),
    )


class Reach:
    """The customers within reach of one writer, for fields of these classes."""

    def __init__(
        self, actor: Actor, classes: Collection[int], purpose: Purpose | None = None
    ) -> None:
        self.actor = actor
        self.scope = gate.write_scope(actor, classes, purpose)

    @property
    def everything(self) -> bool:
        """Whether no customer is beyond it, so that "there is none" tells nothing of others."""
        return self.scope.everything

    def takes(self, branch: int) -> bool:
        """Whether a new customer of this branch is within reach."""
        return self.scope.covers("", branch)

    def within(self, places: Mapping[UUID, int]) -> set[UUID]:
        """Those of these customers, given with their branches, who are within reach."""
        mine: set[UUID] = set()
        if self.scope.own and places:
            mine = match.assigned(self.actor.id, places, clock.today())
        return {
            customer
            for customer, branch in places.items()
            if self.scope.covers(str(customer), branch, assigned=customer in mine)
        }
