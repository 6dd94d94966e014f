"""One pass over a sheet's XML: plain rows are read by `plain_rows`, everything else by the parser."""

from collections.abc import Iterable

from tutela.vault.importing.errors import SheetBroken
from tutela.vault.importing.reading.cells import Run

from . import markup
from .book import RunStream
from .cells import WORDS, Cells, Context
from .plain_rows import EMPTY_ROW, PlainRows
from .sluice import Sluice
from .styles import KIND

_DATA = b"<sheetData>"


class SheetRows:
    """One pass over a sheet. The rows that were given stand in `at` bytes of XML."""

    def __init__(self, context: Context) -> None:
        self._cells = Cells(context)
        self.at = 0

    def runs(self, blocks: Iterable[bytes]) -> RunStream:
        source = _Rows(self._cells)
        try:
            for block in blocks:
                source.feed(block)
                self._cells.check_text()
                self.at += len(block)
                yield from self._taken()
            source.close()
        except markup.NO_XML:
            raise SheetBroken(kind=KIND) from None
        yield from self._taken()
        if not self._cells.is_sheet:
            raise SheetBroken(kind=KIND)

    def _taken(self) -> RunStream:
        numbers, rows = self._cells.numbers, self._cells.rows
        if rows:
            self._cells.numbers, self._cells.rows = [], []
            yield Run(numbers, rows)


class _Rows(Sluice):
    """The rows of a sheet."""

    def __init__(self, cells: Cells) -> None:
        super().__init__(markup.parser_of(cells, WORDS, KIND), "row")
        self._cells, self._plain = cells, PlainRows(cells)
        self._data_at = -1
        cells.data_begins, cells.row_ends = self._note_data, self._note_end

    def _note_data(self) -> None:
        self._data_at = self.place()

    def _note_end(self) -> None:
        self.end_at = self.place()

    def _first(self, data: bytes) -> int:
        at = data.find(_DATA)
        return at + len(_DATA) if at >= 0 else -1

    def _is_begun(self, before: bytes) -> bool:
        return self._data_at == len(before) - len(_DATA)

    def _without_odd(self, piece: str) -> str:
        """Rows without cells, of which many may stand between others."""
        at = 0
        while match := EMPTY_ROW.match(piece, at):
            at = match.end()
            if not self._plain.read_empty(match):
                self._parse(match[0].encode())
                if not self._ends_here(match[0].lstrip()):
                    break
                self._plain.trust(match[0])
        return piece[at:]

    def _read(self, piece: str) -> bool:
        return self._plain.read(piece)

    def _is_settled(self) -> bool:
        return self._cells.is_settled()

    def _trust(self, piece: str) -> None:
        self._plain.trust(piece)
