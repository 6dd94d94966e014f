"""Moves of customers between branches that wait for their second person. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass

from . import permissions
from .queries import HELD, fetch

PROPOSED, MOVED, REFUSED = 1, 2, 3
CLASSES = frozenset({int(DataClass.OPERATION)})
"""The class of the branch among a customer's fields: whoever writes it may move."""
_COLUMNS = """m.move_id, m.customer_id, m.from_branch, m.to_branch, m.proposed_by, m.proposed_at, m.state"""
# Of a customer who was destroyed meanwhile nothing waits.
_FROM = f"vault.move m JOIN vault.customer c ON c.customer_id = m.customer_id AND c.state = {HELD}"


@dataclass(frozen=True, slots=True)
class Move:
    """A customer who is to go from one branch to another."""

    id: UUID
    customer: UUID
    origin: int
    target: int
    proposed_by: str
    proposed_at: datetime
    state: int


def waiting(actor: Actor) -> list[Move]:
    """The moves that the actor may decide or has proposed: out of, or into, branches in reach."""
    gate.require(actor, permissions.CUSTOMER_MOVE)
    return [move for move in proposed() if reaches(actor, move)]


def proposed() -> list[Move]:
    """All that wait for their second person, oldest first, whoever that may be."""
    rows = fetch(f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.state = 1 ORDER BY m.proposed_at", ())
    return [Move(*row) for row in rows]


def find(move: UUID, *, lock: bool = False) -> Move | None:
    """One move by its id."""
    statement = f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.move_id = %s"
    rows = fetch(statement + (" FOR UPDATE OF m" if lock else ""), (move,))
    return Move(*rows[0]) if rows else None


def reaches(actor: Actor, move: Move) -> bool:
    """Whether one of the two branches is within the actor's reach; one's own record never is."""
    scope, customer = scope_of(actor), str(move.customer)
    return scope.covers(customer, move.origin) or scope.covers(customer, move.target)


def can_take_over(actor: Actor, move: Move) -> bool:
    """Whether the actor may be the second person: another one, who writes customers of the new branch."""
    covered = scope_of(actor).covers(str(move.customer), move.target)
    return move.proposed_by != actor.id and covered


def scope_of(actor: Actor) -> gate.WriteScope:
    """Whose customers the actor may give and take, by the posts that move any."""
    return gate.write_scope(actor, CLASSES, permission=permissions.CUSTOMER_MOVE)
