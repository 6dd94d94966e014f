"""Show clear values. The order never changes: facts, gate, trace, keys, integrity, value.

Only the functions here return clear values to a door, and each takes a reason and a purpose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.conf import settings

from tutela.access import gate
from tutela.access.errors import OutOfScope
from tutela.access.grants import Grant, words
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf

from . import catalogue, events, looks, permissions, queries, work_items
from .catalogue import Field
from .errors import (
    CustomerNotFound,
    ReasonMissing,
    RecordBroken,
    RecordNotFound,
    TooManyAsked,
    UnknownField,
)
from .looks import Opened, Wanted
from .queries import Facts
from .rows import StoredRow

AT_ONCE = 1_000
"""Customers under one trace."""
_OUTWARD = {OutOfScope.code: CustomerNotFound.code}
"""What the caller is told where the trail says more."""
MOST_IN_A_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class RevealedCell:
    """One clear value and where it stands."""

    record_id: UUID
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """Clear values of one customer. `until`: when whoever shows them must hide them again."""

    cells: tuple[RevealedCell, ...]
    leaf_id: UUID
    until: datetime

    @property
    def values(self) -> dict[str, str]:
        """By field code; of several records that have the field, the oldest one's."""
        return {cell.code: cell.text for cell in reversed(self.cells)}


