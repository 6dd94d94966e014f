"""Whether customers' records open here, without giving a value to anybody: what a restored copy is asked.

Every current cell of a customer is opened and dropped. The leaf is written first, as for any look; the keys open
against its receipt and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tutela.base.actor import SYSTEM
from tutela.keys import custody
from tutela.keys.errors import KeyDamaged, KeyDestroyed, KeyUnknown
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf

from . import catalogue, looks, queries, rows
from .errors import RecordBroken
from .queries import HELD, fetch

OPENS, DESTROYED, DAMAGED, EMPTY = "opens", "destroyed", "damaged", "empty"
_ANY: Final = f"""
    SELECT c.customer_id FROM vault.customer c WHERE c.state = {HELD} AND EXISTS (
        SELECT FROM vault.record r WHERE r.customer_id = c.customer_id AND cardinality(r.cells) > 0)
    ORDER BY md5(c.customer_id::text || %s) LIMIT %s"""
_DESTROYED: Final = """
    SELECT customer_id FROM vault.customer WHERE state = 2
    ORDER BY md5(customer_id::text || %s) LIMIT %s"""
_KNOWN: Final = "SELECT customer_id FROM vault.customer WHERE customer_id = ANY(%s::uuid[])"
_LEFT: Final = "SELECT count(*) FROM vault.record WHERE customer_id = %s AND cardinality(cells) > 0"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one customer: `code` is opens, destroyed, damaged or empty; `cells` that were opened."""

    customer: UUID
    code: str
    cells: int


def held(most: int, seed: str) -> list[UUID]:
    """Some customers with records, chosen by `seed`."""
    return [row[0] for row in fetch(_ANY, (seed, most))]


def destroyed(most: int, seed: str) -> list[UUID]:
    """Some customers that were destroyed, chosen by `seed`."""
    return [row[0] for row in fetch(_DESTROYED, (seed, most))]


def known(customers: Sequence[UUID]) -> set[UUID]:
    """Which of these have a row."""
    return {row[0] for row in fetch(_KNOWN, (list(customers),))}


def prove(event: EventSpec, customers: Sequence[UUID]) -> list[Proof]:
    """Open every cell of each of these customers; `event` is that of the leaf that says so."""
    return [_prove(event, customer) for customer in customers]


def _prove(event: EventSpec, customer: UUID) -> Proof:
    stored = queries.records([customer])
    generations: list[int | None] = [*sorted({row.generation for row in stored})] or [None]
    leaf = Leaf(
        event=event,
        actor=SYSTEM,
        subjects=looks.subjects_of([customer]),
        classes=tuple(sorted(looks.ALL_CLASSES)),
        exposure=Exposure.DETAIL_MASKED,
    )
    receipt, cells = log.append(leaf), 0
    try:
        for generation in generations:
            keys = custody.customer_keys(
                customer, generation=generation, receipt=receipt, classes=looks.ALL_CLASSES,
                exposure=Exposure.DETAIL_MASKED,
            )  # fmt: skip
            for row in stored:
                if row.generation == generation:
                    fields = [field.id for field in catalogue.fields_of(row.collection)]
                    cells += rows.count_opened(keys, row, fields)
    except KeyDestroyed:
        left = fetch(_LEFT, (customer,))[0][0]
        return Proof(customer, DAMAGED if left else DESTROYED, 0)
    except (KeyUnknown, KeyDamaged, RecordBroken):
        return Proof(customer, DAMAGED, cells)
    return Proof(customer, OPENS if cells else EMPTY, cells)
