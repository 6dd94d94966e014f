"""What spreadsheets leave in texts: ="0123" and '0123 for a text of digits, #REF! for an error, =A1+B1 for
a formula. The one place that knows it, for every column of every kind of file.

Errors: Excel's and WPS's as of Microsoft's "Error.Type" and "How to correct" pages, the same texts in
Chinese; LibreOffice's Err:nnn. A real value is never exactly one of them; `#3 Building` is an address.
"""

import re
from collections.abc import Iterator, Sequence

_ERRORS = (
    "REF!|N/A|NAME\\?|VALUE!|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    "|UNKNOWN!|EXTERNAL!|PYTHON!|TIMEOUT!|#+"
)
_ERROR = re.compile(rf"#(?i:{_ERRORS})|Err:\d{{3}}")
_WRAPPED = re.compile(r'=(?:"((?:[^"]|"")*)"|\\"([^"\\]*)\\")')
_DIGITS = re.compile(r"'(\d[\d./:-]*)")
"""A text of digits by its mark. Before letters an apostrophe may be part of a name ('t Hart)."""
_FORMULA = re.compile(r"=\s*[-+@({]*\s*[A-Za-z_\d$'\"\[.\\]")
_STARTS = frozenset("=#'E")


def may_be_in(row: Sequence[str]) -> bool:
    """Whether a row is worth looking at cell by cell: quickly told, and nearly always no."""
    return are_in("\n".join(row))


def are_in(text: str) -> bool:
    """Whether a text of many cells has a sign of these."""
    return "=" in text or "#" in text or "'" in text or "Err:" in text


def mend(row: list[str], *, formulas: bool) -> Iterator[int]:
    """Unwrap the texts of a row in place; the places of cells that cannot be read, which become blank.
    `formulas`: whether a text that looks like a formula is one, as in files without types; elsewhere somebody
    typed it."""
    for place, cell in enumerate(row):
        text = cell.strip()
        if text[:1] not in _STARTS or not text:
            continue
        plain = _unwrapped(text)
        if plain is not None:
            row[place] = plain
        text = (plain if plain is not None else text).strip()
        if _ERROR.fullmatch(text) or (formulas and _FORMULA.match(text)):
            row[place] = ""
            yield place


def _unwrapped(text: str) -> str | None:
    if match := _WRAPPED.fullmatch(text):
        return str(match[1].replace('""', '"') if match[1] is not None else match[2])
    match = _DIGITS.fullmatch(text)
    return match[1] if match else None
