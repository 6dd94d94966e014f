"""A person's rows: they change the customers within reach, and everything else is held for a steward.

Held alike, so that nobody learns what lies beyond: a row of a customer elsewhere, a row of no customer at
all, a new customer, an id number or a branch that the customer in reach does not have yet. Only for a
writer who reaches every customer is a new one made at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tutela.keys import custody

from . import holding, match
from .job import Job, Marked, Outcome
from .match import StoredRecord
from .prepare import Problem, Row
from .reach import Reach, classes_of
from .waves import CUSTOMER_DIFFERS, IDENTITY_TAKEN, Wave, named_owners, owners_of, source_tag

ROW_HELD = "row_held"


@dataclass(slots=True)
class Matches:
    """What a round of rows was matched with, within reach and, only for the trail, beyond it."""

    everywhere: dict[bytes, StoredRecord]
    owners_everywhere: dict[bytes, UUID]
    within: set[UUID]
    taken: set[UUID] = field(default_factory=set)

    def record(self, tag: bytes | None) -> StoredRecord | None:
        """The record of a source tag whose customer is within reach."""
        stored = self.everywhere.get(tag) if tag else None
        return stored if stored and stored.customer_id in self.within else None

    def owner(self, identity: bytes | None) -> UUID | None:
        """The customer of an id number, if within reach."""
        owner = self.owners_everywhere.get(identity) if identity else None
        return owner if owner in self.within else None

    def first_within(self, named: Sequence[UUID | None]) -> UUID | None:
        """The first of these customers that is within reach."""
        return next((customer for customer in named if customer in self.within), None)

    def met(self, row: Marked) -> set[UUID]:
        """Every customer that a row's key or id number names."""
        stored = self.everywhere.get(row.source) if row.source else None
        owner = self.owners_everywhere.get(row.identity) if row.identity else None
        return {customer for customer in (stored and stored.customer_id, owner) if customer}

    def take(self, stored: StoredRecord) -> bool:
        """Whether the record is free in this round; two rows for one record cannot be written at once."""
        free = stored.record_id not in self.taken
        self.taken.add(stored.record_id)
        return free


class PersonWave(Wave):
    """Applies a person's rows."""

    def __init__(self, job: Job, outcome: Outcome, problems: list[Problem]) -> None:
        super().__init__(job, outcome, problems)
        self.reach = Reach(job.actor, classes_of(job.mapped))
        self.rows_to_hold: list[Marked] = []
        self.subjects: set[UUID] = set()

    def finish(self) -> None:
        """Queue what was held, with one leaf that names whom the rows met."""
        holding.hold_rows(self.job, self.rows_to_hold, self.subjects)

    def _customers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, StoredRecord]]]:
        matches = self._matches([incoming.identity for incoming in wave if incoming.identity])
        by_number = [owner for incoming in wave if (owner := matches.owner(incoming.identity))]
        records = match.of_customers(self.job.collection, by_number)
        fresh: list[Marked] = []
        known: list[tuple[Marked, StoredRecord]] = []
        for incoming in wave:
            stored, owner = matches.record(incoming.source), matches.owner(incoming.identity)
            if stored is not None and owner not in (None, stored.customer_id):
                self._refuse(incoming, "identity", IDENTITY_TAKEN)
                continue
            if stored is None and owner is not None and records.get(owner):
                # The row's key is known of nobody within reach, so it is left out of account.
                stored = records[owner][0]
                _name(incoming, None)
            if stored is not None and self._stays(incoming, stored) and matches.take(stored):
                known.append((incoming, stored))
            elif stored is None and self._is_new(incoming, matches):
                fresh.append(incoming)
            else:
                self._hold(incoming, matches.met(incoming))
        return fresh, [], known

    def _papers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, StoredRecord]]]:
        named = named_owners(self.job.source, [incoming.row for incoming in wave])
        matches = self._matches([], [incoming for both in named for incoming in both if incoming])
        owners = [matches.first_within(both) for both in named]
        own_tags = [
            self._own_tag(incoming, owner) if owner else None
            for incoming, owner in zip(wave, owners, strict=True)
        ]
        own = match.by_source(self.job.collection, [tag for tag in own_tags if tag])
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, StoredRecord]] = []
        for incoming, both, owner, own_tag in zip(wave, named, owners, own_tags, strict=True):
            stored = matches.record(incoming.source)
            if owner is None or own_tag is None:
                self._hold(incoming, {customer for customer in both if customer})
            elif stored is not None and stored.customer_id != owner:
                self._refuse(incoming, "customer_key", CUSTOMER_DIFFERS)
            elif stored is not None:
                known.append((incoming, stored))
            elif self.reach.everything and not matches.met(incoming):
                added.append((incoming, owner))
            else:
                # Under the customer's own name: the source's name may be used beyond reach.
                _name(incoming, own_tag)
                mine = own.get(own_tag)
                known.append((incoming, mine)) if mine else added.append((incoming, owner))
        return [], added, known

    def _matches(self, identities: Sequence[bytes], named: Sequence[UUID] = ()) -> Matches:
        owners = match.by_identity(identities)
        places = {stored.customer_id: stored.branch for stored in self.stored.values()}
        missing = {*owners.values(), *named} - places.keys()
        places |= match.branches_of(missing)
        return Matches(self.stored, owners, self.reach.within(places))

    def _stays(self, incoming: Marked, stored: StoredRecord) -> bool:
        """Whether the row leaves the customer its id number and its branch."""
        return all(
            row.identity in (None, stored.identity_tag)
            and (not row.row.branch or row.branch == stored.branch)
            for row in incoming.rows()
        )

    def _is_new(self, incoming: Marked, matches: Matches) -> bool:
        if not self.reach.everything or matches.met(incoming):
            return False
        return all(self.reach.takes(row.branch) for row in incoming.rows())

    def _own_tag(self, incoming: Marked, owner: UUID | None) -> bytes | None:
        source = f"{self.job.source}#{owner}"
        index = custody.index_keys()
        return source_tag(index, self.job.collection, source, incoming)

    def _hold(self, incoming: Marked, met: set[UUID]) -> None:
        self.problems += [Problem(row.row.number, "", ROW_HELD) for row in incoming.rows()]
        self.rows_to_hold += incoming.rows()
        self.subjects |= met


def writer_for(job: Job, outcome: Outcome, problems: list[Problem]) -> Wave:
    """A feed's writer; a person's asks the gate how far the person reaches now."""
    return Wave(job, outcome, problems) if job.is_feed else PersonWave(job, outcome, problems)


def _name(incoming: Marked, source: bytes | None) -> None:
    """Give a row, and those that follow it, another source tag."""
    for row in incoming.rows():
        row.source = source


def owners_within(job: Job, rows: Sequence[Row]) -> list[UUID | None]:
    """As `owners_of`, but a customer beyond a person's reach is nobody."""
    if job.is_feed:
        return owners_of(job, rows)
    named = named_owners(job.source, rows)
    places = match.branches_of({incoming for both in named for incoming in both if incoming})
    within = Reach(job.actor, classes_of(job.mapped)).within(places)
    return [next((incoming for incoming in both if incoming in within), None) for both in named]
