"""What the files of a segment are and hold."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A finished file: its name, length and SHA-256."""

    name: str
    size: int
    sha256: bytes


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
