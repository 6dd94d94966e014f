"""CSV and its kin: texts divided by one delimiter, read in flat memory.

Python's csv reader splits many lines at a time and raises at a row that RFC 4180 does not allow. Such a row is
rejected at its first line, and the lines after it are read anew, so that a quote which never closes costs one
row and not all that follow. The same holds for a row over several lines of which one would be a row of its
own.
"""

import csv
import re
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import BinaryIO

from tutela.vault.importing.errors import CellTooLarge, HeaderMissing, TooManyColumns

from . import spreadsheet_texts
from .at_once import rows_at_once
from .cells import BrokenRow, Run, Runs, Wanted, rows_of
from .dividing import check_divides, find_delimiter
from .header import LOOK_AT, MOST_COLUMNS, Header, Known, find
from .lines import CELL_BYTES, Feed, batches
from .quoting import Style, has_escape, heights, read_run, style_of

QUOTE_OPEN, TEXT_AFTER, STRAY = "quote_open", "quote_text_after", "quote_stray"
CELL_LARGE, ROW_WIDE, NUL = "cell_too_large", "row_too_wide", "nul"
ESCAPE_UNKNOWN, ESCAPE_DOUBTFUL = "escape_unknown", "escape_doubtful"
_MOST_LINES = 1000
_KEPT = 10_000
_WIDE_LINES = 8
_SURE_WIDTH = 4
_SHAPES = (
    (re.compile(r"[0-9]+"), "9"),
    (re.compile(r"[A-Za-z]+"), "A"),
    (re.compile(r"[^\W0-9A-Z_a-z]+"), "x"),
)

csv.field_size_limit(CELL_BYTES)


class DelimitedReader:
    """Rows of texts, unequal in length. Without a delimiter the one that divides the first lines is taken."""

    sheet, height = "", 0
    left_out: tuple[str, ...] = ()
    typed: frozenset[int] = frozenset()

    def __init__(self, stream: BinaryIO, encoding: str, delimiter: str) -> None:
        self._stream, self._encoding = stream, encoding
        self.delimiter = delimiter

    def header(self, known: Known) -> Header:
        """Among the first lines: a quote that is never closed must not read the whole file."""
        head = self._feed().head()
        if not head:
            raise CellTooLarge(row=1, limit=CELL_BYTES)
        if self.delimiter:
            check_divides(self.delimiter, head)
        else:
            self.delimiter = find_delimiter(head, known)
        try:
            return find([row for _number, row in islice(rows_of(self.runs()), LOOK_AT)], known)
        except HeaderMissing:
            columns = 1 + max(line.count(self.delimiter) for line in head)
            if columns > MOST_COLUMNS:
                raise TooManyColumns(columns=columns, limit=MOST_COLUMNS) from None
            raise

    def runs(self, wanted: Wanted = None) -> Runs:  # noqa: ARG002 (a line is read whole)
        feed = self._feed()
        style = style_of(feed.head(), self.delimiter)
        feed.mend(style)
        number = 1
        while feed.fill():
            run = _at_once(feed, style, number)
            has_broken = False
            if run is None:
                rows, has_broken = _run(feed, style)
                run = Run(range(number, number + len(rows)), rows)
            yield run
            number += len(run.rows)
            if has_broken:
                yield Run((number,), [_single(feed, style)])
                number += 1

    def bytes_read(self) -> int:
        return self._stream.tell()

    def _feed(self) -> Feed:
        return Feed(batches(self._stream, self._encoding))


def _at_once(feed: Feed, style: Style, number: int) -> Run | None:
    """The rows of a whole batch from this number on, where nothing in it needs a look."""
    text = feed.whole()
    if not 0 < len(text) <= CELL_BYTES:
        return None
    rows = rows_at_once(text, feed.marks, style)
    if rows is None or len(rows) < _WIDE_LINES:
        return None
    feed.take()
    numbers = range(number, number + len(rows))
    return Run(numbers, rows, is_clean=not spreadsheet_texts.are_in(text))


def _run(feed: Feed, style: Style) -> tuple[list[list[str]], bool]:
    """The rows from the feed's place on that can be split within its lines, and whether one follows that
    cannot."""
    if feed.is_cut:
        feed.at = 1
        return [BrokenRow(feed.lines[0], CELL_LARGE)], False
    lines = feed.lines
    if feed.at or feed.most_lines(len(lines)) < len(lines):
        lines = lines[feed.at : feed.at + feed.most_lines(len(lines))]
    rows, taken, read, has_broken = read_run(lines, style)
    tall: Sequence[int] = ()
    if len(rows) != taken:
        tall = heights(rows, lines, style.quote)
        if (swallowed := _first_swallowed(rows, tall, lines, style)) >= 0:
            rows, has_broken = rows[:swallowed], True
            taken = sum(tall[:swallowed])
    feed.spend(lines[taken:read])
    feed.at += taken
    if odd := _odd_characters(feed, style, len(rows)):
        rows = _looked_at(rows, lines[:taken], style, odd, tall)
    return rows, has_broken


