"""Who may undo an import: whoever may write all that it wrote, where it is and where it returns to."""

from collections.abc import Iterable
from uuid import UUID

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.errors import NotAllowed
from tutela.vault import catalogue, moves, permissions

from . import queries


def check_reach(actor: Actor, batch: UUID) -> frozenset[int]:
    """Each person must be allowed to write all that the import wrote, also in the branches to which
    customers return, and nobody their own record: DataRefused, as for an import. The branches of now."""
    shapes = queries.shapes(batch)
    own = gate.write_scope(actor, moves.CLASSES).not_customer
    customer = own if own and queries.wrote(batch, own) else ""
    for branch, fields in shapes:
        _require_write(actor, customer, branch, {catalogue.class_of(field) for field in fields})
    for branch in queries.former_branches(batch):
        _require_write(actor, "", branch, moves.CLASSES)
    return frozenset(branch for branch, _fields in shapes)


def can_undo(actor: Actor, batch: UUID) -> bool:
    """Whether to show a button at all: whether the actor may write all that the import wrote."""
    try:
        check_reach(actor, batch)
    except NotAllowed:
        return False
    return True


def _require_write(actor: Actor, customer: str, branch: int, classes: Iterable[int]) -> None:
    asked = frozenset(classes)
    if asked:
        gate.require_write(
            actor,
            gate.WriteAsk(
                customer_id=customer,
                branch_id=branch,
                classes=asked,
                purpose=None,
                permission=permissions.IMPORT_UNDO,
            ),
        )
