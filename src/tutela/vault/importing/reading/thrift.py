"""Thrift's compact protocol, as far as Parquet's headers and footers need it.

Format: apache/thrift, doc/specs/thrift-compact-protocol.md. Everything but whole numbers is passed over.
"""

from collections.abc import Iterator

_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY = 0, 1, 2, 3, 7, 8
LIST, _SET, STRUCT = 9, 10, 12
_NUMBERS = (4, 5, 6)


class Compact:
    """Bytes and the place up to which they are read; IndexError at their end and where they are none of
    this protocol."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def fields(self) -> Iterator[tuple[int, int]]:
        """(number, type) of each field of a structure; the caller reads or skips its value."""
        field = 0
        while (head := self._byte()) != _STOP:
            field = field + (head >> 4) if head >> 4 else self.number()
            yield field, head & 15

    def struct(self) -> dict[int, int]:
        """The whole numbers of a structure by field; all else is passed over."""
        numbers: dict[int, int] = {}
        for field, kind in self.fields():
            if kind in _NUMBERS:
                numbers[field] = self.number()
            else:
                self.skip(kind)
        return numbers

    def length(self) -> int:
        """How many elements a list of structures has; IndexError for a list of something else."""
        count, kind = self._list_head()
        if kind != STRUCT:
            raise IndexError(kind)
        return count

    def skip(self, kind: int, *, inside: bool = False) -> None:
        """Pass over a value; `inside` a list a truth value takes a byte."""
        if kind in (_TRUE, _FALSE):
            self.place += inside
        elif kind == _BYTE:
            self.place += 1
        elif kind in _NUMBERS:
            self._varint()
        elif kind == _DOUBLE:
            self.place += 8
        elif kind == _BINARY:
            length = self._varint()
            self.place += length
        elif kind in (LIST, _SET):
            self._skip_list()
        elif kind == STRUCT:
            self.struct()
        else:  # Parquet has no map
            raise IndexError(kind)

    def number(self) -> int:
        """A whole number."""
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def _list_head(self) -> tuple[int, int]:
        head = self._byte()
        return head >> 4 if head >> 4 != 15 else self._varint(), head & 15

    def _skip_list(self) -> None:
        count, kind = self._list_head()
        for _ in range(count):
            self.skip(kind, inside=True)
            if self.place > len(self.data):
                raise IndexError(count)

    def _byte(self) -> int:
        self.place += 1
        return self.data[self.place - 1]

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
            if shift > 63:
                raise IndexError(shift)