@dataclass(frozen=True, slots=True)
class RevealedBatch:
    """Clear values of many customers; `refused` says by code why the others have none."""

    values: dict[UUID, dict[str, str]]
    refused: dict[UUID, str]
    leaf_ids: tuple[UUID, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Justification:
    """Why somebody wants to see clear values. `work_item`: number or id, blank if none is needed."""

    purpose: str
    reason: str
    work_item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What is asked of each customer of a batch."""

    actor: Actor
    fields: tuple[Field, ...]
    purpose: Purpose
    note: str
    work_items: Mapping[UUID, UUID]
    classes: frozenset[int]
    # By collection: each field's id, and the number under which a row holds it (see StoredRow).
    places: Mapping[int, tuple[tuple[int, int], ...]]


def _wish(
    actor: Actor,
    fields: tuple[Field, ...],
    purpose: str,
    reason: str,
    work_items: Mapping[UUID, UUID],
) -> _Wish:
    return _Wish(
        actor=actor,
        fields=fields,
        purpose=looks.purpose_of(purpose),
        note=custody.seal_note(reason.strip()),
        work_items=work_items,
        classes=frozenset(int(field.data_class) for field in fields),
        places={
            collection: tuple(
                (field.id, field.id if field.single else -field.data_class)
                for field in fields
                if field.collection == collection
            )
            for collection in {field.collection for field in fields}
        },
    )


def reveal(
    actor: Actor,
    customer_id: UUID | str,
    codes: Iterable[str],
    justification: Justification,
    *,
    record_id: UUID | None = None,
) -> Revealed:
    """Clear values of one customer's fields; with `record_id`, of one record.

    A work item that is unknown, closed, another customer's or another person's is none.
    Raises ReasonMissing, PurposeMissing, UnknownField, CustomerNotFound, RecordNotFound,
    RecordBroken, what the gate refuses, and Unavailable when the trail is closed.
    """
    gate.require(actor, permissions.FIELD_REVEAL)
    _need_reason(justification.reason)
    fields = looks.fields_named(codes)
    return _revealed(actor, looks.customer_id_of(customer_id), fields, justification, record_id)


def reveal_places(
    actor: Actor,
    customer_id: UUID | str,
    places: Mapping[UUID, Iterable[str]],
    justification: Justification,
) -> Revealed:
    """Clear values of several records under one trace: of each record the fields of these codes. All or none.

    Raises what `reveal` does; RecordNotFound if one of the records is not the customer's.
    """
    gate.require(actor, permissions.FIELD_REVEAL)
    _need_reason(justification.reason)
    wanted = {record: looks.fields_named(codes) for record, codes in places.items()}
    fields = tuple(dict.fromkeys(field for some in wanted.values() for field in some))
    if not fields:
        raise UnknownField(field="")
    ids = {record: frozenset(field.id for field in some) for record, some in wanted.items()}
    only = next(iter(ids)) if len(ids) == 1 else None
    customer = looks.customer_id_of(customer_id)
    return _revealed(actor, customer, fields, justification, only, ids)


def _revealed(
    actor: Actor,
    customer: UUID,
    fields: tuple[Field, ...],
    why: Justification,
    record_id: UUID | None,
    within: Mapping[UUID, frozenset[int]] | None = None,
) -> Revealed:
    """Facts, gate, trace, keys, integrity, values. `within`: of each record these fields only."""
    number = why.work_item.strip()
    wish = _wish(actor, fields, why.purpose, why.reason, {})
    names = work_items.names_of(number) if number else ((), ())
    item, stored_facts, rows = queries.looked_at(actor, customer, names, wish.places, record_id)
    facts = stored_facts or queries.absent(customer)
    wish = replace(wish, work_items={customer: item} if item else {})
    if within is not None:
        rows = [row for row in rows if row.record_id in within]
        if len(rows) < len(within):
            rows = []
    seen = [_in_row(wish, row) for row in rows]
    if within is not None:
        seen = [of & within[row.record_id] for of, row in zip(seen, rows, strict=True)]
    ask = _ask(wish, facts, seen)
    if facts.exists and not rows:
        looks.check_customer(actor, facts, ask)
        raise looks.record_not_found(facts)
    grant = looks.granted(actor, facts, ask)
    wanted = [Wanted(row, fields, grant) for row, fields in zip(rows, seen, strict=True)]
    opened = looks.open_rows(_leaf(wish, [customer], grant), wanted)
    return Revealed(_cells(wish, rows, opened), opened.leaf_id, _until())


def reveal_many(
    actor: Actor, customers: Mapping[UUID, str], codes: Iterable[str], purpose: str, reason: str
) -> RevealedBatch:
    """The same for many customers, in traces of up to 1,000. A refusal of one leaves the others.

    `customers`: to each the number or id of a work item, blank if none is needed; one that is unknown is
    none. TooManyAsked above 20,000 customers.
    """
    gate.require(actor, permissions.FIELD_REVEAL)
    _need_reason(reason)
    if len(customers) > MOST_IN_A_BATCH:
        raise TooManyAsked(limit=MOST_IN_A_BATCH)
    fields = looks.fields_named(codes)
    numbers = {customer: text.strip() for customer, text in customers.items() if text.strip()}
    wish = _wish(actor, fields, purpose, reason, work_items.named(actor, numbers))
    batch = RevealedBatch({}, {}, (), _until())
    leaf_ids: list[UUID] = []
    rest = iter(customers)
    while part := list(islice(rest, AT_ONCE)):
        gate.check_still_valid(actor)
        leaf_ids += _reveal_part(wish, part, batch)
    return RevealedBatch(batch.values, batch.refused, tuple(leaf_ids), batch.until)


def _reveal_part(wish: _Wish, part: Sequence[UUID], batch: RevealedBatch) -> list[UUID]:
    """Up to 1,000 customers: one query for facts and rows, one trace, one load of keys."""
    stored_facts, rows = queries.facts_and_records(wish.actor, part, wish.work_items, wish.places)
    facts = {item: stored_facts.get(item) or queries.absent(item) for item in part}
    # Also of those who are not there: the gate is asked, and refuses, as for those outside the scope.
    seen = {item: [_in_row(wish, row) for row in rows.get(item, ())] for item in part}
    asks = {item: _ask(wish, facts[item], seen[item]) for item in part}
    allowed = _allowed(wish, facts, asks, rows, batch)
    if not allowed:
        return []
    grants = gate.require_data_many(wish.actor, list(allowed.values()))
    wanted = [
        Wanted(row, fields, grant)
        for item, grant in zip(allowed, grants, strict=True)
        for row, fields in zip(rows[item], seen[item], strict=True)
    ]
    opened = looks.open_rows(_leaf(wish, list(allowed), grants[0]), wanted, skip_broken=True)
    for item in allowed:
        if opened.broken and any(row.record_id in opened.broken for row in rows[item]):
            batch.refused[item] = RecordBroken.code
        else:
            batch.values[item] = _values(wish, rows[item], opened)
    return [opened.leaf_id]


def _allowed(
    wish: _Wish,
    facts: Mapping[UUID, Facts],
    asks: Mapping[UUID, gate.Ask],
    rows: Mapping[UUID, Sequence[StoredRow]],
    batch: RevealedBatch,
) -> dict[UUID, gate.Ask]:
    """The asks that the gate will grant; the others are refused, with a trace for each code."""
    refusals: dict[str, list[UUID]] = {}
    kept: dict[UUID, gate.Ask] = {}
    for item, ask in asks.items():
        code = _code(gate.decide(wish.actor, ask), facts[item], item in rows)
        if code:
            refusals.setdefault(code, []).append(item)
            batch.refused[item] = _OUTWARD.get(code, code)
        else:
            kept[item] = ask
    for code, items in refusals.items():
        decision = words(gate.decide(wish.actor, asks[items[0]]))
        leaf = _leaf(wish, items, None, {**decision, "outcome": "deny", "code": code})
        there = [item for item in items if facts[item].exists]
        log.append(replace(leaf, subjects=looks.subjects_of(there)))
    return kept


def _code(decision: gate.Decision, facts: Facts, has_rows: bool) -> str:
    """Why a customer is refused, as the trail tells it; empty if not."""
    if not facts.exists and any(decision.levels.values()):
        return CustomerNotFound.code
    if decision.overlay:
        return f"access.{decision.overlay}"
    return "" if has_rows else RecordNotFound.code


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _until() -> datetime:
    return clock.now() + timedelta(seconds=settings.TUTELA_REVEAL_SECONDS)


def _ask(wish: _Wish, facts: Facts, seen: Iterable[frozenset[int]]) -> gate.Ask:
    return gate.Ask(
        customer_id=str(facts.customer_id),
        branch_id=facts.branch_id,
        classes=wish.classes,
        purpose=wish.purpose,
        level=Level.CLEAR,
        assigned=facts.assigned,
        work_item_linked=facts.linked,
        exposure=Exposure.CLEAR,
        fields=max(1, sum(map(len, seen))),
    )


def _in_row(wish: _Wish, row: StoredRow) -> frozenset[int]:
    """The asked fields that may stand in a row; of a bundle only opening it can tell."""
    stored, places = row.fields, wish.places[row.collection]
    return frozenset([field for field, place in places if place in stored])


def _leaf(
    wish: _Wish,
    customers: Sequence[UUID],
    grant: Grant | None,
    decision: Mapping[str, str | int] | None = None,
) -> Leaf:
    items = {wish.work_items[item] for item in customers if item in wish.work_items}
    return Leaf(
        event=events.FIELD_REVEALED,
        actor=wish.actor,
        subjects=looks.subjects_of(customers),
        classes=tuple(sorted(wish.classes)),
        fields=tuple(sorted(field.id for field in wish.fields)),
        exposure=Exposure.CLEAR if grant else Exposure.NONE,
        purpose=wish.purpose.value,
        work_item=str(next(iter(items))) if len(items) == 1 else "",
        note=wish.note,
        decision=grant.as_leaf() if grant else decision or {},
        detail={"rows": len(customers)},
    )


def _cells(wish: _Wish, rows: Iterable[StoredRow], opened: Opened) -> tuple[RevealedCell, ...]:
    return tuple(
        RevealedCell(row.record_id, field.code, catalogue.as_text(values[field.id]))
        for row in rows
        for values in (opened.values.get(row.record_id, {}),)
        for field in wish.fields
        if field.id in values
    )


def _values(wish: _Wish, rows: Iterable[StoredRow], opened: Opened) -> dict[str, str]:
    """The texts by field code, of several records the oldest one's."""
    texts: dict[str, str] = {}
    for row in rows:
        values = opened.values.get(row.record_id, {})
        for field in wish.fields:
            if field.id in values:
                texts.setdefault(field.code, catalogue.as_text(values[field.id]))
    return texts
