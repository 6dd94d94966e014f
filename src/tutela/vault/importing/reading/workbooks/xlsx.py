"""XLSX (also strict, with macros or as a template): which sheets a workbook has, and their rows."""

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import BinaryIO

from tutela.vault.importing.errors import SheetBroken
from tutela.vault.importing.reading.header import LOOK_AT

from . import cells, markup
from .book import Area, RunStream, Sheet, TopStream, tops_one_by_one
from .package import Package
from .sheet_rows import SheetRows
from .strings import SharedStrings
from .styles import KIND, MAIN, Styles

MOST_SHEETS = 500
MEMORY_RATIO = 64
LEAST_MEMORY = 24 << 20
_WORDS = markup.vocabulary(["workbook", "workbookPr", "sheet", "calcPr"], MAIN) | markup.vocabulary(
    ["id"],
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
_TRUE = ("1", "true", "on")


class Xlsx:
    """An opened XLSX workbook; SheetBroken, ZipBomb."""

    kind = KIND

    def __init__(self, stream: BinaryIO) -> None:
        self._package = Package(stream, self.kind)
        main = next(
            (
                link.target
                for link in self._package.links().values()
                if link.kind == "officeDocument"
            ),
            "xl/workbook.xml",
        )
        if not self._package.has(main):
            raise SheetBroken(kind=self.kind)
        found = _Workbook()
        markup.parse(self._package.blocks(main), found, _WORDS, KIND)
        links = self._package.links(main)
        self._parts: list[str] = []
        sheets: list[Sheet] = []
        for name, link_id, hidden in found.sheets:
            link = links.get(link_id)
            if link and link.kind == "worksheet" and self._package.has(link.target):
                named = name or f"Sheet{len(self._parts) + 1}"
                sheets.append(Sheet(named, len(self._parts), hidden))
                self._parts.append(link.target)
        # One part as many sheets would be read as often.
        if min(len({sheet.name for sheet in sheets}), len(set(self._parts))) < len(sheets):
            raise SheetBroken(kind=KIND)
        self.sheets = tuple(sheets)
        self.days_from_1904 = found.days_from_1904
        self._recalculates = found.recalculates
        self._by_kind = {link.kind: link.target for link in links.values()}
        self._context: cells.Context | None = None
        self._pass = SheetRows(cells.Context())
        self._claimed = 0

    def tops(self, sheets: Sequence[Sheet], most: int) -> TopStream:
        return tops_one_by_one(self, sheets, most)

    def runs(self, sheet: Sheet) -> RunStream:
        part = self._parts[sheet.place]
        self._pass = SheetRows(self._needed())
        self._claimed = self._package.claimed_size(part)
        with closing(self._blocks(part)) as blocks:
            yield from self._pass.runs(blocks)

    def check(self, sheet: Sheet) -> None:
        with closing(self._blocks(self._parts[sheet.place])) as blocks:
            markup.check(blocks, KIND)

    def merged(self, sheet: Sheet) -> list[Area]:
        with closing(self._blocks(self._parts[sheet.place])) as blocks:
            return cells.merged(blocks, LOOK_AT)

    def share_read(self) -> float:
        return min(1.0, self._pass.at / self._claimed) if self._claimed else 0.0

    def _blocks(self, part: str) -> Generator[bytes]:
        return self._package.blocks(part)

    def _needed(self) -> cells.Context:
        """Styles and shared strings, read once."""
        if self._context is None:
            styles = self._by_kind.get("styles", "")
            shapes = {}
            if self._package.has(styles):
                read = Styles(self._blocks(styles), from_1904=self.days_from_1904)
                shapes = read.shapes()
            self._context = cells.Context(
                strings=SharedStrings(self._blocks(self._by_kind.get("sharedStrings", ""))),
                shapes=shapes,
                recalculates=self._recalculates,
                shared_chars=max(LEAST_MEMORY, MEMORY_RATIO * self._package.size),
            )
        return self._context


class _Workbook:
    """The elements of the workbook's part: (name, relationship, whether it is hidden) of each sheet."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.days_from_1904 = self.recalculates = False

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "sheet":
            if len(self.sheets) >= MOST_SHEETS:
                raise SheetBroken(kind=KIND)
            hidden = facts.get("state", "visible") != "visible"
            self.sheets.append((facts.get("name", ""), facts.get("id", ""), hidden))
        elif name == "workbookPr":
            self.days_from_1904 = facts.get("date1904", "").lower() in _TRUE
        elif name == "calcPr":
            self.recalculates = facts.get("fullCalcOnLoad", "").lower() in _TRUE

    def text(self, text: str) -> None:
        """The workbook's part has none that matters."""

    def end(self, name: str) -> None:
        """Nothing ends that matters."""
