"""A file that was surveyed before, read again: no byte is given on that the survey did not read."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from tutela.vault.importing.errors import FileChanged

from .sniff import BLOCK, Survey
from .sources import Source


@contextmanager
def verified(source: Source, survey: Survey) -> Iterator[BinaryIO]:
    """The bytes of a file as a stream that raises FileChanged where they are not those of the survey."""
    with source.open() as stream:
        raw = _VerifiedStream(stream, survey)
        yield cast("BinaryIO", io.BufferedReader(raw, BLOCK))


def check_hash(survey: Survey, sha256: str) -> None:
    """FileChanged when a file is not the one of this hash, "" for any."""
    if sha256 and survey.sha256 != sha256:
        raise FileChanged


class _VerifiedStream(io.RawIOBase):
    """Holds one block at a time, which is compared when it is read."""

    def __init__(self, stream: BinaryIO, survey: Survey) -> None:
        super().__init__()
        self._stream, self._survey = stream, survey
        self._at = 0
        self._number, self._block = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        size = self._survey.size
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: size}[whence] + offset
        return self._at

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub's Buffer has no slices
        if self._at >= self._survey.size:
            return 0
        number, offset = divmod(self._at, BLOCK)
        part = self._take(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def readall(self) -> bytes:
        """What is left, block by block."""
        parts = []
        while self._at < self._survey.size:
            number, offset = divmod(self._at, BLOCK)
            parts.append(self._take(number)[offset:])
            self._at += len(parts[-1])
        return b"".join(parts)

    def _take(self, number: int) -> bytes:
        if number != self._number:
            self._stream.seek(number * BLOCK)
            block = self._stream.read(BLOCK)
            if not self._survey.has_block(number, block):
                raise FileChanged
            self._number, self._block = number, block
        return self._block
