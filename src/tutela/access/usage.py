"""Clear values opened today as far as this process knows: for display and early refusal only.

What counts is the row in the database, which `actions.quota.spend` raises under a lock.
"""

from datetime import date

_known: dict[str, tuple[date, int]] = {}


def used(staff: str, day: date) -> int:
    """Clear values the person has opened on a day, at least."""
    known = _known.get(staff)
    return known[1] if known is not None and known[0] == day else 0


def note(staff: str, day: date, count: int) -> None:
    """Remember what the database said after a commit."""
    _known[staff] = (day, count)
