"""What every kind of workbook gives: the names of its sheets, and the rows of one of them."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from tutela.vault.importing.reading.cells import Run

MOST_COLUMNS = 1000
"""As of `header.MOST_COLUMNS`: a row that goes on has no header to go with it."""
CELL_CHARS = 1 << 20
ROW_CHARS = 4 * CELL_CHARS
RowStream = Generator[tuple[int, list[Any]]]
"""(row number, cells) of each row; closed where it is not read to its end."""
RunStream = Generator[Run]
"""Some rows at once; closed likewise."""
_RUN_ROWS = 200
TopStream = Generator[tuple["Sheet", list[tuple[int, list[Any]]]]]
"""Sheets, each with its first rows."""
Area = tuple[int, int, int, int]
"""First column, first row, last column, last row of merged cells, all from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of cells by its name; `place` is its place in the book, from 0."""

    name: str
    place: int
    is_hidden: bool = False


class Book(Protocol):
    """An opened workbook. Sheets that hold no cells (charts, macros) are left out.

    `days_from_1904`: a number that is a day counts from 1904-01-01, not from 1900.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    days_from_1904: bool

    def runs(self, sheet: Sheet) -> RunStream:
        """The rows that have content, in order, numbered from 1, as long as their last cell with content.
        SheetBroken, ZipBomb, CellTooLarge and TooManyColumns while they are read."""

    def tops(self, sheets: Sequence[Sheet], most: int) -> TopStream:
        """Of these sheets, in their order, the rows up to the first whose number is above `most`. As `runs`."""

    def check(self, sheet: Sheet) -> None:
        """SheetBroken where the sheet is not whole, at a fraction of the time that its rows take."""

    def merged(self, sheet: Sheet) -> list[Area]:
        """The merged cells among the first rows; the whole sheet may have to be read for them."""

    def share_read(self) -> float:
        """How much of the sheet the rows given last have come to, 0 to 1."""


def tops_one_by_one(book: Book, sheets: Sequence[Sheet], most: int) -> TopStream:
    """The first rows of sheets that are each a part of their own."""
    for sheet in sheets:
        top: list[tuple[int, list[Any]]] = []
        with closing(book.runs(sheet)) as runs:
            for run in runs:
                top += zip(run.numbers, run.rows, strict=True)
                if top[-1][0] > most:
                    break
        yield sheet, top


def in_runs(rows: RowStream) -> RunStream:
    """Rows that come one by one, some at once."""
    with closing(rows):
        while some := list(islice(rows, _RUN_ROWS)):
            yield Run([number for number, _row in some], [row for _number, row in some])
