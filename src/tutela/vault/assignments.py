"""Work items that wait for their second person, or for the matrix's minutes. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from tutela.access import gate
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

from . import permissions
from .looks import ALL_CLASSES
from .queries import HELD, Facts, fetch

MOST_COLLEAGUES = 50

WAITING, IN_FORCE, SET_ASIDE = 1, 2, 3
CLASSES = frozenset({int(DataClass.OPERATION)})
"""Whoever writes this class of a customer runs the work on them."""
_COLUMNS = """a.assignment_id, a.work_item_id, a.customer_id, a.assignee, a.assigned_by, a.assigned_at, a.state,
    c.branch_id"""
_TABLES = f"vault.assignment a JOIN vault.customer c ON c.customer_id = a.customer_id AND c.state = {HELD}"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A work item that is to be somebody's."""

    id: UUID
    work_item: UUID
    customer: UUID
    assignee: UUID
    assigned_by: str
    assigned_at: datetime
    state: int
    branch: int


def waiting(actor: Actor) -> list[Assignment]:
    """Those of customers in the actor's reach, oldest first."""
    gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    return [item for item in unconfirmed() if reaches(actor, item)]


def unconfirmed() -> list[Assignment]:
    """All that wait, oldest first, whoever may confirm them."""
    rows = fetch(f"SELECT {_COLUMNS} FROM {_TABLES} WHERE a.state = 1 ORDER BY a.assigned_at", ())
    return [Assignment(*row) for row in rows]


def find(assignment: UUID, *, lock: bool = False) -> Assignment | None:
    """One by its id."""
    statement = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE a.assignment_id = %s"
    rows = fetch(statement + (" FOR UPDATE OF a" if lock else ""), (assignment,))
    return Assignment(*rows[0]) if rows else None


def can_confirm(actor: Actor, item: Assignment) -> bool:
    """Whether the actor may be the second person: neither who assigned it nor whose it is to be."""
    return actor.id not in (item.assigned_by, str(item.assignee)) and reaches(actor, item)


def reaches_any(actor: Actor, branches: Collection[int]) -> bool:
    """Whether the actor's posts that assign work reach one of these branches."""
    scope = gate.write_scope(actor, CLASSES, permission=permissions.WORK_ITEM_ASSIGN)
    return any(scope.covers("", branch) for branch in branches)


def colleagues(actor: Actor, facts: Facts, purpose: Purpose) -> list[Actor]:
    """Who could do the work on this customer for this purpose if it were theirs: in their branches the matrix
    opens them something in clear. Never the actor."""
    ask = gate.Ask(
        customer_id=str(facts.customer_id),
        branch_id=facts.branch_id,
        classes=ALL_CLASSES,
        purpose=purpose,
        level=Level.CLEAR,
        assigned=False,
        work_item_linked=True,
        exposure=Exposure.CLEAR,
    )
    may = (
        person
        for person in gate.holders(permissions.FIELD_REVEAL)
        if person.id != actor.id
        and Level.CLEAR in gate.decide(replace(person, second_factor=True), ask).levels.values()
    )
    return list(islice(may, MOST_COLLEAGUES))


def reaches(actor: Actor, item: Assignment) -> bool:
    """Whether the customer is within reach of those of the actor's posts that assign work; one's own
    record never is."""
    scope = gate.write_scope(actor, CLASSES, permission=permissions.WORK_ITEM_ASSIGN)
    return scope.covers(str(item.customer), item.branch)
