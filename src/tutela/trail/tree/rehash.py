"""Hash the whole tree again: leaves by index against the tiles, tiles against tiles, checkpoints against the tree.

Part of the verification of the log, in its snapshot. That a leaf's hash is of its bytes is found by the sweep over
the leaves, which reads them as they lie on the disk; here each hash must stand where the tree has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import psycopg

from tutela.crypto import merkle, notes
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.trail import reading
from tutela.trail.walk import Finding

from . import proofs, second_place, signers
from .proofs import HASH_SIZE, HEIGHT, TILE_WIDTH, subtree

Server = psycopg.Connection[Any]
Add = Callable[[Finding], None]
STRETCH: Final = TILE_WIDTH * TILE_WIDTH
"""Leaves that are read at once: those below one tile of level 1."""

_TREES: Final = "SELECT epoch, origin, size, gather_id IS NOT NULL FROM trail.tree ORDER BY epoch"
_GROUPS: Final = """
    SELECT s.index >> 8, count(*), string_agg(coalesce(l.leaf_hash, ''), '' ORDER BY s.index)
    FROM trail.sequenced s LEFT JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    WHERE s.epoch = %s AND s.index >= %s AND s.index < %s GROUP BY 1"""
_ONE_BY_ONE: Final = """
    SELECT s.index, s.leaf_id, l.leaf_hash
    FROM trail.sequenced s LEFT JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    WHERE s.epoch = %s AND s.index >= %s AND s.index < %s ORDER BY s.index"""
_TILES: Final = """
    SELECT number, data FROM trail.tile
    WHERE epoch = %s AND level = %s AND number >= %s AND number < %s"""
_CHECKPOINTS: Final = """
    SELECT DISTINCT ON ((size - 1) >> 16) size, root, note FROM trail.checkpoint
    WHERE epoch = %s ORDER BY (size - 1) >> 16, size DESC"""
_BEYOND: Final = "SELECT count(*) FROM trail.sequenced WHERE epoch = %s AND index >= %s"
_UNPLACED: Final = """
    SELECT l.id FROM trail.leaf l
    WHERE NOT EXISTS (SELECT FROM trail.sequenced s WHERE s.leaf_id = l.id)
    AND l.xid < (SELECT horizon FROM trail.tree WHERE closed_at IS NULL)
    AND l.xid <> ALL ((SELECT running FROM trail.tree WHERE closed_at IS NULL)::xid8[])
    ORDER BY l.at, l.id LIMIT 100"""
_HAS_SEGMENTS: Final = "SELECT to_regclass('trail.segment') IS NOT NULL"
_GIVEN_UP: Final = (
    "SELECT epoch, first, first + leaves FROM trail.segment WHERE dropped_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class _Span:
    """Leaves that the database has given up by right: sealed months, whose files are verified by themselves."""

    epoch: int
    first: int
    end: int


def check(server: Server, add: Add) -> int:
    """Report every fault of every tree; returns how many places were compared."""
    spans = _given_up(server)
    trees = server.execute(_TREES).fetchall()
    _check_second_place(add, {epoch: size for epoch, _, size, _ in trees})
    for epoch, origin, size, _ in trees:
        _Tree(server, add, epoch, size, [span for span in spans if span.epoch == epoch]).check()
        _check_checkpoints(server, add, epoch, origin)
    if trees and not trees[-1][3]:
        for (leaf_id,) in server.execute(_UNPLACED):
            add(Finding(kind=reading.UNPLACED, leaf=str(leaf_id)))
    return sum(size for _, _, size, _ in trees)


def _given_up(server: Server) -> list[_Span]:
    ((has_segments,),) = server.execute(_HAS_SEGMENTS).fetchall()
    return [_Span(*row) for row in server.execute(_GIVEN_UP)] if has_segments else []


@dataclass(slots=True)
class _Tree:
    server: Server
    add: Add
    epoch: int
    size: int
    given_up: list[_Span]

    def check(self) -> None:
        """Compare the tiles of every level with what is below them."""
        above = [
            root
            for begin in range(0, self.size, STRETCH)
            if (root := self._stretch(begin, min(begin + STRETCH, self.size)))
        ]
        level = 2
        while above:
            tiles = self._tiles(level, 0, len(above) // TILE_WIDTH + 1)
            above = [
                root
                for number, entries in enumerate(_cut(above))
                if (root := self._compare(level, number, entries, tiles.get(number, b"")))
            ]
            level += 1
        if self.server.execute(_BEYOND, (self.epoch, self.size)).fetchall()[0][0]:
            self._report(reading.TILE, self.size)

    def _stretch(self, begin: int, end: int) -> bytes:
        """Compare the leaves below one tile of level 1; its root if it is full, else b""."""
        first, behind = begin // TILE_WIDTH, -(-end // TILE_WIDTH)
        groups = {
            number: (count, bytes(hashes))
            for number, count, hashes in self.server.execute(_GROUPS, (self.epoch, begin, end))
        }
        tiles = self._tiles(0, first, behind)
        roots = []
        for number in range(first, behind):
            width = min(TILE_WIDTH, end - number * TILE_WIDTH)
            tile = tiles.get(number, b"")[: width * HASH_SIZE]
            if groups.get(number) != (width, tile) or len(tile) != width * HASH_SIZE:
                self._explain(number, width, tile)
            if width == TILE_WIDTH and len(tile) == width * HASH_SIZE:
                roots.append(subtree(tile))
        if not roots:
            return b""
        number = begin // STRETCH
        return self._compare(1, number, roots, self._tiles(1, number, number + 1).get(number, b""))

    def _tiles(self, level: int, first: int, behind: int) -> dict[int, bytes]:
        rows = self.server.execute(_TILES, (self.epoch, level, first, behind))
        return {number: bytes(data) for number, data in rows}

    def _compare(self, level: int, number: int, entries: list[bytes], tile: bytes) -> bytes:
        """Report the first entry of a tile that is not the root of what is below it; its root if it is full."""
        for place, entry in enumerate(entries):
            if tile[place * HASH_SIZE : (place + 1) * HASH_SIZE] != entry:
                self._report(reading.TILE, (number * TILE_WIDTH + place) << (HEIGHT * level))
                break
        return subtree(b"".join(entries)) if len(entries) == TILE_WIDTH else b""

    def _explain(self, number: int, width: int, tile: bytes) -> None:
        """Report the places of one tile that do not hold the leaf the tile has."""
        begin = number * TILE_WIDTH
        if len(tile) != width * HASH_SIZE:
            self._report(reading.TILE, begin + len(tile) // HASH_SIZE)
        rows = self.server.execute(_ONE_BY_ONE, (self.epoch, begin, begin + width)).fetchall()
        placed = {index: (leaf_id, digest) for index, leaf_id, digest in rows}
        for index in range(begin, begin + len(tile) // HASH_SIZE):
            leaf_id, digest = placed.get(index, (None, None))
            wanted = tile[(index - begin) * HASH_SIZE : (index - begin + 1) * HASH_SIZE]
            if digest is None and self._is_given_up(index):
                continue  # its place may be forgotten, too
            if digest is None or bytes(digest) != wanted:
                self._report(reading.TREE, index, leaf_id)

    def _is_given_up(self, index: int) -> bool:
        return any(span.first <= index < span.end for span in self.given_up)

    def _report(self, kind: str, index: int, leaf_id: UUID | None = None) -> None:
        self.add(Finding(kind=kind, leaf=str(leaf_id or ""), tree=self.epoch, index=index))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root hash of leaves from their bytes, tile by tile: half the time of one leaf after another."""
    tree = merkle.CompactRange()
    for begin in range(0, len(leaves), TILE_WIDTH):
        hashes = [sha256(b"\0" + leaf).digest() for leaf in leaves[begin : begin + TILE_WIDTH]]
        if len(hashes) == TILE_WIDTH:
            full = merkle.CompactRange(begin, begin + TILE_WIDTH, [subtree(b"".join(hashes))])
            tree.merge(full)
        else:
            for digest in hashes:
                tree.append(digest)
    return tree.root()


