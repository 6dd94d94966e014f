"""How often a file is read: surveys, and bytes, of an operator's own files and of sealed uploads."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import pytest

from tutela.keys.spool import SpoolSource
from tutela.vault.importing.reading import sniff
from tutela.vault.importing.reading.sources import FileSource


class Passes:
    """What was read since the counting began."""

    def __init__(self) -> None:
        self.surveys = self.bytes = 0

    def over(self, data: bytes) -> float:
        """How often the whole of a file was read, in tenths."""
        return round(self.bytes / len(data), 1)


class _CountingStream(io.RawIOBase):
    def __init__(self, stream: BinaryIO, passes: Passes) -> None:
        super().__init__()
        self._stream, self._passes = stream, passes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        self._passes.bytes += len(part)
        return len(part)


def count_passes(monkeypatch: pytest.MonkeyPatch) -> Passes:
    """Count from now on."""
    passes, survey = Passes(), sniff.survey

    def counting(opened: Callable[[Any], BinaryIO]) -> Callable[[Any], BinaryIO]:
        return lambda source: cast(
            "BinaryIO", io.BufferedReader(_CountingStream(opened(source), passes))
        )

    def surveyed(source: Any, *asked: Any) -> Any:
        passes.surveys += 1
        return survey(source, *asked)

    for kind in (FileSource, SpoolSource):
        monkeypatch.setattr(kind, "open", counting(kind.open))
    monkeypatch.setattr(sniff, "survey", surveyed)
    return passes


def wide_table(rows: int = 1500) -> bytes:
    """A CSV of more than three blocks, in GB18030, most of which is a column that is left out."""
    lines = [f"W{n:05d},欧阳测试,{'x' * 2500}\n" for n in range(rows)]
    return ("客户号,姓名,zzz\n" + "".join(lines)).encode("gb18030")
