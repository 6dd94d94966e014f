"""What the parts of one commit share: the job, its rows with their tags, its counts."""

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from tutela.base.actor import Actor
from tutela.vault import permissions

from .counts import Counts
from .prepare import Row


@dataclass(frozen=True, slots=True)
class Job:
    """What all chunks of an import share. `branches` maps codes and names to branch ids."""

    batch: UUID
    collection: int
    source: str
    actor: Actor
    mapped: frozenset[int]
    branches: dict[str, int]
    branch: int
    elsewhere: int | None = None
    """The branch of rows that name one nobody knows; None: such rows are rejected."""
    dry_run: bool = False
    permission: str = permissions.IMPORT_RUN.name
    """By its name: a job goes to worker processes, and a permission is known by its identity."""
    is_feed: bool = True
    """Whether the import is its source's own feed; else it is a person's, and each chunk asks the gate."""
    clears: frozenset[int] = frozenset()
    """The mapped fields whose stored value a blank clears; a blank of any other keeps it."""


@dataclass(slots=True)
class Outcome(Counts):
    """Counts of one chunk; `done_before` when it was committed by an earlier run."""

    done_before: bool = False


@dataclass(slots=True)
class Marked:
    """A row with the tags that identify it. `later`: the rows that follow it on the same record, in
    file order; each that differs from the one before it is a version of its own."""

    row: Row
    source: bytes | None
    identity: bytes | None
    mac: bytes
    branch: int
    later: "list[Marked] | tuple[()]" = ()
    kept: int = 0
    """Stored values that the row's blanks left as they were."""
    cleared: int = 0
    """Stored values that the row's blanks cleared."""

    def rows(self) -> "list[Marked]":
        """This row and those that follow it."""
        return [self, *self.later]

    def versions(self) -> "list[Marked]":
        """Of `rows` those that differ from the row before."""
        rows = self.rows()
        return rows[:1] + [
            row for before, row in pairwise(rows) if row.row.values != before.row.values
        ]


class Again(Exception):
    """Somebody else changed a record meanwhile: do the chunk again."""
