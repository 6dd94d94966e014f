"""How well the months that are over are kept, for the doctor and the health page."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.conf import settings

from tutela.base import clock
from tutela.trail import connect

from . import rows, rules

LATE_DAYS: Final = 7
"""So long after it may be sealed, a month that is not is late."""
_MONTHS: Final = """
    SELECT month FROM (
        SELECT to_date(right(c.relname, 7), 'YYYY_MM') AS month FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'trail.leaf'::regclass) AS m
    WHERE EXISTS (SELECT FROM trail.leaf l WHERE l.at >= trail.month_start(month) AND l.at <
    trail.month_end(month))
    ORDER BY month"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Names of months: not as they were sealed, sealed too late, without two good copies; how many are sealed,
    and how
    many places for copies there are."""

    sealed: int = 0
    places: int = 0
    faults: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    uncopied: list[str] = field(default_factory=list)


def found() -> Kept:
    """How it stands now."""
    segments = [one for one in rows.segments() if one.purged_at is None]
    good = [(one.epoch, one.month) for one in rows.copies() if one.checked_at and not one.fault]
    known = {one.month for one in rows.segments()}
    before = clock.now() - rules.MARGIN - timedelta(days=LATE_DAYS)
    return Kept(
        sealed=len(segments),
        places=len(settings.TUTELA_TRAIL_COPIES),
        faults=[one.name for one in segments if one.fault],
        late=[
            rules.text(month)
            for (month,) in connect.fetch(_MONTHS, ())
            if month not in known and rules.ends(month) <= before
        ],
        uncopied=[
            one.name for one in segments if good.count((one.epoch, one.month)) < rules.COPIES
        ],
    )
