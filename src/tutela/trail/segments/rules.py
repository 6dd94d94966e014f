"""When a month is sealed, given up and purged; names of files. Pure: moments and numbers come as arguments."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

SCHEMA: Final = "segment1"
"""The columns of the files, named in the seal."""
MARGIN: Final = timedelta(days=1)
"""So long after its end a month is sealed: no leaf of it can come any more."""
LEAST_MONTHS: Final = 12
"""No segment is purged sooner after its last leaf."""
COPIES: Final = 2
CHECK_DAYS: Final = 30
"""So often every file and copy is read and hashed again."""
BASES: Final = ("retention_over", "authority_order", "company_wound_up")
"""Why a segment may be purged, once it has been kept as long as it must be."""


class State(StrEnum):
    """Where a segment stands."""

    SEALED = "sealed"
    COLD = "cold"
    PURGED = "purged"


class Fault(StrEnum):
    """What is wrong with a file of a segment."""

    MISSING = "file_missing"
    ALTERED = "file_altered"
    UNREADABLE = "file_unreadable"
    LEAF = "leaf_altered"
    SPAN = "tree_differs"
    POINTERS = "pointers_differ"


def month_of(moment: datetime) -> date:
    """The first day of a moment's calendar month (UTC)."""
    return moment.astimezone(UTC).date().replace(day=1)


def starts(month: date) -> datetime:
    """The first instant of a month (UTC)."""
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def starts_of_day(day: date) -> datetime:
    """The first instant of a day (UTC)."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def plus(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def ends(month: date) -> datetime:
    """The first instant after a month (UTC)."""
    return starts(plus(month, 1))


def is_over(month: date, now: datetime) -> bool:
    """Whether a month can be sealed."""
    return ends(month) + MARGIN <= now


def is_cold_due(month: date, now: datetime, hot_months: int) -> bool:
    """Whether the database may give up a month."""
    return starts(plus(month, 1 + hot_months)) <= now


def keep_until(last: datetime, keep_months: int) -> date:
    """Until which day a segment with this last leaf must be kept: whole months, never fewer than LEAST_MONTHS."""
    return plus(month_of(last), 1 + max(keep_months, LEAST_MONTHS))


def text(month: date) -> str:
    """A month as it is written in names and leaves: 2026-10."""
    return f"{month:%Y-%m}"


def stem(epoch: int, month: date) -> str:
    """The beginning of the names of a segment's files."""
    return f"{text(month)}.{epoch}"


def month_named(text: str) -> date:
    """The first day of a month written like 2026-10; ValueError."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)
