"""Uploads, sealed on the way in: no clear byte of a customer's file touches a disk.

A spool file in TUTELA_HOME/spool holds a 4-byte mark, the length and the sealed form of its own
random key (sealed by the installation), then blocks of 256 KiB, each sealed with its number and
whether it is the last, so that a block moved, left out or cut off at the end does not open.

An upload goes with the request that brought it, read or not, unless `keep` says that somebody comes
back for it. Its name tells: `.part` while it is written, `.passing` until the request ends, `.sealed`
when it is kept. Beside a kept one stands `.owner`: the id of the account that may come back for it.
"""

import io
import os
import struct
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tutela.base import clock, ids
from tutela.crypto import digest, secretbox
from tutela.crypto.errors import DecryptFailed

from . import custody
from .errors import KeyDamaged, SpoolBroken, SpoolFull, SpoolMissing

BLOCK = 256 * 1024
KEEP_SECONDS = 7 * 24 * 3600
# No request lives as long: what is older was left by a process that was killed.
PASSING_SECONDS = 24 * 3600
_MARK = b"TSP1"
_LENGTH = struct.Struct(">I")
# Where the spool stood when the first files were sealed.
_KEY_LABEL = "vault.import.spool"
_PART, _PASSING, _KEPT, _OWNER = ".part", ".passing", ".sealed", ".owner"


def folder() -> Path:
    """Where spools lie; made when missing, for this account only."""
    path = Path(settings.TUTELA_HOME) / "spool"
    with _full_disk():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _named(spool: UUID, ending: str) -> Path:
    return folder() / f"{spool}{ending}"


def _path(spool: UUID) -> Path:
    """Where a finished spool lies, kept or passing."""
    passing = _named(spool, _PASSING)
    return passing if passing.exists() else _named(spool, _KEPT)


def _label(number: int, *, last: bool) -> str:
    return f"spool/{number}/{'last' if last else 'more'}"


@contextmanager
def _full_disk() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise SpoolFull from None


class SpoolWriter:
    """Takes a file's bytes in order and seals them; `finish` makes the spool usable."""

    def __init__(self) -> None:
        self.id = ids.uuid7()
        self.size = 0
        self._key = digest.random_bytes(32)
        self._held = bytearray()
        self._number = 0
        sealed = custody.seal_secret(_KEY_LABEL, self._key)
        self._part = _named(self.id, _PART)
        with _full_disk():
            self._file = _private(self._part)
            # A writer that is let go of unfinished, as by a broken connection, takes its file along.
            self._give_up = weakref.finalize(self, _dropped, self._file, self._part)
            self._file.write(_MARK + _LENGTH.pack(len(sealed)) + sealed)

    def write(self, data: bytes) -> None:
        """Add bytes; a block is sealed only when more follows, so that the last is known."""
        self._held += data
        self.size += len(data)
        while len(self._held) > BLOCK:
            self._seal(bytes(self._held[:BLOCK]), last=False)
            del self._held[:BLOCK]

    def finish(self, *, kept: bool = True) -> UUID:
        """Seal the rest, make it durable, and give the spool its name; not `kept`, it is for one request."""
        self._seal(bytes(self._held), last=True)
        with _full_disk():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.rename(_named(self.id, _KEPT if kept else _PASSING))
        self._give_up.detach()
        return self.id

    def drop(self) -> None:
        """Give up: nothing of the upload stays."""
        self._give_up()

    def _seal(self, block: bytes, *, last: bool) -> None:
        sealed = secretbox.seal_with(self._key, _label(self._number, last=last), block)
        with _full_disk():
            self._file.write(sealed)
        self._number += 1


def _dropped(file: BinaryIO, path: Path) -> None:
    path.unlink(missing_ok=True)
    with suppress(OSError):  # a full disk refuses the last bytes, which nobody wants any more
        file.close()


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


