"""What an import writes: customers, records, tags, new versions. `commit` decides, this does.

Opening a stored record, or sealing a new one for a customer that exists, needs that customer's
keys, and those need a leaf that names the customer: one leaf for up to 1,000 customers, in the
chunk's own transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import ids
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.values import Value
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import SUBJECT_LIMIT, Exposure, Leaf
from tutela.vault import catalogue
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection

from . import copying, match, statements, targets
from .job import Again, Job, Marked
from .match import Held
from .tags import Tagged, numbers, packed_tags

_T = TypeVar("_T")


@cache
def classes_of(collection: int) -> tuple[int, ...]:
    """The data classes of a collection's fields."""
    return tuple(sorted({int(field.data_class) for field in catalogue.fields_of(collection)}))


def create_customers(job: Job, fresh: Sequence[Marked]) -> None:
    """New customers with their keys, their first record and its tags."""
    if not fresh:
        return
    customers, records = ids.uuid7s_bytes(len(fresh)), ids.uuid7s_bytes(len(fresh))
    made = custody.new_keys(customers)  # one by one: keys of thousands would not fit the caches
    owners = [
        copying.customer(customer, one.branch, one.identity)
        for customer, one in zip(customers, fresh, strict=True)
    ]
    sheet, key_rows = Sheet(job), []
    for one, customer, record, (keys, row) in zip(fresh, customers, records, made, strict=True):
        sheet.add(one, customer, record, keys)
        key_rows.append(row)
    statements.copy_customers(owners)
    custody.save_key_rows(key_rows)
    sheet.write()


def add_records(job: Job, added: Sequence[tuple[Marked, UUID]]) -> None:
    """New records of customers that exist."""
    for part in by_customer(added, lambda item: item[1]):
        keys = keys_for(job, Event.VAULT_RECORD_CREATED, {owner: None for _one, owner in part})
        sheet = Sheet(job)
        for (one, owner), record in zip(part, ids.uuid7s_bytes(len(part)), strict=True):
            sheet.add(one, owner.bytes, record, keys[owner])
        sheet.write()


class Sheet:
    """Records and tags that are packed, waiting to be copied."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.batch = job.batch.bytes
        self.index = custody.index_keys()
        self.records: list[bytes] = []
        self.tagged: list[Tagged] = []

    def add(self, one: Marked, customer: bytes, record: bytes, keys: CustomerKeys) -> None:
        """Seal one row as a first version."""
        collection, values = self.job.collection, one.row.values
        sealed = sealing.seal_record(keys, collection, record, 1, values)
        self.records.append(
            copying.record(
                (customer, record, collection, 1, keys.generation),
                (one.source, one.mac),
                sealed,
                self.batch,
            )
        )
        self.tagged.append((values, customer, record))

    def write(self) -> None:
        """Copy all. Tags go in their index's order, so that a page is visited once."""
        packed, lists = packed_tags(self.index, self.job.collection, self.tagged)
        statements.copy_records(
            record + copying.tag_list(tags)
            for record, tags in zip(self.records, lists, strict=True)
        )
        statements.copy_tags(sorted(packed))


def change_records(job: Job, differ: Sequence[tuple[Marked, Held]]) -> int:
    """New versions of the records whose values really differ; how many there were."""
    changed = 0
    for generation in sorted({held.generation for _one, held in differ}):
        same = [item for item in differ if item[1].generation == generation]
        for part in by_customer(same, lambda item: item[1].customer_id):
            wanted = {held.customer_id: generation for _one, held in part}
            changed += _change(job, part, keys_for(job, Event.VAULT_RECORD_CHANGED, wanted))
    return changed


def _change(
    job: Job, part: Sequence[tuple[Marked, Held]], keys: Mapping[UUID, CustomerKeys]
) -> int:
    grant = gate.require(job.actor, Permission.VAULT_IMPORT_RUN)
    old = match.stored([held for _one, held in part], job.collection)
    news: list[tuple[Marked, Held, dict[int, Value]]] = []
    for one, held in part:
        row = old[held.record_id]
        before = sealing.open_for_writing(keys[held.customer_id], row, grant=grant)
        kept = {field: value for field, value in before.items() if field not in job.mapped}
        after = kept | one.row.values
        if after != before:
            news.append((one, held, after))
    if news:
        _write_versions(job, news, keys)
    return len(news)


def _write_versions(
    job: Job,
    news: Sequence[tuple[Marked, Held, dict[int, Value]]],
    keys: Mapping[UUID, CustomerKeys],
) -> None:
    tagged = [(after, held.customer_id.bytes, held.record_id.bytes) for _o, held, after in news]
    packed, lists = packed_tags(custody.index_keys(), job.collection, tagged)
    updates = []
    for (one, held, after), tags in zip(news, lists, strict=True):
        customer, record, version = held.customer_id, held.record_id, held.version + 1
        sealed = sealing.seal_row(keys[customer], job.collection, record, version, after)
        new = (version, one.source, one.mac, *sealed, numbers(tags), job.batch)
        updates.append((*new, customer, record, held.version))
    names = [[held.customer_id for _o, held, _a in news], [held.record_id for _o, held, _a in news]]
    if not statements.new_versions(names, updates):
        raise Again
    if job.collection == Collection.CUSTOMER:
        statements.change_customers([_customer(one, held) for one, held, _a in news])
    statements.copy_tags(sorted(packed))


def _customer(one: Marked, held: Held) -> tuple[Any, ...]:
    """A customer's branch and id number follow the row that names them."""
    branch = one.branch if one.row.branch else held.branch
    differs = branch != held.branch or (one.identity or held.identity_tag) != held.identity_tag
    return branch, one.identity, held.customer_id, differs


def keys_for(
    job: Job, event: Event, wanted: Mapping[UUID, int | None], classes: tuple[int, ...] = ()
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
