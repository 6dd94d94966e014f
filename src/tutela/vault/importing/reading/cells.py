"""What a cell is until it is text, and the one place where it becomes text.

A reader gives cells as the file types them. `as_text` is what a person would type: a date is YYYY-MM-DD, a
whole number has no ".0". A number of 16 digits and more, of which a float or a spreadsheet has lost the
end, becomes scientific notation, which the checks refuse with the reason.
"""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from .header import Header, Known

_MOST_EXACT = 1e15


class Number(str):
    """A number by its source text, where the file writes numbers as text."""

    __slots__ = ()


class Unreadable(str):
    """A cell that holds something which cannot be told, by its source text: an error, a list."""

    __slots__ = ()


Cell = str | bytes | Number | Unreadable | bool | int | float | Decimal | date | datetime | None
"""None and "" are blank."""
Rows = Iterator[tuple[int, list[Any]]]
"""(row number, cells) of each row."""


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

    def rows(self) -> Rows:
        """All rows from the top, numbered from 1, blank ones too."""

    def bytes_read(self) -> int:
        """How far into the file `rows` has come, for readers of unknown height."""


def text_rows(reader: Reader, first: int) -> Iterator[tuple[int, list[str]]]:
    """The rows from number `first` on that are not blank, all cells as text."""
    typed, text_of = sorted(reader.typed), _TEXTS.get
    for number, row in reader.rows():
        if number < first:
            continue
        for place in typed:
            cell = row[place]
            row[place] = text_of(type(cell), str)(cell)  # `as_text`, without its call
        if any(row):
            yield number, row


def as_text(cell: Cell) -> str:
    """A cell as text; one that is blank or not readable is empty."""
    return _TEXTS.get(type(cell), str)(cell)


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < _MOST_EXACT else f"{value:.14E}"
    return repr(value)


def _number(value: Number) -> str:
    exact = abs(float(value)) < _MOST_EXACT
    return str(value) if exact else f"{float(value):.14E}"


def _moment(value: datetime) -> str:
    """The midnight of a moment is not part of the date."""
    return value.isoformat(" ").removesuffix(" 00:00:00")


def _blank(_value: object) -> str:
    return ""


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): _blank,
    Unreadable: _blank,
    Number: _number,
    bool: lambda value: "true" if value else "false",
    float: _float,
    datetime: _moment,
    Decimal: lambda value: format(value, "f"),
}
