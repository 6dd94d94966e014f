"""What one person was given for a while, as decisions read it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .purposes import Purpose

REQUEST: Final = "request"
BREAK_GLASS: Final = "break_glass"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAccess:
    """A request that was approved, or break-glass, until its end. `customers` are UUID text; `session` is the
    fingerprint of the session that break-glass holds in, blank for a request; `approvers` are staff ids."""

    id: str
    kind: str
    asker: str
    branch: int | None
    customers: frozenset[str]
    classes: frozenset[int]
    purpose: Purpose
    started: datetime
    until: datetime
    session: str
    approvers: tuple[str, ...]

    def covers(self, customer_id: str, purpose: Purpose, session: str, at: datetime) -> bool:
        """Whether it holds now for this customer and purpose, in this session."""
        return (
            customer_id in self.customers
            and purpose is self.purpose
            and self.started <= at < self.until
            and self.session in ("", session)
        )


def in_order(
    live: Sequence[LiveAccess], customer_id: str, purpose: Purpose, session: str, at: datetime
) -> list[LiveAccess]:
    """Those that hold for a customer now, the widest first, of two as wide the one that lasts longer."""
    held = [access for access in live if access.covers(customer_id, purpose, session, at)]
    return sorted(held, key=lambda access: (-len(access.classes), -access.until.timestamp()))
