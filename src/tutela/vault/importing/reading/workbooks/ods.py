"""OpenDocument spreadsheets: all sheets are one XML part, and every value stands in it as a text.

OpenDocument has no error cells. LibreOffice marks them in a namespace of its own, older programs write a
number or an empty text and show the error; both are seen. Cells and rows that repeat are written once with
a count, so counts are bounded.
"""

import re
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from tutela.vault.importing.errors import (
    CellTooLarge,
    NotATable,
    SheetBroken,
    TooManyColumns,
    ZipBomb,
)
from tutela.vault.importing.reading.cells import Cell, Unreadable
from tutela.vault.importing.reading.header import LOOK_AT

from . import days, markup, numbers
from .book import (
    CELL_CHARS,
    MOST_COLUMNS,
    ROW_CHARS,
    Area,
    RowStream,
    RunStream,
    Sheet,
    TopStream,
    in_runs,
)
from .package import Package

KIND = "ODS"
MOST_SHEETS = 500
MOST_REPEATED = 10_000
"""Rows with content that a file may write once and mean so often; more are no list of customers."""
_LAST_ROW = 1 << 20
Repeated = tuple[int, list[Any], int]
"""(number, cells, how often) of a row with content."""
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_WORDS = {
    f"{_SPACE.format(space)} {name}": f"{space}:{name}"
    for space, names in {
        "table": "table table-row table-cell covered-table-cell null-date date-value name style-name display"
        " formula number-columns-repeated number-rows-repeated number-columns-spanned number-rows-spanned",
        "text": "p s c tab line-break ruby-text",
        "office": "value-type value date-value time-value boolean-value string-value",
        "style": "style table-properties name",
        "manifest": "encryption-data",
    }.items()
    for name in names.split()
} | {f"{_CALC} value-type": "calcext:value-type"}
_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|Err:\d{3}")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", re.ASCII)
_MARKS = {"text:tab": "\t", "text:line-break": "\n"}
_WHITE = re.compile(r"[ \t\r\n]+")


class Ods:
    """An opened OpenDocument spreadsheet; SheetBroken, ZipBomb, NotATable with a password."""

    kind = KIND

    def __init__(self, stream: BinaryIO) -> None:
        self._package = Package(stream, KIND)
        if not self._package.has("content.xml"):
            raise SheetBroken(kind=KIND)
        self._check_open()
        listed = _Sheets()
        markup.parse(self._package.blocks("content.xml"), listed, _WORDS, KIND)
        self.sheets = tuple(
            Sheet(name or f"Sheet{at + 1}", at, style in listed.hidden)
            for at, (name, style) in enumerate(listed.named)
        )
        if len({sheet.name for sheet in self.sheets}) < len(self.sheets):
            raise SheetBroken(kind=KIND)
        self.days_from_1904 = listed.null_date == date(1904, 1, 1).isoformat()
        self._claimed = self._package.claimed_size("content.xml")
        self._rows_read = self._rows_given = self._at = 0

    def runs(self, sheet: Sheet) -> RunStream:
        return in_runs(self._rows(sheet))

    def _rows(self, sheet: Sheet) -> RowStream:
        cells = _Cells(sheet.place)
        self._rows_read = self._rows_given = self._at = 0
        with closing(self._package.blocks("content.xml")) as blocks:
            for ready in _parsed(blocks, cells):
                self._at += ready
                self._rows_read += len(cells.ready)
                for number, row, repeated in cells.ready:
                    self._rows_given += 1
                    for copy in range(repeated):
                        yield number + copy, list(row)
                cells.ready.clear()
                if cells.is_done:
                    return

    def tops(self, sheets: Sequence[Sheet], most: int) -> TopStream:
        """In one pass over the part, which ends where nobody asks for more."""
        wanted = {sheet.place: sheet for sheet in sheets}
        tops = _Tops(frozenset(wanted), most)
        with closing(self._package.blocks("content.xml")) as blocks:
            for _ready in _parsed(blocks, tops):
                for place, rows in tops.ready:
                    yield wanted.pop(place), _expanded(rows, most)
                tops.ready.clear()
                if not wanted:
                    return

    def check(self, sheet: Sheet) -> None:
        """All of the part was read for the names of its sheets."""

    def merged(self, sheet: Sheet) -> list[Area]:
        cells = _Cells(sheet.place)
        with closing(self._package.blocks("content.xml")) as blocks:
            for _ready in _parsed(blocks, cells):
                cells.ready.clear()
                if cells.is_done or cells.at > LOOK_AT:
                    break
        return cells.merged

    def share_read(self) -> float:
        if not self._rows_read or not self._claimed:
            return 0.0
        return min(1.0, self._at / self._claimed * self._rows_given / self._rows_read)

    def _check_open(self) -> None:
        """NotATable for a file with a password, whose parts are no XML."""
        manifest = _Manifest()
        if self._package.has("META-INF/manifest.xml"):
            markup.parse(self._package.blocks("META-INF/manifest.xml"), manifest, _WORDS, KIND)
        if manifest.is_locked:
            raise NotATable(kind=_("an Office file with a password (save it without one)"))


