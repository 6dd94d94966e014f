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
from .match import Held
from .prepare import Problem, Row
from .reach import Reach, classes_of
from .waves import CUSTOMER_DIFFERS, IDENTITY_TAKEN, Wave, named_owners, owners_of, source_tag

ROW_HELD = "row_held"


@dataclass(slots=True)
class Matches:
    """What a round of rows was matched with, within reach and, only for the trail, beyond it."""

    everywhere: dict[bytes, Held]
    owners_everywhere: dict[bytes, UUID]
    within: set[UUID]
    taken: set[UUID] = field(default_factory=set)

    def record(self, tag: bytes | None) -> Held | None:
        """The record of a source tag whose customer is within reach."""
        held = self.everywhere.get(tag) if tag else None
        return held if held and held.customer_id in self.within else None

    def owner(self, identity: bytes | None) -> UUID | None:
        """The customer of an id number, if within reach."""
        owner = self.owners_everywhere.get(identity) if identity else None
        return owner if owner in self.within else None

    def first_within(self, named: Sequence[UUID | None]) -> UUID | None:
        """The first of these customers that is within reach."""
        return next((customer for customer in named if customer in self.within), None)

    def met(self, row: Marked) -> set[UUID]:
        """Every customer that a row's key or id number names."""
        held = self.everywhere.get(row.source) if row.source else None
        owner = self.owners_everywhere.get(row.identity) if row.identity else None
        return {customer for customer in (held and held.customer_id, owner) if customer}

    def take(self, held: Held) -> bool:
        """Whether the record is free in this round; two rows for one record cannot be written at once."""
        free = held.record_id not in self.taken
        self.taken.add(held.record_id)
        return free


class PersonWave(Wave):
    """Applies a person's rows."""

    def __init__(self, job: Job, outcome: Outcome, problems: list[Problem]) -> None:
        super().__init__(job, outcome, problems)
        self.reach = Reach(job.actor, classes_of(job.mapped))
        self.held: list[Marked] = []
        self.subjects: set[UUID] = set()

    def finish(self) -> None:
        """Queue what was held, with one leaf that names whom the rows met."""
        holding.hold_rows(self.job, self.held, self.subjects)

    def _customers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, Held]]]:
        matches = self._matches([one.identity for one in wave if one.identity])
        by_number = [owner for one in wave if (owner := matches.owner(one.identity))]
        records = match.of_customers(self.job.collection, by_number)
        fresh: list[Marked] = []
        known: list[tuple[Marked, Held]] = []
        for one in wave:
            held, owner = matches.record(one.source), matches.owner(one.identity)
            if held is not None and owner not in (None, held.customer_id):
                self._refuse(one, "identity", IDENTITY_TAKEN)
                continue
            if held is None and owner is not None and records.get(owner):
                # The row's key is known of nobody within reach, so it is left out of account.
                held = records[owner][0]
                _name(one, None)
            if held is not None and self._stays(one, held) and matches.take(held):
                known.append((one, held))
            elif held is None and self._is_new(one, matches):
                fresh.append(one)
            else:
                self._hold(one, matches.met(one))
        return fresh, [], known

    def _papers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, Held]]]:
        named = named_owners(self.job.source, [one.row for one in wave])
        matches = self._matches([], [one for both in named for one in both if one])
        owners = [matches.first_within(both) for both in named]
        own_tags = [
            self._own_tag(one, owner) if owner else None
            for one, owner in zip(wave, owners, strict=True)
        ]
        own = match.by_source(self.job.collection, [tag for tag in own_tags if tag])
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, Held]] = []
        for one, both, owner, own_tag in zip(wave, named, owners, own_tags, strict=True):
            held = matches.record(one.source)
            if owner is None or own_tag is None:
                self._hold(one, {customer for customer in both if customer})
            elif held is not None and held.customer_id != owner:
                self._refuse(one, "customer_key", CUSTOMER_DIFFERS)
            elif held is not None:
                known.append((one, held))
            elif self.reach.everything and not matches.met(one):
                added.append((one, owner))
            else:
                # Under the customer's own name: the source's name may be used beyond reach.
                _name(one, own_tag)
                mine = own.get(own_tag)
                known.append((one, mine)) if mine else added.append((one, owner))
        return [], added, known

    def _matches(self, identities: Sequence[bytes], named: Sequence[UUID] = ()) -> Matches:
        owners = match.by_identity(identities)
        places = {held.customer_id: held.branch for held in self.found.values()}
        missing = {*owners.values(), *named} - places.keys()
        places |= match.branches_of(missing)
        return Matches(self.found, owners, self.reach.within(places))

    def _stays(self, one: Marked, held: Held) -> bool:
        """Whether the row leaves the customer its id number and its branch."""
        return all(
            row.identity in (None, held.identity_tag)
            and (not row.row.branch or row.branch == held.branch)
            for row in one.rows()
        )

    def _is_new(self, one: Marked, matches: Matches) -> bool:
        if not self.reach.everything or matches.met(one):
            return False
        return all(self.reach.takes(row.branch) for row in one.rows())

    def _own_tag(self, one: Marked, owner: UUID | None) -> bytes | None:
        source = f"{self.job.source}#{owner}"
        index = custody.index_keys()
        return source_tag(self.job.collection, source, index, one.row, one.mac, one.identity)

    def _hold(self, one: Marked, met: set[UUID]) -> None:
        self.problems += [Problem(row.row.number, "", ROW_HELD) for row in one.rows()]
        self.held += one.rows()
        self.subjects |= met


def writer_for(job: Job, outcome: Outcome, problems: list[Problem]) -> Wave:
    """A feed's writer; a person's asks the gate how far the person reaches now."""
    return Wave(job, outcome, problems) if job.is_feed else PersonWave(job, outcome, problems)


def _name(one: Marked, source: bytes | None) -> None:
    """Give a row, and those that follow it, another source tag."""
    for row in one.rows():
        row.source = source


def owners_within(job: Job, rows: Sequence[Row]) -> list[UUID | None]:
    """As `owners_of`, but a customer beyond a person's reach is nobody."""
    if job.is_feed:
        return owners_of(job, rows)
    named = named_owners(job.source, rows)
    places = match.branches_of({one for both in named for one in both if one})
    within = Reach(job.actor, classes_of(job.mapped)).within(places)
    return [next((one for one in both if one in within), None) for both in named]
