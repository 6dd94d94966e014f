"""Finds customers by the key that a source system gave them, e.g. to link staff with their own records."""

from collections.abc import Iterable
from uuid import UUID

from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.crypto.errors import BadValue
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import SUBJECT_LIMIT, Leaf

from . import events, looks
from .catalogue import Collection
from .queries import fetch
from .rows import source_tag

_BY_TAG = """
SELECT source_tag, customer_id FROM vault.record
 WHERE collection = %s AND source_tag = ANY(%s)
"""


def customers_by_key(actor: Actor, source: str, keys: Iterable[str]) -> dict[str, UUID]:
    """The customers' ids by key, for the keys that are known; blank keys are left out. Who compares keys learns
    which of them are customers', so it leaves a leaf that names those, also when there are none."""
    index = custody.index_keys()
    tags: dict[bytes, str] = {}
    for key in keys:
        try:
            tags[source_tag(index, Collection.CUSTOMER, source, key)] = key
        except BadValue:
            continue
    if not tags:
        return {}
    rows = fetch(_BY_TAG, [int(Collection.CUSTOMER), list(tags)])
    found = {tags[bytes(tag)]: customer for tag, customer in rows}
    log.append_all(_leaves(actor, sorted(set(found.values()))))
    return found


def _leaves(actor: Actor, customers: list[UUID]) -> list[Leaf]:
    """One for each thousand customers; one without any where none is found."""
    parts = [
        customers[begin : begin + SUBJECT_LIMIT]
        for begin in range(0, len(customers), SUBJECT_LIMIT)
    ]
    return [
        Leaf(
            event=events.CUSTOMER_COMPARED,
            actor=actor,
            subjects=looks.subjects_of(part),
            purpose=Purpose.ADMINISTRATION.value,
            detail={"hits": len(part)},
        )
        for part in parts or [[]]
    ]
