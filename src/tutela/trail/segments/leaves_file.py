"""The leaves of a segment as a file that needs no library to read: for `tutela-verify` on another machine.

The first line names the form, the second is JSON about the segment, then come blocks of at most 256 leaves, cut
where the
index is a multiple of 256: their hashes as the tree has them, and each leaf with its length before it. All gzip.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import Any, Final

from tutela.trail import connect
from tutela.trail.errors import SegmentUnreadable

from . import engine, files, rules, seal
from .rows import Segment

FORM: Final = b"tutela/segment-leaves@v1\n"
NAME: Final = "{}.leaves.gz"
_size: Final = Struct(">H").pack
_ORIGIN: Final = "SELECT origin FROM trail.tree WHERE epoch = %s"


def header(segment: Segment) -> dict[str, Any]:
    """What the second line says."""
    held = segment.written.contents
    return {
        "count": segment.leaves,
        "epoch": segment.epoch,
        "files": [
            {"bytes": file.size, "name": file.name, "sha256": file.sha256.hex()}
            for file in segment.files
        ],
        "first": segment.first,
        "month": rules.text(segment.month),
        "origin": connect.fetch(_ORIGIN, [segment.epoch])[0][0],
        "range": [node.hex() for node in held.span],
        "range_hash": held.span_hash.hex(),
        "schema": "tutela/segment@1",
        "seal": str(segment.sealed_leaf),
    }


def pieces(segment: Segment) -> Iterator[bytes]:
    """The whole file, piece by piece. SegmentUnreadable before the first one where no file is as it was sealed."""
    path = Path(engine.path_of(segment, segment.written.leaves))
    return _packed(_plain(segment, path))


def _packed(plain: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    for piece in plain:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _plain(segment: Segment, path: Path) -> Iterator[bytes]:
    line = json.dumps(header(segment), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    yield FORM + line.encode() + b"\n"
    known = iter(seal.hashes_of(segment.epoch)(segment.first, segment.leaves))
    hashes: list[bytes] = []
    entries: list[bytes] = []
    for row, leaf, leaf_hash in files.read(path):
        hashes.append(next(known, leaf_hash))
        entries.append(_size(len(leaf)) + leaf)
        if not (row[0] + 1) % files.TILE:
            yield b"".join(hashes) + b"".join(entries)
            hashes, entries = [], []
    if segment.last != row[0]:
        raise SegmentUnreadable(month=segment.name)
    if entries:
        yield b"".join(hashes) + b"".join(entries)
