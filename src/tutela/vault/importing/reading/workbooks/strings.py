"""The shared strings of a workbook: read as far as cells name them, kept as few bytes, decoded on demand.

A million rows can have ten million of them. They are kept in blocks of UTF-8, compressed where they are
many, and the blocks used last are kept as texts. Cells mostly name strings in the order in which
they stand, so a block is decoded once, and the first rows of a table need only the first blocks.
"""

import re
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice

from tutela.vault.importing.errors import CellTooLarge, SheetBroken
from tutela.vault.importing.reading.cells import Unreadable

from . import markup
from .book import CELL_CHARS
from .sluice import ODD, Sluice
from .styles import KIND, MAIN

_WORDS = markup.vocabulary(["sst", "si", "t", "r", "rPh"], MAIN)
_BITS = 7
_BLOCK = 1 << _BITS
_MASK = _BLOCK - 1
_CLEAR_BYTES = 2 << 20
_FRESH_BYTES, _AGAIN_BYTES = 1 << 20, 3 << 20
"""Of the blocks kept as texts: those that a cell named for the first time, and those that cells came back to. Most
strings are named once, in order; without the second share they would push out the few that come in every row."""
_WINDOW = -13
_LIKE = 4000
_AT_ONCE = 16
"""Parts of the zip's blocks: the strings and the sheet lie apart in the file, and are read in turns."""
_OVERHEAD = 66
"""Bytes of a Python string beside its characters, nearly."""
_PIECE = 1 << 20
_BETWEEN = "\uffff"
_BETWEEN_BYTES = _BETWEEN.encode()
"""No XML can hold it."""
_WHITE = " \t\r\n"
_ROOT = re.compile(rb"<sst(?: [^<>]*+)?>\s*+")
_PLAIN = re.compile(rf'\s*+<si><t( xml:space="preserve")?>([^{ODD}]*+)</t></si>')
_ASKED = 1000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_(?:_x([Dd][C-Fc-f][0-9A-Fa-f]{2})_)?")


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_ (ECMA-376-1 22.4.2.4)."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if 0xD800 <= code < 0xDC00 and match[2]:
        return chr(0x10000 + ((code - 0xD800) << 10) + int(match[2], 16) - 0xDC00)
    if 0xD800 <= code < 0xE000:
        return match[0]  # half a character is none
    return chr(code) + (f"_x{match[2]}_" if match[2] else "")