class SpoolReader(io.RawIOBase):
    """A spool as a stream of its clear bytes that can seek; one block at a time is open."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = _opened(path)
        self._key, self._start = self._read_key()
        self._step = BLOCK + len(secretbox.seal_with(self._key, "", b""))
        body = path.stat().st_size - self._start
        self._blocks = max(1, -(-body // self._step))
        self.size = body - self._blocks * (self._step - BLOCK)
        self._at = 0
        self._block = (-1, b"")
        self._clear(self._blocks - 1)  # the last block says that nothing is cut off

    def _read_key(self) -> tuple[bytes, int]:
        head = self._file.read(len(_MARK) + _LENGTH.size)
        if len(head) < len(_MARK) + _LENGTH.size or head[:4] != _MARK:
            raise SpoolBroken
        (length,) = _LENGTH.unpack(head[4:])
        try:
            key = custody.open_secret(_KEY_LABEL, self._file.read(length))
        except KeyDamaged:
            raise SpoolBroken from None
        return key, len(head) + length

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub's Buffer has no slices
        number, offset = divmod(self._at, BLOCK)
        if self._at >= self.size:
            return 0
        part = self._clear(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._file.close()
        self._block = (-1, b"")
        super().close()

    def _clear(self, number: int) -> bytes:
        if self._block[0] != number:
            self._file.seek(self._start + number * self._step)
            label = _label(number, last=number == self._blocks - 1)
            try:
                clear = secretbox.open_with(self._key, label, self._file.read(self._step))
            except DecryptFailed:
                raise SpoolBroken from None
            self._block = (number, clear)
        return self._block[1]


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise SpoolMissing from None


@dataclass(frozen=True, slots=True)
class SpoolSource:
    """A sealed upload as a source. `name` is the name of the uploaded file, kept in memory only."""

    spool: UUID
    name: str = ""

    @property
    def size(self) -> int:
        with SpoolReader(_path(self.spool)) as reader:
            return reader.size

    def open(self) -> BinaryIO:
        """SpoolMissing or SpoolBroken when it cannot be opened."""
        return cast("BinaryIO", io.BufferedReader(SpoolReader(_path(self.spool)), BLOCK))


def store(data: bytes) -> UUID:
    """Seal bytes that are at hand as a spool."""
    writer = SpoolWriter()
    writer.write(data)
    return writer.finish()


def keep(spool: UUID, owner: str) -> None:
    """Let an upload outlive its request: this account comes back for it within a week."""
    with _full_disk(), suppress(FileExistsError), _private(_named(spool, _OWNER)) as note:
        note.write(owner.encode())
    with suppress(FileNotFoundError):  # kept already
        _named(spool, _PASSING).rename(_named(spool, _KEPT))


def source_of(spool: UUID, owner: str) -> SpoolSource:
    """An upload that this account has brought; SpoolMissing for another's as for one that is gone."""
    try:
        brought_by = _named(spool, _OWNER).read_text()
    except OSError:
        raise SpoolMissing from None
    if brought_by != owner:
        raise SpoolMissing
    return SpoolSource(spool)


def delete(spool: UUID) -> None:
    """Remove a spool; one that is gone already is no error."""
    for ending in (_PASSING, _KEPT, _OWNER):
        _named(spool, ending).unlink(missing_ok=True)


def sweep() -> int:
    """Remove what nobody came back for within a week, and after a day what a request left behind that
    was killed; how many there were."""
    now = clock.now().timestamp()
    old = [path for path in folder().iterdir() if path.is_file() and _is_over(path, now)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_over(path: Path, now: float) -> bool:
    lives = KEEP_SECONDS if path.suffix in {_KEPT, _OWNER} else PASSING_SECONDS
    try:
        return path.stat().st_mtime < now - lives
    except OSError:
        return False


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An upload that lies sealed in the spool. `file` is empty: nobody reads it by accident."""

    def __init__(self, spool_id: UUID, name: str, size: int) -> None:
        super().__init__(io.BytesIO(), name, size=size)
        self.spool = spool_id
        self._kept = False

    def source(self) -> SpoolSource:
        """What opens it for reading."""
        return SpoolSource(self.spool, self.name or "")

    def keep(self, owner: str) -> None:
        """Let it outlive its request, for this account."""
        keep(self.spool, owner)
        self._kept = True

    def close(self) -> None:
        """Django closes every upload at its request's end, however that ends: nothing stays."""
        super().close()
        if not self._kept:
            delete(self.spool)


class SealedUploadHandler(FileUploadHandler):
    """The only upload handler of the product (FILE_UPLOAD_HANDLERS)."""

    chunk_size = 64 * 1024
    _writer: SpoolWriter | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        if not getattr(getattr(self.request, "user", None), "is_authenticated", False):
            raise SkipFile  # a stranger's bytes never reach the disk
        self._writer = SpoolWriter()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (Django passes it)
        """Take one piece; nothing is passed on to another handler."""
        if self._writer:
            self._writer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload | None:  # noqa: ARG002 (Django passes it)
        """The sealed upload, when the last piece is in."""
        if not self._writer:
            return None
        writer, self._writer = self._writer, None
        return SealedUpload(writer.finish(kept=False), self.file_name or "", writer.size)

    def upload_interrupted(self) -> None:
        """The connection broke: nothing stays."""
        if self._writer:
            self._writer.drop()
            self._writer = None
