"""What goes in and out, as the description of the API tells it. Unknown names are refused.

Answers are plain dicts of `words.py`; the tests hold each against its description here.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, GetPydanticSchema, StringConstraints
from pydantic_core import core_schema

from tutela.access.purposes import Purpose
from tutela.trail.event_specs import EVENTS

from .moments import Moment

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
WorkItem = Annotated[str, StringConstraints(max_length=64)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=500)]
LevelName = Literal["none", "masked", "clear"]
EventName = Annotated[str, GetPydanticSchema(lambda *_: core_schema.literal_schema(sorted(EVENTS)))]
"""Every event that a room has declared."""
BATCH: int = 1_000
FIELDS: int = 100


class Given(Schema):
    """What a caller sends."""

    model_config = ConfigDict(extra="forbid")


class FindIn(Given):
    by: FieldCode = Field(description="A field's code from the catalogue, or the code with _last4.")
    value: Value
    purpose: Purpose


class ListIn(Given):
    purpose: Purpose
    branch: Annotated[str, StringConstraints(max_length=40)] = Field(
        "",
        description="The code of a branch in scope: its customers and those of all below it. "
        "Empty: all in scope.",
    )
    after: UUID | None = Field(None, description="The `after` of the page before.")
    limit: int = Field(50, ge=1, le=50)


class PurposeIn(Given):
    purpose: Purpose


class HistoryIn(Given):
    record_id: UUID
    purpose: Purpose


class RevealIn(Given):
    fields: list[FieldCode] = Field(min_length=1, max_length=FIELDS)
    purpose: Purpose
    work_item: WorkItem = Field(
        "", description="Number or id of an open work item of the customer."
    )
    reason: Words
    record_id: UUID | None = None


class CustomerIn(Given):
    customer_id: UUID
    work_item: WorkItem = ""


class RevealManyIn(Given):
    customers: list[CustomerIn] = Field(min_length=1, max_length=BATCH)
    fields: list[FieldCode] = Field(min_length=1, max_length=FIELDS)
    purpose: Purpose
    reason: Words


class ExplainIn(Given):
    customer_id: UUID
    purpose: Purpose
    fields: list[FieldCode] = Field(
        default_factory=list, max_length=FIELDS, description="Empty: every data class."
    )
    level: Literal["masked", "clear"] = "clear"
    way: Literal["view", "search"] = "view"
    work_item: WorkItem = ""


class RecordIn(Given):
    """A new record: of `customer_id`, or of a new customer of the branch."""

    collection: FieldCode
    values: dict[FieldCode, Value] = Field(min_length=1, max_length=FIELDS)
    purpose: Purpose
    customer_id: UUID | None = None
    branch: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,32}$")] = Field(
        "", description="The code of the branch that a new customer belongs to."
    )


class ChangeIn(Given):
    """The whole of what changes; fields that are not named keep their values, null clears one."""

    version: int = Field(
        ge=1, description="The version that was read; 409 if it is no longer the newest."
    )
    values: dict[FieldCode, Value | None] = Field(min_length=1, max_length=FIELDS)
    purpose: Purpose


class ImportIn(Given):
    collection: FieldCode = Field("", description="Empty: recognised from the columns.")
    source: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,40}$")] = Field(
        "", description="Name of the system that the file comes from."
    )
    mapping: Annotated[str, StringConstraints(pattern=r"^[\w .-]{0,64}$")] = Field(
        "", description="Name of a saved mapping. Empty: recognised or proposed."
    )
    dry_run: bool = False


class TrailIn(Given):
    person: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,64}$")] = Field(
        "", description="Id, login or staff number."
    )
    customer: UUID | None = None
    since: Moment | None = Field(None, description="Included. Without a zone: the company's.")
    until: Moment | None = Field(None, description="Not included.")
    event: EventName | None = None
    before: UUID | None = Field(None, description="The `before` of the page before.")
    limit: int = Field(100, ge=1, le=1_000)


class Problem(Schema):
    """RFC 9457. `params` are codes, ids, counts and places, never what was sent."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, object]
    instance: str


class MaskOut(Schema):
    code: str
    name: str
    data_class: int
    level: int
    text: str
    revealable: bool
    refused: bool


class CustomerOut(Schema):
    customer_id: UUID
    branch_id: int
    broken: bool
    fields: list[MaskOut]