class SharedStrings:
    """Strings by their place."""

    def __init__(self, source: Iterable[bytes] = ()) -> None:
        self._source = iter(source)
        self._reading = _Reading(self)
        self._items: _Items | None = _Items(self._reading, self)
        self._blocks = _Blocks()
        self._clear_bytes, self._like = 0, b""
        self._kept: dict[int, list[str]] = {}
        self._fresh, self._again = _Share(_FRESH_BYTES), _Share(_AGAIN_BYTES)
        self._newest = -1
        self._asked: set[int] = set()
        self._open: list[str] = []
        self.longest = 0

    def add(self, text: str) -> None:
        self._open.append(text)
        if len(self._open) == _BLOCK:
            self._close()

    def add_all(self, texts: list[str]) -> None:
        waiting = self._open + texts
        whole = len(waiting) & ~_MASK
        for at in range(0, whole, _BLOCK):
            self._open = waiting[at : at + _BLOCK]
            self._close()
        self._open = waiting[whole:]

    def find(self, text: str) -> str:
        """The string whose place a cell writes; Unreadable where there is none."""
        if not text.isdigit():
            text = text.strip(_WHITE)
        try:
            place = int(text) if text.isdigit() else -1
            number = place >> _BITS
            block = self._kept.get(number)
            if block is None:
                if number < self._newest and number not in self._asked:
                    return self._alone(number, place & _MASK)
                block = self._decode(number)
            return block[place & _MASK]
        except (ValueError, IndexError):
            return Unreadable(text)

    def find_all(self, texts: list[str]) -> list[str]:
        """The strings of some places, as of `find`."""
        written = "".join(texts)
        if written.isascii() and written.isdigit():
            for _block in texts:
                try:
                    return self._kept_ones(texts)
                except KeyError as missing:
                    if missing.args[0] < self._newest or not self._has_decoded(missing.args[0]):
                        break
                except (IndexError, ValueError):
                    break
        return [self.find(text) for text in texts]

    def _kept_ones(self, texts: list[str]) -> list[str]:
        kept = self._kept
        return [kept[(at := int(text)) >> _BITS][at & _MASK] for text in texts]

    def _has_decoded(self, number: int) -> bool:
        """Whether a block is there, which from now on is kept."""
        try:
            self._decode(number)
        except IndexError:
            return False
        return True

    def _close(self) -> None:
        self.longest = max(self.longest, *map(len, self._open), 0)
        data = _BETWEEN.join(self._open).encode()
        self._clear_bytes += len(data)
        # The first byte says whether the rest is compressed.
        packed = self._clear_bytes > _CLEAR_BYTES
        if self._open:
            self._blocks.append(b"z" + self._packed(data) if packed else b"c" + data)
        self._open = []

    def _packed(self, data: bytes) -> bytes:
        """Packed as more of what the first strings were like: a block alone is too short to repeat itself. A
        small window is set up in a tenth of the time."""
        self._like = (
            self._like or b"".join(map(self._blocks.get, range(min(4, len(self._blocks)))))[-_LIKE:]
        )
        packer = zlib.compressobj(4, zlib.DEFLATED, _WINDOW, 6, zdict=self._like)
        return packer.compress(data) + packer.flush()

    def _read_on(self, number: int) -> None:
        """Until the block of this number is there, or the strings end."""
        items = self._items
        while items and len(self._blocks) <= number:
            blocks = 0
            try:
                for block in islice(self._source, _AT_ONCE):
                    items.feed(block)
                    self._reading.check_text()
                    blocks += 1
                if not blocks:
                    items.close()
            except markup.NO_XML:
                raise SheetBroken(kind=KIND) from None
            if not blocks:
                self._close()
                items = self._items = None

    def _block(self, number: int) -> bytes:
        if number < 0:
            raise IndexError
        self._read_on(number)
        held = self._blocks.get(number)
        if held[:1] == b"z":
            return zlib.decompressobj(_WINDOW, self._like).decompress(held[1:])
        return held[1:]

    def _alone(self, number: int, place: int) -> str:
        """One string of an old block, which is kept only when it is asked for again soon: values that are
        few come again at once, one that another row had once does not."""
        if len(self._asked) > _ASKED:
            self._asked.clear()
        self._asked.add(number)
        return unescaped(self._block(number).split(_BETWEEN_BYTES)[place].decode())

    def _decode(self, number: int) -> list[str]:
        data = self._block(number)
        share = self._fresh if number > self._newest else self._again
        self._newest = max(self._newest, number)
        texts = data.decode().split(_BETWEEN)
        if b"_x" in data:
            texts = [unescaped(text) for text in texts]
        for oldest in share.take(number, len(data) + len(texts) * _OVERHEAD):
            del self._kept[oldest]
        self._kept[number] = texts
        return texts


class _Blocks:
    """Bytes one behind the other in few large pieces: an object for each would take a twentieth more."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._open = bytearray()
        self._begins = array("Q")

    def __len__(self) -> int:
        return len(self._begins)

    def append(self, data: bytes) -> None:
        if len(self._open) + len(data) > _PIECE:
            self._pieces.append(bytes(self._open))
            self._open = bytearray()
        self._begins.append(len(self._pieces) << 32 | len(self._open))
        self._open += data

    def get(self, number: int) -> bytes:
        """IndexError beyond the last."""
        piece, begins = divmod(self._begins[number], 1 << 32)
        held = self._pieces[piece] if piece < len(self._pieces) else self._open
        following = self._begins[number + 1] if number + 1 < len(self._begins) else None
        ends = None if following is None or following >> 32 != piece else following & 0xFFFFFFFF
        return bytes(held[begins:ends])


class _Share:
    """A bounded share of the blocks kept as texts, the oldest first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        # The first key of a dictionary is slow to find once many before it are gone.
        self._order: deque[tuple[int, int]] = deque()

    def take(self, number: int, taken: int) -> list[int]:
        """Take a block in; those that have to go for it."""
        gone = []
        self._bytes += taken
        while self._order and self._bytes > self._most:
            oldest, freed = self._order.popleft()
            self._bytes -= freed
            gone.append(oldest)
        self._order.append((number, taken))
        return gone


