"""How much memory a workbook would take, counted before any library opens it.

A few kilobytes of XLSX can ask for gigabytes: a long shared string that thousands of cells name, or one
cell in the last corner, since readers build the rectangle of all cells. The XML is inflated once, in
blocks, and its cells and shared strings are counted. The count is quick where every cell is written as
spreadsheet programs write it, and exact, by an XML parser, where any is not.
"""

import re
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from xml.parsers import expat

from tutela.vault.importing.errors import SheetBroken, ZipBomb

MOST_BYTES = 4 << 30
MOST_RATIO = 250
"""XML of a workbook is at most so many times its compressed size; of the largest seen it was 40."""
SMALL = 32 << 20
MOST_SHEETS = 500
BYTES_A_CELL = 48
"""Seen with fastexcel 0.21: 32 bytes in the reader's rectangle, an offset and a bit in Arrow."""
BYTES_A_CHARACTER = 2
MEMORY_RATIO = 64
LEAST_MEMORY = 24 << 20
_BLOCK = 1 << 20
_KIND_IN = 8_192

_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: [\w:]+="[^"<>&]*")*\s?(/?)>')
_SHARED = b't="s"'
_SHARED_CELL = re.compile(rb' t="s"[^<>]*><v>(\d{1,9})</v>')
_ANY_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(sst|worksheet)\b")
_UTF8 = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*<(?:\?xml version="1\.0"(?: encoding="(?i:utf-8)")?|\w)'
)


@dataclass(slots=True)
class Weight:
    """What one sheet holds: the last row and column of a cell with content, and the characters of its
    shared strings, one count for each cell that names one."""

    rows: int = 0
    columns: int = 0
    characters: int = 0

    @property
    def bytes(self) -> int:
        """Memory that reading it takes, nearly."""
        return self.rows * self.columns * BYTES_A_CELL + self.characters * BYTES_A_CHARACTER


@dataclass(slots=True)
class _Strings:
    """Lengths of the shared strings in bytes of their XML, which is no less than their text."""

    lengths: "array[int]" = field(default_factory=lambda: array("L"))
    longest: int = 0


def check_workbook(data: bytes) -> list[str]:
    """Names of the members in order; ZipBomb when the workbook would take too much, SheetBroken when it
    is no workbook at all."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        kinds = _inflate(book, len(data))
        strings = _Strings()
        for name in (name for name, kind in kinds.items() if kind == b"sst"):
            _weigh_strings(_blocks(book, name), strings)
        limit = max(LEAST_MEMORY, MEMORY_RATIO * len(data))
        sheets = [name for name, kind in kinds.items() if kind == b"worksheet"]
        if len(sheets) > MOST_SHEETS:
            raise ZipBomb(limit=limit)
        for name in sheets:
            if _weigh_sheet(book, name, strings, limit).bytes > limit:
                raise ZipBomb(limit=limit)
        return book.namelist()


def _inflate(book: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    """The root element of each member, once all were inflated into nothing and counted: the sizes that a
    zip declares are its author's claim."""
    limit = min(MOST_BYTES, max(SMALL, MOST_RATIO * size))
    if sum(info.file_size for info in book.infolist()) > limit:
        raise ZipBomb(limit=limit)
    kinds: dict[str, bytes] = {}
    left = limit
    for info in book.infolist():
        for number, block in enumerate(_blocks(book, info.filename)):
            left -= len(block)
            if left < 0:
                raise ZipBomb(limit=limit)
            if number == 0:
                kinds[info.filename] = _root(block)
    return kinds


def _root(block: bytes) -> bytes:
    """The local name of a member's first element; where none is seen, what readers that are less strict
    could take it for."""
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _facts: names.append(name)
    try:
        parser.Parse(block[:_KIND_IN], False)
    except expat.ExpatError:
        match = _ROOT.search(block)
        return match[1] if match else b""
    return names[0].rpartition(":")[2].encode() if names else b"worksheet"


