"""Where a file's bytes come from: the operator's own path, bytes at hand, or a sealed spool.

A source can be opened again and again; each opening gives a binary stream that can seek.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from tutela.vault.importing.errors import FileClosed, FileMissing


class Source(Protocol):
    """Something with a name and a size that opens as bytes. `memo`: what was kept with a sealed upload."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def open(self) -> BinaryIO: ...

    def memo(self) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class FileSource:
    """The operator's own clear file; it stays where it is."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except PermissionError:
            raise FileClosed(path=str(self.path)) from None
        except OSError:
            raise FileMissing(path=str(self.path)) from None

    def open(self) -> BinaryIO:
        """FileMissing or FileClosed when it cannot be read."""
        try:
            return self.path.open("rb")
        except PermissionError:
            raise FileClosed(path=str(self.path)) from None
        except OSError:
            raise FileMissing(path=str(self.path)) from None

    def memo(self) -> None:
        """Nothing is kept with it."""


@dataclass(frozen=True, slots=True)
class BytesSource:
    """A file held in memory."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)

    def memo(self) -> None:
        """Nothing is kept with it."""
