"""Match the rows of a chunk with what the vault has, and create, change or leave each record.

A feed's rows meet everything, but change and move only what is its source's own. A person's rows meet
only what is within reach; the others are held (see `reach`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tutela.access import gate
from tutela.access.permission_specs import PERMISSIONS
from tutela.crypto.blind import IndexKeys
from tutela.crypto.errors import BadValue
from tutela.keys import custody
from tutela.vault import feeds
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection

from . import match, statements, targets, write
from .job import Job, Marked, Outcome
from .match import StoredRecord
from .prepare import Problem, Row

CUSTOMER_UNKNOWN = "customer_unknown"
CUSTOMER_DIFFERS = "customer_differs"
IDENTITY_TAKEN = "identity_taken"


def check_right(job: Job) -> None:
    """Asked anew for each chunk: an account or a source that is closed meanwhile writes no further one."""
    gate.require(job.actor, PERMISSIONS[job.permission])
    if job.is_feed:
        feeds.check_feed(job.actor, job.source, job.collection)


def mark(job: Job, index: IndexKeys, row: Row, branch: int) -> Marked:
    """A row with the tags by which it is matched."""
    texts: dict[int, Any] = row.values | row.texts
    fields = tuple(sorted(texts))
    mac = sealing.texts_mac(index, job.collection, fields, [texts[field] for field in fields])
    identity = identity_tag(index, row.identity)
    marked = Marked(row, None, identity, mac, branch)
    marked.source = source_tag(index, job.collection, job.source, marked)
    if job.clears:  # a blank that clears is part of what the row says
        texts |= dict.fromkeys(job.clears - texts.keys(), "")
        fields = tuple(sorted(texts))
        said = [texts[field] for field in fields]
        marked.mac = sealing.texts_mac(index, job.collection, fields, said)
    return marked


def identity_tag(index: IndexKeys, number: str) -> bytes | None:
    return sealing.identity_tag(index, number) if number else None


def source_tag(index: IndexKeys, collection: int, source: str, incoming: Marked) -> bytes | None:
    """By the key, if there is one; else a customer is known by the id number, others by content."""
    tag = key_tag(index, collection, source, incoming.row.key)
    if tag or (incoming.identity is not None and collection == Collection.CUSTOMER):
        return tag
    return sealing.source_tag(index, collection, source, f"row {incoming.mac.hex()}")


def key_tag(index: IndexKeys, collection: int, source: str, key: str) -> bytes | None:
    """The tag of a key, if there is one that can be a key."""
    try:
        return sealing.source_tag(index, collection, source, key) if key else None
    except BadValue:
        return None


def rounds(marked: Sequence[Marked], *, customers: bool) -> list[list[Marked]]:
    """Rows in rounds in which no record and no id number comes twice; nearly always one round.

    Rows that follow each other on one record are `later` rows of the first: they cost one round
    together, however many they are. Only customers are created by an id number, so only their rows
    wait for each other because of it.
    """
    named = [
        [
            name
            for name in ((incoming.source, incoming.identity) if customers else (incoming.source,))
            if name
        ]
        for incoming in marked
    ]
    everything = [name for names in named for name in names]
    if len(set(everything)) == len(everything):
        return [list(marked)] if marked else []
    waves: list[list[Marked]] = []
    newest: dict[bytes, tuple[Marked, list[bytes], int]] = {}
    for incoming, names in zip(marked, named, strict=True):
        before = [newest[name] for name in names if name in newest]
        if before and all(last[0] is before[0][0] for last in before) and before[0][1] == names:
            _follow(before[0][0], incoming)
            continue
        at = max((turn + 1 for _incoming, _names, turn in before), default=0)
        newest.update(dict.fromkeys(names, (incoming, names, at)))
        while len(waves) <= at:
            waves.append([])
        waves[at].append(incoming)
    return waves


def _follow(first: Marked, row: Marked) -> None:
    if isinstance(first.later, list):
        first.later.append(row)
    else:
        first.later = [row]


class Wave:
    """Applies rows that name different records, as a feed may."""

    def __init__(self, job: Job, outcome: Outcome, problems: list[Problem]) -> None:
        self.job, self.outcome, self.problems = job, outcome, problems
        self.stored: dict[bytes, StoredRecord] = {}

    def apply(self, wave: Sequence[Marked]) -> list[bytes]:
        """Create, change or leave the record of each row; what the chunk's leaf is to anchor."""
        tags = [incoming.source for incoming in wave if incoming.source is not None]
        self.stored = match.by_source(self.job.collection, tags)
        is_customer = self.job.collection == Collection.CUSTOMER
        fresh, added, known = self._customers(wave) if is_customer else self._papers(wave)
        first = [*fresh, *(incoming for incoming, _owner in added)]
        repeated = [incoming for incoming in first if incoming.later]
        for incoming in repeated:
            self._carry(incoming)
        entries = write.create_customers(self.job, fresh)
        entries += write.add_records(self.job, added)
        differ = [
            (incoming, stored)
            for incoming, stored in known
            if incoming.mac != stored.row_mac or incoming.later
        ]
        self._adopt(known)
        self._keep_branches(differ)
        changed = write.change_records(self.job, differ)
        again = sum(len(incoming.versions()) - 1 for incoming in repeated)
        for incoming in (*repeated, *(incoming for incoming, _stored in differ)):
            self.outcome.kept += sum(row.kept for row in incoming.rows())
            self.outcome.cleared += sum(row.cleared for row in incoming.rows())
        self.outcome.created += len(fresh) + (0 if is_customer else len(added))
        self.outcome.changed += len(changed) + again + (len(added) if is_customer else 0)
        rows = len(known) + sum(
            len(incoming.later) for incoming in (*first, *(incoming for incoming, _stored in known))
        )
        self.outcome.unchanged += rows - len(changed) - again
        return entries + changed

    def _customers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, StoredRecord]]]:
        """New customers, records for customers that are known, and records that are held."""
        owners = self._owners(wave)
        missed = [
            incoming.identity
            for incoming in wave
            if incoming.identity and incoming.source not in self.stored
        ]
        records = match.of_customers(
            self.job.collection, {owners[tag] for tag in missed if tag in owners}
        )
        fresh: list[Marked] = []
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, StoredRecord]] = []
        for incoming in wave:
            stored = self.stored.get(incoming.source) if incoming.source else None
            owner = owners.get(incoming.identity) if incoming.identity else None
            if stored is None and owner is not None:
                stored = self._adopted(incoming, records.get(owner, []))
            if stored is not None and owner not in (None, stored.customer_id):
                self._refuse(incoming, "identity", IDENTITY_TAKEN)
            elif stored is not None:
                known.append((incoming, stored))
            elif owner is not None:
                added.append((incoming, owner))
            else:
                fresh.append(incoming)
        return fresh, added, known

    def _owners(self, wave: Sequence[Marked]) -> dict[bytes, UUID]:
        """The customers that the id numbers name. An id number has one customer, so of a row whose own record
        has it nobody need be asked."""
        owners: dict[bytes, UUID] = {}
        asked: list[bytes] = []
        for incoming in wave:
            if incoming.identity is None:
                continue
            stored = self.stored.get(incoming.source) if incoming.source else None
            if stored is not None and stored.identity_tag == incoming.identity:
                owners[incoming.identity] = stored.customer_id
            else:
                asked.append(incoming.identity)
        return match.by_identity(asked) | owners

    def _papers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, StoredRecord]]]:
        """Records of other collections: their customer must be known, and stay the same."""
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, StoredRecord]] = []
        owners = owners_of(self.job, [incoming.row for incoming in wave])
        for incoming, owner in zip(wave, owners, strict=True):
            stored = self.stored.get(incoming.source) if incoming.source else None
            if owner is None:
                self._refuse(incoming, "customer_key", CUSTOMER_UNKNOWN)
            elif stored is None:
                added.append((incoming, owner))
            elif stored.customer_id != owner:
                self._refuse(incoming, "customer_key", CUSTOMER_DIFFERS)
            else:
                known.append((incoming, stored))
        return [], added, known

    def _carry(self, first: Marked) -> None:
        """Rows that follow each other on a new record: the blanks of each keep what came before."""
        values = first.row.values
        for row in first.later:
            values = write.carried(self.job, values, row)
            row.row = replace(row.row, values=values)

    def _adopt(self, known: Sequence[tuple[Marked, StoredRecord]]) -> None:
        """A record that had no source key gets the row's."""
        statements.adopt(
            [
                (incoming.source, stored.customer_id, stored.record_id)
                for incoming, stored in known
                if incoming.source is not None and stored.source_tag is None
            ]
        )

    def _adopted(self, incoming: Marked, records: Sequence[StoredRecord]) -> StoredRecord | None:
        """The record of a customer, found by id number, that the row speaks of: one of this source."""
        own = [stored for stored in records if stored.made_by == self.job.source]
        if incoming.source is None:
            return own[0] if own else None
        return next((stored for stored in own if stored.source_tag is None), None)

    def _keep_branches(self, differ: Sequence[tuple[Marked, StoredRecord]]) -> None:
        """Only the feed that made a customer moves it; another's row leaves it where it is."""
        moves = [
            (row, stored)
            for incoming, stored in differ
            for row in incoming.rows()
            if row.row.branch and row.branch != stored.branch
        ]
        makers = match.makers({stored.customer_id for _row, stored in moves}) if moves else {}
        for row, stored in moves:
            if makers.get(stored.customer_id) not in (None, self.job.source):
                row.row.branch = ""

    def finish(self) -> None:
        """Nothing is left of a feed's chunk."""

    def _refuse(self, incoming: Marked, role: str, code: str) -> None:
        field = next(
            (t.code for t in targets.targets_of(self.job.collection) if t.role == role), ""
        )
        self.problems += [Problem(row.row.number, field, code) for row in incoming.rows()]


def owners_of(job: Job, rows: Sequence[Row]) -> list[UUID | None]:
    """The customer of each row: by the customer's key in the same source, else by the id number."""
    return [by_key or by_number for by_key, by_number in named_owners(job.source, rows)]


def named_owners(source: str, rows: Sequence[Row]) -> list[tuple[UUID | None, UUID | None]]:
    """The customers that each row's customer key and id number name."""
    index = custody.index_keys()
    keys = [customer_tag(index, source, row.customer_key) for row in rows]
    numbers = [identity_tag(index, row.identity) for row in rows]
    by_key = match.by_source(Collection.CUSTOMER, {key for key in keys if key})
    by_number = match.by_identity({number for number in numbers if number})
    owners: list[tuple[UUID | None, UUID | None]] = []
    for key, number in zip(keys, numbers, strict=True):
        stored = by_key.get(key) if key else None
        owner = by_number.get(number) if number else None
        owners.append((stored.customer_id if stored else None, owner))
    return owners


def customer_tag(index: IndexKeys, source: str, key: str) -> bytes | None:
    return key_tag(index, Collection.CUSTOMER, source, key)