class FoundOut(Schema):
    customers: list[CustomerOut]


class PageOut(Schema):
    customers: list[CustomerOut]
    after: UUID | None


class RecordOut(Schema):
    record_id: UUID
    collection: str
    version: int
    fields: list[MaskOut]
    refused_classes: list[int]


class DetailOut(Schema):
    customer_id: UUID
    branch_id: int
    records: list[RecordOut]
    refused_classes: list[int]
    leaf_id: UUID


class VersionOut(Schema):
    version: int
    written_at: datetime
    fields: list[MaskOut]
    changed: list[str]


class HistoryOut(Schema):
    versions: list[VersionOut]


class RevealedOut(Schema):
    customer_id: UUID
    values: dict[str, str]
    leaf_id: UUID
    until: datetime


class RevealedManyOut(Schema):
    """`refused` says by a code why a customer has no values."""

    values: dict[str, dict[str, str]]
    refused: dict[str, str]
    leaf_ids: list[UUID]
    until: datetime


class ClassOut(Schema):
    """`level` is what may be shown of the class; `code` and `reason` say what stands in the way."""

    data_class: int
    level: LevelName
    allowed: bool
    cell: str
    cell_reason: str
    overlay: str
    code: str
    reason: str


class ExplainedOut(Schema):
    allowed: bool
    matrix: str
    quota_left: int | None
    classes: list[ClassOut]


class WrittenOut(Schema):
    customer_id: UUID
    record_id: UUID
    version: int
    leaf_id: UUID | None = None


class FieldOut(Schema):
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


class CatalogueOut(Schema):
    fields: list[FieldOut]
    collections: list[str]
    purposes: list[str]


class QueuedOut(Schema):
    import_id: UUID
    state: Literal["queued"]
    collection: str


class ColumnOut(Schema):
    column: str
    field: str


class CountsOut(Schema):
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int


class ImportOut(CountsOut):
    import_id: UUID
    batch_id: UUID | None
    state: Literal["queued", "running", "stopped", "finished", "failed"]
    dry_run: bool = Field(description="Whether it is a rehearsal, which changes nothing.")
    collection: str
    source: str
    mapping: list[ColumnOut]
    total: int | None = Field(description="Rows in all; null while nobody knows.")
    estimated: bool = Field(description="Whether `total` is an estimate.")
    percent: int | None = Field(
        ge=0,
        le=100,
        description="Whole per cent that is done, as everybody sees it: 100 once it is finished, null "
        "while the total is not known.",
    )


class RejectOut(Schema):
    row: int
    field: str
    code: str
    reason: str


class RejectsOut(Schema):
    rejects: list[RejectOut]


class LeafOut(Schema):
    id: UUID
    at: datetime
    event: str
    actor_kind: str
    actor_id: str
    channel: str
    source: str
    customers: list[str]
    classes: list[int]
    fields: list[int]
    exposure: str
    purpose: str
    work_item: str
    outcome: str
    code: str
    rows: int | None
    broken: str


class LeavesOut(Schema):
    leaves: list[LeafOut]
    before: UUID | None


class ReportIn(Given):
    """A figure of another system for the days `begins` up to, not including, `ends`.

    A share (percent) has numerator and denominator; days, hours and a count have `value`.
    """

    target: str = Field(max_length=40)
    begins: date
    ends: date
    unit: Literal["percent", "days", "hours", "count"]
    source: str = Field(max_length=64)
    signer: str = Field(max_length=64)
    value: float | None = None
    numerator: int | None = Field(None, ge=0, le=2**53)
    denominator: int | None = Field(None, ge=0, le=2**53)
    file_hash: str = Field("", pattern="^([0-9a-f]{64})?$")
    reason: str = Field("", max_length=400)
    corrects: UUID | None = None
    withdraws: bool = False


class ReportedOut(Schema):
    evidence: UUID


class DaysOut(Schema):
    """`ends` is not included."""

    begins: date
    ends: date


class LineOut(Schema):
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
    cause: str
    period: DaysOut
    evidence_count: int
    outside_count: int
    proof_age_days: int | None
    next_due: date
    rule_version: str


class ScorecardOut(Schema):
    lines: list[LineOut]


class HealthOut(Schema):
    state: Literal["ok", "closed"]
