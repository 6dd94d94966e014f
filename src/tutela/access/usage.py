"""Clear values opened today as far as this process knows: for display and early refusal only.

What counts is the row in the database, which `actions_quota.spend` raises under a lock.
"""

from datetime import date

from tutela.base import clock

_known: dict[str, tuple[date, int]] = {}


def used(staff: str) -> int:
    """Clear values the person has opened today, at least."""
    known = _known.get(staff)
    if known is None or known[0] != clock.today():
        return 0
    return known[1]


def note(staff: str, day: date, count: int) -> None:
    """Remember what the database said after a commit."""
    _known[staff] = (day, count)
