"""XLS of Excel 97 to 2003 and WPS (.et), read by xlrd, which tells errors, formats and hidden sheets.

The format ends at 65,536 rows and keeps doubles. xlrd holds a sheet in memory, so a file has a bound.

LibreOffice keeps 0 for every formula whose result is a text (findings/libreoffice-xls-of-text-formulas.sh), so
a stored result of 0 is none. xlrd does not say which cells are formulas: their records are looked up beside it.
A formula whose result is an empty text looks like one of xlwt that nobody computed; both are blank.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import xlrd
from django.utils.translation import gettext as _

from tutela.vault.importing.errors import BadFile, NotATable, SheetBroken, ZipBomb
from tutela.vault.importing.reading.cells import Cell, Unreadable

from . import numbers
from .book import Area, RowStream, RunStream, Sheet, in_runs
from .styles import Shape, shape_of
from .xlsx import LEAST_MEMORY, MEMORY_RATIO

KIND = "XLS"
MOST_SIZE = 48 << 20
"""Bytes of a file. Seen with xlrd 2.0.2: a sheet of blanks or small numbers takes six times as much."""
_LONG = 1000
# Records of BIFF ([MS-XLS] 2.3): the start and the end of a sheet, or of a chart in it, and a formula.
_BEGIN, _END, _FORMULA = 0x0809, 0x000A, 0x0006
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

    def runs(self, sheet: Sheet) -> RunStream:
        return in_runs(self._rows(sheet))

    def _rows(self, sheet: Sheet) -> RowStream:
        with _sound():
            cells = self._book.sheet_by_index(sheet.place)
            uncomputed = _uncomputed(self._book.mem, self._book._sh_abs_posn[sheet.place])  # noqa: SLF001
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
        """All sheets were read for their names."""

    def merged(self, sheet: Sheet) -> list[Area]:
        with _sound():
            areas = self._book.sheet_by_index(sheet.place).merged_cells
        return [(left, top, right - 1, bottom - 1) for top, bottom, left, right in areas]

    def share_read(self) -> float:
        return self._share

    def _listed(self) -> Iterator[Sheet]:
        """Only a sheet that is loaded tells whether it is hidden."""
        for place, name in enumerate(self._book.sheet_names()):
            hidden = self._book.sheet_by_index(place).visibility != 0
            self._book.unload_sheet(place)
            yield Sheet(name, place, hidden)

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


def _uncomputed(stream: bytes, at: int) -> dict[int, list[int]]:
    """The columns of formulas whose stored result is 0, by row, of the sheet that begins at a byte."""
    found: dict[int, list[int]] = {}
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
        elif kind == _FORMULA and depth == 1 and stream[at + 6 : at + 14] == _ZERO:
            row, column = struct.unpack_from("<HH", stream, at)
            found.setdefault(row, []).append(column)
        at += length
    return found


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
