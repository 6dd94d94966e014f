"""CSV and its kin: texts split by one character, read in flat memory."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from tutela.vault.importing.errors import CellTooLarge

from . import sniff
from .cells import Rows, Wanted
from .header import LOOK_AT, Header, Known, find

CELL_BYTES = 1 << 20
DELIMITERS = ",;\t|"
_LINE_CHARS = 4 * CELL_BYTES
PIECE = 1 << 14
_PEEK_LINES = 200
_SAMPLE_ROWS = 50

csv.field_size_limit(CELL_BYTES)


class DelimitedReader:
    """Rows of texts, unequal in length. Without a delimiter the one that fits the first lines is taken."""

    sheet, height = "", 0
    left_out: tuple[str, ...] = ()
    typed: frozenset[int] = frozenset()

    def __init__(self, stream: BinaryIO, encoding: str, delimiter: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._read = 0
        self.delimiter = delimiter or likely_delimiter(islice(self._lines(), _PEEK_LINES))

    def header(self, known: Known) -> Header:
        """Among the first lines: a quote that is never closed must not read the whole file."""
        lines = islice(self._lines(), _PEEK_LINES)
        try:
            top = list(islice(csv.reader(lines, delimiter=self.delimiter), LOOK_AT))
        except csv.Error:
            raise CellTooLarge(row=1, limit=CELL_BYTES) from None
        return find(top, known)

    def rows(self, wanted: Wanted = None) -> Rows:  # noqa: ARG002 (a line is read whole)
        number = 0
        try:
            for number, row in enumerate(csv.reader(self._lines(), delimiter=self.delimiter), 1):
                yield number, row
        except csv.Error:
            raise CellTooLarge(row=number + 1, limit=CELL_BYTES) from None

    def bytes_read(self) -> int:
        return self._read

    def _lines(self) -> Iterator[str]:
        """Lines with their ends; one that does not end within the limit is refused, not held."""
        self._stream.seek(0)
        self._read = 0
        decoder = codecs.getincrementaldecoder(self._encoding)(sniff.ESCAPE)
        before, rest = 0, ""
        while piece := self._stream.read(PIECE):
            self._read += len(piece)
            # The last line may go on in the next piece, even after a carriage return.
            lines = list(io.StringIO(rest + decoder.decode(piece), newline=""))
            if max(map(len, lines[:1]), default=0) >= _LINE_CHARS:
                raise CellTooLarge(row=before + 1, limit=CELL_BYTES)
            rest = lines.pop() if lines else ""
            before += len(lines)
            yield from lines
        yield from io.StringIO(rest + decoder.decode(b"", True), newline="")


def likely_delimiter(lines: Iterable[str]) -> str:
    """The character that splits most rows into the same number (above one) of cells."""
    sample = list(lines)
    return max(DELIMITERS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: list[str], mark: str) -> float:
    try:
        rows = list(csv.reader(sample, delimiter=mark))[:_SAMPLE_ROWS]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count * (1 + min(width, 50) / 50)
