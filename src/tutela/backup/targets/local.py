"""A folder of this machine or mounted on it: `file:///path`."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from tutela.backup.errors import (
    LengthWrong,
    NameTaken,
    ObjectLocked,
    ObjectMissing,
    TargetFull,
    TargetGone,
    TargetRefused,
    UrlWrong,
)
from tutela.backup.rules import Lock
from tutela.crypto import digest

from .place import Probe, Reader

BLOCK: Final = 1 << 20
PART: Final = ".part"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class LocalPlace:
    """A folder that exists: one that was unmounted is gone, and is not made anew below its mount point."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = folder.name or "/"

    def put(self, name: str, reader: Reader, size: int) -> None:
        final = self._path(name)
        with self._errors():
            self._need_folder()
            final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if final.exists():
                raise NameTaken(target=self._name)
            part = final.with_name(final.name + PART)
            self._write(part, reader, size)
            # A link refuses an existing name, which a rename would replace.
            try:
                os.link(part, final)
            except FileExistsError:
                raise NameTaken(target=self._name) from None
            part.unlink()
            _sync_folder(final.parent)
            if final.stat().st_size != size:
                raise LengthWrong(target=self._name)

    def _write(self, part: Path, reader: Reader, size: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        left = size
        try:
            with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
                while block := reader.read(min(BLOCK, left) if left else 1):
                    left -= len(block)
                    if left < 0:
                        break
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        if left:
            part.unlink()
            raise LengthWrong(target=self._name)

    def size(self, name: str) -> int | None:
        with self._errors():
            self._need_folder()
            try:
                return self._path(name).stat().st_size
            except FileNotFoundError:
                return None

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        with self._errors():
            self._need_folder()
            try:
                file = self._path(name).open("rb")
            except FileNotFoundError:
                raise ObjectMissing(target=self._name) from None
            with file:
                file.seek(offset)
                while block := file.read(BLOCK):
                    yield block

    def names(self, prefix: str) -> list[str]:
        with self._errors():
            self._need_folder()
            inside = self._path(prefix.rpartition("/")[0] or ".")
            found = (path for path in inside.rglob("*") if path.is_file())
            names = (path.relative_to(self._folder).as_posix() for path in found)
            return sorted(
                name for name in names if name.startswith(prefix) and not name.endswith(PART)
            )

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self._errors():
            self._need_folder()
            try:
                path.unlink()
            except FileNotFoundError:
                raise ObjectMissing(target=self._name) from None
            except PermissionError:
                raise ObjectLocked(target=self._name) from None
            with contextlib.suppress(OSError):
                path.parent.rmdir()

    def probe(self) -> Probe:
        name = f"probe-{digest.random_bytes(8).hex()}"
        body = digest.random_bytes(64)
        self.put(name, _Once(body), len(body))
        if b"".join(self.read(name)) != body:
            return Probe(writable=False, lock=Lock.NONE, why=LengthWrong.code)
        try:
            self.delete(name)
        except ObjectLocked:
            return Probe(writable=True, lock=Lock.MOUNTED)
        return Probe(writable=True, lock=Lock.NONE)

    def free(self) -> int | None:
        with self._errors():
            self._need_folder()
            found = os.statvfs(self._folder)
            return found.f_bavail * found.f_frsize

    def _need_folder(self) -> None:
        if not self._folder.is_dir():
            raise TargetGone(target=self._name)

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/"):
            raise UrlWrong
        return self._folder.joinpath(*parts)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except PermissionError as error:
            raise TargetRefused(target=self._name) from error
        except OSError as error:
            if error.errno in _FULL:
                raise TargetFull(target=self._name) from error
            raise TargetGone(target=self._name) from error


class _Once:
    """A reader of bytes in memory."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        given, self._body = (
            (self._body, b"") if size < 0 else (self._body[:size], self._body[size:])
        )
        return given


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
