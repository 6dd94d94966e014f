"""Times as logs write them, to moments in UTC.

A time without a zone is of the feed's zone. An abbreviation is taken only where it cannot mean two things: UTC,
GMT, Z, and what the feed's own zone is called at that time (CST is China's in Asia/Shanghai, Chicago's in
America/Chicago)."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_MOMENT: Final = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})[T ]\s*(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?"
    r"\s*(Z|[+-]\d{2}(?::?\d{2})?|[A-Za-z]{1,5})?",
    re.ASCII,
)
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d{1,9})?", re.ASCII)
_MILLISECONDS: Final = re.compile(r"\d{12,13}", re.ASCII)
_MICROSECONDS: Final = re.compile(r"\d{15,16}", re.ASCII)
_UTC_NAMES: Final = frozenset({"Z", "UTC", "GMT"})


def moment_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC of a date with a time, or of seconds, milliseconds or microseconds since
    1970; None if it is none."""
    text = text.strip()
    if _MILLISECONDS.fullmatch(text):
        return _since_epoch(int(text) / 1000)
    if _MICROSECONDS.fullmatch(text):
        return _since_epoch(int(text) / 1_000_000)
    if _SECONDS.fullmatch(text):
        return _since_epoch(float(text))
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, _mark, month, day, hour, minute, second, part, offset = found.groups()
    micro = int((part or "0").ljust(6, "0")[:6])
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second), micro, UTC
        )
    except ValueError:
        return None
    return _in_utc(at, offset or "", zone)


def _in_utc(at: datetime, offset: str, zone: ZoneInfo) -> datetime | None:
    """The moment of a clock's reading, given as if it were UTC's, with what stands behind it."""
    if not offset:
        return at.replace(tzinfo=zone).astimezone(UTC)
    if offset.upper() in _UTC_NAMES:
        return at
    if offset[0] in "+-":
        fixed = _fixed(offset)
        return at.replace(tzinfo=fixed).astimezone(UTC) if fixed else None
    of_zone = at.replace(tzinfo=zone)
    return of_zone.astimezone(UTC) if of_zone.tzname() == offset.upper() else None


@lru_cache(maxsize=64)
def _fixed(offset: str) -> timezone | None:
    digits = offset[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _since_epoch(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
