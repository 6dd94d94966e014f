"""What an import writes: customers, records, tags, new versions. `commit` decides, this does.

Opening a stored record, or sealing a new one for a customer that exists, needs that customer's
keys, and those need a leaf that names the customer: one leaf for up to 1,000 customers, in the
chunk's own transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from tutela.access import gate
from tutela.access.permission_specs import PERMISSIONS
from tutela.base import ids
from tutela.crypto.sealing import CustomerKeys
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import SUBJECT_LIMIT, Exposure, Leaf
from tutela.vault import anchors, catalogue, events
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection

from . import copying, match, statements, targets
from .job import Again, Job, Marked
from .match import StoredRecord
from .prepare import Values
from .tags import Tagged, numbers, packed_tags

_T = TypeVar("_T")
FIRST = 1
"""The version of a new record and of a new customer."""


@cache
def classes_of(collection: int) -> tuple[int, ...]:
    """The data classes of a collection's fields."""
    return tuple(sorted({int(field.data_class) for field in catalogue.fields_of(collection)}))


def create_customers(job: Job, fresh: Sequence[Marked]) -> list[bytes]:
    """New customers with their keys, their first record and its tags; what the leaf is to anchor."""
    if not fresh:
        return []
    customers, records = ids.uuid7s_bytes(len(fresh)), ids.uuid7s_bytes(len(fresh))
    new_keys = custody.new_keys(customers)  # one by one: keys of thousands would not fit the caches
    owners = [
        copying.customer(customer, _branch_of(incoming), incoming.identity)
        for customer, incoming in zip(customers, fresh, strict=True)
    ]
    sheet, key_rows = Sheet(job, fresh), []
    for incoming, customer, record, (keys, row) in zip(
        fresh, customers, records, new_keys, strict=True
    ):
        sheet.add(incoming, (customer, record), keys, (FIRST, _branch_of(incoming)))
        key_rows.append(row)
    statements.copy_customers(owners)
    custody.save_key_rows(key_rows)
    return sheet.write()


def add_records(job: Job, added: Sequence[tuple[Marked, UUID]]) -> list[bytes]:
    """New records of customers that exist; what the leaf is to anchor."""
    entries: list[bytes] = []
    for part in by_customer(added, lambda item: item[1]):
        keys = keys_for(job, events.RECORD_CREATED, {owner: None for _incoming, owner in part})
        sheet = Sheet(job, [incoming for incoming, _owner in part])
        for (incoming, owner), record in zip(part, ids.uuid7s_bytes(len(part)), strict=True):
            sheet.add(incoming, (owner.bytes, record), keys[owner])
        entries += sheet.write()
    return entries


def _branch_of(incoming: Marked) -> int:
    """The branch of a new customer: of its last row that names one."""
    if not incoming.later:
        return incoming.branch
    return next(
        (row.branch for row in reversed(incoming.rows()) if row.row.branch), incoming.branch
    )


class Sheet:
    """Records and tags that are packed, waiting to be copied. The rows are added in the order given here."""

    def __init__(self, job: Job, rows: Sequence[Marked]) -> None:
        self.job = job
        self.plains = sealing.plains_of([step.row.values for row in rows for step in _steps(row)])
        self.batch = job.batch.bytes
        self.index = custody.index_keys()
        self.records: list[bytes] = []
        self.tagged: list[Tagged] = []
        self.older: list[tuple[Any, ...]] = []
        self.entries: list[bytes] = []

    def add(
        self,
        incoming: Marked,
        place: tuple[bytes, bytes],
        keys: CustomerKeys,
        standing: tuple[int, int] = (0, 0),
    ) -> None:
        """Seal one row as a first version; rows that follow it on the record are the next ones.

        Place is (customer, record); standing, of a new customer, its version and branch."""
        customer, record = place
        collection = self.job.collection
        versions = _steps(incoming)
        for version, row in enumerate(versions, FIRST):
            shape, plains = next(self.plains)
            sealed = sealing.seal_plains(keys, (collection, record, version), shape, plains)
            said = standing if version == FIRST else (0, 0)
            self.entries.append(anchors.pack(place, version, sealed.manifest, said))
            if version < len(versions):
                names = (UUID(bytes=customer), UUID(bytes=record), collection, version)
                marks = (keys.generation, row.source, row.mac)
                cells = (shape.fields, sealed.cells, sealed.manifest)
                self.older.append((*names, *marks, *cells, self.job.batch))
                continue
            self.records.append(
                copying.record(
                    (customer, record, collection, version, keys.generation),
                    (row.source, row.mac),
                    (shape.fields, sealed.listed, sealed.manifest),
                    self.batch,
                )
            )
            self.tagged.append((row.row.values, customer, record))

    def write(self) -> list[bytes]:
        """Copy all; the entries to anchor. Tags go in their index's order, so that a page is visited once."""
        packed, lists = packed_tags(self.index, self.job.collection, self.tagged)
        statements.copy_records(
            record + copying.tag_list(tags)
            for record, tags in zip(self.records, lists, strict=True)
        )
        statements.copy_tags(sorted(packed))
        statements.keep_versions(self.older)
        return self.entries


