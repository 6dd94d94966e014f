"""Proofs from the stored tiles (RFC 6962, sections 2.1.1 and 2.1.2).

Any size up to the tree's own may be proved: a partial tile is a prefix of what the tile has become.
"""

from hashlib import sha256
from typing import Final

from tutela.crypto import merkle
from tutela.crypto.errors import BadValue
from tutela.trail.connect import fetch

TILE_WIDTH: Final = 256
HASH_SIZE: Final = 32
HEIGHT: Final = 8
"""A tile covers 2**8 entries; an entry of level n covers 2**(8 n) leaves."""
_TILE: Final = """
    SELECT data FROM trail.tile
    WHERE epoch = %s::smallint AND level = %s::smallint AND number = %s::bigint"""
_SIZE: Final = "SELECT size FROM trail.tree WHERE epoch = %s::smallint"


class Tiles:
    """The tiles of one epoch; each is read once."""

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        self._read: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, number: int) -> bytes:
        """The entries of a tile, 32 bytes each, as many as there are; b"" if there is none."""
        place = (level, number)
        if place not in self._read:
            rows = fetch(_TILE, (self.epoch, level, number))
            self._read[place] = bytes(rows[0][0]) if rows else b""
        return self._read[place]

    def node(self, level: int, index: int) -> bytes:
        """The root of the 2**level leaves from index * 2**level on, all there. BadValue if tiles are missing."""
        height, first = level % HEIGHT, index << (level % HEIGHT)
        begin = (first % TILE_WIDTH) * HASH_SIZE
        data = self.tile(level // HEIGHT, first // TILE_WIDTH)
        hashes = data[begin : begin + (HASH_SIZE << height)]
        if len(hashes) != HASH_SIZE << height:
            raise BadValue("tile-missing")
        return subtree(hashes)


def subtree(hashes: bytes) -> bytes:
    """The root of a full subtree; `hashes` are a power of two of 32-byte hashes in a row."""
    while len(hashes) > HASH_SIZE:
        pair = 2 * HASH_SIZE
        hashes = b"".join(
            [sha256(b"\1" + hashes[n : n + pair]).digest() for n in range(0, len(hashes), pair)]
        )
    return hashes


def size(epoch: int) -> int:
    """How many leaves the tree of an epoch has; 0 if there is none."""
    rows = fetch(_SIZE, (epoch,))
    return int(rows[0][0]) if rows else 0


def inclusion(epoch: int, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in the tree of the first `size` leaves. BadValue."""
    _check_size(epoch, size)
    return merkle.inclusion_proof(index, size, Tiles(epoch).node)


def consistency(epoch: int, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `old` leaves is a prefix of that of `new`; empty from size 0. BadValue."""
    _check_size(epoch, new)
    return merkle.consistency_proof(old, new, Tiles(epoch).node)


def root(epoch: int, size: int) -> bytes:
    """The root hash of the first `size` leaves, from the tiles. BadValue."""
    _check_size(epoch, size)
    node = Tiles(epoch).node
    return merkle.CompactRange(0, size, [node(*place) for place in merkle.cover(0, size)]).root()


def _check_size(epoch: int, wanted: int) -> None:
    if not 0 <= wanted <= size(epoch):
        raise BadValue("proof-range")