def _blocks(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with book.open(name) as member:
        while block := member.read(_BLOCK):
            yield block


def _whole(blocks: Iterator[bytes], mark: bytes = b"<") -> Iterator[bytes]:
    """Blocks cut before the last mark, so that no element is split where marks are no further apart than
    a block."""
    tail = b""
    for block in blocks:
        text = tail + block
        cut = text.rfind(mark)
        tail, text = (text[cut:], text[:cut]) if cut > 0 else (b"", text)
        yield text
    yield tail


def _weigh_strings(blocks: Iterator[bytes], strings: _Strings) -> None:
    """Lengths by the places at which items begin; a start that spreadsheet programs do not write makes
    the next item look longer, never shorter."""
    before = 0
    for text in _whole(blocks):
        starts = [match.start() for match in _ANY_ITEM.finditer(text)]
        if not starts:
            before += len(text)
            continue
        _add_length(strings, before + starts[0])
        for first, following in pairwise(starts):
            _add_length(strings, following - first)
        before = len(text) - starts[-1]
    _add_length(strings, before)
    if strings.lengths:
        strings.lengths.pop(0)  # what stands before the first item


def _add_length(strings: _Strings, length: int) -> None:
    strings.lengths.append(length)
    strings.longest = max(strings.longest, length)


def _weigh_sheet(book: zipfile.ZipFile, name: str, strings: _Strings, limit: int) -> Weight:
    """Quick where all cells have the usual form and even the longest string everywhere would fit."""
    weight, shared = Weight(), 0
    for number, text in enumerate(_whole(_blocks(book, name))):
        if number == 0 and not _UTF8.match(text):
            return _parse_sheet(book, name, strings)
        cells = _CELL.findall(text)
        if len(cells) != len(_ANY_CELL.findall(text)):
            return _parse_sheet(book, name, strings)
        full = [(letters, row) for letters, row, empty in cells if not empty]
        if full:
            weight.rows = max(weight.rows, *map(int, {row for _letters, row in full}))
            weight.columns = max(weight.columns, *map(_number, {letters for letters, _ in full}))
        shared += text.count(_SHARED)
    weight.characters = shared * strings.longest
    if weight.bytes > limit and shared:
        weight.characters = _exact_characters(book, name, strings, shared)
    return weight


def _exact_characters(book: zipfile.ZipFile, name: str, strings: _Strings, shared: int) -> int:
    total = cells = 0
    for text in _whole(_blocks(book, name), b"<c "):
        for match in _SHARED_CELL.finditer(text):
            cells += 1
            total += _length(strings, match[1])
    return total + max(0, shared - cells) * strings.longest


def _length(strings: _Strings, text: str | bytes) -> int:
    try:
        return strings.lengths[int(text)]
    except (ValueError, IndexError):
        return 0


def _number(letters: str | bytes) -> int:
    """A = 1, Z = 26, AA = 27."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode():
        number = number * 26 + letter - 64
    return number


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class _Sheet:
    """Counts a sheet's cells as its XML says them, whatever the form."""

    def __init__(self, strings: _Strings) -> None:
        self.weight, self.strings = Weight(), strings
        self._row = self._column = 0
        self._shared = False
        self._value: list[str] | None = None

    def start(self, name: str, facts: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            row = facts.get("r", "")
            self._row = int(row) if row.isascii() and row.isdigit() else self._row + 1
            self._column = 0
        elif tag == "c":
            self._place(facts.get("r", ""))
            self._shared = facts.get("t") == "s"
        elif tag == "v":
            self._value = []

    def _place(self, reference: str) -> None:
        place = _REFERENCE.fullmatch(reference)
        row, self._column = self._row, self._column + 1
        if place:
            row, self._column = int(place[2]), _number(place[1].upper())
        self.weight.rows = max(self.weight.rows, row)
        self.weight.columns = max(self.weight.columns, self._column)

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "v" and self._value is not None:
            if self._shared:
                self.weight.characters += _length(self.strings, "".join(self._value).strip())
            self._value = None


def _parse_sheet(book: zipfile.ZipFile, name: str, strings: _Strings) -> Weight:
    sheet, parser = _Sheet(strings), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = sheet.start, sheet.end
    parser.CharacterDataHandler = sheet.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for block in _blocks(book, name):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise SheetBroken(kind="XLSX") from None
    return sheet.weight


def _refuse_doctype(*_facts: object) -> None:
    """No spreadsheet program writes one, and entities grow."""
    raise SheetBroken(kind="XLSX")
