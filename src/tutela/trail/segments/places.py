"""Where the copies of segments lie: folders by their address, which write once.

A copy is written under another name, made durable, renamed and read back from the disk. It then loses its right
to be
written, and its time of last access is the day until which it must be kept: that is how storage with write-once
volumes (NetApp SnapLock and its like) is told to lock a file until then.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from tutela.base import env

from .contents import File
from .disk import fingerprint, sync
from .rules import Fault

NAME: Final = "TUTELA_TRAIL_COPIES"
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of copies and its address as it is configured."""

    url: str
    folder: Path


def places() -> list[Place]:
    """The places of TUTELA_TRAIL_COPIES, in order; BadSetting for what is no folder's address."""
    return [place_of(url) for url in settings.TUTELA_TRAIL_COPIES]


def place_of(url: str) -> Place:
    """One place: an absolute path, or file:///path. BadSetting, also for stores that are reached by a network
    protocol, such as s3: mount them."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)) if parts.scheme == "file" and not parts.netloc else Path(url)
    if parts.scheme not in {"", "file"} or not path.is_absolute():
        need = env.N_("must be folders, such as /mnt/archive or file:///mnt/archive: %(url)s")
        raise env.BadSetting(NAME, need, url=url)
    return Place(url, path)


def working_folder() -> Path:
    """Where the files that searches read lie: in the data directory."""
    folder = Path(settings.TUTELA_HOME) / "trail-segments"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def tidy() -> None:
    """Remove what a run that was killed left unfinished; the caller works alone."""
    for part in working_folder().glob("*.part"):
        part.unlink(missing_ok=True)


def put(source: Path, place: Place, file: File, keep_until: date) -> str:
    """Write a copy of a file, unless it is there; "" or a code of Fault. OSError when it cannot be written."""
    target = place.folder / file.name
    if not target.exists():
        _write(source, target)
    if fault := state_of(place.folder, [file]):
        return fault
    until = datetime.combine(keep_until, time.min, tzinfo=UTC).timestamp()
    if target.stat().st_mode & 0o222:
        os.utime(target, (until, target.stat().st_mtime))
        target.chmod(0o400)
    return ""


def fetch(place: Place, folder: Path, file: File) -> None:
    """Bring a file back from a place into a folder; OSError."""
    _write(place.folder / file.name, folder / file.name)


def _write(source: Path, target: Path) -> None:
    """Write a file under another name, make it durable and give it its own; it is read from the disk next."""
    part = target.with_name(f".{target.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with source.open("rb") as reader, os.fdopen(os.open(part, flags, 0o600), "wb") as writer:
        while block := reader.read(_BLOCK):
            writer.write(block)
        writer.flush()
        os.fsync(writer.fileno())
    part.rename(target)
    sync(target.parent)
    sync(target)


def state_of(folder: Path, files: Sequence[File]) -> str:
    """ "" if all these files lie in a folder as they must, else a code of Fault."""
    for file in files:
        try:
            if fingerprint(folder / file.name) != (file.size, file.sha256):
                return Fault.ALTERED
        except OSError:
            return Fault.MISSING
    return ""


def remove(folder: Path, files: Sequence[File]) -> bool:
    """Remove files; whether none is left. Storage that has locked them until a day refuses until then."""
    for file in files:
        try:
            (folder / file.name).unlink(missing_ok=True)
        except OSError:
            return False
    return True
