"""One look at customers' cells, always in the same order: trace, keys, integrity, clear values.

`find`, `view`, `reveal` and `history` say what they want; only this file opens anything for them.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from tutela.access import gate
from tutela.access.asks import Overlay
from tutela.access.errors import DataRefused, OutOfScope
from tutela.access.grants import Grant, words
from tutela.access.levels import Level
from tutela.access.plan import Plan
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.values import Value
from tutela.detect.classes import DataClass
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.trail.receipts import Receipt

from . import catalogue, events, rows
from .catalogue import Field
from .errors import (
    CustomerNotFound,
    PurposeMissing,
    RecordBroken,
    RecordNotFound,
    UnknownField,
)
from .queries import Facts
from .rows import StoredRow

ALL_CLASSES: frozenset[int] = frozenset(int(item) for item in DataClass)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Fields of one row that are to be opened, and the grant that allows it."""

    row: StoredRow
    fields: frozenset[int]
    grant: Grant


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of a look. `values` by record; `broken` are records that did not pass."""

    leaf_id: UUID
    values: dict[UUID, dict[int, Value]]
    broken: frozenset[UUID]


def purpose_of(text: str) -> Purpose:
    """The stated purpose, or PurposeMissing."""
    try:
        return Purpose(text)
    except ValueError:
        raise PurposeMissing from None


def customer_id_of(text: UUID | str) -> UUID:
    """The id of a customer as doors hand it in, or CustomerNotFound."""
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError:
        raise CustomerNotFound from None


def fields_named(codes: Iterable[str]) -> tuple[Field, ...]:
    """The fields of these codes, each once; UnknownField also when there is none."""
    fields = tuple(dict.fromkeys(catalogue.by_code(code) for code in codes))
    if not fields:
        raise UnknownField(field="")
    return fields


def subjects_of(customer_ids: Iterable[UUID]) -> tuple[tuple[str, str], ...]:
    """Customers as the trail knows them, each once."""
    return tuple(("customer", str(item)) for item in dict.fromkeys(customer_ids))


def visible(levels: Mapping[int, Level]) -> frozenset[int]:
    """The classes of which at least masks may be seen."""
    return frozenset(item for item, level in levels.items() if level >= Level.MASKED)


def masked_grants(
    actor: Actor, plan: Plan, customers: Sequence[Facts], classes: Some[int], exposure: Exposure
) -> dict[UUID, Grant]:
    """A grant for the masks of each row of a page, by what the plan shows of it."""
    asks = [
        gate.Ask(
            customer_id=str(facts.customer_id),
            branch_id=facts.branch_id,
            classes=seen,
            purpose=plan.purpose,
            level=Level.MASKED,
            assigned=facts.assigned,
            work_item_linked=facts.linked,
            exposure=exposure,
        )
        for facts in customers
        if (seen := visible(levels_of(plan, facts)) & frozenset(classes))
    ]
    granted = gate.require_data_many(actor, asks) if asks else []
    return {UUID(grant.customer_id): grant for grant in granted}


def levels_of(plan: Plan, facts: Facts) -> Mapping[int, Level]:
    """What the plan shows of one customer."""
    return plan.row(str(facts.customer_id), facts.branch_id, facts.assigned)


def granted(actor: Actor, facts: Facts, ask: gate.Ask) -> Grant:
    """A grant for one customer; CustomerNotFound outside the scope as for one who is not there."""
    if not facts.exists:
        decision = gate.decide(actor, ask)
        if any(decision.levels.values()):
            raise not_found(facts, decision)
    try:
        return gate.require_data(actor, ask)
    except DataRefused as refused:
        raise _outward(refused, facts) from None


def check_customer(actor: Actor, facts: Facts, ask: gate.Ask) -> None:
    """Refuse as `granted` does for a customer who is there; spends nothing."""
    try:
        gate.check_data(actor, ask)
    except DataRefused as refused:
        raise _outward(refused, facts) from None


def not_found(facts: Facts, decision: gate.Decision) -> CustomerNotFound:
    """What is told of a customer outside the scope, or not there, and the decision for its leaf."""
    outside = decision.overlay == Overlay.OUT_OF_SCOPE.word
    code = OutOfScope.code if outside else CustomerNotFound.code
    error = CustomerNotFound()
    error.decision = {**words(decision), "outcome": "deny", "code": code}
    error.subjects = _subjects(facts)
    return error


def record_not_found(facts: Facts) -> RecordNotFound:
    """No such record of a customer who may be seen."""
    error = RecordNotFound()
    error.subjects = _subjects(facts)
    return error


def _outward(refused: DataRefused, facts: Facts) -> DataRefused | CustomerNotFound:
    """The refusal with its subject, if there is one; outside the scope is "not found"."""
    if not isinstance(refused, OutOfScope):
        refused.subjects = _subjects(facts)
        return refused
    error = CustomerNotFound()
    error.decision, error.subjects = refused.decision, _subjects(facts)
    return error


def _subjects(facts: Facts) -> tuple[tuple[str, str], ...]:
    return subjects_of([facts.customer_id]) if facts.exists else ()


def open_rows(leaf: Leaf, wanted: Sequence[Wanted], *, skip_broken: bool = False) -> Opened:
    """Write the trace, then open what is wanted. RecordBroken, itself traced, if a row is off.

    With `skip_broken` (lists) such a row gives nothing and the others are shown.
    """
    leaf_id, values, broken = _open(leaf, wanted, skip_broken)
    by_record = {wanted[place].row.record_id: cells for place, cells in values.items()}
    return Opened(leaf_id, by_record, frozenset(wanted[place].row.record_id for place in broken))


def open_versions(leaf: Leaf, wanted: Sequence[Wanted]) -> list[dict[int, Value]]:
    """The same for rows that are versions of one record: values in the order of the rows."""
    _, values, _ = _open(leaf, wanted, skip_broken=False)
    return [values[place] for place in range(len(wanted))]


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """The number of a work item as it is stored, and the grant that allows to open it."""

    item: UUID
    customer_id: UUID
    sealed: bytes
    grant: Grant

    @property
    def generation(self) -> int:
        """The key generation that its envelope names."""
        return int.from_bytes(self.sealed[4:8], "big")


def open_work(
    leaf: Leaf, wanted: Sequence[Wanted], numbers: Sequence[SealedNumber]
) -> tuple[dict[UUID, dict[int, Value]], dict[UUID, str]]:
    """Values by record and numbers by work item, under one trace. A broken one, itself traced, gives nothing."""
    receipt = log.append(leaf)
    keys = _keys_of(receipt, leaf, {(one.customer_id, one.generation) for one in numbers}
        | {(want.row.customer_id, want.row.generation) for want in wanted})  # fmt: skip
    values: dict[UUID, dict[int, Value]] = {}
    texts: dict[UUID, str] = {}
    for want in wanted:
        row = want.row
        try:
            own = keys[row.customer_id, row.generation]
            values[row.record_id] = rows.open_cells(own, row, want.fields, grant=want.grant)
        except RecordBroken:
            _trace_broken(leaf, row.customer_id, row.record_id)
    for one in numbers:
        try:
            own = keys[one.customer_id, one.generation]
            texts[one.item] = rows.open_number(own, one.item, one.sealed, grant=one.grant)
        except RecordBroken:
            _trace_broken(leaf, one.customer_id, one.item)
    return values, texts


def _keys_of(
    receipt: Receipt, leaf: Leaf, needed: set[tuple[UUID, int]]
) -> dict[tuple[UUID, int], CustomerKeys]:
    """The keys of these customers and generations; a receipt gives each of them out once."""
    keys: dict[tuple[UUID, int], CustomerKeys] = {}
    rest = set(needed)
    while rest:
        layer = dict(rest)
        given = custody.customer_keys_many(
            layer, receipt=receipt, classes=leaf.classes, exposure=leaf.exposure
        )
        keys |= {name: given[name[0]] for name in layer.items()}
        rest -= layer.items()
    return keys


def _open(
    leaf: Leaf, wanted: Sequence[Wanted], skip_broken: bool
) -> tuple[UUID, dict[int, dict[int, Value]], set[int]]:
    """The trace's id, values by place, places of broken rows."""
    receipt = log.append(leaf)
    values: dict[int, dict[int, Value]] = {}
    broken: set[int] = set()
    for layer in _layers(wanted):
        keys = custody.customer_keys_many(
            {wanted[at].row.customer_id: wanted[at].row.generation for at in layer},
            receipt=receipt,
            classes=leaf.classes,
            exposure=leaf.exposure,
        )
        for at in layer:
            want = wanted[at]
            row = want.row
            try:
                values[at] = rows.open_cells(
                    keys[row.customer_id], row, want.fields, grant=want.grant
                )
            except RecordBroken:
                _trace_broken(leaf, row.customer_id, row.record_id)
                if not skip_broken:
                    raise
                broken.add(at)
    return receipt.leaf_id, values, broken


