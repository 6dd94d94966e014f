"""Positions in PostgreSQL's log and the names of its files. Pure.

A position (LSN) is a count of bytes, written `16/B374D848`. A file of the log holds `segment` bytes (16 MiB unless
the cluster was made otherwise) and is named by timeline and number: `000000010000001600000000B3` has 24 digits.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

SEGMENT = 16 * 1024 * 1024
NAME = re.compile(r"[0-9A-F]{24}")
HISTORY = re.compile(r"[0-9A-F]{8}\.history")
_POSITION = re.compile(r"[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")


def number(position: str) -> int:
    """`16/B374D848` as a count of bytes; ValueError for anything else."""
    if not _POSITION.fullmatch(position):
        raise ValueError("not a position in the log")
    high, _, low = position.partition("/")
    return int(high, 16) << 32 | int(low, 16)


def text(position: int) -> str:
    """The count of bytes as PostgreSQL writes it."""
    return f"{position >> 32:X}/{position & 0xFFFFFFFF:X}"


def file_of(timeline: int, position: int, segment: int = SEGMENT) -> str:
    """The name of the file that holds this position."""
    return name_of(timeline, position // segment, segment)


def name_of(timeline: int, count: int, segment: int = SEGMENT) -> str:
    """The name of the count-th file (from 0)."""
    each = 0x100000000 // segment
    return f"{timeline:08X}{count // each:08X}{count % each:08X}"


def timeline_of(name: str) -> int:
    return int(name[:8], 16)


def count_of(name: str, segment: int = SEGMENT) -> int:
    """Which file of the log this is, from 0; ValueError for a name of another form."""
    if not NAME.fullmatch(name):
        raise ValueError("not a file of the log")
    return int(name[8:16], 16) * (0x100000000 // segment) + int(name[16:], 16)


def start_of(name: str, segment: int = SEGMENT) -> int:
    """The position of the file's first byte."""
    return count_of(name, segment) * segment


def gaps(names: Iterable[str], segment: int = SEGMENT) -> list[tuple[str, str]]:
    """Pairs of files, present both, between which at least one is missing, in the order of the log. A new timeline
    goes on where the old one was left, so its first file may have the number of the old one's last."""
    held = sorted({n for n in names if NAME.fullmatch(n)}, key=lambda n: (count_of(n, segment), n))
    return [(a, b) for a, b in pairwise(held) if count_of(b, segment) - count_of(a, segment) > 1]
