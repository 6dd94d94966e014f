"""The envelope: magic C1 | version | suite | flags | generation(4) | nonce(12) | text | tag(16).

36 bytes longer than the plaintext. C1 does not occur in UTF-8, so envelopes and text are distinguishable. The
parser accepts exactly what sealing writes.

Version 1 is a cell sealed alone, under a key of its data class. Version 2 is a cell of a record that was sealed as
a whole: one key for the customer's records, with the class in the associated data. Both are read.
"""

from dataclasses import dataclass
from typing import Final

from .errors import DecryptFailed
from .parts import u32
from .suites import Suite

MAGIC: Final = 0xC1
ALONE: Final = 1
WHOLE: Final = 2
"""The versions: sealed alone, and sealed as part of a whole record."""
PADDED: Final = 1
BUNDLE: Final = 2
FLAG_SETS: Final = range(4)
HEADER_SIZE: Final = 8
OVERHEAD: Final = 36


@dataclass(frozen=True, slots=True)
class Header:
    """The first eight bytes of an envelope, parsed."""

    version: int
    suite: Suite
    padded: bool
    bundle: bool
    generation: int


def header(version: int, suite: Suite, flags: int, generation: int) -> bytes:
    """The first eight bytes of an envelope."""
    return bytes((MAGIC, version, suite, flags)) + u32(generation)


def is_envelope(blob: bytes) -> bool:
    """Whether this has the form of an envelope; it may not open."""
    return (
        len(blob) >= OVERHEAD
        and blob[0] == MAGIC
        and blob[1] in {ALONE, WHOLE}
        and 1 <= blob[2] <= 2
        and blob[3] in FLAG_SETS
    )


def parse(blob: bytes) -> Header:
    """The header of an envelope; DecryptFailed if it is not one."""
    if not is_envelope(blob):
        raise DecryptFailed
    flags = blob[3]
    return Header(
        version=blob[1],
        suite=Suite(blob[2]),
        padded=bool(flags & PADDED),
        bundle=bool(flags & BUNDLE),
        generation=int.from_bytes(blob[4:8], "big"),
    )