def _expanded(rows: Iterable[Repeated], most: int) -> list[tuple[int, list[Any]]]:
    """Rows that are written once, as often as they count, up to the first above `most`."""
    top: list[tuple[int, list[Any]]] = []
    for number, row, repeated in rows:
        copies = range(number, min(number + repeated, max(number, most + 1) + 1))
        top += [(copy, list(row)) for copy in copies]
    return top


def _parsed(blocks: Iterable[bytes], cells: "_Cells | _Tops") -> Generator[int]:
    """Bytes of each block once its cells are ready."""
    parser = markup.parser_of(cells, _WORDS, KIND)
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield len(block)
        parser.Parse(b"", True)
    except markup.NO_XML:
        raise SheetBroken(kind=KIND) from None
    yield 0


class _Manifest:
    def __init__(self) -> None:
        self.is_locked = False

    def start(self, name: str, _facts: dict[str, str]) -> None:
        self.is_locked = self.is_locked or name == "manifest:encryption-data"

    def text(self, text: str) -> None:
        """It has none."""

    def end(self, name: str) -> None:
        """Nothing ends that matters."""


class _Sheets:
    """Names and styles of the sheets, styles that hide a sheet, and the day from which numbers count."""

    def __init__(self) -> None:
        self.named: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.null_date = ""
        self._style = ""
        self._depth = 0

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self.named.append((facts.get("table:name", ""), facts.get("table:style-name", "")))
            if len(self.named) > MOST_SHEETS:
                raise SheetBroken(kind=KIND)
        elif name == "style:style":
            self._style = facts.get("style:name", "")
        elif name == "style:table-properties" and facts.get("table:display") == "false":
            self.hidden.add(self._style)
        elif name == "table:null-date":
            self.null_date = facts.get("table:date-value", "")

    def text(self, text: str) -> None:
        """Cells are read later."""

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1


class _Tops:
    """The first rows of sheets by their places, whatever else they hold: (place, rows) of each that has come to
    its end or to the last row wanted."""

    def __init__(self, places: frozenset[int], most: int) -> None:
        self.ready: list[tuple[int, list[Repeated]]] = []
        self._places, self._most = places, most
        self._depth, self._table = 0, -1
        self._cells: _Cells | None = None

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._table += 1
                if self._table in self._places:
                    self._cells = _Cells(self._table, before=self._table)
        if self._cells is not None:
            self._cells.start(name, facts)

    def text(self, text: str) -> None:
        if self._cells is not None:
            self._cells.text(text)

    def end(self, name: str) -> None:
        cells = self._cells
        if cells is not None:
            cells.end(name)
            has_enough = bool(cells.ready) and cells.at > self._most
            if cells.is_done or has_enough:
                self.ready.append((self._table, cells.ready))
                self._cells = None
        if name == "table:table":
            self._depth -= 1


