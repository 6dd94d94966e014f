"""The parts of a sealed stream: files of a private folder, each synced and hashed while it is written."""

import builtins
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .errors import StagedDamaged
from .rules import PART_NAME

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A part that lies on the disk; `sha256` of its ciphertext, 32 bytes."""

    number: int
    name: str
    bytes: int
    sha256: builtins.bytes


class PartWriter:
    """A sink that begins a new file after `most` bytes. `parts` are those that are whole."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        self.parts: list[Written] = []
        self.bytes = 0
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            if self._file is None:
                self._begin()
            assert self._file is not None  # noqa: S101 begun
            taken = view[: self._most - self._size]
            self._file.write(taken)
            self._hash.update(taken)
            self._size += len(taken)
            self.bytes += len(taken)
            view = view[len(taken) :]
            if self._size == self._most:
                self._end()
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back: what the sealing calls."""

    def close(self) -> None:
        """End the last part, and make the folder's entries durable."""
        if self._file is not None:
            self._end()
        sync_folder(self._folder)

    def abandon(self) -> None:
        """Let go of an unfinished part."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        path = self._folder / PART_NAME.format(len(self.parts) + 1)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._file = os.fdopen(os.open(path, flags, 0o600), "wb", buffering=BLOCK)
        self._hash, self._size = hashlib.sha256(), 0

    def _end(self) -> None:
        assert self._file is not None  # noqa: S101 begun
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        number = len(self.parts) + 1
        written = Written(number, PART_NAME.format(number), self._size, self._hash.digest())
        self.parts.append(written)
        self._file = None


def check_staged(folder: Path, parts: list[Written]) -> None:
    """StagedDamaged unless every part lies in the folder with its length and hash."""
    for part in parts:
        try:
            with (folder / part.name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").digest()
                size = file.tell()
        except OSError:
            raise StagedDamaged from None
        if (size, found) != (part.bytes, part.sha256):
            raise StagedDamaged


def write_whole(path: Path, body: bytes) -> None:
    """A small file that is whole or absent: under a part name, synced, renamed."""
    part = path.with_name(path.name + ".part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    sync_folder(path.parent)


def make_private(folder: Path) -> None:
    """A folder for its owner alone, and so each missing one above it."""
    if not folder.parent.exists():
        make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the entries of a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