def _steps(incoming: Marked) -> list[Marked]:
    """The rows of a new record that each make a version."""
    return incoming.versions() if incoming.later else [incoming]


_Standing = tuple[int, int]
"""A customer's version and branch."""


def change_records(job: Job, differ: Sequence[tuple[Marked, StoredRecord]]) -> list[bytes]:
    """New versions of the records whose values really differ; what the leaf is to anchor of each."""
    changed: list[bytes] = []
    standings = {
        stored.customer_id: (stored.customer_version, stored.branch) for _incoming, stored in differ
    }
    for generation in sorted({stored.generation for _incoming, stored in differ}):
        same = [item for item in differ if item[1].generation == generation]
        for part in by_customer(same, lambda item: item[1].customer_id):
            wanted = {stored.customer_id: generation for _incoming, stored in part}
            keys = keys_for(job, events.RECORD_CHANGED, wanted)
            changed += _write_versions(job, _changes(job, part, keys), keys, standings)
    return changed


def _changes(
    job: Job, part: Sequence[tuple[Marked, StoredRecord]], keys: Mapping[UUID, CustomerKeys]
) -> "list[_Change]":
    """The rows whose values differ from what is stored, with all values of their next versions."""
    grant = gate.require(job.actor, PERMISSIONS[job.permission])
    old = match.stored([stored for _incoming, stored in part], job.collection)
    news: list[_Change] = []
    for incoming, stored in part:
        row = old[stored.record_id]
        before = sealing.open_for_writing(keys[stored.customer_id], row, grant=grant)
        steps: list[tuple[Marked, Values]] = []
        for follower in incoming.rows() if incoming.later else [incoming]:
            last = steps[-1][1] if steps else before
            after = carried(job, last, follower)
            if after != last:
                steps.append((follower, after))
        if steps:
            news.append(_Change(stored, steps, _number_of(before)))
    return news


def carried(job: Job, before: Values, incoming: Marked) -> Values:
    """All values that a record has after a row: the row's own, and what its blanks keep of those before.

    What is kept and what is cleared is counted, and the row is known again by what was stored, so that the same
    row once more is compared and counted anew."""
    values = incoming.row.values
    incoming.cleared += len(job.clears & (before.keys() - values.keys()))
    kept = {
        field: value
        for field, value in before.items()
        if field not in values and field not in job.clears
    }
    if not kept:
        return values
    after = kept | values
    blank = len(kept.keys() & job.mapped)
    if blank:
        incoming.kept += blank
        mapped = {field: value for field, value in after.items() if field in job.mapped}
        incoming.mac = sealing.row_mac(custody.index_keys(), job.collection, mapped)
    return after


@dataclass(frozen=True, slots=True)
class _Change:
    """The new versions of one record, oldest first: the row of each and all its values. `number`: the id
    number that it had before, "" for none."""

    stored: StoredRecord
    steps: list[tuple[Marked, Values]]
    number: str

    def loses_number(self) -> bool:
        """Whether a blank takes away the id number by which the customer is known. Another record of the
        customer, which never had it, takes nothing."""
        if not self.number or _number_of(self.steps[-1][1]):
            return False
        return sealing.identity_tag(custody.index_keys(), self.number) == self.stored.identity_tag


def _number_of(values: Values) -> str:
    """The id number among a customer's values, "" for none."""
    field = catalogue.role_of(Collection.CUSTOMER, "identity")
    return catalogue.as_text(values[field.id]) if field and field.id in values else ""


