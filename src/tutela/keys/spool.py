"""Uploads, encrypted while they are received: no clear byte of a customer's file reaches the disk.

A spool file in TUTELA_HOME/spool has a 4-byte magic number, the length and the encrypted form of its own
random key, then blocks of 256 KiB, each bound to its number and to whether it is the last, so that
reordering, omission and truncation are detected.

An upload is deleted at the end of its request unless `keep` is called. Its suffix is `.part` while it is
written, `.passing` until the request ends, `.sealed` when kept. A kept one has a file `.owner` beside it
with the id of the account that may use it. What is found out about an upload can be kept in a file `.memo`,
encrypted with the upload's own key, so that it fits no other.
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
# Longer than any request: older files were left by a process that was killed.
PASSING_SECONDS = 24 * 3600
_MARK = b"TSP1"
_LENGTH = struct.Struct(">I")
# The name the spool had when the first files were encrypted.
_KEY_LABEL = "vault.import.spool"
_MEMO_LABEL = "spool/memo"
_PART, _PASSING, _KEPT = ".part", ".passing", ".sealed"
_OWNER, _MEMO = ".owner", ".memo"


def folder() -> Path:
    """The spool directory, created with mode 0700 if missing."""
    path = Path(settings.TUTELA_HOME) / "spool"
    with _spool_full():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _named(spool: UUID, ending: str) -> Path:
    return folder() / f"{spool}{ending}"


def _path(spool: UUID) -> Path:
    """The path of a finished spool, kept or passing."""
    passing = _named(spool, _PASSING)
    return passing if passing.exists() else _named(spool, _KEPT)


def _label(number: int, *, last: bool) -> str:
    return f"spool/{number}/{'last' if last else 'more'}"


@contextmanager
def _spool_full() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise SpoolFull from None


class SpoolWriter:
    """Encrypts a file's bytes in order; `finish` makes the spool usable."""

    def __init__(self) -> None:
        self.id = ids.uuid7()
        self.size = 0
        self._key = digest.random_bytes(32)
        self._buffer = bytearray()
        self._number = 0
        sealed = custody.seal_secret(_KEY_LABEL, self._key)
        self._part = _named(self.id, _PART)
        with _spool_full():
            self._file = _create_private(self._part)
            # An unfinished writer that is garbage collected, as after a broken connection, deletes its file.
            self._discard = weakref.finalize(self, _discard, self._file, self._part)
            self._file.write(_MARK + _LENGTH.pack(len(sealed)) + sealed)

    def write(self, data: bytes) -> None:
        """Add bytes; a full block is written only when more follows, because the last one is marked."""
        self._buffer += data
        self.size += len(data)
        while len(self._buffer) > BLOCK:
            self._seal(bytes(self._buffer[:BLOCK]), last=False)
            del self._buffer[:BLOCK]

    def finish(self, *, kept: bool = True) -> UUID:
        """Write the rest durably and return the spool's id; unless `kept`, it lives for one request."""
        self._seal(bytes(self._buffer), last=True)
        with _spool_full():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.rename(_named(self.id, _KEPT if kept else _PASSING))
        self._discard.detach()
        return self.id

    def drop(self) -> None:
        """Abandon the upload and delete its file."""
        self._discard()

    def _seal(self, block: bytes, *, last: bool) -> None:
        sealed = secretbox.seal_with(self._key, _label(self._number, last=last), block)
        with _spool_full():
            self._file.write(sealed)
        self._number += 1


def _discard(file: BinaryIO, path: Path) -> None:
    path.unlink(missing_ok=True)
    with suppress(OSError):  # flushing fails on a full disk
        file.close()


def _create_private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


class SpoolReader(io.RawIOBase):
    """A spool as a seekable stream of its clear bytes; holds one decrypted block at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        try:
            self._file = path.open("rb")
        except OSError:
            raise SpoolMissing from None
        self._key, self._start = self._read_key()
        self._step = BLOCK + len(secretbox.seal_with(self._key, "", b""))
        body = path.stat().st_size - self._start
        self._blocks = max(1, -(-body // self._step))
        self.size = body - self._blocks * (self._step - BLOCK)
        self._at = 0
        self._block = (-1, b"")
        self._clear(self._blocks - 1)  # detects truncation

    def seal_memo(self, data: bytes) -> bytes:
        """A memo about this upload, encrypted with its key."""
        return secretbox.seal_with(self._key, _MEMO_LABEL, data)

    def open_memo(self, sealed: bytes) -> bytes:
        """The clear bytes of a memo; SpoolBroken when it is another upload's."""
        try:
            return secretbox.open_with(self._key, _MEMO_LABEL, sealed)
        except DecryptFailed:
            raise SpoolBroken from None

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


