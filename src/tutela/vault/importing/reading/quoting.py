r"""How a text writes cells that hold its delimiter, quotes or line breaks, as its first lines show.

Quotes are doubled (RFC 4180), or everything special stands behind a backslash, as MySQL's SELECT INTO OUTFILE,
and PostgreSQL's COPY write it: \N is nothing. Behind a backslash no character divides anything, so before
lines are split each such pair becomes one of the characters that Unicode keeps free for programs (U+FDD0 to
U+FDEF), and in the cells what it stands for. A pair that none of these writers makes is no such pair: its row
is rejected.

Hive and ClickHouse write \N as well, and leave a backslash what it is, so \N proves nothing: the first lines are
split in both ways, and the one in which they come out even is believed. Where both do, rows in which a backslash
might be either are rejected.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, NamedTuple

NOTHING, UNKNOWN = "\ufdd0", "\ufddf"
LONG_DELIMITER: Final = "\ufdee"
RESERVED: Final = re.compile("[\ufdd0-\ufdef]")
_LOST = "\ufffd"
_PAIR: Final = re.compile(r"\\(\r\n|.)", re.DOTALL)
_MEANS: Final = {
    "\\": "\\", '"': '"', "'": "'", "\n": "\n", "\r": "\r", "\r\n": "\n", "\t": "\t",
    "t": "\t", "n": "\n", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a", "f": "\f", "v": "\v",
}  # fmt: skip
_FIRST: Final = 0xFDD1
_PLACES: Final = {pair: chr(_FIRST + at) for at, pair in enumerate(dict.fromkeys(_MEANS.values()))}
_BACK: Final = {ord(place): text for text, place in _PLACES.items()}
_BACK_SIGNS: Final = tuple(_PLACES.values())
_DELIMITER: Final = "\ufdde"
_ESCAPED: Final = re.compile(
    r"\\[" + re.escape("".join(sign for sign in _MEANS if len(sign) == 1)) + "]"
)
_SURE_PAIRS: Final = 3
_MOST_BROKEN: Final = 50
_NULL: Final = "\\N"


@cache
def _patterns(divider: str, quote: str) -> tuple["re.Pattern[str]", "re.Pattern[str]"]:
    """One quoted cell, and a whole record of quoted cells and bare ones."""
    mark, sign = re.escape(divider), re.escape(quote)
    quoted = rf"{sign}[^{sign}]*+(?:{sign}{sign}[^{sign}]*+)*+{sign}"
    cell = rf" *+(?:=?{quoted}|[^{sign}{mark}\r\n]*+)"  # ="0123" is a habit of spreadsheets
    return (
        re.compile(rf"(?:^|{mark}) *{quoted}(?={mark}|[\r\n]|\Z)"),
        re.compile(rf"{cell}(?:{mark}{cell})*+[\r\n]*"),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """How cells are written. `quote`: "" where a quote is a sign like any other; `width`: the columns that most
    rows have; `quotes`: whether cells are quoted at all, so that a quote inside a bare one is a fault;
    `doubtful`: a backslash may be an escape or not."""

    delimiter: str
    quote: str = '"'
    backslash: bool = False
    spaced: bool = False
    quotes: bool = False
    width: int = 0
    doubtful: bool = False

    @property
    def divider(self) -> str:
        """The delimiter in lines that are mended."""
        return self.delimiter if len(self.delimiter) == 1 else LONG_DELIMITER

    @property
    def dialect(self) -> dict[str, Any]:
        """What the csv module is told; its reader raises for what RFC 4180 does not allow."""
        quoting = {"quotechar": self.quote} if self.quote else {"quoting": csv.QUOTE_NONE}
        return {
            "delimiter": self.divider,
            "skipinitialspace": self.spaced,
            "strict": True,
        } | quoting

    @property
    def is_plain(self) -> bool:
        """Whether lines are given to the csv module as they are."""
        return not self.backslash and len(self.delimiter) == 1

    def mended(self, text: str) -> str:
        """Text whose pairs and long delimiters are one character each."""
        if self.is_plain:
            return text
        if RESERVED.search(text):
            text = RESERVED.sub(_LOST, text)
        if self.backslash and "\\" in text:
            text = _PAIR.sub(self._place, text)
        if len(self.delimiter) > 1:
            text = text.replace(self.delimiter, LONG_DELIMITER)
        return text

    def _place(self, pair: "re.Match[str]") -> str:
        char = pair[1]
        if char == "N":
            return NOTHING
        if char == self.delimiter[0] and char not in _MEANS:
            return _DELIMITER
        meant = _MEANS.get(char)
        return UNKNOWN + char if meant is None else _PLACES[meant]

    def restored(self, cells: Sequence[str]) -> list[str] | None:
        """Cells as they were meant; None when a pair is none of those that are written."""
        back = _BACK | {ord(_DELIMITER): self.delimiter[0], ord(LONG_DELIMITER): self.delimiter}
        found = ["" if cell == NOTHING else cell for cell in cells]
        if any(NOTHING in cell or UNKNOWN in cell for cell in found):
            return None
        return [cell.translate(back) for cell in found]

    def has_quoted_cell(self, line: str) -> bool:
        """Whether a line, already mended, has a cell that is quoted as it should be."""
        return bool(self._quoted_cells(line))

    def needs_quotes(self, line: str) -> bool:
        """Whether a cell of a line, already mended, is quoted because of what stands in it."""
        special = (self.divider, self.quote * 2, "\n", "\r", *_BACK_SIGNS)
        return any(sign in cell for cell in self._quoted_cells(line) for sign in special)

    def doubles_quotes(self, line: str) -> bool:
        """Whether a quoted cell of a line has doubled quotes in it."""
        return any(self.quote * 2 in cell for cell in self._quoted_cells(line))

    def _quoted_cells(self, line: str) -> list[str]:
        if not self.quote or self.quote not in line:
            return []
        found = _patterns(self.divider, self.quote)[0].finditer(line)
        return [match[0].strip(self.divider + " ")[1:-1] for match in found]

    def is_well_formed(self, record: str) -> bool:
        """Whether quotes stand in a record, already mended, only round whole cells and doubled in them."""
        return _patterns(self.divider, self.quote)[1].fullmatch(record) is not None

    def raw(self, line: str) -> str:
        """A line as it stood in the file, nearly: for whoever mends a row that was rejected."""
        if self.is_plain:
            return line
        back = {code: "\\" + text for code, text in _BACK.items()} | {
            ord(NOTHING): _NULL,
            ord(UNKNOWN): "\\",
            ord(_DELIMITER): "\\" + self.delimiter[0],
            ord(LONG_DELIMITER): self.delimiter,
        }
        return line.translate(back)


def split_lines(text: str) -> list[str]:
    """Lines with their ends, which are those of any system."""
    return list(io.StringIO(text, newline=""))


def height(row: Sequence[str]) -> int:
    """The lines that a row took."""
    text = "".join(row)
    if "\n" not in text and "\r" not in text:
        return 1
    return 1 + sum(len(split_lines(cell + "x")) - 1 for cell in row)


def heights(rows: Sequence[Sequence[str]], lines: Sequence[str], quote: str) -> list[int]:
    """The lines that each of some rows took, the first from the first line on: more than one only with a quote."""
    tall, at = [], 0
    for row in rows:
        tall.append(height(row) if quote in lines[at] else 1)
        at += tall[-1]
    return tall


class Run(NamedTuple):
    """Rows that could be split, and how many lines they took. `read`: the lines that were looked at, with
    those of the row that follows, which cannot be split or goes on beyond the last line, if `has_broken`."""

    rows: list[list[str]]
    taken: int
    read: int
    has_broken: bool


def read_run(lines: list[str], style: Style) -> Run:
    """The rows of lines up to one that cannot be split."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, **style.dialect)
    try:
        rows.extend(reader)
    except csv.Error:  # what came before it is in `rows`
        taken = sum(heights(rows, lines, style.quote))
        return Run(rows, taken, reader.line_num, has_broken=True)
    return Run(rows, len(lines), len(lines), has_broken=False)


