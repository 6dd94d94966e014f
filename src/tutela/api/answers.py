"""What goes out: each answer is declared once, as a typed dict, and written, described and checked by it.

The type checker holds the writers to the names; pydantic makes the description (OpenAPI) and the serialiser from
the same declaration. The serialiser leaves out a name that is not declared and raises on a value of another type,
so nothing leaves that is not described (docs/decisions/api-answers.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, Final, Literal, NotRequired
from uuid import UUID

from pydantic import Field as Described
from pydantic import PlainSerializer, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict

from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.scorecard.board import Line
from tutela.trail.queries import LeafRow
from tutela.trail.segments.rows import Segment
from tutela.vault import catalogue
from tutela.vault.actions.claims import Queued
from tutela.vault.actions.records import Created
from tutela.vault.catalogue import Field
from tutela.vault.masked import (
    CustomerPage,
    MaskedCustomer,
    MaskedDetail,
    MaskedField,
    MaskedRecord,
    MaskedVersion,
)
from tutela.vault.reveal import Revealed, RevealedBatch

LevelName = Literal["none", "masked", "clear"]
LEVELS: Final[dict[Level, LevelName]] = {
    Level.NONE: "none",
    Level.MASKED: "masked",
    Level.CLEAR: "clear",
}
_COLLECTIONS: Final = {int(info.id): info.code for info in catalogue.COLLECTIONS}
Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: at.isoformat(timespec="milliseconds"), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
CustomerKey = Annotated[UUID, WithJsonSchema({"type": "string"})]
"""A customer's id as the name of an entry."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before, as `api.actions.once` stored it: plain JSON."""

    fields: Mapping[str, Any]


def encode(kind: Any, answer: object) -> bytes:
    """The JSON of an answer of a declared kind."""
    adapter = _adapter(kind)
    if isinstance(answer, Kept):
        answer = adapter.validate_python(answer.fields)
    return adapter.serializer.to_json(answer, warnings="error")


