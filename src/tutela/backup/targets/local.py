"""A folder of this machine: a disk, a stick, a mounted share."""

import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from tutela.backup.rules import Lock
from tutela.crypto import digest

from .errors import (
    LengthWrong,
    NameTaken,
    ObjectLocked,
    ObjectMissing,
    OtherMedium,
    PartBusy,
    TargetFault,
    TargetFull,
    TargetGone,
    TargetRefused,
)
from .place import (
    BLOCK,
    MARKER,
    PROBE_START,
    Probe,
    Reader,
    Why,
    check_name,
    is_finished,
    part_of,
)
from .source import Source

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED: Final = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP}
_GONE: Final = {
    errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ENOTDIR,
    errno.EHOSTDOWN, errno.ETIMEDOUT,
}  # fmt: skip
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
_IDENTITY_BYTES: Final = 16
_MARKER_TEXT: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
FORM: Final = "the 32 hexadecimal digits of the file .tutela-target in the folder"


class LocalPlace:
    """A folder. With an identity, the marker file in it must hold that text: an empty mount point, or another
    disk at the same place, is refused. `beside` is the data directory, which the probe compares."""

    def __init__(self, folder: Path, identity: str = "", beside: Path | None = None) -> None:
        self.folder, self.identity, self.beside = folder, identity, beside

    @property
    def label(self) -> str:
        return f"file://{self.folder}"

    def put(self, name: str, reader: Reader, size: int) -> None:
        final, part = self._file(name), self._file(part_of(name), is_part=True)
        source = Source(name, reader, size)
        with self._faults(name):
            self._check_medium()
            if os.path.lexists(final):
                raise NameTaken(name=name, target=self.label)
            final.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            with self._part(part, name) as number:
                self._go_on(number, source)
                if self._has_room_for(size - source.at) is False:
                    raise TargetFull(target=self.label, name=name)
                for block in source.blocks():
                    _write(number, block)
                os.fsync(number)
                kept = os.fstat(number).st_size
                if kept != size:
                    raise LengthWrong(target=self.label, name=name, kept=kept, wanted=size)
                self._rename(part, final, name)
            _sync_folders(final.parent, self.folder)
            kept = final.stat().st_size
        if kept != size:
            raise LengthWrong(target=self.label, name=name, kept=kept, wanted=size)

    def size(self, name: str) -> int | None:
        file = self._file(name)
        with self._faults(name):
            self._check_medium()
            try:
                found = file.lstat()
            except FileNotFoundError:
                return None
            return found.st_size if stat.S_ISREG(found.st_mode) else None

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        size = self.size(name)
        if size is None:
            raise ObjectMissing(name=name, target=self.label)
        with self._faults(name), self._file(name).open("rb", buffering=0) as file:
            file.seek(offset)
            while block := file.read(BLOCK):
                yield block

    def names(self, prefix: str = "") -> list[str]:
        found = []
        with self._faults(prefix):
            self._check_medium()
            for folder, folders, files in os.walk(self.folder, onerror=_raise):
                folders[:] = [one for one in folders if not one.startswith(".")]
                below = Path(folder).relative_to(self.folder).as_posix()
                start = "" if below == "." else f"{below}/"
                found += [start + one for one in files]
        return sorted(name for name in found if name.startswith(prefix) and is_finished(name))

    def delete(self, name: str) -> None:
        file, part = self._file(name), self._file(part_of(name), is_part=True)
        deleted = False
        with self._faults(name):
            self._check_medium()
            for each in (file, part):
                try:
                    each.unlink()
                    deleted = True
                except FileNotFoundError:
                    continue
                except OSError as error:
                    if each == file and error.errno in _REFUSED:
                        raise ObjectLocked(name=name, target=self.label, until="-") from None
                    raise
            _remove_empty(file.parent, self.folder)
        if not deleted:
            raise ObjectMissing(name=name, target=self.label)

    def locked_until(self, name: str) -> datetime | None:
        """None: a folder tells no end of a lock."""
        check_name(name)
        return None

    def probe(self) -> Probe:
        file = self.folder / f"{PROBE_START}{digest.random_bytes(8).hex()}"
        with self._faults(file.name):
            self._check_medium()
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
            try:
                _write(number, b"probe")
                os.fsync(number)
            finally:
                os.close(number)
            if _succeeds(file.unlink):
                why = Why.SAME_DISK if self._is_beside() else Why.DELETED
                return Probe(writable=True, lock=Lock.NONE, why=why)
            other = file.with_name(f"{file.name}-2")
            if _succeeds(lambda: _empty(file)) or _succeeds(lambda: file.rename(other)):
                return Probe(writable=True, lock=Lock.NONE, why=Why.OVERWRITTEN)
            return Probe(writable=True, lock=Lock.MOUNTED, why=Why.ENDLESS)

    def free(self) -> int | None:
        with self._faults(""):
            self._check_medium()
            found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def mark(self) -> str:
        """The text of the marker file, which is made if there is none; 32 hexadecimal digits."""
        marker = self.folder / MARKER
        with self._faults(MARKER):
            try:
                number = os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            except FileExistsError:
                return self._marker()
            try:
                _write(number, digest.random_bytes(_IDENTITY_BYTES).hex().encode() + b"\n")
                os.fsync(number)
            finally:
                os.close(number)
            _sync_folders(self.folder, self.folder)
            return self._marker()

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _file(self, name: str, *, is_part: bool = False) -> Path:
        if not is_part:
            check_name(name)
        return self.folder / name

    def _marker(self) -> str:
        text = (self.folder / MARKER).read_bytes()[: 4 * _IDENTITY_BYTES]
        return text.decode("ascii", "replace").strip()

    def _check_medium(self) -> None:
        if not self.folder.is_dir():
            raise TargetGone(target=self.label, cause="ENOENT")
        if not self.identity:
            return
        try:
            is_right = self._marker() == self.identity
        except FileNotFoundError:
            is_right = False
        if not is_right:
            raise OtherMedium(target=self.label)

    @contextmanager
    def _part(self, part: Path, name: str) -> Iterator[int]:
        """The part file, held by this process alone."""
        number = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, _FILE_MODE)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PartBusy(name=name, target=self.label) from None
            yield number
        finally:
            os.close(number)

    def _go_on(self, number: int, source: Source) -> None:
        """Stand in the part where what lies there ends to be the source's, and in the source at the same byte.

        All of it is compared: after a power cut a file may have its length and not its bytes."""
        same, kept = 0, min(os.fstat(number).st_size, source.size)
        while source.can_go_back and same < kept:
            count = min(BLOCK, kept - same)
            if os.pread(number, count, same) != source.take(count):
                break
            same += count
        source.go_to(same)
        os.ftruncate(number, same)
        os.lseek(number, same, os.SEEK_SET)

    def _has_room_for(self, size: int) -> bool | None:
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize >= size if found.f_blocks else None

    def _rename(self, part: Path, final: Path, name: str) -> None:
        """Give the file its final name, unless that is taken. Links refuse a name that is; where the file system
        has none, it is looked at before."""
        try:
            os.link(part, final, follow_symlinks=False)
        except FileExistsError:
            raise NameTaken(name=name, target=self.label) from None
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(final):
                raise NameTaken(name=name, target=self.label) from None
            part.rename(final)
        else:
            part.unlink()

    def _is_beside(self) -> bool:
        if self.beside is None:
            return False
        return self.beside.stat().st_dev == self.folder.stat().st_dev

    @contextmanager
    def _faults(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            cause = errno.errorcode.get(error.errno or 0, "OSError")
            if error.errno in _FULL:
                raise TargetFull(target=self.label, name=name) from None
            if error.errno in _REFUSED:
                raise TargetRefused(target=self.label, cause=cause) from None
            if error.errno in _GONE:
                raise TargetGone(target=self.label, cause=cause) from None
            raise TargetFault(target=self.label, cause=cause) from None


def _write(number: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(number, view) :]


def _sync_folders(folder: Path, top: Path) -> None:
    """Make the entries of a folder, and of those above it up to `top`, durable."""
    while True:
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(
                OSError
            ):  # some network shares cannot sync a folder, and keep its entries at once
                os.fsync(number)
        finally:
            os.close(number)
        if folder == top:
            return
        folder = folder.parent


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _empty(file: Path) -> None:
    number = os.open(file, os.O_WRONLY | os.O_TRUNC)
    os.close(number)


def is_marker(identity: str) -> bool:
    """Whether a text can be that of a marker file."""
    return bool(_MARKER_TEXT.fullmatch(identity))


def _succeeds(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


def _raise(error: OSError) -> None:
    raise error
