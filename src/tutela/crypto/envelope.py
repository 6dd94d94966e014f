"""The envelope: magic C1 | version 1 | suite | flags | generation(4) | nonce(12) | text | tag(16).

36 bytes longer than the plaintext. C1 does not occur in UTF-8, so envelopes and text are distinguishable. The
parser accepts exactly what sealing writes.
"""

from dataclasses import dataclass
from typing import Final

from .errors import DecryptFailed
from .parts import u32
from .suites import Suite

MAGIC: Final = 0xC1
VERSION: Final = 1
PADDED: Final = 1
BUNDLE: Final = 2
FLAG_SETS: Final = range(4)
HEADER_SIZE: Final = 8
OVERHEAD: Final = 36


@dataclass(frozen=True, slots=True)
class Header:
    """The first eight bytes of an envelope, parsed."""

    suite: Suite
    padded: bool
    bundle: bool
    generation: int


def header(suite: Suite, flags: int, generation: int) -> bytes:
    """The first eight bytes of an envelope."""
    return bytes((MAGIC, VERSION, suite, flags)) + u32(generation)


def is_envelope(blob: bytes) -> bool:
    """Whether this has the form of an envelope; it may not open."""
    return (
        len(blob) >= OVERHEAD
        and blob[0] == MAGIC
        and blob[1] == VERSION
        and 1 <= blob[2] <= 2
        and blob[3] in FLAG_SETS
    )


def parse(blob: bytes) -> Header:
    """The header of an envelope; DecryptFailed if it is not one."""
    if not is_envelope(blob):
        raise DecryptFailed
    flags = blob[3]
    return Header(
        suite=Suite(blob[2]),
        padded=bool(flags & PADDED),
        bundle=bool(flags & BUNDLE),
        generation=int.from_bytes(blob[4:8], "big"),
    )
