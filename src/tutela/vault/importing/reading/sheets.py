"""The table of a workbook: which sheet is read, where its header stands, its rows as wide as the header.

Without a name it is the first visible sheet in whose first rows the names of fields stand, so that a cover
sheet is passed over; else the first visible one with rows. Hidden sheets hold old data and lists for
drop-downs: they are left out unless they are named. Hidden rows are read: filters hide rows, and who exports a
filtered list would lose customers without a word.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing

from tutela.base.free_text import find_customer_value
from tutela.vault.importing.errors import BadFile, FileEmpty, NoRows, SheetMissing

from .cells import Cell, Runs, Wanted, as_text
from .header import LOOK_AT, Header, Known, find, likeness
from .workbooks.book import Area, Book, Sheet

_HIGHEST_MERGE = 4
_BEST = 3
_MOST_LISTED = 500
Top = list[list[str]]


class SheetReader:
    """One sheet of a workbook: that of a name, or without one the first that looks like a table.

    `width` is the number of columns where it is known from an earlier reading; `header` finds it.
    """

    delimiter, height = "", 0

    def __init__(self, book: Book, sheet: str, size: int, width: int = 0) -> None:
        self._book, self._size, self._width = book, size, width
        self.days_from_1904 = book.days_from_1904
        self.sheet, self.left_out = "", names_of(book)
        self._sheet: Sheet | None = None
        if sheet:
            self._take(_named(book, sheet))

    @property
    def typed(self) -> frozenset[int]:
        return frozenset(range(self._width))

    def header(self, known: Known) -> Header:
        """Among the first rows. Merged cells all have the text of the first, but they stand behind all
        rows of a file: they are asked for only where the header is not one full row at the top."""
        if self._sheet is None:
            likely, top = self._likely(known)
            sheet = self._take(likely)
            # Half a file is refused before its first half has come in.
            self._book.check(sheet)
        else:
            sheet = self._sheet
            self._book.check(sheet)
            top = self._top(sheet)
        header = find(top, known) if _is_simple(top) else None
        if header is None or header.first_data_row != 2:
            for area in self._book.merged(sheet):
                _fill(top, area)
            header = find(top, known)
        self._width = len(header.names)
        return header

    def runs(self, wanted: Wanted = None) -> Runs:  # noqa: ARG002 (a sheet is read whole)
        if self._sheet is None:
            raise SheetMissing(sheets=_listed(self._book))
        width = self._width
        for run in self._book.runs(self._sheet):
            for row in run.rows:
                missing = width - len(row)
                if missing > 0:
                    row.extend([""] * missing)
                elif missing:
                    row[width:] = map(as_text, row[width:])
            yield run

    def bytes_read(self) -> int:
        return round(self._size * self._book.share_read())

    def _take(self, sheet: Sheet) -> Sheet:
        self._sheet, self.sheet = sheet, _name_of(sheet)
        self.left_out = tuple(_name_of(other) for other in self._book.sheets if other is not sheet)
        return sheet

    def _likely(self, known: Known) -> tuple[Sheet, Top]:
        """The first of the visible sheets that look most like a table, and its first rows; FileEmpty."""
        best: tuple[Sheet, Top] | None = None
        most = -1
        visible = [sheet for sheet in self._book.sheets if not sheet.is_hidden]
        with closing(self._book.tops(visible, LOOK_AT)) as tops:
            for sheet, rows in tops:
                top = _as_top(rows)
                rank = _rank(top, known)
                if rank > most:
                    best, most = (sheet, top), rank
                if most == _BEST:
                    break
        if best is None:
            raise FileEmpty
        return best

    def _top(self, sheet: Sheet) -> Top:
        with closing(self._book.tops([sheet], LOOK_AT)) as tops:
            return next((_as_top(rows) for _sheet, rows in tops), [])


def _as_top(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Top:
    """The first rows as texts, the blank ones between them too."""
    top: Top = []
    for number, row in rows:
        top += [[] for _blank in range(min(number, LOOK_AT + 1) - len(top) - 1)]
        if number > LOOK_AT:
            break
        top.append([as_text(cell) for cell in row])
    return top


def _named(book: Book, name: str) -> Sheet:
    sheet = next((sheet for sheet in book.sheets if _name_of(sheet) == name), None)
    if sheet is None:
        raise SheetMissing(sheets=_listed(book))
    return sheet


def names_of(book: Book) -> tuple[str, ...]:
    """The names of a workbook's sheets, as they are told, given and kept."""
    return tuple(map(_name_of, book.sheets))


def _name_of(sheet: Sheet) -> str:
    """The name, or the place where the name holds a customer's value: names are kept in clear."""
    return f"sheet {sheet.place + 1}" if find_customer_value(sheet.name) else sheet.name


def _listed(book: Book) -> str:
    return ", ".join(names_of(book))[:_MOST_LISTED]


def _rank(top: Top, known: Known) -> int:
    """-1 for a sheet without rows, up to _BEST for one with names of fields and rows below them. A form
    may have one field's name in a row, a table has two."""
    if not top:
        return -1
    alike = likeness(top, known)
    if not alike:
        return 0
    try:
        find(top, known)
    except NoRows:
        return 1
    except BadFile:
        pass  # it is said of the sheet when it is read
    return _BEST if alike > 1 else 2


def _is_simple(top: Top) -> bool:
    """Whether the first row is full, so that no merged cell can be part of it."""
    return bool(top) and bool(top[0]) and all(top[0]) and len(top[0]) >= max(map(len, top))


def _fill(top: Top, area: Area) -> None:
    first_column, first_row, last_column, last_row = area
    if first_row >= len(top) or last_row - first_row > _HIGHEST_MERGE:
        return
    first = top[first_row][first_column] if first_column < len(top[first_row]) else ""
    last_column = min(last_column, max(map(len, top)) - 1)
    for row in top[first_row : last_row + 1]:
        row.extend([""] * (last_column + 1 - len(row)))
        for column in range(first_column, last_column + 1):
            row[column] = first