def style_of(lines: Sequence[str], delimiter: str) -> Style:
    """The style of a file by its first lines."""
    quote = "'" if _are_quoted(lines, delimiter, "'") else '"'
    text = "".join(lines)
    behind, spaced = text.count(delimiter + quote), text.count(f"{delimiter} {quote}")
    style = Style(delimiter, quote, spaced=spaced > behind)
    tried = _with_backslashes(text, style) if "\\" in text else _tried(text, style)
    style = tried.style
    widths = Counter(map(len, filter(None, tried.rows))).most_common(1)
    uses = any(style.has_quoted_cell(line) for line in split_lines(style.mended(text)))
    return replace(style, quotes=uses, width=widths[0][0] if widths else 0)


@dataclass(frozen=True, slots=True)
class _Tried:
    """Some lines split in a style: the rows, and how many of them cannot be believed."""

    style: Style
    rows: list[list[str]]
    broken: int


def _with_backslashes(text: str, plain: Style) -> _Tried:
    """The style of lines with backslashes; `plain` is the one in which these are no escapes."""
    nulls = _has_nulls(text, plain.delimiter)
    literal = _with_or_without_quotes(text, plain) if nulls else _tried(text, plain)
    escaped = _with_or_without_quotes(text, replace(plain, backslash=True))
    if escaped.broken != literal.broken:
        return min(escaped, literal, key=lambda tried: tried.broken)
    if not nulls or _doubles_quotes(text, plain):
        return literal
    if len(_ESCAPED.findall(text)) >= _SURE_PAIRS:
        return escaped
    return replace(literal, style=replace(literal.style, doubtful=True))


