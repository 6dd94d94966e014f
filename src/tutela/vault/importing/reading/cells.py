"""What a cell is until it is text, and the one place where it becomes text.

A reader gives cells as the file types them. `as_text` is what a person would type: a date is YYYY-MM-DD, a
whole number has no ".0". A number of 16 digits and more, of which a float or a spreadsheet has lost the
end, becomes scientific notation, which the checks refuse with the reason. A cell of a type that is not
listed here cannot be read: what Python would print of it is nobody's value.

A spreadsheet's habits are mended (`spreadsheet_texts`): ="0123" is 0123, #REF! cannot be read.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, Self

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


class Run(NamedTuple):
    """Some rows at once: their numbers, and the cells of each. `is_clean`: they have no text that is one of a
    spreadsheet's habits, and none is broken."""

    numbers: Sequence[int]
    rows: list[list[Any]]
    is_clean: bool = False

    def below(self, first: int) -> "Run":
        """The rows from number `first` on."""
        above = sum([number < first for number in self.numbers])
        return Run(self.numbers[above:], self.rows[above:], self.is_clean)


Runs = Iterator[Run]
Fault = tuple[int, str]
"""The place of a column, or WHOLE_ROW, and the code of what cannot be read there."""
TextRow = tuple[int, list[str], tuple[Fault, ...]]
"""Row number, cells as text (those that cannot be read are ""), what cannot be read."""


class TextRun(NamedTuple):
    """Rows with their numbers, cells as text (those that cannot be read are ""), and by row number what
    cannot be read."""

    numbers: Sequence[int]
    rows: list[list[str]]
    faults: dict[int, tuple[Fault, ...]]

    def each(self) -> Iterator[TextRow]:
        """Row by row."""
        for number, row in zip(self.numbers, self.rows, strict=True):
            yield number, row, self.faults.get(number, ())


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

    def runs(self, wanted: Wanted = None) -> Runs:
        """All rows from the top, numbered from 1, blank ones too, some at once. Cells of columns that are not
        wanted may come blank."""

    def bytes_read(self) -> int:
        """How far into the file `runs` has come, for readers of unknown height."""


def rows_of(runs: Runs) -> Rows:
    """Row by row."""
    for numbers, rows, _is_clean in runs:
        yield from zip(numbers, rows, strict=True)


def text_rows(reader: Reader, first: int, wanted: Wanted = None) -> Iterator[TextRow]:
    """The rows from number `first` on that are not blank, all cells as text."""
    for run in text_runs(reader, first, wanted):
        yield from run.each()


def text_runs(reader: Reader, first: int, wanted: Wanted = None) -> Iterator[TextRun]:
    """The same, as many rows at once as the reader gives."""
    typed, formulas = sorted(reader.typed), bool(reader.delimiter)
    for run in reader.runs(wanted):
        numbers, rows, is_clean = (
            run if run.numbers and run.numbers[0] >= first else run.below(first)
        )
        if not rows:
            continue
        faults: dict[int, tuple[Fault, ...]] = {}
        if typed:
            _make_texts(numbers, rows, typed, faults)
        if not is_clean:
            _note_broken(numbers, rows, faults)
            _mend(numbers, rows, faults, formulas=formulas)
        yield _without_blanks(numbers, rows, faults)


def _note_broken(
    numbers: Sequence[int], rows: list[list[Any]], faults: dict[int, tuple[Fault, ...]]
) -> None:
    """Of rows that are broken their text is the one cell."""
    if BrokenRow not in set(map(type, rows)):
        return
    for at, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        if type(row) is BrokenRow:
            faults[number] = ((WHOLE_ROW, row.code),)
            rows[at] = list(row)


def _make_texts(
    numbers: Sequence[int],
    rows: list[list[Any]],
    typed: Sequence[int],
    faults: dict[int, tuple[Fault, ...]],
) -> None:
    text_of = _TEXTS.get
    for number, row in zip(numbers, rows, strict=True):
        for place in typed:
            cell = row[place]
            kind = type(cell)
            if kind is str:
                continue
            text = text_of(kind, _unknown)(cell)
            if type(text) is Unreadable:
                faults[number] = (*faults.get(number, ()), (place, text.code))
                text = ""
            row[place] = text


def _mend(
    numbers: Sequence[int],
    rows: list[list[str]],
    faults: dict[int, tuple[Fault, ...]],
    *,
    formulas: bool,
) -> None:
    """What spreadsheets leave in texts, of rows that can be read."""
    if not spreadsheet_texts.may_be_in(["\n".join(row) for row in rows]):
        return
    for number, row in zip(numbers, rows, strict=True):
        if not spreadsheet_texts.may_be_in(row) or _is_broken(faults.get(number, ())):
            continue
        unreadable = spreadsheet_texts.mend(row, formulas=formulas)
        found = tuple((place, CELL_UNREADABLE) for place in unreadable)
        if found:
            faults[number] = faults.get(number, ()) + found


def _is_broken(faults: tuple[Fault, ...]) -> bool:
    return bool(faults) and faults[0][0] == WHOLE_ROW


def _without_blanks(
    numbers: Sequence[int], rows: list[list[str]], faults: dict[int, tuple[Fault, ...]]
) -> TextRun:
    if all(map(any, rows)):
        return TextRun(numbers, rows, faults)
    kept = [
        (number, row)
        for number, row in zip(numbers, rows, strict=True)
        if number in faults or any(row)
    ]
    return TextRun([number for number, _ in kept], [row for _, row in kept], faults)


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


@lru_cache(maxsize=1 << 14)
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