def plain(kind: Any, answer: object) -> Any:
    """The answer as it may be stored, to be given again as `Kept`."""
    return _adapter(kind).serializer.to_python(answer, mode="json", warnings="error")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class Problem(TypedDict):
    """RFC 9457. `params` are codes, ids, counts and places, never what was sent."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, object]
    instance: str


class MaskOut(TypedDict):
    code: str
    name: str
    data_class: int
    level: int
    text: str
    revealable: bool
    refused: bool


def masks(fields: Iterable[MaskedField]) -> list[MaskOut]:
    return [
        {
            "code": field.code,
            "name": field.name,
            "data_class": field.data_class,
            "level": field.level,
            "text": field.text,
            "revealable": field.revealable,
            "refused": field.refused,
        }
        for field in fields
    ]


class CustomerOut(TypedDict):
    customer_id: UUID
    branch_id: int
    broken: bool
    fields: list[MaskOut]


def customer(masked: MaskedCustomer) -> CustomerOut:
    return {
        "customer_id": masked.customer_id,
        "branch_id": masked.branch_id,
        "broken": masked.broken,
        "fields": masks(masked.fields),
    }


class FoundOut(TypedDict):
    customers: list[CustomerOut]


class PageOut(TypedDict):
    customers: list[CustomerOut]
    after: UUID | None


def page(masked: CustomerPage) -> PageOut:
    return {"customers": [customer(row) for row in masked.customers], "after": masked.after}


class RecordOut(TypedDict):
    record_id: UUID
    collection: str
    version: int
    fields: list[MaskOut]
    refused_classes: tuple[int, ...]


def record(masked: MaskedRecord) -> RecordOut:
    return {
        "record_id": masked.record_id,
        "collection": _COLLECTIONS[masked.collection],
        "version": masked.version,
        "fields": masks(masked.fields),
        "refused_classes": masked.refused_classes,
    }


class DetailOut(TypedDict):
    customer_id: UUID
    branch_id: int
    records: list[RecordOut]
    refused_classes: tuple[int, ...]
    leaf_id: UUID


def detail(masked: MaskedDetail) -> DetailOut:
    return {
        "customer_id": masked.customer_id,
        "branch_id": masked.branch_id,
        "records": [record(row) for row in masked.records],
        "refused_classes": masked.refused_classes,
        "leaf_id": masked.leaf_id,
    }


class VersionOut(TypedDict):
    version: int
    written_at: Moment
    fields: list[MaskOut]
    changed: tuple[str, ...]


class HistoryOut(TypedDict):
    versions: list[VersionOut]


def version(masked: MaskedVersion) -> VersionOut:
    return {
        "version": masked.version,
        "written_at": masked.written_at,
        "fields": masks(masked.fields),
        "changed": masked.changed,
    }


class RevealedOut(TypedDict):
    customer_id: UUID
    values: dict[str, str]
    leaf_id: UUID
    until: Moment


def revealed(customer_id: UUID, clear: Revealed) -> RevealedOut:
    return {
        "customer_id": customer_id,
        "values": clear.values,
        "leaf_id": clear.leaf_id,
        "until": clear.until,
    }


class RevealedManyOut(TypedDict):
    """`refused` says by a code why a customer has no values."""

    values: dict[CustomerKey, dict[str, str]]
    refused: dict[CustomerKey, str]
    leaf_ids: tuple[UUID, ...]
    until: Moment


def revealed_many(clear: RevealedBatch) -> RevealedManyOut:
    return {
        "values": clear.values,
        "refused": clear.refused,
        "leaf_ids": clear.leaf_ids,
        "until": clear.until,
    }


class ClassOut(TypedDict):
    """`level` is what may be shown of the class; `code` and `reason` say what stands in the way."""

    data_class: int
    level: LevelName
    allowed: bool
    cell: str
    cell_reason: str
    overlay: str
    code: str
    reason: str


class ExplainedOut(TypedDict):
    allowed: bool
    matrix: str
    quota_left: int | None
    classes: list[ClassOut]


class WrittenOut(TypedDict):
    customer_id: UUID
    record_id: UUID
    version: int
    leaf_id: NotRequired[UUID | None]


def created(record: Created) -> WrittenOut:
    return {
        "customer_id": record.customer_id,
        "record_id": record.record_id,
        "version": 1,
        "leaf_id": record.leaf_id,
    }


class HeldOut(TypedDict):
    """What waits for a data steward."""

    state: Literal["held"]
    held_id: UUID


def queued_for_steward(row: Queued) -> HeldOut:
    return {"state": "held", "held_id": row.held_id}


class FieldOut(TypedDict):
    id: int
    code: str
    collection: str
    name: str
    name_en: str
    name_zh: str
    data_class: int
    level: int
    value_type: str
    search: list[str]
    mandatory: bool


class CatalogueOut(TypedDict):
    fields: list[FieldOut]
    collections: list[str]
    purposes: list[str]


def field(kept: Field) -> FieldOut:
    return {
        "id": kept.id,
        "code": kept.code,
        "collection": _COLLECTIONS[int(kept.collection)],
        "name": kept.label(),
        "name_en": kept.name_en,
        "name_zh": kept.name_zh,
        "data_class": int(kept.data_class),
        "level": kept.level,
        "value_type": kept.value_type,
        "search": [transform.name.lower() for transform in kept.transforms],
        "mandatory": kept.mandatory,
    }


def whole_catalogue() -> CatalogueOut:
    return {
        "fields": [field(kept) for kept in catalogue.BY_ID.values()],
        "collections": [info.code for info in catalogue.COLLECTIONS],
        "purposes": [purpose.value for purpose in Purpose],
    }


ImportState = Literal["queued", "running", "stopped", "finished", "failed"]


class ReadOut(TypedDict):
    """How a file is read."""

    kind: str
    sheet: Annotated[str, Described(description="The sheet that is read; empty but for workbooks.")]
    left_out: Annotated[list[str], Described(description="The workbook's other sheets.")]
    delimiter: str
    encoding: str
    header_row: Annotated[int, Described(description="0 where names are part of the format.")]


class DoubtOut(TypedDict):
    column: str
    field: Annotated[str, Described(description="As it is imported; empty where it is left out.")]
    why: list[str]


class QueuedOut(TypedDict):
    import_id: UUID
    state: Literal["queued"]
    collection: str
    in_doubt: Annotated[
        list[DoubtOut], Described(description="Columns whose field somebody should check.")
    ]
    read: ReadOut


class DeliveryOut(TypedDict):
    delivery_id: UUID
    records: int
    taken: Annotated[int, Described(description="Accesses that were new.")]
    doubled: Annotated[int, Described(description="Records that came before.")]
    others: Annotated[int, Described(description="Records that tell of no access.")]
    restarts: Annotated[
        int, Described(description="How often the numbering of the records began again.")
    ]


class ColumnOut(TypedDict):
    column: str
    field: str


class CountsOut(TypedDict):
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    kept: Annotated[
        int, Described(description="Stored values that a blank cell left as they were.")
    ]
    cleared: Annotated[
        int,
        Described(description="Stored values that a blank cell cleared, as the mapping says."),
    ]


class ImportOut(CountsOut):
    import_id: UUID
    batch_id: UUID | None
    state: ImportState
    dry_run: Annotated[
        bool, Described(description="Whether it is a rehearsal, which changes nothing.")
    ]
    collection: str
    source: str
    file_name: Annotated[
        str, Described(description="Of a file that a person uploaded, for who may read its list.")
    ]
    mapping: list[ColumnOut]
    clears: Annotated[
        list[str], Described(description="The fields whose stored value a blank cell clears.")
    ]
    read: Annotated[
        ReadOut | None, Described(description="How the file is read; null until it has begun.")
    ]
    total: Annotated[int | None, Described(description="Rows in all; null while nobody knows.")]
    estimated: Annotated[bool, Described(description="Whether `total` is an estimate.")]
    percent: Annotated[
        int | None,
        Described(
            ge=0,
            le=100,
            description="Whole per cent that is done, as everybody sees it: 100 once it is finished, null "
            "while the total is not known.",
        ),
    ]


class RejectOut(TypedDict):
    row: int
    column: Annotated[
        str, Described(description="The file's column; empty for the row as a whole.")
    ]
    field: str
    code: str
    reason: str


class RejectsOut(TypedDict):
    rejects: list[RejectOut]


class ExampleOut(TypedDict):
    row: int
    cell: Annotated[str, Described(description="Masked as its field is.")]


class RejectKindOut(TypedDict):
    column: Annotated[
        str, Described(description="The file's column; empty for the row as a whole.")
    ]
    field: str
    code: str
    reason: str
    count: int
    examples: Annotated[
        list[ExampleOut], Described(description="Up to three, of a rehearsal; none of an import.")
    ]


class RejectSummaryOut(TypedDict):
    kinds: list[RejectKindOut]


class LeafOut(TypedDict):
    id: UUID
    at: Moment
    event: str
    actor_kind: str
    actor_id: str
    channel: str
    source: str
    customers: list[str]
    classes: tuple[int, ...]
    fields: tuple[int, ...]
    exposure: str
    purpose: str
    work_item: str
    outcome: str
    code: str
    rows: int | None
    broken: str
    system: Annotated[
        str,
        Described(description="The other system that told of it; empty for what was done here."),
    ]
    told: Annotated[Moment | None, Described(description="When that system says that it was.")]


class PurgedOut(TypedDict):
    month: str
    entries: int
    begins_at: datetime
    ends_at: datetime
    purged_at: datetime | None
    basis: str


class LeavesOut(TypedDict):
    leaves: list[LeafOut]
    before: UUID | None
    purged: list[PurgedOut]


def purged(segment: Segment) -> PurgedOut:
    """A sealed month that was purged: entries of it are missing from an answer by right."""
    return {
        "month": segment.name,
        "entries": segment.leaves,
        "begins_at": segment.begins_at,
        "ends_at": segment.ends_at,
        "purged_at": segment.purged_at,
        "basis": segment.basis,
    }


def leaf(row: LeafRow) -> LeafOut:
    """A leaf without the stated reason, which is sealed and may name somebody."""
    told = row.detail.get("told_ms")
    return {
        "id": row.id,
        "at": row.at,
        "event": row.event,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "channel": row.channel,
        "source": row.source,
        "customers": [key for kind, key in row.subjects if kind == "customer"],
        "classes": row.classes,
        "fields": row.fields,
        "exposure": row.exposure.value,
        "purpose": row.purpose,
        "work_item": row.work_item,
        "outcome": row.outcome,
        "code": row.code,
        "rows": row.rows,
        "broken": row.broken,
        "system": str(row.detail.get("system", "")) if row.channel == "outside" else "",
        "told": datetime.fromtimestamp(told / 1000, UTC) if isinstance(told, int) else None,
    }


class ReportedOut(TypedDict):
    evidence: UUID


class DaysOut(TypedDict):
    """`ends` is not included."""

    begins: date
    ends: date


class LineOut(TypedDict):
    """One promise. Without data `value` is null; no data is never told as good."""

    target: str
    measure: str
    department: str
    goal: float
    direction: Literal["at_least", "at_most"]
    value: float | None
    numerator: int
    denominator: int
    unit: str
    status: Literal["met", "at_risk", "not_met", "no_data"]
    condition: Literal["met", "at_risk", "not_met", "overdue", "no_data"]
    cause: str
    period: DaysOut
    evidence_count: int
    outside_count: int
    proof_age_days: int | None
    next_due: date
    overdue_days: int
    rule_version: str


class ScorecardOut(TypedDict):
    lines: list[LineOut]


def line(of_board: Line) -> LineOut:
    goal, reading = of_board.goal, of_board.reading
    return {
        "target": of_board.target,
        "measure": goal.measure,
        "department": goal.department,
        "goal": goal.goal,
        "direction": goal.direction,
        "value": reading.value,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "unit": goal.unit,
        "status": of_board.status.value,
        "condition": of_board.condition.value,
        "cause": of_board.cause.value,
        "period": {"begins": reading.begins, "ends": reading.ends},
        "evidence_count": reading.evidence,
        "outside_count": reading.outside,
        "proof_age_days": of_board.age,
        "next_due": of_board.due,
        "overdue_days": of_board.late,
        "rule_version": goal.rule,
    }


class HealthOut(TypedDict):
    state: Literal["ok", "closed"]