def _write_versions(
    job: Job,
    news: Sequence[_Change],
    keys: Mapping[UUID, CustomerKeys],
    standings: dict[UUID, _Standing],
) -> list[bytes]:
    """The next versions and what follows for their customers; the entries to anchor."""
    if not news:
        return []
    tagged = [
        (change.steps[-1][1], change.stored.customer_id.bytes, change.stored.record_id.bytes)
        for change in news
    ]
    packed, lists = packed_tags(custody.index_keys(), job.collection, tagged)
    updates, between, entries = [], [], []
    before = {customer: branch for customer, (_version, branch) in standings.items()}
    customers = [_customer(job, change, standings) for change in news]
    for change, tags, (standing, _row) in zip(news, lists, customers, strict=True):
        stored, last = change.stored, len(change.steps)
        customer, record, opened = stored.customer_id, stored.record_id, keys[stored.customer_id]
        for step, (incoming, after) in enumerate(change.steps, 1):
            version = stored.version + step
            sealed = sealing.seal_row(opened, job.collection, record, version, after)
            marks = (incoming.source or stored.source_tag, incoming.mac)
            said = standing if step == last else (0, 0)
            place = (customer.bytes, record.bytes)
            entries.append(anchors.pack(place, version, sealed.manifest, said))
            if step < last:
                names = (customer, record, job.collection, version, opened.generation)
                between.append((*names, *marks, *sealed, job.batch))
            else:
                new = (version, *marks, *sealed, numbers(tags), job.batch)
                updates.append((*new, customer, record, stored.version))
    statements.keep_versions(between)
    if not statements.new_versions(updates):
        raise Again
    if not statements.change_customers([row for _standing, row in customers if row]):
        raise Again
    moved = [
        change.stored.customer_id
        for change, (said, _row) in zip(news, customers, strict=True)
        if said[0]
    ]
    statements.note_moves([(job.batch, customer, before[customer]) for customer in moved])
    statements.copy_tags(sorted(packed))
    return entries


def _customer(
    job: Job, change: _Change, standings: dict[UUID, _Standing]
) -> tuple[_Standing, tuple[Any, ...]]:
    """A customer's branch and id number follow the last row that names them: the standing that the leaf
    is to anchor, (0, 0) if the branch stays, and the row to write, empty if nothing differs."""
    if job.collection != Collection.CUSTOMER:
        return (0, 0), ()
    stored, rows = change.stored, [incoming for incoming, _after in change.steps]
    version, present = standings[stored.customer_id]
    branch = next((incoming.branch for incoming in reversed(rows) if incoming.row.branch), present)
    identity, moves, loses = rows[-1].identity, branch != present, change.loses_number()
    if not moves and not loses and (identity or stored.identity_tag) == stored.identity_tag:
        return (0, 0), ()
    standing = (version + 1, branch) if moves else (0, 0)
    if moves:
        standings[stored.customer_id] = standing
    return standing, (branch, loses, stored.record_id, identity, stored.customer_id, version)


def anchor(entries: Sequence[bytes]) -> dict[str, str]:
    """Keep the list of a chunk's entries; the root for its leaf, nothing if nothing was written."""
    if not entries:
        return {}
    root, body = anchors.joined(entries)
    statements.keep_anchor(copying.anchor(root, body))
    return {"root": root.hex()}


def keys_for(
    job: Job, event: EventSpec, wanted: Mapping[UUID, int | None], classes: tuple[int, ...] = ()
) -> dict[UUID, CustomerKeys]:
    """The keys of customers that exist, against a leaf that names them."""
    classes = classes or classes_of(job.collection)
    receipt = log.append_with_change(
        Leaf(
            event=event,
            actor=job.actor,
            subjects=tuple(("customer", str(customer)) for customer in wanted),
            classes=classes,
            exposure=Exposure.WRITE,
            detail={"collection": targets.collection_code(job.collection), "rows": len(wanted)},
        )
    )
    return custody.customer_keys_many(
        wanted, receipt=receipt, classes=classes, exposure=Exposure.WRITE
    )


def by_customer(items: Sequence[_T], owner: Any) -> Iterator[list[_T]]:  # a key function of _T
    """Parts of at most 1,000 different customers: one leaf names no more."""
    part: list[_T] = []
    seen: set[UUID] = set()
    for item in items:
        customer = owner(item)
        if customer not in seen and len(seen) == SUBJECT_LIMIT:
            yield part
            part, seen = [], set()
        part.append(item)
        seen.add(customer)
    if part:
        yield part
