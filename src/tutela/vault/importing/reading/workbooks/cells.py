"""The cells of a sheet's XML, row by row, each by its own type."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tutela.vault.importing.errors import CellTooLarge, SheetBroken, TooManyColumns, ZipBomb
from tutela.vault.importing.reading.cells import Cell, Unreadable
from tutela.vault.importing.reading.header import letter

from . import days, markup, numbers
from .book import CELL_CHARS, MOST_COLUMNS, ROW_CHARS, Area
from .strings import SharedStrings, unescaped
from .styles import KIND, MAIN, Shape

WORDS = markup.vocabulary(
    ["worksheet", "sheetData", "row", "c", "f", "v", "is", "t", "rPh", "mergeCell"], MAIN
)
LETTERS = [letter(place) for place in range(MOST_COLUMNS)]
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", re.ASCII)
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
LAST_ROW = 1 << 20
LONG = 1000
_MOST_MERGED = 10_000
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(slots=True)
class Context:
    """What the cells of all sheets of a workbook need.

    `shapes` are the number formats that are more than a number, `recalculates` that its stored values of
    formulas are none yet, `shared_chars` how many characters of long shared strings a sheet may come to.
    """

    strings: SharedStrings = field(default_factory=SharedStrings)
    shapes: dict[str | None, Shape] = field(default_factory=dict)
    recalculates: bool = False
    shared_chars: int = 0


def _nobody() -> None:
    """Nobody wants to know."""


class Cells:
    """What the parser calls: it puts rows with content into `rows`, their numbers into `numbers`.

    The order of the branches is that of how often they are taken; a million rows call these thirty million
    times and more.
    """

    __slots__ = (
        "_clear",
        "_column",
        "_context",
        "_facts",
        "_formula",
        "_long",
        "_of_kind",
        "_parts",
        "_phonetic",
        "_row_text",
        "_run_chars",
        "_runs",
        "_shared_left",
        "_strings",
        "_text",
        "at",
        "data_begins",
        "is_sheet",
        "number",
        "numbers",
        "row",
        "row_ends",
        "rows",
        "shapes",
        "text",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        self.numbers: list[int] = []
        self.rows: list[list[Any]] = []
        self.is_sheet = False
        # Called where the parser is at the beginning of all rows, and at the end of one.
        self.data_begins: Callable[[], None] = _nobody
        self.row_ends: Callable[[], None] = _nobody
        self._context = context
        self._strings, self.shapes = context.strings, context.shapes
        self._shared_left = context.shared_chars
        self.number = numbers.read
        self.at, self._row_text = 0, "0"
        self.row: list[Any] = []
        self._long = 0
        self._column = -1
        # All text goes into a list without a call of ours; what stands in it matters at the end of a value.
        self._parts: list[str] = []
        self.text, self._clear = self._parts.append, self._parts.clear
        self._facts: dict[str, str] = {}
        self._text: str | None = None
        self._runs: list[str] = []
        self._run_chars = 0
        self._formula = self._phonetic = False
        self._of_kind: dict[str, Callable[[str], Cell]] = {
            "b": lambda text: _TRUTH.get(text.strip().lower(), Unreadable(text)),
            "e": Unreadable,
            "d": days.of_iso,
        }

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "c":
            self._facts = facts
        elif name == "v" or name == "t":  # noqa: PLR1714 (a set is slower)
            self._clear()
        elif name == "row":
            self._begin_row(facts.get("r"))
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "worksheet":
            self.is_sheet = True
        elif name == "sheetData":
            self.data_begins()

    def end(self, name: str) -> None:
        if name == "v":
            parts = self._parts
            self._text = parts[0] if len(parts) == 1 else self._joined()
        elif name == "c":
            facts = self._facts
            column = self._column + 1
            reference = facts.get("r")
            if reference is not None and not (
                column < MOST_COLUMNS and reference == LETTERS[column] + self._row_text
            ):
                column = self._placed(reference, column)
            self._column = column
            text = self._text
            if text and not self._formula:
                self._text = None
                self._add(self.cell(text, facts))
            elif self._formula or text is not None or "t" in facts:
                self._end_odd_cell(text, facts)
        else:
            self._end_other(name)

    def _end_odd_cell(self, text: str | None, facts: dict[str, str]) -> None:
        """One with a formula, or without a value."""
        kind, formula = facts.get("t"), self._formula
        self._text, self._formula = None, False
        if (formula and self._is_unvalued(text, kind)) or (kind == "e" and not text):
            self._add(Unreadable(""))
        elif text:
            self._add(self.cell(text, facts))

    def check_text(self) -> None:
        """CellTooLarge for a text that is still under way."""
        if sum(map(len, self._parts)) > CELL_CHARS:
            raise CellTooLarge(row=self.at, limit=CELL_CHARS)

    def _joined(self) -> str:
        self.check_text()
        return "".join(self._parts)

    def _end_other(self, name: str) -> None:
        if name == "row":
            self._clear()
            self.take(self.row)
            self.row_ends()
        elif name == "t" and not self._phonetic:
            self._end_run()
        elif name == "is":
            self._text, self._runs = "".join(self._runs), []
        elif name == "rPh":
            self._phonetic = False

    def _end_run(self) -> None:
        """Runs of a rich text are joined at its end: put together one by one they would be copied as often."""
        self._runs.append(self._joined())
        self._run_chars += len(self._runs[-1])
        if self._run_chars > ROW_CHARS:
            raise CellTooLarge(row=self.at, limit=CELL_CHARS)

    def _begin_row(self, written: str | None) -> None:
        number = self.at + 1
        if written is not None:
            if not (written.isascii() and written.isdigit() and len(written) < 8):
                raise SheetBroken(kind=KIND)
            # Rows that go back would be read as others, or twice.
            if int(written) < number:
                raise SheetBroken(kind=KIND)
            number = int(written)
        if number > LAST_ROW:
            raise SheetBroken(kind=KIND)
        self.begin(number)

    def begin(self, number: int) -> None:
        """The row of a number, without cells yet."""
        self.at, self._row_text = number, str(number)
        self.row, self._column, self._long, self._run_chars = [], -1, 0, 0

    def put(self, column: int, cell: Cell) -> None:
        """A cell of this row, behind those before it."""
        self._column = column
        self._add(cell)

    def take(self, row: list[Any]) -> None:
        """The cells of this row are all there."""
        if row:
            self.numbers.append(self.at)
            self.rows.append(row)

    def is_settled(self) -> bool:
        """Whether nothing of an element is left over that another one could be taken for."""
        return not (self._formula or self._phonetic or self._runs) and self._text is None

    def _placed(self, reference: str, least: int) -> int:
        """The column of a cell whose reference is not simply the next one."""
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != self.at:
            raise SheetBroken(kind=KIND)
        column = column_of(match[1].upper())
        if column < least:
            raise SheetBroken(kind=KIND)
        return column

    def shared(self, places: list[str]) -> list[str]:
        """The shared strings of some places, as cells write these."""
        found = self._strings.find_all(places)
        if self._strings.longest > LONG:
            for text in found:
                if len(text) > LONG:
                    self._weigh_shared(len(text))
        return found

    def cell(self, text: str, facts: dict[str, str]) -> Cell:
        """A cell with a value."""
        kind = facts.get("t")
        if kind == "s":
            shared = self._strings.find(text)
            if len(shared) > LONG:
                self._weigh_shared(len(shared))
            return shared
        if kind is None or kind == "n":
            shape = self.shapes.get(facts.get("s"))
            return shape(text) if shape else self.number(text)
        if kind == "inlineStr" or kind == "str":  # noqa: PLR1714 (a set is slower)
            if "_x" in text:
                text = unescaped(text)
            if len(text) > LONG:
                self._weigh(len(text))
                if len(text) > CELL_CHARS:
                    raise CellTooLarge(row=self.at, limit=CELL_CHARS)
            return text
        return self._of_kind.get(kind, Unreadable)(text)

    def _is_unvalued(self, text: str | None, kind: str | None) -> bool:
        """Whether a formula was never computed. XlsxWriter writes 0 for such and asks for a computation."""
        if not text:
            return text is None or kind != "str"
        return text == "0" and self._context.recalculates

    def _weigh_shared(self, length: int) -> None:
        """A few bytes of XML can name a long string."""
        self._weigh(length)
        self._shared_left -= length
        if self._shared_left < 0:
            raise ZipBomb(limit=self._context.shared_chars)

    def _weigh(self, length: int) -> None:
        self._long += length
        if self._long > ROW_CHARS:
            raise CellTooLarge(row=self.at, limit=CELL_CHARS)

    def _add(self, cell: Cell) -> None:
        column, row = self._column, self.row
        if column == len(row) < MOST_COLUMNS:
            row.append(cell)
        elif cell != "" or type(cell) is not str:
            if column >= MOST_COLUMNS:
                raise TooManyColumns(columns=column + 1, limit=MOST_COLUMNS)
            row.extend([""] * (column - len(row)))
            row.append(cell)


def column_of(letters: str) -> int:
    """A = 0, Z = 25, AA = 26."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number - 1


class MergedCells:
    """The merged cells of a sheet among its first rows; they stand behind all of its cells."""

    def __init__(self, most_rows: int) -> None:
        self.areas: list[Area] = []
        self._most_rows = most_rows

    def start(self, name: str, facts: dict[str, str]) -> None:
        match = _AREA.fullmatch(facts.get("ref", "")) if name == "mergeCell" else None
        if match and int(match[2]) <= self._most_rows and len(self.areas) < _MOST_MERGED:
            self.areas.append(
                (
                    column_of(match[1]),
                    int(match[2]) - 1,
                    column_of(match[3]),
                    int(match[4]) - 1,
                )
            )

    def text(self, text: str) -> None:
        """Merged cells have none."""

    def end(self, name: str) -> None:
        """Nothing ends that matters."""


def merged(blocks: Iterable[bytes], most_rows: int) -> list[Area]:
    """The merged cells that begin in the first rows."""
    found = MergedCells(most_rows)
    markup.parse(blocks, found, WORDS, KIND)
    return found.areas
