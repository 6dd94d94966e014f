"""What the files of a segment are and hold."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A finished file: its name, length and SHA-256."""

    name: str
    size: int
    sha256: bytes

    @property
    def hex(self) -> str:
        return self.sha256.hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the files hold: `span` are the nodes that cover the indices, `matrices` the SHA-256 over the sorted
    fingerprints of the permission matrices that its leaves name."""

    first: int
    leaves: int
    begins_at: datetime
    ends_at: datetime
    span: tuple[bytes, ...]
    span_hash: bytes
    matrices: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Both files and what is in them."""

    leaves: File
    pointers: File
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The result of reading files again: empty, or what is wrong and the first index that is not right."""

    fault: str = ""
    bad_index: int | None = None


@dataclass(slots=True, kw_only=True)
class Done:
    """What a run did: names of months. `faults` are those whose files are not as they were sealed."""

    sealed: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    cooled: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
