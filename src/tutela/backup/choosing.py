"""Which copy is brought back on a bad day, best first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from .rules import Level, Lock

ELSEWHERE: Final = frozenset({"machine"})
"""What happened where only copies at another place are left."""
FROM_BEFORE: Final = frozenset({"rows", "attack"})
"""What happened where newer sets hold the damage too: the moment from before matters."""
DISTRUSTED: Final = frozenset({"attack"})
"""What happened where somebody may have been at the copies: those that nobody could change come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A copy that could be brought back. `keys` tells whether the key set of the same snapshot is kept too."""

    id: UUID
    taken: datetime
    offsite: bool
    lock: str
    level: int | None
    bad: bool
    keys: bool


def ordered(copies: Sequence[Offered], happened: str, before: datetime | None) -> list[Offered]:
    """The copies that fit what happened, best first: those known to open, then the newest, then those nobody could
    change, then the nearer ones. A copy with a verdict against it, or whose key set is gone, is never offered."""
    fit = [
        one
        for one in copies
        if not one.bad
        and one.keys
        and (before is None or one.taken <= before)
        and (one.offsite or happened not in ELSEWHERE)
    ]
    return sorted(fit, key=lambda one: _rank(one, happened))


def _rank(one: Offered, happened: str) -> tuple[bool, bool, float, bool, UUID]:
    proven = one.level is not None and one.level >= Level.OPENED
    changeable = one.lock == Lock.NONE and happened in DISTRUSTED
    return (not proven, changeable, -one.taken.timestamp(), one.offsite, one.id)