@dataclass(frozen=True, slots=True)
class SpoolSource:
    """A sealed upload as an import source. `name` is the uploaded file's name, kept in memory only."""

    spool: UUID
    name: str = ""

    @property
    def size(self) -> int:
        with SpoolReader(_path(self.spool)) as reader:
            return reader.size

    def open(self) -> BinaryIO:
        """The clear bytes as a stream; SpoolMissing or SpoolBroken."""
        return cast("BinaryIO", io.BufferedReader(SpoolReader(_path(self.spool)), BLOCK))

    def memo(self) -> bytes | None:
        """What was kept with the upload; None if nothing was. SpoolMissing or SpoolBroken."""
        try:
            sealed = _named(self.spool, _MEMO).read_bytes()
        except FileNotFoundError:
            return None
        with SpoolReader(_path(self.spool)) as reader:
            return reader.open_memo(sealed)

    def has_memo(self) -> bool:
        """Whether something is kept with the upload."""
        return _named(self.spool, _MEMO).exists()

    def keep_memo(self, data: bytes) -> None:
        """Keep a memo with the upload; it is deleted with it. Whole or not at all, also with a full disk or
        another request at once."""
        with SpoolReader(_path(self.spool)) as reader:
            sealed = reader.seal_memo(data)
        part = _named(ids.uuid7(), _PART)
        try:
            with _spool_full():
                with _create_private(part) as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                part.rename(_named(self.spool, _MEMO))
        finally:
            part.unlink(missing_ok=True)


def store(data: bytes) -> UUID:
    """Store bytes as a kept spool; returns its id."""
    writer = SpoolWriter()
    writer.write(data)
    return writer.finish()


def keep(spool: UUID, owner: str) -> None:
    """Keep an upload beyond its request, for this account; it is swept after a week."""
    with _spool_full(), suppress(FileExistsError), _create_private(_named(spool, _OWNER)) as note:
        note.write(owner.encode())
    with suppress(FileNotFoundError):  # kept already
        _named(spool, _PASSING).rename(_named(spool, _KEPT))


def source_of(spool: UUID, owner: str) -> SpoolSource:
    """An upload of this account; SpoolMissing, also if it is another account's."""
    try:
        stored_owner = _named(spool, _OWNER).read_text()
    except OSError:
        raise SpoolMissing from None
    if stored_owner != owner:
        raise SpoolMissing
    return SpoolSource(spool)


def delete(spool: UUID) -> None:
    """Delete a spool, if it exists."""
    for ending in (_PASSING, _KEPT, _OWNER, _MEMO):
        _named(spool, ending).unlink(missing_ok=True)


def drop(spool: UUID, owner: str) -> None:
    """Delete an upload that nobody keeps, or that this account keeps; another's stays."""
    with suppress(FileNotFoundError):
        if _named(spool, _OWNER).read_text() != owner:
            return
    delete(spool)


def sweep() -> int:
    """Delete kept files after KEEP_SECONDS and the others after PASSING_SECONDS; returns the number of files."""
    now = clock.now().timestamp()
    old = [path for path in folder().iterdir() if path.is_file() and _is_over(path, now)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_over(path: Path, now: float) -> bool:
    lives = KEEP_SECONDS if path.suffix in {_KEPT, _OWNER, _MEMO} else PASSING_SECONDS
    try:
        return path.stat().st_mtime < now - lives
    except OSError:
        return False


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An upload encrypted in the spool. `file` is empty; read `source()` instead."""

    def __init__(self, spool_id: UUID, name: str, size: int) -> None:
        super().__init__(io.BytesIO(), name, size=size)
        self.spool = spool_id
        self._kept = False

    def source(self) -> SpoolSource:
        """The source to read it from."""
        return SpoolSource(self.spool, self.name or "")

    def keep(self, owner: str) -> None:
        """Keep it beyond its request, for this account."""
        keep(self.spool, owner)
        self._kept = True

    def close(self) -> None:
        """Delete the spool unless it was kept; Django closes every upload when its request ends."""
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
            raise SkipFile  # anonymous uploads never reach the disk
        self._writer = SpoolWriter()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (Django passes it)
        """Write one chunk; returning None stops other handlers."""
        if self._writer:
            self._writer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload | None:  # noqa: ARG002 (Django passes it)
        """The sealed upload, after the last chunk."""
        if not self._writer:
            return None
        writer, self._writer = self._writer, None
        return SealedUpload(writer.finish(kept=False), self.file_name or "", writer.size)

    def upload_interrupted(self) -> None:
        """Delete the partial upload."""
        if self._writer:
            self._writer.drop()
            self._writer = None
