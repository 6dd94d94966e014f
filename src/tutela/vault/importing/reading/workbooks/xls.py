"""XLS of Excel 97 to 2003 and WPS (.et), read by xlrd, which tells errors, formats and hidden sheets.

The format ends at 65,536 rows and keeps doubles. xlrd holds a sheet in memory and fills each row up to its last
cell, so a file has a bound, and so have the cells that would only fill up.

LibreOffice keeps 0 for every formula whose result is a text (findings/libreoffice-xls-of-text-formulas.sh), so
a stored result of 0 is none. xlrd does not say which cells are formulas: their records are looked up beside it.
A formula whose result is an empty text looks like one of xlwt that nobody computed; both are blank.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

import xlrd
from django.utils.translation import gettext as _

from tutela.vault.importing.errors import BadFile, NotATable, SheetBroken, ZipBomb
from tutela.vault.importing.reading.cells import Cell, Unreadable

from . import numbers
from .book import Area, RowStream, RunStream, Sheet, TopStream, in_runs, tops_one_by_one
from .styles import Shape, shape_of
from .xlsx import LEAST_MEMORY, MEMORY_RATIO

KIND = "XLS"
MOST_SIZE = 48 << 20
"""Bytes of a file. Seen with xlrd 2.0.2: a sheet of blanks or small numbers takes six times as much."""
_LONG = 1000
MOST_FILLED = 4 << 20
"""Cells that a sheet lacks to the left of others. xlrd 2.0.2 takes about 19 bytes for each."""
# Records of BIFF ([MS-XLS] 2.3, of Excel 2 to 4 by their documentation): the start and the end of a sheet, or of a
# chart in it, a formula, those of one cell, and those of several.
_BEGIN, _END, _FORMULA = 0x0809, 0x000A, 0x0006
_ONE_CELL = frozenset(
    {1, 2, 3, 4, 5, 6, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406}
)
_CELLS = frozenset({0xBD, 0xBE})
_ZERO = bytes(8)


class Xls:
    """An opened XLS workbook; SheetBroken, ZipBomb, NotATable with a password."""

    kind = KIND

    def __init__(self, stream: BinaryIO) -> None:
        self._size = stream.seek(0, 2)
        if self._size > MOST_SIZE:
            raise ZipBomb(limit=MOST_SIZE)
        stream.seek(0)
        data = stream.read()
        with _sound():
            # What it writes into a log may be a cell's content.
            self._book = xlrd.open_workbook(
                file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True,
                ragged_rows=True,
            )  # fmt: skip
            self.sheets = tuple(self._listed())
        self.days_from_1904 = self._book.datemode == 1
        self._shapes: dict[int, Shape | None] = {}
        self._share = 0.0
        self._in_memory: int | None = None

    def tops(self, sheets: Sequence[Sheet], most: int) -> TopStream:
        return tops_one_by_one(self, sheets, most)

    def runs(self, sheet: Sheet) -> RunStream:
        return in_runs(self._rows(sheet))

    def _rows(self, sheet: Sheet) -> RowStream:
        with _sound():
            uncomputed = self._surveyed(sheet)
            cells = self._loaded(sheet)
        left = max(LEAST_MEMORY, MEMORY_RATIO * self._size)
        self._share = 0.0
        for place in range(cells.nrows):
            with _sound():
                row = [self._cell(cell) for cell in cells.row(place)]
            for column in uncomputed.get(place, ()):
                row[column] = Unreadable("")
            left -= sum(len(cell) for cell in row if isinstance(cell, str) and len(cell) > _LONG)
            if left < 0:
                raise ZipBomb(limit=max(LEAST_MEMORY, MEMORY_RATIO * self._size))
            while row and row[-1] == "" and type(row[-1]) is str:
                row.pop()
            self._share = (place + 1) / cells.nrows
            if row:
                yield place + 1, row

    def check(self, sheet: Sheet) -> None:
        with _sound():
            self._surveyed(sheet)
            self._loaded(sheet)

    def merged(self, sheet: Sheet) -> list[Area]:
        with _sound():
            areas = self._loaded(sheet).merged_cells
        return [(left, top, right - 1, bottom - 1) for top, bottom, left, right in areas]

    def share_read(self) -> float:
        return self._share

    def _listed(self) -> Iterator[Sheet]:
        """xlrd tells with a loaded sheet only whether it is hidden, but knows it from the list of sheets."""
        hidden = self._book._sheet_visibility  # noqa: SLF001
        for place, name in enumerate(self._book.sheet_names()):
            yield Sheet(name, place, hidden[place] != 0)

    def _loaded(self, sheet: Sheet) -> Any:  # xlrd has no types
        """The sheet in memory, and no other."""
        if self._in_memory not in {None, sheet.place}:
            self._book.unload_sheet(self._in_memory)
        self._in_memory = sheet.place
        return self._book.sheet_by_index(sheet.place)

    def _surveyed(self, sheet: Sheet) -> dict[int, list[int]]:
        """The columns of formulas without a stored value, by row; ZipBomb for a sheet of rows that are mostly
        filled up, before xlrd fills them."""
        survey = _Survey()
        survey.look(self._book.mem, self._book._sh_abs_posn[sheet.place])  # noqa: SLF001
        if survey.filled > max(MOST_FILLED, survey.cells):
            raise ZipBomb(limit=max(LEAST_MEMORY, MEMORY_RATIO * self._size))
        return survey.uncomputed

    def _cell(self, cell: Any) -> Cell:  # xlrd has no types
        kind, value = cell.ctype, cell.value
        if kind == xlrd.XL_CELL_TEXT:
            return str(value)
        if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            shape = self._shape(cell.xf_index)
            return shape(repr(value)) if shape else numbers.read(repr(value))
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        if kind == xlrd.XL_CELL_ERROR:
            return Unreadable(xlrd.error_text_from_code.get(value, ""))
        return ""

    def _shape(self, style: int) -> Shape | None:
        if style not in self._shapes:
            key = self._book.xf_list[style].format_key
            form = self._book.format_map.get(key)
            code = form.format_str if form else None
            self._shapes[style] = shape_of(key, code, from_1904=self.days_from_1904)
        return self._shapes[style]


class _Survey:
    """What the records of a sheet tell before it is loaded."""

    def __init__(self) -> None:
        self.cells = 0
        self.uncomputed: dict[int, list[int]] = {}
        self._widths: dict[int, int] = {}

    @property
    def filled(self) -> int:
        """How many cells are not written, but stand left of one that is."""
        return sum(self._widths.values()) - self.cells

    def look(self, stream: bytes, at: int) -> None:
        """Read the records of the sheet that begins at a byte."""
        depth = 0
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            at += 4
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1 and kind in _ONE_CELL:
                row, column = struct.unpack_from("<HH", stream, at)
                self._count(row, column, 1)
                if kind == _FORMULA and stream[at + 6 : at + 14] == _ZERO:
                    self.uncomputed.setdefault(row, []).append(column)
            elif depth == 1 and kind in _CELLS:
                row, first = struct.unpack_from("<HH", stream, at)
                (last,) = struct.unpack_from("<H", stream, at + length - 2)
                self._count(row, last, last - first + 1)
            at += length

    def _count(self, row: int, last: int, cells: int) -> None:
        self.cells += cells
        self._widths[row] = max(self._widths.get(row, 0), last + 1)


@contextmanager
def _sound() -> Iterator[None]:
    """xlrd raises whatever comes on a broken file (struct, index, assertion, decoding); its messages may
    hold what stands in it."""
    try:
        yield
    except BadFile:
        raise
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise NotATable(
                kind=_("an Office file with a password (save it without one)")
            ) from None
        raise SheetBroken(kind=KIND) from None
    except Exception:
        raise SheetBroken(kind=KIND) from None
