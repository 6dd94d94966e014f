"""What a place for copies can do, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tutela.backup.rules import Lock


class Reader(Protocol):
    """What a file is read from; b"" at the end."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Probe:
    """What a test of a place gave. `why` is the code of what was refused, "" if nothing."""

    writable: bool
    lock: Lock
    why: str = ""


class Place(Protocol):
    """Files by name below one folder, written once. Names have forward slashes. Every method raises TargetGone,
    TargetRefused or HostKeyChanged as well."""

    def put(self, name: str, reader: Reader, size: int) -> None:
        """Write a file: under a part name in the same folder, synced, renamed once, its length read back.
        NameTaken, TargetFull, LengthWrong."""
        ...

    def size(self, name: str) -> int | None:
        """Bytes of a file; None if there is none under its final name."""
        ...

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        """A file's bytes from an offset on, in blocks. ObjectMissing."""
        ...

    def names(self, prefix: str) -> list[str]:
        """The names of files that begin with this, sorted; part names are left out."""
        ...

    def delete(self, name: str) -> None:
        """Remove a file. ObjectMissing, ObjectLocked."""
        ...

    def probe(self) -> Probe:
        """Write a probe, read it back, try to delete it."""
        ...

    def free(self) -> int | None:
        """Bytes that are free; None where the place does not say."""
        ...
