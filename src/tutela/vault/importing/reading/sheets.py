"""XLSX workbooks, read from memory: nothing is unpacked to a disk.

`weigh` counts first what opening the workbook would take. Number cells of 16 digits and more are found
in the sheet's XML: a spreadsheet keeps 15, so an id number or a card kept as a number has lost its end.
Such a cell is given as a number; all others are the texts that fastexcel makes of them.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, NamedTuple

import fastexcel
import pyarrow.compute as pc

from tutela.vault.importing.errors import CellTooLarge, DigitsLost, FileEmpty, SheetBroken

from . import weigh
from .cells import Number, Rows, Wanted
from .header import LOOK_AT, Header, Known, find

_BLOCK = 1 << 20
_OVERLAP = 512
MOST_LOST = 50_000
_CELL_BYTES = 1 << 20

_NUMBER_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^<>]* t=")[^<>]*><v>(\d{16,}|\d\.\d+E\+(?:1[5-9]|2\d))</v>'
    rb'|<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_NINE_DECIMALS = re.compile(r"-?[1-9]\d{6,14}\.\d{9}")
_MENDED = r"(?:\.\d{9}| 00:00:00)$"
_ROWS_AT_ONCE = 4096
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
Lost = dict[int, dict[int, Number]]
"""Row (from 0) → column (from 0) → the number."""
Area = tuple[int, int, int, int]
"""First column, first row, last column, last row, all from 0."""
_HIGHEST_MERGE = 4
_NONE: dict[int, Number] = {}


class Oddities(NamedTuple):
    """What one pass over a sheet's XML finds that its cells as text do not tell."""

    lost: Lost
    merged: list[Area]


class SheetReader:
    """One sheet of a workbook: that of a name, or without one the first that has any rows."""

    delimiter = ""

    def __init__(self, stream: BinaryIO, sheet: str) -> None:
        data = stream.read()
        self._size = len(data)
        try:
            members = weigh.check_workbook(data)
            names, self.sheet, self._cells = _load(data, sheet)
            _check_cells(self._cells)
            place, width = names.index(self.sheet), self._cells.num_columns
            self._oddities = _oddities(data, members, place, width)
        except (fastexcel.FastExcelError, zipfile.BadZipFile, zlib.error, ValueError, OSError):
            raise SheetBroken(kind="XLSX") from None
        self.left_out = tuple(name for name in names if name != self.sheet)
        self.height: int = self._cells.num_rows

    @property
    def typed(self) -> frozenset[int]:
        return frozenset(column for row in self._oddities.lost.values() for column in row)

    def header(self, known: Known) -> Header:
        """Among the first rows, in which merged cells all have the text of the first."""
        columns = [_texts(column.slice(0, LOOK_AT)) for column in self._cells.columns]
        top = [list(row) for row in zip(*columns, strict=True)]
        for area in self._oddities.merged:
            _fill(top, area)
        return find(top, known)

    def rows(self, wanted: Wanted = None) -> Rows:  # noqa: ARG002 (a sheet is read whole)
        lost = self._oddities.lost
        for start in range(0, self.height, _ROWS_AT_ONCE):
            part = self._cells.slice(start, _ROWS_AT_ONCE)
            columns = [_texts(column) for column in part.columns]
            for index, cells in enumerate(zip(*columns, strict=True), start):
                row: list[Any] = list(cells)
                for column, number in lost.get(index, _NONE).items():
                    row[column] = number
                yield index + 1, row

    def bytes_read(self) -> int:
        return self._size


def _fill(top: list[list[str]], area: Area) -> None:
    first_column, first_row, last_column, last_row = area
    if first_row >= len(top) or last_row - first_row > _HIGHEST_MERGE:
        return
    for row in top[first_row : last_row + 1]:
        for column in range(first_column, min(last_column + 1, len(row))):
            row[column] = top[first_row][first_column]


def _texts(column: Any) -> list[str]:  # an arrow column
    cells: list[str] = column.fill_null("").to_pylist()
    if pc.any(pc.match_substring_regex(column, _MENDED)).as_py():
        return [_text(cell) for cell in cells]
    return cells


def _text(cell: str) -> str:
    """A date cell's midnight is not part of the date, and nine decimals are not what a person sees.

    Seen with fastexcel 0.21.0: a number asked for as text has nine decimals, so 12345678.12 comes as
    12345678.119999999. A spreadsheet shows at most 15 digits; below eight million nine decimals are right.
    """
    if cell[-10:-9] == "." and _NINE_DECIMALS.fullmatch(cell):
        return f"{float(cell):.15g}"
    return cell.removesuffix(" 00:00:00")


def _load(data: bytes, sheet: str) -> tuple[list[str], str, Any]:
    """The names of all sheets, the one that is read, and its cells as texts (an arrow batch; pyarrow ships
    no types); FileEmpty."""
    book = fastexcel.read_excel(data)
    for name in [sheet] if sheet else book.sheet_names:
        loaded = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if loaded.total_height:
            return book.sheet_names, name, loaded.to_arrow()
    raise FileEmpty


def _check_cells(batch: Any) -> None:  # an arrow batch
    """Refuse a cell above the limit. Arrow's buffers tell quickly that there can be none."""
    for column in batch.columns:
        if column.nbytes <= _CELL_BYTES:
            continue
        sizes = pc.binary_length(column)
        if (pc.max(sizes).as_py() or 0) > _CELL_BYTES:
            row = pc.index(pc.greater(sizes, _CELL_BYTES), True).as_py()
            raise CellTooLarge(row=row + 1, limit=_CELL_BYTES)


def _oddities(data: bytes, members: list[str], index: int, width: int) -> Oddities:
    """Cells of the sheet whose last digits a spreadsheet has lost, and its merged cells."""
    sheets = sorted((m for m in members if _SHEET.fullmatch(m)), key=_sheet_number)
    oddities = Oddities({}, [])
    if index >= len(sheets):
        return oddities
    with zipfile.ZipFile(io.BytesIO(data)) as book, book.open(sheets[index]) as member:
        for match in _matches(member):
            if match[4]:
                if len(oddities.merged) < MOST_LOST:
                    oddities.merged.append(_area(match))
            else:
                _add_lost(oddities.lost, match, width)
    return oddities


def _add_lost(lost: Lost, match: re.Match[bytes], width: int) -> None:
    row, column = int(match[2]) - 1, _column(match[1])
    if column < width and float(match[3]) >= 1e15:
        lost.setdefault(row, {})[column] = Number(match[3].decode())
    if len(lost) > MOST_LOST:
        raise DigitsLost(limit=MOST_LOST)


def _area(match: re.Match[bytes]) -> Area:
    return _column(match[4]), int(match[5]) - 1, _column(match[6]), int(match[7]) - 1


def _sheet_number(name: str) -> int:
    match = _SHEET.fullmatch(name)
    return int(match[1]) if match else 0


def _matches(member: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """Number cells of a sheet, block by block; a cell across two blocks is seen once."""
    tail = b""
    while block := member.read(_BLOCK):
        text = tail + block
        end = 0
        for match in _NUMBER_CELL.finditer(text):
            yield match
            end = match.end()
        tail = text[max(end, len(text) - _OVERLAP) :]


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