def _first_swallowed(
    rows: Sequence[Sequence[str]], tall: Sequence[int], lines: Sequence[str], style: Style
) -> int:
    """The place of the first row that has swallowed others, -1 for none."""
    at = 0
    for place, lines_of_it in enumerate(tall):
        if lines_of_it > 1 and _swallows(rows[place], lines[at : at + lines_of_it], style):
            return place
        at += lines_of_it
    return -1


def _swallows(row: Sequence[str], lines: Sequence[str], style: Style) -> bool:
    """Whether a later line of a row would itself be a row: as wide as the others and, in a narrow table,
    with a first cell that looks alike."""
    if style.width < 2:
        return False
    dialect = style.dialect | {"strict": False}
    for line in lines[1:]:
        cells = next(csv.reader([line], **dialect), [])
        alike = style.width >= _SURE_WIDTH or _shape(cells[0]) == _shape(row[0])
        if len(cells) == style.width and alike:
            return True
    return False


def _shape(text: str) -> str:
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text


def _single(feed: Feed, style: Style) -> list[str]:
    """The row at the feed's place, over as many lines as it takes, or its first line as a broken row."""
    reader = csv.reader(feed.from_here(feed.most_lines(_MOST_LINES)), **style.dialect)
    try:
        row = next(reader)
    except csv.Error as error:
        code = _code(str(error)) if reader.line_num == 1 else QUOTE_OPEN
    else:
        lines = feed.lines[feed.at : feed.at + reader.line_num]
        if len(lines) == 1 or not _swallows(row, lines, style):
            feed.at += len(lines)
            return _one_looked_at(row, lines, style)
        code = QUOTE_OPEN
    feed.spend(feed.lines[feed.at + 1 : feed.at + reader.line_num])
    line = feed.lines[feed.at]
    feed.at += 1
    return _broken([line], code, style)


def _code(message: str) -> str:
    if "field larger" in message:
        return CELL_LARGE
    return TEXT_AFTER if "expected after" in message else QUOTE_OPEN


def _broken(lines: Sequence[str], code: str, style: Style) -> BrokenRow:
    return BrokenRow(style.raw("".join(lines).rstrip("\r\n")[:_KEPT]), code)


def _odd_characters(feed: Feed, style: Style, rows: int) -> str:
    """What may stand in some rows that is no text, or in the wrong place: quick, since it is asked of all.
    The delimiter stands for rows that all need a look."""
    if rows < _WIDE_LINES or not style.is_plain:
        return style.divider
    quote = style.quote if style.quotes else ""
    return "".join([char for char in "\0\\" + quote if char in feed.marks])


def _looked_at(
    rows: list[list[str]], lines: Sequence[str], style: Style, odd: str, tall: Sequence[int]
) -> list[list[str]]:
    """Rows with their cells as they were meant; those that cannot be right are broken. `odd`: one of these
    characters stands in a row that needs a look; `tall`: the lines of each row, if not one each."""
    firsts = list(accumulate(tall, initial=0)) if tall else range(len(rows) + 1)
    asked: Sequence[int] = range(len(rows))
    if style.divider not in odd:
        asked = sorted({at for char in odd for at in _asked_for(char, rows, lines, firsts)})
    for at in asked:
        rows[at] = _one_looked_at(rows[at], lines[firsts[at] : firsts[at + 1]], style)
    return rows


def _asked_for(
    char: str, rows: Sequence[Sequence[str]], lines: Sequence[str], firsts: Sequence[int]
) -> list[int]:
    """The rows that have a character in a cell, where it is nothing strange in a line: `firsts` are the
    places of their first lines."""
    # Of a file whose cells are quoted all lines have the quote, and hardly a cell.
    if char not in "".join(["".join(row) for row in rows]):
        return []
    asked = [
        at
        for at, first in enumerate(firsts[:-1])
        if char in lines[first] or firsts[at + 1] - first > 1
    ]
    return [at for at in asked if char in "".join(rows[at])]


def _one_looked_at(row: list[str], record: Sequence[str], style: Style) -> list[str]:
    cells = row if style.is_plain else style.restored(row)
    if cells is None:
        return _broken(record, ESCAPE_UNKNOWN, style)
    code = _fault(cells, record, style)
    return _broken(record, code, style) if code else cells


def _fault(cells: list[str], record: Sequence[str], style: Style) -> str:
    """Why a row that could be split is not to be believed, "" if it is."""
    joined = "".join(cells)
    if "\0" in joined:
        return NUL
    if "\\N" in joined and not style.backslash:
        cells[:] = ["" if cell == "\\N" else cell for cell in cells]
    if style.doubtful and has_escape("\0".join(cells)):
        return ESCAPE_DOUBTFUL
    if len(cells) > 2 * MOST_COLUMNS:
        return ROW_WIDE
    if style.quotes and style.quote in joined and not style.is_well_formed("".join(record)):
        return STRAY
    return ""
