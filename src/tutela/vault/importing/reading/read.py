"""Open a table and stream it in chunks of rows.

    table = open_table(source, known)          # once: surveyed, its header found, its first rows taken
    with Reading(table) as reading:
        for chunk in reading.chunks(): ...

A row's number is what the person sees in a spreadsheet: header and title rows count, blank rows
count, a cell with line breaks is still one row; a Parquet file's first row is 1. A blank row is left
out. A row with more or fewer cells than the header comes as it is: `prepare` rejects it, because a
shifted cell would put a value under the wrong field. All are read in flat memory.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO, Self

from tutela.vault.importing.errors import BadFile
from tutela.vault.importing.totals import Total

from . import sniff
from .cells import WHOLE_ROW, Fault, Reader, TextRow, TextRun, Wanted, text_rows, text_runs
from .dbase import DbfReader
from .delimited import DelimitedReader
from .header import Known
from .lines import PIECE
from .sheets import SheetReader, names_of
from .sniff import Kind, Survey
from .sources import Source
from .table import SAMPLE_ROWS, ReadAs, Table, stored_table, total_of
from .verified import verified
from .workbooks.book import Book
from .workbooks.ods import Ods
from .workbooks.xls import Xls
from .workbooks.xlsx import Xlsx

_BOOKS: dict[Kind, Callable[[BinaryIO], Book]] = {
    Kind.XLSX: Xlsx,
    Kind.ODS: Ods,
    Kind.XLS: Xls,
}
_AHEAD = 64
CHUNK_ROWS = 2_500


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of one transaction. `number` counts from 0; `rows` are cells as text, unequal in length;
    `faults` says by row number what could not be read. `days_from_1904`: in columns of days a number
    without a format counts from there, as the workbook says. `has_serials`: such a number can be a day at all."""

    number: int
    row_numbers: list[int]
    rows: list[list[str]]
    faults: dict[int, tuple[Fault, ...]] = field(default_factory=dict)
    days_from_1904: bool = False
    has_serials: bool = True


