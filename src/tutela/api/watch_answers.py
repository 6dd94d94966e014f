"""What goes out of the watch; as `answers.py`, apart from it by size."""

from uuid import UUID

from typing_extensions import TypedDict

from .answers import Moment


class AlertOut(TypedDict):
    """What a rule of the watch found. `leaves` are ids of leaves of the trail, at most 500; rules of
    volume measure in tenths of a customer."""

    id: UUID
    rule: str
    rule_version: int
    setting: int
    at: Moment
    raised_at: Moment
    person_id: UUID | None
    points: int
    critical: bool
    measured: int
    threshold: int
    leaves: list[UUID]
    case: int | None
    state: str


class AlertsOut(TypedDict):
    alerts: list[AlertOut]
    before: UUID | None


class CaseOut(TypedDict):
    """What people handle; `outcome` is empty until it is settled."""

    id: UUID
    number: int
    person_id: UUID | None
    state: str
    critical: bool
    points: int
    opened_at: Moment
    settled_at: Moment | None
    outcome: str
    rules: list[str]


class CasesOut(TypedDict):
    cases: list[CaseOut]
