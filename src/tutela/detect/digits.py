"""Check arithmetic, fast enough for a column: GB 11643, Luhn, GB 32100, GB 16735.

Sums are taken over four characters at a time from tables built at import. A character that
is not in the alphabet of the code is a missing key, so no pattern needs to run first.
"""

from __future__ import annotations

from operator import mul

from tutela.detect.tables.places import PROVINCE_CODES

_FOURS = [f"{n:04d}" for n in range(10_000)]


def _binary(four: str) -> int:
    """Sum of four digits weighted 8, 4, 2, 1; the last may be X for ten."""
    last = 10 if four[3] == "X" else int(four[3])
    return 8 * int(four[0]) + 4 * int(four[1]) + 2 * int(four[2]) + last


def _luhn(four: str) -> int:
    doubled = [int(d) * 2 for d in (four[0], four[2])]
    return sum(d - 9 if d > 9 else d for d in doubled) + int(four[1]) + int(four[3])


_FOUR = {four: _binary(four) for four in _FOURS}
_TAIL = _FOUR | {four: _binary(four) for four in (f"{n:03d}X" for n in range(1000))}
_HEAD = {f"{n:02d}": (2 * (n // 10) + n % 10) * 9 for n in range(100)}
_PROVINCE_HEAD = {code: _HEAD[code] for code in PROVINCE_CODES}
_LUHN = {four: _luhn(four) for four in _FOURS}


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
    """Whether eight digits yyyymmdd name a day of the Gregorian calendar."""
    if text[4:] in DAYS:
        return True
    if text[4:] != "0229":
        return False
    year = int(text[:4])
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def mod_11_2(text: str) -> bool | None:
    """GB 11643 check over 18 characters: right, wrong, or None when the form is wrong."""
    try:
        total = (
            _HEAD[text[:2]]
            + 4 * _FOUR[text[2:6]]
            + 3 * _FOUR[text[6:10]]
            + 5 * _FOUR[text[10:14]]
            + _TAIL[text[14:]]
        )
    except KeyError:
        return None
    return total % 11 == 1


def resident_problem(text: str, today: str) -> str | None:
    """Code of what is wrong with a resident id of 18; `today` is yyyymmdd, '' for no limit."""
    right = mod_11_2(text)
    if right is None:
        return "id_form"
    if text[:2] not in PROVINCE_CODES:
        return "id_province"
    return _dated_problem(text, today, right)


def resident_ready(text: str, today: str) -> bool:
    """The same as no `resident_problem`, in one step: the path that nearly every row takes."""
    try:
        total = (
            _PROVINCE_HEAD[text[:2]]
            + 4 * _FOUR[text[2:6]]
            + 3 * _FOUR[text[6:10]]
            + 5 * _FOUR[text[10:14]]
            + _TAIL[text[14:]]
        )
    except KeyError:
        return False
    born = text[6:14]
    return total % 11 == 1 and text[10:14] in DAYS and "19000101" <= born <= today


def dated_id_problem(text: str, today: str) -> str | None:
    """The same for permits of 18 characters, whose first digits are not a province."""
    right = mod_11_2(text)
    return "id_form" if right is None else _dated_problem(text, today, right)


def _dated_problem(text: str, today: str, right: bool) -> str | None:
    born = text[6:14]
    if born < "19000101" or (today and born > today) or not is_calendar(born):
        return "id_date"
    if right:
        return None
    # A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
    return "number_lossy" if text.endswith("000") else "id_check_digit"


def luhn(text: str) -> bool:
    """Luhn check over up to 20 digits; False for anything else."""
    padded = text.zfill(20)
    try:
        total = (
            _LUHN[padded[:4]]
            + _LUHN[padded[4:8]]
            + _LUHN[padded[8:12]]
            + _LUHN[padded[12:16]]
            + _LUHN[padded[16:]]
        )
    except KeyError:
        return False
    return total % 10 == 0


_USCC = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_USCC_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def uscc_right(text: str) -> bool | None:
    """GB 32100 check over 18 characters: right, wrong, or None when the form is wrong."""
    if len(text) != 18 or not text[2:8].isdigit():
        return None
    try:
        values = [_USCC[char] for char in text]
    except KeyError:
        return None
    total: int = sum(map(mul, values, _USCC_WEIGHTS)) + values[17]
    return total % 31 == 0


_VIN = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_right(text: str) -> bool | None:
    """GB 16735 check over 17 characters: right, wrong, or None when the form is wrong."""
    if len(text) != 17:
        return None
    try:
        rest = sum(map(mul, [_VIN[char] for char in text], _VIN_WEIGHTS)) % 11
    except KeyError:
        return None
    expected: str = "X" if rest == 10 else str(rest)
    return text[8] == expected