class _Cells:
    """The rows of one sheet by its place: (number, cells, how often) of those with content. `before`: how many
    sheets have gone by."""

    def __init__(self, place: int, before: int = 0) -> None:
        self.ready: list[Repeated] = []
        self.merged: list[Area] = []
        self.is_done = False
        self.at = 0
        self._place = place
        self._depth, self._table = 0, before - 1
        self._row: list[Any] = []
        self._row_repeated = 1
        self._repeated_rows = 0
        self._column = 0
        self._long = 0
        self._facts: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._in_cell = self._in_paragraph = self._in_reading = False
        self._inner = 0

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            self._table += self._depth == 1
        elif self._table != self._place or self._depth != 1:
            return
        elif self._in_cell:
            self._start_text(name, facts)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._facts, self._text = facts, []
            self._length = self._paragraphs = 0
            self._in_cell = True
        elif name == "table:table-row":
            self._row, self._column, self._long = [], 0, 0
            self._row_repeated = _count(facts.get("table:number-rows-repeated"))

    def _start_text(self, name: str, facts: dict[str, str]) -> None:
        """Paragraphs of the cell itself: those of its notes and drawings lie deeper."""
        self._inner += 1
        if name == "text:p" and self._inner == 1:
            self._in_paragraph = True
            if self._paragraphs:
                self._add_text("\n")
            self._paragraphs += 1
        elif name == "text:ruby-text":
            self._in_reading = True
        elif self._in_paragraph and not self._in_reading:
            if name == "text:s":
                self._add_text(" " * min(_count(facts.get("text:c")), CELL_CHARS + 1))
            elif name in _MARKS:
                self._add_text(_MARKS[name])

    def text(self, text: str) -> None:
        if self._in_paragraph and not self._in_reading:
            self._add_text(_WHITE.sub(" ", text))

    def _add_text(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
        if self._length > CELL_CHARS:
            raise CellTooLarge(row=self.at + 1, limit=CELL_CHARS)

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
            self.is_done = self.is_done or (self._depth == 0 and self._table == self._place)
        elif self._table != self._place or self._depth != 1:
            return
        elif self._inner:
            self._inner -= 1
            if not self._inner:
                self._in_paragraph = False
            if name == "text:ruby-text":
                self._in_reading = False
        elif self._in_cell:
            self._in_cell = False
            self._end_cell(is_shown=name == "table:table-cell")
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self, is_shown: bool) -> None:
        """Cells covered by a merged one may keep a value that nobody sees."""
        facts, column = self._facts, self._column
        repeated = _count(facts.get("table:number-columns-repeated"))
        self._column += repeated
        if not facts and not self._text:
            return
        if self.at < LOOK_AT and (
            "table:number-columns-spanned" in facts or "table:number-rows-spanned" in facts
        ):
            self.merged.append(_area(facts, column, self.at))
        cell = _cell(facts, "".join(self._text)) if is_shown else ""
        if cell == "" and type(cell) is str:
            return
        if self._column > MOST_COLUMNS:
            raise TooManyColumns(columns=self._column, limit=MOST_COLUMNS)
        self._long += self._length * repeated
        if self._long > ROW_CHARS:
            raise CellTooLarge(row=self.at + 1, limit=CELL_CHARS)
        self._row += [""] * (column - len(self._row)) + [cell] * repeated

    def _end_row(self) -> None:
        first, repeated = self.at + 1, self._row_repeated
        self.at += repeated
        if not self._row:
            return
        if self.at > _LAST_ROW:
            raise SheetBroken(kind=KIND)
        if repeated > 1:
            self._repeated_rows += repeated
            if self._repeated_rows > MOST_REPEATED:
                raise ZipBomb(limit=MOST_REPEATED)
        self.ready.append((first, self._row, repeated))


def _cell(facts: dict[str, str], shown: str) -> Cell:
    """A cell by the type that it says."""
    kind = facts.get("office:value-type")
    formula = "table:formula" in facts
    if facts.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(shown.strip())):
        return Unreadable(shown)
    if kind is None:
        return Unreadable(shown) if formula else shown
    read = _READERS.get(kind)
    return read(facts, shown) if read else Unreadable(shown)


def _float(facts: dict[str, str], shown: str) -> Cell:
    cell = numbers.read(facts.get("office:value", ""))
    # A format of zeros shows them: they are part of the postcode or number that people see.
    if type(cell) is str and shown[:1] == "0" and shown.isdigit() and shown.lstrip("0") == cell:
        return shown
    return cell or Unreadable(shown)


def _day(facts: dict[str, str], shown: str) -> Cell:
    written = facts.get("office:date-value", "")
    return days.of_iso(written) if written else Unreadable(shown)


def _time(facts: dict[str, str], shown: str) -> Cell:
    match = _DURATION.fullmatch(facts.get("office:time-value", ""))
    return (
        f"{int(match[1]):02d}:{int(match[2]):02d}:{int(match[3]):02d}"
        if match
        else Unreadable(shown)
    )


def _truth(facts: dict[str, str], shown: str) -> Cell:
    return {"true": True, "false": False}.get(
        facts.get("office:boolean-value", ""), Unreadable(shown)
    )


def _string(facts: dict[str, str], shown: str) -> Cell:
    return shown or facts.get("office:string-value", "")


_READERS: dict[str, Callable[[dict[str, str], str], Cell]] = {
    "float": _float, "percentage": _float, "currency": _float, "date": _day, "time": _time,
    "boolean": _truth, "string": _string,
}  # fmt: skip


def _area(facts: dict[str, str], column: int, row: int) -> Area:
    wide = _count(facts.get("table:number-columns-spanned"))
    high = _count(facts.get("table:number-rows-spanned"))
    return column, row, column + wide - 1, row + high - 1


def _count(written: str | None) -> int:
    """How often; SheetBroken where it is no count that a sheet has room for."""
    if written is None:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) < 8 and int(written)):
        raise SheetBroken(kind=KIND)
    return int(written)
