"""The data that is written to a place: read in blocks, of exactly the length that was said."""

from collections.abc import Iterator
from typing import Any, Final, cast

from .errors import SourceFault
from .place import BLOCK, Reader

TAIL: Final = 1024 * 1024
"""So many bytes before its end are compared before a part is gone on with."""


class Source:
    """A reader of `size` bytes for the file `name`. Faults of reading are SourceFault, and so told from faults of
    the place."""

    def __init__(self, name: str, reader: Reader, size: int) -> None:
        self.name, self.size, self.at = name, size, 0
        self._reader = cast("Any", reader)  # what more it can is asked below
        self._start: int | None = None
        try:
            if self._reader.seekable():
                self._start = self._reader.tell()
        except (OSError, AttributeError):
            self._start = None

    @property
    def can_go_back(self) -> bool:
        return self._start is not None

    def take(self, most: int = BLOCK) -> bytes:
        """The next bytes, at most `most`; b"" at the end, where the reader must have ended, too."""
        wanted = min(most, self.size - self.at)
        if wanted == 0:
            if self._read(1):
                raise SourceFault(name=self.name, at=self.size)
            return b""
        found = bytearray()
        while len(found) < wanted:
            block = self._read(wanted - len(found))
            if not block:
                raise SourceFault(name=self.name, at=self.at + len(found))
            found += block
        self.at += wanted
        return bytes(found)

    def blocks(self, most: int = BLOCK) -> Iterator[bytes]:
        """What is left, block by block."""
        while block := self.take(most):
            yield block

    def go_to(self, at: int) -> None:
        """Go on at a byte; only where `can_go_back`, or to where it stands."""
        if at == self.at:
            return
        if self._start is None:
            raise SourceFault(name=self.name, at=self.at)
        try:
            self._reader.seek(self._start + at)
        except (OSError, ValueError):
            raise SourceFault(name=self.name, at=at) from None
        self.at = at

    def _read(self, count: int) -> bytes:
        try:
            return bytes(self._reader.read(count))
        except (OSError, ValueError):
            raise SourceFault(name=self.name, at=self.at) from None