def _with_or_without_quotes(text: str, style: Style) -> _Tried:
    """Quotes are signs like any other where few lines have a cell in quotes, and the lines come out no worse."""
    quoted = _tried(text, style)
    lines = [line for line in split_lines(style.mended(text)) if line.strip()]
    round_cells = [line for line in lines if style.has_quoted_cell(line)]
    if len(round_cells) * 2 >= len(lines):
        return quoted
    bare = _tried(text, replace(style, quote=""))
    needless = bool(round_cells) and not any(map(style.needs_quotes, round_cells))
    is_bare = bare.broken < quoted.broken or (bare.broken == quoted.broken and needless)
    return bare if is_bare else quoted


def _doubles_quotes(text: str, style: Style) -> bool:
    """Whether quotes are doubled in cells, which nobody does who writes escapes."""
    return any(style.doubles_quotes(line) for line in split_lines(text))


def has_escape(text: str) -> bool:
    """Whether a text holds what would be an escape in a file that has them."""
    return _ESCAPED.search(text) is not None


def _tried(text: str, style: Style) -> _Tried:
    """Not to be believed is what cannot be read in this style or has another width than most."""
    lines, at = split_lines(style.mended(text)), 0
    rows: list[list[str]] = []
    broken, goes_on = 0, True
    while goes_on and broken < _MOST_BROKEN:
        found, taken, _read, goes_on = read_run(lines[at:], style)
        rows += found
        broken += sum(style.restored(row) is None for row in found) if style.backslash else 0
        broken, at = broken + goes_on, at + taken + goes_on
    widths = Counter(map(len, filter(None, rows)))
    return _Tried(style, rows, broken + widths.total() - max(widths.values(), default=0))


def _are_quoted(lines: Sequence[str], delimiter: str, quote: str) -> bool:
    """Whether most cells of nearly all lines below the first begin and end with a quote."""
    below = [line.strip() for line in lines if line.strip()][1:]
    quoted = 0
    for line in below:
        cells = line.split(delimiter)
        whole = sum(len(c) > 1 and c[0] == quote == c[-1] for c in map(str.strip, cells))
        quoted += whole * 2 >= len(cells)
    return bool(below) and quoted >= 0.8 * len(below)


def _has_nulls(text: str, delimiter: str) -> bool:
    mark = re.escape(delimiter)
    return re.search(rf"(?m)(?:^|{mark})\\N(?={mark}|[\r\n]|\Z)", text) is not None
