"""XML that mostly repeats one plain element, parted between a quick reading of these and the parser.

Plain elements are cut out of what the parser gets, which is whole XML without them. They are cut only where it is
certain that one may stand: directly behind the tag with which the parser's last piece ended, as the parser itself
has told by the place of that tag in its bytes. A piece from there to the next end tag is one element, if it begins
with its tag and holds no other; the XML is at the same depth behind it as before. Where that is not so (a comment,
an element that nobody knows, another encoding, a prefix), all that follows is left to the parser.
"""

from abc import ABC, abstractmethod
from enum import Enum, auto
from xml.parsers import expat

_MOST_HELD = 1 << 18
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, which no XML may hold."""
ODD = "<>&\r\x00-\x08\x0b\x0c\x0e-\x1f"
"""Of a class of characters in an expression: what a parser would change, refuse or read as markup."""


class _State(Enum):
    """Before the elements, where one may stand, or where the parser gets everything."""

    BEFORE = auto()
    BETWEEN = auto()
    PARSED = auto()


class Sluice(ABC):
    """`name` is that of the element, which is unprefixed; `end_at` the place of the last end tag that the parser
    saw, -1 before there is one."""

    def __init__(self, parser: expat.XMLParserType, name: str) -> None:
        self._parser = parser
        self._parser.XmlDeclHandler = self._declare
        self._tag, self._end = f"<{name}", f"</{name}>"
        self._end_bytes = self._end.encode()
        self._state = _State.BEFORE
        self._is_utf8 = True
        self._held = b""
        self._fed = 0
        self.end_at = -1

    def feed(self, block: bytes) -> None:
        data, self._held = self._held + block, b""
        if self._state is _State.BEFORE:
            data = self._begin(data)
        if self._state is _State.BETWEEN:
            end = data.rfind(self._end_bytes) + len(self._end_bytes)
            if end >= len(self._end_bytes):
                data = self._whole(data[:end], data[end:])
        if self._state is _State.PARSED or len(data) > _MOST_HELD:
            self._state = _State.PARSED
            self._parse(data)
        else:
            self._held = data

    def close(self) -> None:
        self._parse(self._held)
        self._held = b""
        self._parser.Parse(b"", True)

    def place(self) -> int:
        """The place of the tag that the parser is at."""
        return self._parser.CurrentByteIndex

    @abstractmethod
    def _first(self, data: bytes) -> int:
        """Where the first element may stand, -1 where that is not seen yet."""

    @abstractmethod
    def _is_begun(self, before: bytes) -> bool:
        """Whether it may indeed, now that the parser has read what comes before."""

    def _read_all(self, _text: str) -> bool:
        """Read many elements at once; False, and nothing read, where one is not plain."""
        return False

    def _without_odd(self, piece: str) -> str:
        """What follows other elements at the beginning of a piece, which are read."""
        return piece

    @abstractmethod
    def _read(self, piece: str) -> bool:
        """Read an element that comes without its end tag; False, and nothing read, where it is not plain."""

    @abstractmethod
    def _is_settled(self) -> bool:
        """Whether nothing of an element is left over that another one could be taken for."""

    def _trust(self, piece: str) -> None:
        """The parser has read this one; most need not know."""
        del piece

    def _parse(self, data: bytes) -> None:
        self._fed += len(data)
        self._parser.Parse(data, False)

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._is_utf8 = (encoding or "utf-8").lower() == "utf-8"

    def _begin(self, data: bytes) -> bytes:
        """Give the parser what comes before the elements; what follows."""
        at = self._first(data)
        if at >= 0:
            self._parse(data[:at])
            is_begun = self._is_utf8 and self._is_begun(data[:at])
            self._state = _State.BETWEEN if is_begun else _State.PARSED
            return data[at:]
        return data

    def _whole(self, data: bytes, after: bytes) -> bytes:
        """Read whole elements; what is left of them and of what comes after."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self._state = _State.PARSED
            return data + after
        is_sound = not any(sign in data for sign in _NO_CHARACTERS)
        if is_sound and self._read_all(text):
            return after
        pieces = text.split(self._end)[:-1]
        for place, piece in enumerate(pieces):
            element = self._without_odd(piece)
            if is_sound and self._read(element):
                continue
            if not self._odd(element):
                self._state = _State.PARSED
                rest = [left + self._end for left in pieces[place + 1 :]]
                return "".join(rest).encode() + after
        return after

    def _odd(self, piece: str) -> bool:
        """Give an element to the parser; whether another one may stand behind it."""
        self._parse(piece.encode() + self._end_bytes)
        bare = piece.lstrip()
        is_one = bare.startswith((self._tag + " ", self._tag + ">")) and bare.count(self._tag) == 1
        if not (is_one and self._ends_here(self._end) and self._is_settled()):
            return False
        self._trust(piece)
        return True

    def _ends_here(self, tag: str) -> bool:
        return self.end_at == self._fed - len(tag.encode())
