"""A request's body on disk, encrypted under a key of this process, in an anonymous file."""

import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from tutela.crypto import digest, secretbox

BLOCK = 256 * 1024


class SealedBody(io.RawIOBase):
    """Written once, then read as a stream of clear bytes; holds one decrypted block at a time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._key = digest.random_bytes(32)
        self._file = _nameless(folder)
        self._step = BLOCK + len(secretbox.seal_with(self._key, "", b""))
        self._size = self._at = 0
        self._block = (-1, b"")

    def add(self, block: bytes) -> None:
        """Append a block; each but the last has BLOCK bytes."""
        label = f"body/{self._size // BLOCK}"
        self._file.write(secretbox.seal_with(self._key, label, block))
        self._size += len(block)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub's Buffer has no slices
        if self._at >= self._size:
            return 0
        number, offset = divmod(self._at, BLOCK)
        part = self._clear(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._block = (-1, b"")
        self._file.close()
        super().close()

    def _clear(self, number: int) -> bytes:
        if self._block[0] != number:
            self._file.seek(number * self._step)
            sealed = self._file.read(self._step)
            self._block = (number, secretbox.open_with(self._key, f"body/{number}", sealed))
        return self._block[1]


def _nameless(folder: Path) -> BinaryIO:
    """An anonymous file, which disappears when the process ends for any reason."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(AttributeError, OSError):  # O_TMPFILE is not supported everywhere
        handle = os.open(folder, os.O_RDWR | os.O_TMPFILE, 0o600)
        return os.fdopen(handle, "w+b")
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    Path(name).unlink()
    return os.fdopen(handle, "w+b")
