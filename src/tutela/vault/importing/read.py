"""Open a table and stream it in chunks of rows.

A row's number is what the person sees in a spreadsheet: header and title rows count, blank rows
count, a cell with line breaks is still one row; a Parquet file's first row is 1. A blank row is left
out. A row with more or fewer cells than the header comes as it is: `prepare` rejects it, because a
shifted cell would put a value under the wrong field. CSV and Parquet are read in flat memory.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Protocol, Self

from . import header, parquet, sheets, sniff
from .errors import CellTooLarge, NoRows
from .header import Known
from .sniff import Kind, Survey
from .sources import Source
from .totals import Total

CELL_BYTES = 1 << 20
_LINE_BYTES = 4 * CELL_BYTES
_PEEK_LINES = 200
_BUFFERS = 64
CHUNK_ROWS = 2_500

csv.field_size_limit(CELL_BYTES)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of one transaction. `number` counts from 0; `rows` are cells as text, unequal in length."""

    number: int
    row_numbers: list[int]
    rows: list[list[str]]


class Stream(Protocol):
    """Rows as (number, cells) from the top of the file, and how far the reading is (0 to 1)."""

    def rows(self) -> Iterator[tuple[int, list[str]]]: ...

    def progress(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: what it is, its column names, and its rows."""

    source: Source
    survey: Survey
    columns: tuple[str, ...]
    first_data_row: int
    total_rows: int = 0
    """With the rows above the data, for XLSX and Parquet; 0 for CSV, whose total is estimated."""
    delimiter: str = ""

    @property
    def total(self) -> Total:
        """Rows of data as the file itself tells; unknown for CSV."""
        if not self.total_rows:
            return Total()
        return Total(self.total_rows - self.first_data_row + 1, about=False)

    def open(self) -> "Reading":
        """Start reading from the first data row."""
        return Reading(self)

    def sample(self, rows: int) -> list[list[str]]:
        """The first rows, cells as text."""
        with self.open() as reading:
            return [row for _number, row in islice(reading.rows(), rows)]


class Reading:
    """One pass over a table's rows."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._stream = table.source.open()
        self._size = max(1, table.survey.size)
        self._total = table.total

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stream.close()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number, cells) of each row that is not blank."""
        first = self.table.first_data_row
        for number, row in self._all_rows():
            if number >= first and any(row):
                yield number, row

    def chunks(self, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Rows by `size`, in file order; the same file gives the same chunks every time."""
        rows, read = self.rows(), 0
        for number in iter(range(1 << 62)):
            part = list(islice(rows, size))
            read += len(part)
            self._learn(read, whole=len(part) < size)
            if not part:
                return
            yield Chunk(number, [n for n, _row in part], [row for _n, row in part])

    def total(self) -> Total:
        """Rows in all as far as they are known by the chunks that were taken."""
        return self._total

    def _learn(self, read: int, *, whole: bool) -> None:
        """Of `read` rows by now: exact at the end, before it by the share of the bytes for CSV."""
        if whole:
            self._total = Total(read, about=False)
        elif self.table.survey.kind is Kind.CSV:
            # The stream is a buffer ahead of the rows, which must not weigh.
            at = self._stream.tell()
            if at >= _BUFFERS * io.DEFAULT_BUFFER_SIZE:
                self._total = Total(max(read, round(read * self._size / at)))

    def _all_rows(self) -> Iterator[tuple[int, list[str]]]:
        kind = self.table.survey.kind
        if kind is Kind.CSV:
            return self._csv_rows()
        return sheets.rows(self._stream) if kind is Kind.XLSX else parquet.rows(self._stream)

    def _csv_rows(self) -> Iterator[tuple[int, list[str]]]:
        lines = _lines(self._stream, self.table.survey.encoding)
        reader = csv.reader(lines, delimiter=self.table.delimiter)
        number = 0
        try:
            for number, row in enumerate(reader, 1):
                yield number, row
        except csv.Error:
            raise CellTooLarge(row=number + 1, limit=CELL_BYTES) from None


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines with their ends; one that does not end within the limit is refused, not held."""
    text = io.TextIOWrapper(stream, encoding, errors=sniff.ESCAPE, newline="")
    try:
        for number, line in enumerate(iter(lambda: text.readline(_LINE_BYTES), ""), 1):
            if len(line) >= _LINE_BYTES:
                raise CellTooLarge(row=number, limit=CELL_BYTES)
            yield line
    finally:
        if not text.closed:
            text.detach()


def open_table(source: Source, known: Known) -> Table:
    """Survey the file and find its header. `known` scores a header cell as the name of a field."""
    found = sniff.survey(source)
    if found.kind is Kind.PARQUET:
        return _open_parquet(source, found)
    if found.kind is Kind.XLSX:
        return _open_sheet(source, found, known)
    return _open_csv(source, found, known)


def _open_csv(source: Source, found: Survey, known: Known) -> Table:
    with source.open() as stream:
        lines = list(islice(_lines(stream, found.encoding), _PEEK_LINES))
    mark = sniff.delimiter(lines)
    try:
        top = list(islice(csv.reader(lines, delimiter=mark), header.LOOK_AT))
    except csv.Error:
        raise CellTooLarge(row=1, limit=CELL_BYTES) from None
    head = header.find(top, known)
    return Table(source, found, head.names, head.first_data_row, delimiter=mark)


def _open_sheet(source: Source, found: Survey, known: Known) -> Table:
    with source.open() as stream:
        top, total = sheets.peek(stream, header.LOOK_AT)
    head = header.find(top, known)
    return Table(source, found, head.names, head.first_data_row, total_rows=total)


def _open_parquet(source: Source, found: Survey) -> Table:
    with source.open() as stream:
        names, total = parquet.peek(stream)
    if not total:
        raise NoRows(row=0)
    header.check_no_value(names)
    return Table(source, found, names, 1, total_rows=total)
