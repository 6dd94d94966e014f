"""Rows of cells become typed, clean values: column by column, because that is where the time goes.

What is only badly written is mended (full width, blanks, 15-digit ids, shapes of dates, marks for
"nothing"); what is wrong is rejected with its row, field and code, never with its value. A row with
any problem is left out whole: half a customer is not imported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tutela.crypto.values import Value
from tutela.detect.primitives.clean_forms import SCIENTIFIC
from tutela.detect.values import clean_column

from .reading.cells import WHOLE_ROW
from .reading.read import Chunk
from .reading.sniff import ESCAPED
from .reading.workbooks.days import counted_from_1900, is_bare
from .targets import Target, is_label
from .total_rows import Shape, is_total, shape_of

RAGGED = "row_ragged"
HEADER_AGAIN = "row_header"
TOTAL = "row_total"
ENCODING = "encoding"
_LOST = "\u951f\u65a4\u62f7"
"""What two replacement characters of UTF-8 become when they are read as GBK: the text was lost before."""
MANDATORY = "mandatory_missing"
VALUE_FORM = "value_form"
DATE_FORM = "date_form"


Values = dict[int, Value]
"""Typed values by field id."""


class Problem(NamedTuple):
    """Why a row is rejected; `field` is a field's code, or "" for the row as a whole."""

    row: int
    field: str
    code: str


@dataclass(slots=True)
class Row:
    """A row that may be committed. Role fields are texts, "" when the row has none."""

    number: int
    values: Values
    key: str = ""
    customer_key: str = ""
    identity: str = ""
    branch: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    """The cleaned texts of the values that are not text."""


@dataclass(slots=True)
class Prepared:
    """What a chunk gives: rows to commit, problems, and the raw cells of rejected rows."""

    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
    rejected: dict[int, list[str]] = field(default_factory=dict)
    raw: dict[int, list[str]] = field(default_factory=dict)
    """The raw cells of all rows, for those that the commit refuses."""
    header: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    """The place of each field's column, by the field's code."""


class Columns(NamedTuple):
    """The mapping of one file, ready for use."""

    header: tuple[str, ...]
    places: list[tuple[int, Target]]
    first: int
    """The row number of the first data row."""


def prepare(chunk: Chunk, columns: Columns, today: date) -> Prepared:
    """Clean and check a chunk."""
    numbers, rows, problems = _whole_rows(chunk, columns)
    cleaned = [Row(number, {}) for number in numbers]
    columned = list(zip(*rows, strict=True)) or [()] * len(columns.header)
    for place, target in columns.places:
        cells: Sequence[str] = columned[place]
        if target.value_type == "decimal":
            cells = [_amount(cell) for cell in cells]
        if target.value_type == "date":
            cells = _days(cells, chunk, target, numbers, problems)
        texts, wrong = clean_column(target.recogniser, cells, today)
        problems += [Problem(numbers[index], target.code, fault.code) for index, fault in wrong]
        _fill(cleaned, texts, target, problems)
    bad = {problem.row for problem in problems}
    raw = dict(zip(chunk.row_numbers, chunk.rows, strict=True))
    return Prepared(
        [row for row in cleaned if row.number not in bad] if bad else cleaned,
        problems,
        {number: raw[number] for number in sorted(bad)},
        raw,
        columns.header,
        {target.code: place for place, target in columns.places},
    )


def _days(
    cells: Sequence[str], chunk: Chunk, target: Target, numbers: list[int], problems: list[Problem]
) -> Sequence[str]:
    """A column of days, its bare numbers counted as the file counts them; where no spreadsheet wrote them
    they are problems: days since 1970, which columns of numbers keep, would be others since 1900."""
    if not chunk.has_serials:
        bare = [number for number, cell in zip(numbers, cells, strict=True) if is_bare(cell)]
        problems += [Problem(number, target.code, DATE_FORM) for number in bare]
    return [counted_from_1900(cell) for cell in cells] if chunk.days_from_1904 else cells


def _amount(cell: str) -> str:
    """An amount in scientific notation says all its figures (a long number would not): 5.00E+05."""
    return f"{Decimal(cell):f}" if "E" in cell and SCIENTIFIC.fullmatch(cell) else cell


