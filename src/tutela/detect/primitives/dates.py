"""Parse dates to ISO yyyy-mm-dd (Gregorian calendar).

Formats: 2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日 (also 二〇二四年三月五日), 5-Mar-2024,
5-3月 -2024 (as Oracle writes DD-MON-YYYY in Chinese), Mar 5, 2024, and 3/25/2024 if one part is above 12; a time
of day is dropped. Excel serial numbers: days since 1899-12-30, five digits.
"""

import re
from datetime import date, timedelta

_YEAR_FIRST = re.compile(r"(\d{4})([-/.年])\s?(\d{1,2})(?:\2|月)\s?(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[-, ]\s?(\d{4})")
_DAY_HAN_MONTH = re.compile(r"(\d{1,2})-(\d{1,2})月 ?-(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?[- ](\d{1,2})[-, ]\s?(\d{4})")
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_CLOCK = re.compile(
    r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_EXCEL_DAY_ZERO = date(1899, 12, 30)
# Longer than any date with time; bounds the input of patterns with repeated spaces.
LONGEST = 48
# A five-digit number is a date only within 1930-01-01 to 2064-12-31.
_SERIAL_RANGE = range(10959, 60267)


def _day_texts() -> frozenset[str]:
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return frozenset(
        f"{month:02d}{day:02d}"
        for month, length in enumerate(lengths, 1)
        for day in range(1, length + 1)
    )


# Month and day as mmdd, without 29 February.
DAYS = _day_texts()


def is_calendar(text: str) -> bool:
    """Whether eight digits yyyymmdd are a date of the Gregorian calendar."""
    if text[4:] in DAYS:
        return True
    if text[4:] != "0229":
        return False
    year = int(text[:4])
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_day(digits: str) -> bool:
    """Whether eight digits are a date of the 20th or 21st century."""
    return digits.startswith(("19", "20")) and is_calendar(digits)


def iso(text: str, *, serials: bool = True) -> str:
    """The date of a half-width, stripped text as yyyy-mm-dd; "" if it is not one."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return _from_parts(text[:4], text[5:7], text[8:])
    if len(text) == 8 and text.isdigit() and text.isascii():
        if text[4:] in DAYS and text[:4] != "0000":
            return f"{text[:4]}-{text[4:6]}-{text[6:]}"
        return _from_parts(text[:4], text[4:6], text[6:])
    return _iso_slow(text, serials)


def _iso_slow(text: str, serials: bool) -> str:
    if len(text) > LONGEST:
        return ""
    if ":" in text:
        text = _CLOCK.sub("", text)
    if match := _YEAR_FIRST.fullmatch(text):
        return _from_parts(match[1], match[3], match[4])
    return _year_last(text) or _worded(text) or (_from_serial(text) if serials else "")


def _from_parts(year: str, month: str, day: str) -> str:
    digits = year + month + day
    if not (digits.isdigit() and digits.isascii()):
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _year_last(text: str) -> str:
    """Month or day first, if one of the two is above 12 or both are equal."""
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return ""
    first, second = int(match[1]), int(match[3])
    if first > 12:
        return _from_parts(match[4], match[3], match[1])
    if second > 12 or first == second:
        return _from_parts(match[4], match[1], match[3])
    return ""


def is_ambiguous(text: str) -> bool:
    """Whether month and day of a date could be swapped, as in 3/5/2024."""
    match = _YEAR_LAST.fullmatch(_CLOCK.sub("", text[:LONGEST]))
    if not match:
        return False
    return not _year_last(match[0]) and 0 < int(match[1]) < 13 > int(match[3]) > 0


def _worded(text: str) -> str:
    if match := _DAY_MONTH.fullmatch(text):
        return _from_month(match[3], match[2], match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _from_month(match[3], match[1], match[2])
    if match := _DAY_HAN_MONTH.fullmatch(text):
        return _from_parts(match[3], match[2], match[1])
    if match := _HAN_DATE.fullmatch(text):
        year = "".join(_HAN_DIGITS[char] for char in match[1])
        return _from_parts(year, _han_number(match[2]), _han_number(match[3]))
    return ""


def _from_month(year: str, name: str, day: str) -> str:
    short = name[:3].lower()
    return _from_parts(year, str(_MONTHS.index(short) + 1), day) if short in _MONTHS else ""


def _han_number(text: str) -> str:
    """A number below 100 in Chinese characters: 三 is 3, 十二 is 12, 三十一 is 31."""
    if "十" not in text:
        return _HAN_DIGITS[text[-1]]
    tens, _, ones = text.partition("十")
    return (_HAN_DIGITS[tens[-1]] if tens else "1") + (_HAN_DIGITS[ones[-1]] if ones else "0")


def _from_serial(text: str) -> str:
    match = _SERIAL.fullmatch(text)
    if not match or int(match[1]) not in _SERIAL_RANGE:
        return ""
    return (_EXCEL_DAY_ZERO + timedelta(days=int(match[1]))).isoformat()
