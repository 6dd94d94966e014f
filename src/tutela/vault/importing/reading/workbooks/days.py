"""Days and times that a workbook keeps as numbers.

A serial number counts days from 1899-12-31 (1 is 1900-01-01), or from 1904-01-01 (0 is that day). The first
count has a 29 February 1900 (60), a day that never was: what stands before it is taken as spreadsheet
programs show it, and the day itself cannot be told. A typed cell is a day from 1900 to 2199; ECMA-376-1
18.17.4 gives the two counts.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

from tutela.vault.importing.reading.cells import Cell, Unreadable

DATE_OUT_OF_RANGE = "date_out_of_range"
DAYS_TO_1904 = 1462
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LEAP_DAY = 60
_DAY_MS = 86_400_000
_MOST_SERIAL = 200_000
_BARE = re.compile(r"([1-9]\d{4})((?:\.\d+)?)", re.ASCII)


@lru_cache(maxsize=1 << 14)
def of_serial(text: str, from_1904: bool) -> Cell:
    """The day, or day and time, of a serial number by its source text; Unreadable where there is none."""
    day, ms = _parts(text)
    if day < 0 or day > _MOST_SERIAL:
        return Unreadable(text, DATE_OUT_OF_RANGE)
    if from_1904:
        return _moment(text, _DAY_ZERO_1904 + timedelta(days=day), ms)
    if day in (0, _LEAP_DAY):
        return Unreadable(text, DATE_OUT_OF_RANGE)
    return _moment(text, _DAY_ZERO + timedelta(days=day + (day < _LEAP_DAY)), ms)


@lru_cache(maxsize=1 << 14)
def of_clock(text: str, from_1904: bool) -> Cell:
    """A time of day, HH:MM:SS; with a day, where the number has one, that the format does not show."""
    day, ms = _parts(text)
    return _clock(ms) if day == 0 else of_serial(text, from_1904)


def of_duration(text: str, _from_1904: bool) -> Cell:
    """Hours that go past a day, 36:00:00."""
    day, ms = _parts(text)
    if not 0 <= day <= _MOST_SERIAL:
        return Unreadable(text, DATE_OUT_OF_RANGE)
    hours, rest = divmod(day * _DAY_MS + ms, 3_600_000)
    return f"{hours}:{rest // 60_000:02d}:{rest // 1000 % 60:02d}"


def of_iso(text: str) -> Cell:
    """A day, time or both as ISO 8601 writes them. An instant is its day and time where the company is."""
    written = text.strip()
    try:
        if "-" not in written[1:]:
            return time.fromisoformat(written).isoformat("seconds")
        moment = datetime.fromisoformat(written)
    except ValueError:
        return Unreadable(text)
    if moment.tzinfo:
        moment = timezone.make_naive(moment, timezone.get_default_timezone())
    ms = (moment - datetime.combine(moment.date(), time())) // timedelta(milliseconds=1)
    return _moment(text, moment.date(), ms)


def is_bare(text: str) -> bool:
    """Whether a text would be taken for the number that a spreadsheet keeps for a day."""
    return _BARE.fullmatch(text) is not None


def counted_from_1900(text: str) -> str:
    """A number without a format in a column of days, where the workbook counts from 1904: the number that
    means the same day in the usual count, by which the checks of a date take it."""
    match = _BARE.fullmatch(text)
    return f"{int(match[1]) + DAYS_TO_1904}{match[2]}" if match else text


def _parts(text: str) -> tuple[int, int]:
    """Whole days and milliseconds of a serial number; day -1 for what is none.

    To the millisecond, since a double holds no more of a time; not to the second, or the last half second
    of a day would be the next."""
    try:
        value = float(text)
    except ValueError:
        return -1, 0
    if not 0 <= value < _MOST_SERIAL:
        return -1, 0
    day = math.floor(value)
    carried, ms = divmod(round((value - day) * _DAY_MS), _DAY_MS)
    return day + carried, ms


def _moment(text: str, day: date, ms: int) -> Cell:
    if not FIRST <= day <= LAST:
        return Unreadable(text, DATE_OUT_OF_RANGE)
    if not ms:
        return day
    return datetime.combine(day, time()) + timedelta(milliseconds=ms)


def _clock(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
