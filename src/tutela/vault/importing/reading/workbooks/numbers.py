"""Numbers of a workbook by their source text: what a person sees, or a number that has lost digits.

A spreadsheet keeps a double and shows 15 digits. A whole number of 16 digits and more has lost its end,
even where the file still writes all of them: nobody can tell whether a spreadsheet was in between. A fraction
of 16 or 17 digits is how programs write a double (12345678.119999999 for 12345678.12), so its 15 digits are
what was typed; with more digits than a double has, they say nothing that can be trusted.
"""

import re
from decimal import Decimal

from tutela.vault.importing.reading.cells import Cell, Number, Unreadable

NUMBER_LOSSY = "number_lossy"
MOST_EXACT = 1e15
_FORM = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_SHORT = re.compile(r"(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
_LONGEST = 400
_SHOWN, _WRITTEN = 15, 17
"""Significant digits that a spreadsheet shows, and that tell every double from the next."""


def read(text: str) -> Cell:
    """The text of a number that has all its digits; else Number; Unreadable where it is no number."""
    # Most numbers are short and written as they are shown.
    if len(text) < 16 and _SHORT.fullmatch(text):
        return text
    written = text.strip()
    return _read_slowly(written) if written else ""


def _read_slowly(text: str) -> Cell:
    if len(text) > _LONGEST or not _FORM.fullmatch(text):
        return Unreadable(text)
    value = float(text)
    if abs(value) >= MOST_EXACT:
        return Number(text)
    digits = _significant(text)
    exact = Decimal(text)
    if digits > _SHOWN:
        if digits > _WRITTEN and exact != Decimal(value):
            return Unreadable(text, NUMBER_LOSSY)
        exact = Decimal(f"{value:.{_SHOWN}g}")
        if abs(exact) >= MOST_EXACT:
            return Number(text)
    return _plain(exact)


def _significant(text: str) -> int:
    mantissa = re.split("[eE]", text.lstrip("+-"))[0]
    whole, _point, fraction = mantissa.partition(".")
    return len((whole + fraction.rstrip("0")).lstrip("0"))


def _plain(number: Decimal) -> str:
    """Without exponent, sign of zero or zeros at the end of a fraction."""
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