def _whole_rows(chunk: Chunk, columns: Columns) -> tuple[list[int], list[list[str]], list[Problem]]:
    """Rows as wide as the header that can be read; the others as problems."""
    width, header = len(columns.header), list(columns.header)
    numbers, rows, problems = [], [], _unreadable(chunk, columns)
    unreadable = {problem.row for problem in problems}
    shape = shape_of(columns.places)
    if not unreadable and _all_ordinary(chunk.rows, header, shape):
        return chunk.row_numbers, chunk.rows, problems
    for number, row in zip(chunk.row_numbers, chunk.rows, strict=True):
        if number in unreadable:
            continue
        cells = row if len(row) == width else _fitted(row, width)
        code = _row_problem(cells, header)
        if not code and cells is not None:
            code = _footer_or_form(cells, shape)
        if code or cells is None:
            problems.append(Problem(number, "", code))
        else:
            numbers.append(number)
            rows.append(cells)
    return numbers, rows, problems


def _all_ordinary(rows: Sequence[Sequence[str]], header: Sequence[str], shape: Shape) -> bool:
    """Whether certainly no row has a problem as a whole: asked of a chunk at once, for nearly all have none."""
    if set(map(len, rows)) != {len(header)}:
        return False
    if header[0] in [row[0] for row in rows]:
        return False
    if shape.blanks <= max([row.count("") for row in rows]):
        return False
    if any(any(map(is_label, [row[place] for row in rows])) for place in shape.names):
        return False
    text = "".join(map("".join, rows))
    return text.isascii() or not (_LOST in text or ESCAPED.search(text))


def _unreadable(chunk: Chunk, columns: Columns) -> list[Problem]:
    """What the reader could not read, in the row as a whole or in a column that is mapped."""
    fields = {place: target.code for place, target in columns.places} | {WHOLE_ROW: ""}
    return [
        Problem(number, fields[place], code)
        for number, faults in chunk.faults.items()
        for place, code in faults
        if place in fields
    ]


def _fitted(row: list[str], width: int) -> list[str] | None:
    """A longer row without the blanks at its end; None when it does not fit."""
    return row[:width] if len(row) > width and not any(row[width:]) else None


def _row_problem(cells: list[str] | None, header: list[str]) -> str:
    if cells is None:
        return RAGGED
    if cells[0] == header[0] and cells == header:
        return HEADER_AGAIN
    joined = "".join(cells)
    if joined.isascii():
        return ""
    return ENCODING if _LOST in joined or ESCAPED.search(joined) else ""


def _footer_or_form(cells: list[str], shape: Shape) -> str:
    """Of a row that is no record: a total, or a line of a form that has the label where others have the name."""
    if is_total(cells, shape):
        return TOTAL
    return HEADER_AGAIN if any(is_label(cells[place]) for place in shape.names) else ""


def _fill(
    cleaned: list[Row], texts: Sequence[str], target: Target, problems: list[Problem]
) -> None:
    """Put one clean column into the rows."""
    field_id, read = target.id, _READERS.get(target.value_type)
    if target.mandatory:
        problems += [
            Problem(row.number, target.code, MANDATORY)
            for row, text in zip(cleaned, texts, strict=True)
            if not text
        ]
    if read is None:
        for row, text in zip(cleaned, texts, strict=True):
            if text:
                row.values[field_id] = text
    else:
        _fill_typed(cleaned, texts, target, problems, read)
    if target.role:
        for row, text in zip(cleaned, texts, strict=True):
            setattr(row, target.role, text)


def _fill_typed(
    cleaned: list[Row],
    texts: Sequence[str],
    target: Target,
    problems: list[Problem],
    read: Callable[[str], Value],
) -> None:
    known = {problem.row for problem in problems}
    for row, text in zip(cleaned, texts, strict=True):
        if not text:
            continue
        try:
            row.values[target.id] = read(text)
            row.texts[target.id] = text
        except (ValueError, ArithmeticError):
            if row.number not in known:
                problems.append(Problem(row.number, target.code, VALUE_FORM))


def fill(row: Row, target: Target, text: str) -> None:
    """Put one clean text into a row as its typed value."""
    read = _READERS.get(target.value_type)
    row.values[target.id] = read(text) if read else text
    if read:
        row.texts[target.id] = text


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError
    return number


_READERS: dict[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "int": int,
    "decimal": _decimal,
}