@contextmanager
def traced_if_broken(leaf: Leaf, row: StoredRow) -> Iterator[None]:
    """Record, on the log's own connection, that a row was refused: who met it, which one it is."""
    try:
        yield
    except RecordBroken:
        _trace_broken(leaf, row.customer_id, row.record_id)
        raise


def _trace_broken(leaf: Leaf, customer_id: UUID, record_id: UUID) -> None:
    log.append(
        replace(
            leaf,
            subjects=subjects_of([customer_id]),
            exposure=Exposure.NONE,
            decision={"outcome": "deny", "code": RecordBroken.code},
            detail={"record": str(record_id), "code": RecordBroken.code},
        )
    )


class Version(NamedTuple):
    """A version of a record that a change writes."""

    customer_id: UUID
    record_id: UUID
    collection: int
    number: int


def with_opening(leaf: Leaf, version: Version) -> Leaf:
    """The leaf that a customer's keys are opened against to write a version."""
    return replace(leaf, event=events.RECORD_OPENED, detail=_detail(version))


def with_anchor(
    leaf: Leaf, version: Version, manifest: bytes, standing: tuple[int, int] | None = None
) -> Leaf:
    """A change's leaf with the version that it wrote and its manifest hash; for a new customer also
    the standing: its version and branch."""
    detail = _detail(version) | {"manifest": manifest.hex()}
    if standing is not None:
        detail |= {"customer_version": standing[0], "branch": standing[1]}
    return replace(leaf, detail=detail)


def _detail(version: Version) -> dict[str, str | int]:
    code = next(info.code for info in catalogue.COLLECTIONS if info.id == version.collection)
    return {"collection": code, "record": str(version.record_id), "version": version.number}


def _layers(wanted: Sequence[Wanted]) -> Iterator[list[int]]:
    """Places in groups with one key generation of each customer; nearly always one group."""
    rest = list(range(len(wanted)))
    while rest:
        taken: dict[UUID, int] = {}
        layer: list[int] = []
        later: list[int] = []
        for at in rest:
            row = wanted[at].row
            same = taken.setdefault(row.customer_id, row.generation) == row.generation
            (layer if same else later).append(at)
        yield layer
        rest = later


def classes_of(fields: Iterable[int]) -> tuple[int, ...]:
    """The data classes of fields, rising."""
    return tuple(sorted({int(catalogue.by_id(item).data_class) for item in fields}))
