"""Who may see an import: who brought the file in, a steward in scope, and, the counts alone, a machine
account. To everybody else it is not there.

An import belongs to the branch of who brought the file in. A steward's scope is the branch of the post
with all branches below it. See docs/decisions/who-sees-an-import.md.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from tutela.access import gate
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure
from tutela.vault import permissions

from . import batches
from .batches import BatchState
from .branches import branches_of_posts
from .errors import BatchMissing

_CLASSES = tuple(int(data_class) for data_class in DataClass)


@dataclass(frozen=True, slots=True)
class Reader:
    """What one account may see of imports. `shown`: branches whose customers the matrix shows it, None
    for all; `stewarded`: branches whose imports it works on."""

    id: str
    machine: bool
    shown: frozenset[int] | None
    stewarded: frozenset[int]

    def can_see(self, batch: BatchState) -> bool:
        """Counts and progress."""
        return self.machine or self.can_open(batch)

    def shown_as(self, batch: BatchState) -> BatchState:
        """The import as the account sees it: with the names of the file and of its sheets for those who may
        read its list."""
        if self.can_open(batch):
            return batch
        read = batch.read | {"sheet": "", "left_out": []} if batch.read else {}
        return replace(batch, file_name="", read=read)

    def covers(self, branch: int) -> bool:
        """Whether rows of a branch are within the scope."""
        return self.shown is None or branch in self.shown or branch in self.stewarded

    def can_open(self, batch: BatchState) -> bool:
        """The list of its rejected rows, and what is in them."""
        return batch.actor_id == self.id or batch.branch in self.stewarded


def reader_of(actor: Actor) -> Reader:
    """The branches of an account, from the matrix and from its posts."""
    shown: set[int] = set()
    everything = False
    for purpose in Purpose:
        scope = gate.plan(actor, _CLASSES, purpose, Exposure.DETAIL_MASKED).scope
        everything |= scope.everything
        shown.update(scope.branch_ids)
    stewarded = branches_of_posts(actor, permissions.REJECTS_OPEN)
    machine = actor.kind == "machine"
    return Reader(actor.id, machine, None if everything else frozenset(shown), stewarded)


def seen(actor: Actor, batch: UUID) -> BatchState:
    """The import, for who may see its counts; BatchMissing."""
    state = batches.state_of(batch)
    reader = reader_of(actor)
    if state is None or not reader.can_see(state):
        raise BatchMissing
    return reader.shown_as(state)


def opened(actor: Actor, batch: UUID) -> BatchState:
    """The import, for who may read the list of its rejected rows; BatchMissing."""
    state = batches.state_of(batch)
    if state is None or not reader_of(actor).can_open(state):
        raise BatchMissing
    return state


def undone_by(actor: Actor, batch: UUID) -> BatchState:
    """The import, for who may undo it: as for the list of its rejected rows; BatchMissing."""
    gate.require(actor, permissions.IMPORT_UNDO)
    return opened(actor, batch)
