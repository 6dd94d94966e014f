"""One held row, written by the steward who accepts it: matched anew at that moment, within the steward's reach.

An importing person and a steward are two people, so an accepted row may bring another id number or another
branch. What the steward does not reach is refused alike, whether it is there or not.
"""

from collections.abc import Sequence
from uuid import UUID

from tutela.keys import custody
from tutela.vault.catalogue import Collection
from tutela.vault.errors import HeldRowBeyond, HeldRowStuck

from . import holding, match, waves
from .holding import Waiting
from .job import Job, Marked, Outcome
from .match import StoredRecord
from .person import PersonWave
from .prepare import Problem
from .waves import CUSTOMER_UNKNOWN

RECORD_CHANGED = "record_changed"
_Known = tuple[Marked, StoredRecord]


def write_held(job: Job, waiting: Waiting) -> tuple[Outcome, list[bytes]]:
    """Write the row on the caller's transaction; what its leaf is to anchor. HeldRowBeyond,
    HeldRowStuck; Again when it lost a race."""
    row = holding.as_row(job.collection, waiting)
    marked = waves.mark(job, custody.index_keys(), row, waiting.branch)
    if waiting.target[0] or not job.source:
        marked.source = None  # typed, not imported: it has no key of a source
    outcome = Outcome(1)
    problems: list[Problem] = []
    entries = StewardWave(job, outcome, problems, waiting).apply([marked])
    if problems:
        raise HeldRowStuck(reason=problems[0].code)
    return outcome, entries


class StewardWave(PersonWave):
    """Applies one row for a steward."""

    def __init__(
        self, job: Job, outcome: Outcome, problems: list[Problem], waiting: Waiting
    ) -> None:
        super().__init__(job, outcome, problems)
        self.waiting = waiting

    def _customers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[_Known]]:
        if self.waiting.target[0]:
            return [], [], [self._typed(incoming) for incoming in wave]
        return super()._customers(wave)

    def _typed(self, incoming: Marked) -> _Known:
        """The record that somebody changed by hand, if it is still the one that was seen."""
        customer, record, version = self.waiting.target
        places = match.branches_of([UUID(customer)])
        if not self.reach.within(places):
            raise HeldRowBeyond
        stored = match.of_customers(self.job.collection, list(places))[UUID(customer)]
        seen = next((each for each in stored if not record or str(each.record_id) == record), None)
        if seen is None or version not in (0, seen.version):
            raise HeldRowStuck(reason=RECORD_CHANGED)
        if incoming.identity:
            owner = match.by_identity([incoming.identity]).get(incoming.identity)
            self._check_number(owner, seen)
        return incoming, seen

    def _check_number(self, owner: UUID | None, seen: StoredRecord) -> None:
        if owner not in (None, seen.customer_id):
            if owner in self.reach.within(match.branches_of([owner] if owner else [])):
                raise HeldRowStuck(reason=waves.IDENTITY_TAKEN)
            raise HeldRowBeyond
        if owner is None and not self.reach.everything:
            raise HeldRowBeyond

    def _stays(self, incoming: Marked, stored: StoredRecord) -> bool:
        """A new number needs a steward whom nobody is beyond; a move needs both branches in reach."""
        if incoming.identity not in (None, stored.identity_tag) and not self.reach.everything:
            return False
        return not incoming.row.branch or self.reach.takes(incoming.branch)

    def _hold(self, incoming: Marked, met: set[UUID]) -> None:  # noqa: ARG002 the person's holds it
        """Nothing is held twice."""
        if self.reach.everything and not met and self.job.collection != Collection.CUSTOMER:
            raise HeldRowStuck(reason=CUSTOMER_UNKNOWN)
        raise HeldRowBeyond