def _cut(entries: list[bytes]) -> Iterator[list[bytes]]:
    """Entries by tile."""
    for begin in range(0, len(entries), TILE_WIDTH):
        yield entries[begin : begin + TILE_WIDTH]


def _check_checkpoints(server: Server, add: Add, epoch: int, origin: str) -> None:
    """Compare the last checkpoint of each stretch with the tree, and its signature with the log's keys."""
    rows = server.execute(_CHECKPOINTS, (epoch,)).fetchall()
    keys = [notes.read_key(vkey) for vkey in signers.vkeys(origin)] if rows else []
    for size, root, note in rows:
        try:
            parts = notes.read_note(note)
            notes.check_signed(parts, keys)
            head = notes.read_checkpoint(parts.text)
            said = (head.origin, head.size, head.root)
            is_good = said == (origin, size, bytes(root)) and head.root == _root(epoch, size)
        except (BadValue, SignatureInvalid):
            is_good = False
        if not is_good:
            add(Finding(kind=reading.CHECKPOINT, tree=epoch, index=size))


def _check_second_place(add: Add, sizes: dict[int, int]) -> None:
    """Compare with what was signed last, which the database may have lost since."""
    signed = second_place.read()
    if signed is None:
        return
    if sizes.get(signed.epoch, 0) < signed.size:
        held = sizes.get(signed.epoch, 0)
        add(Finding(kind=reading.RESTORED, at=signed.at, tree=signed.epoch, index=held))
    elif _root(signed.epoch, signed.size) != signed.root:
        add(Finding(kind=reading.CHECKPOINT, at=signed.at, tree=signed.epoch, index=signed.size))


def _root(epoch: int, size: int) -> bytes:
    """The root of the tiles; b"" if some are missing."""
    try:
        return proofs.root(epoch, size)
    except BadValue:
        return b""
