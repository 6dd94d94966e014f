"""What a cell is until it is text, and the one place where it becomes text.

A reader gives cells as the file types them. `as_text` is what a person would type: a date is YYYY-MM-DD, a
whole number has no ".0". A number of 16 digits and more, of which a float or a spreadsheet has lost the
end, becomes scientific notation, which the checks refuse with the reason. A cell of a type that is not
listed here cannot be read: what Python would print of it is nobody's value.

A spreadsheet's habits are mended (`spreadsheet_texts`): ="0123" is 0123, #REF! cannot be read.
"""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, Self

from . import spreadsheet_texts
from .header import Header, Known

_MOST_EXACT = 1e15
CELL_UNREADABLE = "cell_unreadable"
DATE_OUT_OF_RANGE = "date_out_of_range"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Of dates that a file types as such; 9999-12-31 is no end."""
WHOLE_ROW = -1
Wanted = frozenset[int] | None
"""Places of the columns that are mapped; None for all."""


class Number(str):
    """A number by its source text, where the file writes numbers as text."""

    __slots__ = ()


class Unreadable(str):
    """A cell that holds something which cannot be told, by its source text: an error, a list. It is not
    blank: its row is rejected with the code if its column is mapped."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, text: str, code: str = CELL_UNREADABLE) -> Self:
        cell = super().__new__(cls, text)
        cell.code = code
        return cell


class BrokenRow(list[str]):
    """A row that cannot be split into cells: its text as the one cell, and the code of what is wrong."""

    __slots__ = ("code",)

    def __init__(self, text: str, code: str) -> None:
        super().__init__((text,))
        self.code = code


Cell = str | Number | Unreadable | bool | int | float | Decimal | date | datetime | None
"""None and "" are blank."""
Rows = Iterator[tuple[int, list[Any]]]
"""(row number, cells) of each row; a row without cells is a `BrokenRow`."""
Fault = tuple[int, str]
"""The place of a column, or WHOLE_ROW, and the code of what cannot be read there."""
TextRow = tuple[int, list[str], tuple[Fault, ...]]
"""Row number, cells as text (those that cannot be read are ""), what cannot be read."""


class Reader(Protocol):
    """The rows of one table of an opened file.

    `sheet` is the table's name, `left_out` the names of the file's other tables; both empty where a file
    has only one. `height` is its number of rows, 0 while nobody knows; `typed` are the places of the
    columns in which cells other than texts may stand.
    """

    delimiter: str
    sheet: str
    left_out: tuple[str, ...]
    height: int

    @property
    def typed(self) -> frozenset[int]: ...

    def header(self, known: Known) -> Header:
        """The names of the columns and where the data starts."""

    def rows(self, wanted: Wanted = None) -> Rows:
        """All rows from the top, numbered from 1, blank ones too. Cells of columns that are not wanted may
        come blank."""

    def bytes_read(self) -> int:
        """How far into the file `rows` has come, for readers of unknown height."""


def text_rows(reader: Reader, first: int, wanted: Wanted = None) -> Iterator[TextRow]:
    """The rows from number `first` on that are not blank, all cells as text."""
    typed, text_of = sorted(reader.typed), _TEXTS.get
    for number, row in reader.rows(wanted):
        if number < first:
            continue
        if type(row) is BrokenRow:
            yield number, list(row), ((WHOLE_ROW, row.code),)
            continue
        faults: tuple[Fault, ...] = ()
        for place in typed:
            cell = row[place]
            kind = type(cell)
            if kind is str:
                continue
            text = text_of(kind, _unknown)(cell)
            if type(text) is Unreadable:
                faults += ((place, text.code),)
                text = ""
            row[place] = text
        if spreadsheet_texts.may_be_in(row):
            unreadable = spreadsheet_texts.mend(row, formulas=bool(reader.delimiter))
            faults += tuple((place, CELL_UNREADABLE) for place in unreadable)
        if faults or any(row):
            yield number, row, faults


def as_text(cell: Cell) -> str:
    """A cell as text; one that is blank or not readable is empty."""
    text = _TEXTS.get(type(cell), _unknown)(cell)
    return "" if type(text) is Unreadable else text


def is_date_in_range(day: date) -> bool:
    """Whether a day can be one of a person, a policy or a claim, or means that there is no end."""
    return FIRST_YEAR <= day.year <= LAST_YEAR or (day.year, day.month, day.day) == (9999, 12, 31)


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return Unreadable(repr(value))
    if value.is_integer():
        return str(int(value)) if abs(value) < _MOST_EXACT else f"{value:.14E}"
    return repr(value)


def _number(value: Number) -> str:
    exact = abs(float(value)) < _MOST_EXACT
    return str(value) if exact else f"{float(value):.14E}"


def _date(value: date) -> str:
    text = value.isoformat()
    return text if is_date_in_range(value) else Unreadable(text, DATE_OUT_OF_RANGE)


def _moment(value: datetime) -> str:
    """The midnight of a moment is not part of the date."""
    text = value.isoformat(" ").removesuffix(" 00:00:00")
    return text if is_date_in_range(value) else Unreadable(text, DATE_OUT_OF_RANGE)


def _decimal(value: Decimal) -> str:
    """All digits; a whole number, which core systems keep with ten decimals, without them."""
    if not value.is_finite():
        return "" if value.is_nan() else Unreadable(str(value))
    text = format(value, "f")
    whole, _point, decimals = text.partition(".")
    return text if decimals.strip("0") else whole


def _blank(_value: object) -> str:
    return ""


def _unreadable(value: Unreadable) -> str:
    return value


def _unknown(_value: object) -> str:
    return Unreadable("")


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): _blank,
    str: str,
    Unreadable: _unreadable,
    Number: _number,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _float,
    date: _date,
    datetime: _moment,
    Decimal: _decimal,
}
