"""What a verification can find, and what it remembers of it: ids and codes, never a value. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

NAMED = 20
"""Faults that a run names; the others are counted."""


class FaultCode(StrEnum):
    """What differs from what a leaf says."""

    LIST_MISSING = "list_missing"
    LIST_CHANGED = "list_changed"
    RECORD_MISSING = "record_missing"
    VERSION_MISSING = "version_missing"
    VERSION_BACK = "version_back"
    MANIFEST_CHANGED = "manifest_changed"
    CUSTOMER_MISSING = "customer_missing"
    CUSTOMER_BACK = "customer_back"
    BRANCH_CHANGED = "branch_changed"
    CUSTOMER_RETURNED = "customer_returned"
    DESTROYED_UNTRACED = "destroyed_untraced"
    KEYS_MISSING = "keys_missing"
    NOT_ANCHORED = "not_anchored"


GONE = frozenset(
    {
        FaultCode.LIST_MISSING,
        FaultCode.RECORD_MISSING,
        FaultCode.VERSION_MISSING,
        FaultCode.VERSION_BACK,
        FaultCode.CUSTOMER_MISSING,
        FaultCode.CUSTOMER_BACK,
    }
)
"""Faults as a database restored from an older day has them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference. `leaf`: the leaf that says otherwise, `at`: when it was written."""

    code: FaultCode
    customer: UUID | None = None
    record: UUID | None = None
    version: int = 0
    leaf: UUID | None = None
    at: datetime | None = None

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "code": self.code.value,
            "customer": str(self.customer or ""),
            "record": str(self.record or ""),
            "version": self.version,
            "leaf": str(self.leaf or ""),
            "at": self.at.isoformat() if self.at else "",
        }


@dataclass(slots=True)
class Tally:
    """What is known so far; kept with the run, so that it can go on after a stop."""

    leaves: int = 0
    records: int = 0
    moves: int = 0
    faults: int = 0
    not_anchored: int = 0
    first_faults: list[dict[str, Any]] = field(default_factory=list)
    last_present: datetime | None = None
    first_missing: datetime | None = None

    def add(self, faults: Iterable[Fault]) -> None:
        """Count faults and keep the first."""
        for fault in faults:
            self.faults += 1
            if len(self.first_faults) < NAMED:
                self.first_faults.append(fault.as_row())
            if fault.code in GONE and fault.at is not None:
                self.first_missing = min(self.first_missing or fault.at, fault.at)

    def present(self, at: datetime) -> None:
        """A change of this moment is there."""
        self.last_present = max(self.last_present or at, at)

    @property
    def restored_from(self) -> datetime | None:
        """The newest change that is there, when nothing is missing before it and all after it is: the
        vault was restored from that moment."""
        if self.first_missing is None or self.last_present is None:
            return None
        return self.last_present if self.last_present < self.first_missing else None
