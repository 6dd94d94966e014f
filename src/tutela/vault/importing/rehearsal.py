"""What a chunk of a rehearsal leaves: before it is compared a leaf that names whom it may tell of,
after it was rolled back its counts and the rows whose form is wrong.

A rehearsal tells who is a customer, as a search does. So each of its chunks is a search of the account,
and the list of its rows names only what the file itself shows: what the comparison refuses is counted.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.db import transaction

from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import SUBJECT_LIMIT, Leaf
from tutela.vault import events, pace
from tutela.vault.catalogue import Collection
from tutela.vault.errors import SearchLimit

from . import copying, match, rejects, statements, targets
from .job import Job, Marked, Outcome
from .prepare import Prepared

_PATIENCE = 300
"""Seconds that a chunk waits for its turn; then the limit itself is what stops the rehearsal."""
_CANDIDATES = """
    SELECT customer_id FROM vault.record WHERE collection = %s AND source_tag = ANY(%s)
    UNION SELECT customer_id FROM vault.record WHERE collection = %s AND source_tag = ANY(%s)
    UNION SELECT customer_id FROM vault.customer WHERE identity_tag = ANY(%s)
    UNION SELECT customer_id FROM vault.work_item WHERE number_tag = ANY(%s)
    ORDER BY 1"""


def take_turn(job: Job, chunk: int) -> None:
    """Count a chunk as a search, when the account has one left in this minute; the first was counted
    before the rehearsal began."""
    if not chunk:
        return
    for _second in range(_PATIENCE):
        with suppress(SearchLimit):
            pace.check(job.actor)
            return
        time.sleep(1)
    pace.check(job.actor)


class Tags:
    """What the rows of a chunk can be matched by. Each part is a list of tags of 16 bytes."""

    def __init__(self) -> None:
        self.sources: list[bytes] = []
        self.customers: list[bytes] = []
        self.identities: list[bytes] = []
        self.numbers: list[bytes] = []


def tags_of(job: Job, marked: Sequence[Marked]) -> Tags:
    """All that rows of records can be matched by."""
    from .waves import customer_tag

    tags, index = Tags(), custody.index_keys()
    tags.sources = [incoming.source for incoming in marked if incoming.source]
    tags.identities = [incoming.identity for incoming in marked if incoming.identity]
    keys = (customer_tag(index, job.source, incoming.row.customer_key) for incoming in marked)
    tags.customers = [key for key in keys if key]
    return tags


def candidates(collection: int, tags: Tags) -> list[UUID]:
    """The customers that rows with these tags can be matched with, in one statement."""
    rows = match.fetch(
        _CANDIDATES,
        (
            collection,
            copying.Blobs(tags.sources),
            int(Collection.CUSTOMER),
            copying.Blobs(tags.customers),
            copying.Blobs(tags.identities),
            copying.Blobs(tags.numbers),
        ),
    )
    return [customer for (customer,) in rows]


def trace(job: Job, chunk: int, rows: int, tags: Tags) -> None:
    """Leave the durable leaves of a chunk, of at most 1,000 customers each: all that its rows can be
    matched with. Nothing was compared before, and nothing is told yet."""
    customers = candidates(job.collection, tags)
    parts = [customers[at : at + SUBJECT_LIMIT] for at in range(0, len(customers), SUBJECT_LIMIT)]
    log.append_all([_leaf(job, chunk, rows, part) for part in parts or [[]]])


def _leaf(job: Job, chunk: int, rows: int, customers: Sequence[UUID]) -> Leaf:
    return Leaf(
        event=events.IMPORT_REHEARSED,
        actor=job.actor,
        subjects=tuple(("customer", str(customer)) for customer in customers),
        detail={
            "batch": str(job.batch),
            "chunk": chunk,
            "collection": targets.collection_code(job.collection),
            "rows": rows,
        },
    )


def keep(job: Job, chunk: int, outcome: Outcome, prepared: Prepared) -> None:
    """The counts of a chunk that was rolled back, and its rows whose form is wrong."""
    listed = rejects.seal_list(prepared, job.batch)
    with transaction.atomic():
        statements.insert_chunk([job.batch, chunk, *outcome.sums().values(), listed])
