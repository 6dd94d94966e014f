"""What was proposed, and what waits. Callers of the doors ask the gate first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from tutela.trail import connect

_LISTED: Final = """
    SELECT id, kind, hold_id, reason, proposed_by, proposed_at, decision, decided_by, decided_at FROM
    trail.proposal WHERE kind = %s ORDER BY decision IS NOT NULL, proposed_at DESC LIMIT 200"""


class Kind(StrEnum):
    """What is proposed."""

    ACKNOWLEDGE = "acknowledge"
    LIFT = "lift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal; `hold_id` is the hold that it would lift. `decision` is approved, rejected, or None."""

    id: UUID
    kind: Kind
    hold_id: UUID | None
    reason: str
    proposed_by: str
    proposed_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None


def listed(kind: Kind) -> list[Proposal]:
    """The newest 200 of a kind, those that wait first."""
    return [
        Proposal(id=key, kind=Kind(of), hold_id=hold, reason=reason, proposed_by=by, proposed_at=at,
                 decision=decision, decided_by=decided_by, decided_at=decided_at)
        for key, of, hold, reason, by, at, decision, decided_by, decided_at
        in connect.fetch(_LISTED, [kind.value])
    ]  # fmt: skip


def waiting(kind: Kind) -> list[Proposal]:
    """Those that nobody has decided."""
    return [one for one in listed(kind) if one.decision is None]
