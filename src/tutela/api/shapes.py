"""What callers send, as the description of the API tells it. Unknown names are refused."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, GetPydanticSchema, StringConstraints
from pydantic_core import core_schema

from tutela.access.purposes import Purpose
from tutela.trail.event_specs import EVENTS
from tutela.trail.ocsf import NEWEST
from tutela.vault.trace import By
from tutela.watch.rules import RULES

from .moments import Moment

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,64}$")]
FieldCodeOrNone = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{0,64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
WorkItem = Annotated[str, StringConstraints(max_length=64)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=500)]
EventName = Annotated[str, GetPydanticSchema(lambda *_: core_schema.literal_schema(sorted(EVENTS)))]
"""Every event that a room has declared."""
RuleCode = Annotated[str, GetPydanticSchema(lambda *_: core_schema.literal_schema(list(RULES)))]
"""Every rule of the watch."""
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
    sheet: Annotated[str, StringConstraints(max_length=255)] = Field(
        "",
        description="Name of the workbook's sheet to read. Empty: the first that looks like a table.",
    )
    delimiter: Annotated[str, StringConstraints(max_length=64)] = Field(
        "",
        description="What stands between the cells of a text: the characters, a word (tab) or escapes "
        "(\\t, \\x01). Empty: recognised.",
    )
    encoding: Annotated[str, StringConstraints(max_length=40)] = Field(
        "", description="Encoding of a text, as in `gb18030`. Empty: recognised."
    )
    clears: list[FieldCodeOrNone] | None = Field(
        None,
        max_length=FIELDS,
        description="Fields whose stored value a blank cell clears. Left out: as the saved mapping says, "
        "else none: a blank keeps what is stored. Given but empty (`clears=`): none.",
    )


class TrailIn(Given):
    person: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,64}$")] = Field(
        "", description="Id, login or staff number."
    )
    customer: UUID | None = None
    since: Moment | None = Field(None, description="Included. Without a zone: the company's.")
    until: Moment | None = Field(None, description="Not included.")
    event: EventName | None = None
    for_purpose: Purpose | None = Field(None, description="Only leaves with this purpose.")
    outcome: Literal["allow", "deny"] | None = None
    before: UUID | None = Field(None, description="The `before` of the page before.")
    limit: int = Field(100, ge=1, le=1_000)


class OcsfIn(TrailIn):
    """The same filters, and the version of the schema."""

    version: Literal["1.8.0", "1.5.0", "1.3.0"] = Field(NEWEST, description="Of the OCSF schema.")


class LooksIn(PurposeIn):
    """Whom a customer asks about, over how many days."""

    days: int = Field(365, ge=1, le=3_660, description="Up to and including today.")
    names: bool = Field(False, description="Also names of people; needs `trail.leaves.search`.")


class AlertsIn(Given):
    rule: RuleCode | None = Field(None, description="Only this rule.")
    state: Literal["loose", "open", "acknowledged", "explained", "closed"] | None = Field(
        None, description="Of the alert's case; loose: no case has it."
    )
    before: UUID | None = Field(None, description="The `before` of the page before.")
    limit: int = Field(100, ge=1, le=1_000)


class CasesIn(Given):
    rule: RuleCode | None = Field(None, description="Only cases with an alert of this rule.")
    state: Literal["waiting", "open", "acknowledged", "explained", "closed"] | None = Field(
        None, description="waiting: open or acknowledged."
    )
    limit: int = Field(100, ge=1, le=1_000)


class TraceIn(Given):
    """A customer whose trail is wanted. The value is compared by its keyed tag and stored nowhere."""

    by: By
    value: Value


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