class _Items(Sluice):
    """The strings of the part; plain ones are read at once."""

    def __init__(self, reading: "_Reading", strings: SharedStrings) -> None:
        super().__init__(markup.parser_of(reading, _WORDS, KIND), "si")
        self._reading, self._strings = reading, strings
        self._begins_at = -1
        reading.begins, reading.item_ends = self._note_begin, self._note_end

    def _note_begin(self) -> None:
        self._begins_at = self.place()

    def _note_end(self) -> None:
        self.end_at = self.place()

    def _first(self, data: bytes) -> int:
        return data.find(b"<si>")

    def _is_begun(self, before: bytes) -> bool:
        begins = self._begins_at
        return begins >= 0 and _ROOT.fullmatch(before, begins) is not None

    def _read_all(self, text: str) -> bool:
        parts = _PLAIN.split(text)
        if any(parts[::3]):
            return False
        texts = parts[2::3]
        if len(text) > CELL_CHARS and max(map(len, texts)) > CELL_CHARS:
            return False
        spaces = parts[1::3]
        if any(spaces):
            pairs = zip(texts, spaces, strict=True)
            texts = [text if keeps else text.strip(_WHITE) for text, keeps in pairs]
        else:
            texts = [text.strip(_WHITE) for text in texts]
        self._reading.count += len(texts)
        self._strings.add_all(texts)
        return True

    def _read(self, piece: str) -> bool:
        return self._read_all(piece + "</si>")

    def _is_settled(self) -> bool:
        return self._reading.is_settled()


class _Reading:
    """The elements of the part: `t` within `si`, but not within phonetic runs."""

    def __init__(self, strings: SharedStrings) -> None:
        self._add = strings.add
        # Lists: texts put together piece by piece would be copied with every piece.
        self._item: list[str] = []
        self._length = 0
        # As in a sheet: text goes into a list without a call of ours.
        self._parts: list[str] = []
        self.text, self._clear = self._parts.append, self._parts.clear
        self._phonetic = False
        self._keeps_space = False
        self.count = 0
        # Called where the parser is at the beginning of all, and at the end of one.
        self.begins: Callable[[], None] | None = None
        self.item_ends: Callable[[], None] | None = None

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "t":
            self._clear()
            self._keeps_space = bool(facts) and markup.SPACE in facts
        elif name == "rPh":
            self._phonetic = True
        elif name == "sst" and self.begins:
            self.begins()

    def is_settled(self) -> bool:
        """Whether nothing of an item is left over."""
        return not (self._item or self._phonetic)

    def end(self, name: str) -> None:
        if name == "t":
            if not self._phonetic:
                self._end_text()
        elif name == "si":
            item = self._item
            self._add(item[0] if len(item) == 1 else "".join(item))
            self._item, self._length = [], 0
            self._clear()
            self.count += 1
            if self.item_ends:
                self.item_ends()
        elif name == "rPh":
            self._phonetic = False

    def check_text(self) -> None:
        """CellTooLarge for a text that is still under way."""
        if sum(map(len, self._parts)) + self._length > CELL_CHARS:
            raise CellTooLarge(row=self.count, limit=CELL_CHARS)

    def _end_text(self) -> None:
        parts = self._parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        self._item.append(text if self._keeps_space else text.strip(_WHITE))
        self._length += len(text)
        if self._length > CELL_CHARS:
            raise CellTooLarge(row=self.count, limit=CELL_CHARS)
