"""What every place for copies can do, whatever lies behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, Self

from tutela.backup.rules import Lock

from .errors import FileNameWrong

BLOCK: Final = 4 * 1024 * 1024
"""Bytes that are read or written at once."""
PART_END: Final = ".part"
PROBE_START: Final = ".tutela-probe-"
MARKER: Final = ".tutela-target"
_WORD: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}"
_NAME: Final = re.compile(rf"(?:{_WORD}/){{0,3}}{_WORD}", re.ASCII)


class Why(StrEnum):
    """What a probe found; its words are in `words.py` of this folder."""

    DELETED = "deleted"
    """The probe could be deleted: there is no lock."""
    OVERWRITTEN = "overwritten"
    """The probe could not be deleted, but be written over or renamed."""
    KEPT = "kept"
    """The probe could be neither deleted nor changed."""
    LIFTED = "lifted"
    """A governance lock that these credentials may lift."""
    ENDLESS = "endless"
    """The probe could not be deleted although it carries no lock with an end."""
    SAME_DISK = "same_disk"
    """There is no lock, and the folder lies on the file system of the data directory."""


class Reader(Protocol):
    """What a file is read from; b"" at the end. One that can seek as well lets an upload be gone on with."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe file showed."""

    writable: bool
    lock: Lock
    why: Why


class Place(Protocol):
    """A place for copies. Names are those of `check_name`, with "/" between folders; faults are of errors.py.

    Use as a context manager, or `close` it; a closed place opens again at its next use."""

    @property
    def label(self) -> str:
        """The address without credentials, for sentences."""
        ...

    def put(self, name: str, reader: Reader, size: int) -> None:
        """Write a file of `size` bytes, durable and whole, once. A reader that can seek lets an upload that broke
        off go on where it stopped. NameTaken, TargetFull, TargetGone, LengthWrong, SourceFault."""
        ...

    def size(self, name: str) -> int | None:
        """Bytes of a finished file; None if there is none."""
        ...

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        """The bytes of a finished file from `offset` on, in blocks. ObjectMissing, LengthWrong, TargetGone."""
        ...

    def names(self, prefix: str = "") -> list[str]:
        """The finished files whose names begin so, sorted; no parts and no probes."""
        ...

    def delete(self, name: str) -> None:
        """Delete a finished file, and what lies there of an unfinished one. ObjectMissing, ObjectLocked."""
        ...

    def locked_until(self, name: str) -> datetime | None:
        """When the lock of a finished file ends; None without one, or where the place does not tell."""
        ...

    def probe(self) -> Probe:
        """Write a small file and try to destroy it. Raises as `put` does where that is not possible."""
        ...

    def free(self) -> int | None:
        """Bytes that are free; None where the place does not tell."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_error: object) -> None: ...


def check_name(name: str) -> None:
    """FileNameWrong for anything but one to four plain words with "/" between, and for the name of a part."""
    if not _NAME.fullmatch(name) or name.endswith(PART_END):
        raise FileNameWrong


def part_of(name: str) -> str:
    """The name under which a file lies in its folder until it is whole."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}.{last}{PART_END}"


def is_finished(name: str) -> bool:
    """Whether this is the name of a finished file; parts, probes and markers begin with a dot."""
    return bool(_NAME.fullmatch(name)) and not name.endswith(PART_END)