class Reading:
    """One pass over a table's rows. FileChanged where the file is not the one that was surveyed.
    `wanted`: the columns that are mapped; cells of others may come blank."""

    def __init__(self, table: Table, wanted: Wanted = None) -> None:
        self.table, self._wanted = table, wanted
        self._total = Total() if table.total.about else table.total
        self._open = ExitStack()
        with ExitStack() as opening:
            stream = opening.enter_context(verified(table.source, table.survey))
            found = ReadAs(table.sheet, table.delimiter, table.read_as.encoding)
            self._reader = reader_of(table.survey, stream, found, len(table.columns))
            self._open = opening.pop_all()
        self._from_1904 = isinstance(self._reader, SheetReader) and self._reader.days_from_1904
        self._has_serials = table.survey.kind not in {Kind.PARQUET, Kind.DBF}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._open.close()

    def rows(self) -> Iterator[TextRow]:
        """Each row that is not blank."""
        return text_rows(self._reader, self.table.first_data_row, self._wanted)

    def chunks(self, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Rows by `size`, in file order; the same file gives the same chunks every time."""
        held, number, read = _Held(), 0, 0
        for run in text_runs(self._reader, self.table.first_data_row, self._wanted):
            held.add(run)
            while len(held.rows) >= size:
                read += size
                self._learn(read + len(held.rows) - size, whole=False)
                yield self._chunk(number, held.take(size))
                number += 1
        read += len(held.rows)
        self._learn(read, whole=True)
        if held.rows:
            yield self._chunk(number, held.take(size))

    def _chunk(self, number: int, run: TextRun) -> Chunk:
        numbers, rows, faults = run
        return Chunk(number, list(numbers), rows, faults, self._from_1904, self._has_serials)

    def total(self) -> Total:
        """Rows in all as far as they are known by the chunks that were taken."""
        return self._total

    def _learn(self, read: int, *, whole: bool) -> None:
        """Of `read` rows by now: exact at the end, before it by the share of the bytes for CSV."""
        if whole:
            self._total = Total(read, about=False)
        elif not self._reader.height:
            # The reader is a piece ahead of the rows, which must not weigh.
            at = self._reader.bytes_read()
            if at >= _AHEAD * PIECE:
                self._total = Total(max(read, round(read * self.table.survey.size / at)))


class _Held:
    """Rows that wait until a chunk is full."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.rows: list[list[str]] = []
        self.faults: dict[int, tuple[Fault, ...]] = {}

    def add(self, run: TextRun) -> None:
        self.numbers += run.numbers
        self.rows += run.rows
        self.faults |= run.faults

    def take(self, size: int) -> TextRun:
        numbers, rows = self.numbers[:size], self.rows[:size]
        self.numbers, self.rows = self.numbers[size:], self.rows[size:]
        faults = self.faults and {
            number: self.faults.pop(number) for number in numbers if number in self.faults
        }
        return TextRun(numbers, rows, faults)


def reader_of(survey: Survey, stream: BinaryIO, read_as: ReadAs, width: int = 0) -> Reader:
    """The reader for a kind of file; delimiter and sheet are found where they are not given. `width` is the
    number of columns of a table that was read before."""
    if survey.kind is Kind.PARQUET:
        # pyarrow takes 40 MiB of every process that has it.
        from .parquet import ParquetReader

        return ParquetReader(stream)
    if survey.kind in _BOOKS:
        return SheetReader(_BOOKS[survey.kind](stream), read_as.sheet, survey.size, width)
    if survey.kind is Kind.DBF:
        return DbfReader(stream, read_as.encoding)
    return DelimitedReader(stream, survey.encoding, read_as.delimiter)


def sheet_names(stream: BinaryIO) -> tuple[str, ...]:
    """The names of a workbook's sheets; nothing for other files and where it cannot be opened."""
    try:
        book = _BOOKS.get(sniff.table_kind(stream))
        return names_of(book(stream)) if book else ()
    except BadFile:
        return ()


def open_table(source: Source, known: Known, read_as: ReadAs | None = None) -> Table:
    """The table of a file with its first rows. The file is surveyed and its header found, unless that was
    kept with a sealed upload. `known` scores a header cell as the name of a field; without `read_as` the
    file is read as it was before, or as it tells."""
    table = stored_table(source)
    if table is None or read_as not in (None, table.read_as):
        surveyed = _survey_table(source, known, read_as or ReadAs())
        return replace(surveyed, name=table.name) if table else surveyed
    with Reading(table) as reading:
        return replace(table, sample=_whole(list(islice(reading.rows(), SAMPLE_ROWS))))


def _top(reader: Reader, first: int) -> list[TextRow]:
    """The rows with which a reader has come past the first ones: by them it can be told how many there are."""
    top: list[TextRow] = []
    for run in text_runs(reader, first):
        top += run.each()
        if len(top) >= SAMPLE_ROWS:
            break
    return top


def _whole(rows: list[TextRow]) -> list[list[str]]:
    """The rows that have cells."""
    return [
        row for _number, row, faults in rows if all(place != WHOLE_ROW for place, _code in faults)
    ]


def _refused(survey: Survey, reader: Reader) -> dict[str, str]:
    """Columns that hold what no cell can be, by name: of Parquet, which types columns."""
    if survey.kind is not Kind.PARQUET:
        return {}
    from .parquet import ParquetReader

    return reader.refused() if isinstance(reader, ParquetReader) else {}


def _survey_table(source: Source, known: Known, read_as: ReadAs) -> Table:
    survey = sniff.survey(source, read_as.encoding)
    with verified(source, survey) as stream:
        reader = reader_of(survey, stream, read_as)
        header = reader.header(known)
        top = _top(reader, header.first_data_row)
        read = reader.bytes_read()
        refused = _refused(survey, reader)
    height = max(0, reader.height - header.first_data_row + 1)
    return Table(
        source=source,
        survey=survey,
        columns=header.names,
        first_data_row=header.first_data_row,
        total=total_of(survey, [row for _number, row, _faults in top], height, read),
        delimiter=reader.delimiter,
        sheet=reader.sheet,
        left_out=reader.left_out,
        read_as=read_as,
        refused=refused,
        is_new=True,
        sample=_whole(top[:SAMPLE_ROWS]),
    )
