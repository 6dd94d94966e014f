"""Read back, hash again, compare, sign: what the leader does with leaves that have their places."""

import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.crypto import merkle
from tutela.crypto.notes import note_text
from tutela.trail.errors import SignerFailed

from . import second_place, signers
from .epochs import Open, root_at
from .link import Link
from .proofs import HASH_SIZE, HEIGHT, TILE_WIDTH
from .readback import Bad, Chains, Growth, Links, Row, Stored
from .second_place import Signed

AT_ONCE: Final = 65_536
"""Leaves between two checkpoints while many wait to be signed."""
CHUNK: Final = 4_096

_ROWS: Final = """
    SELECT s.index, s.leaf_id, coalesce(l.leaf, '') FROM trail.sequenced s
    LEFT JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    WHERE s.epoch = %s::smallint AND s.index >= %s::bigint AND s.index < %s::bigint ORDER BY s.index"""
_EXCUSED: Final = """
    SELECT index FROM trail.fault
    WHERE ended_at IS NOT NULL AND epoch = %s::smallint AND index >= %s::bigint AND index < %s::bigint"""
_TILES: Final = """
    SELECT t.level, t.number, t.data FROM unnest(%s::smallint[], %s::bigint[]) AS w (level, number)
    JOIN trail.tile t ON t.epoch = %s::smallint AND t.level = w.level AND t.number = w.number"""
_LINKS: Final = """
    SELECT l.writer, l.seq, l.leaf_hash FROM unnest(%s::uuid[], %s::bigint[]) AS w (writer, seq)
    JOIN trail.leaf l ON l.writer = w.writer AND l.seq = w.seq"""
_KEEP: Final = "SELECT trail.keep_checkpoint(%s::smallint, %s::bigint, %s::text)"
_KEPT: Final = "SELECT coalesce(max(size), -1) FROM trail.checkpoint WHERE epoch = %s::smallint"
_REPORT: Final = "SELECT trail.report_fault(%s::text, %s::smallint, %s::bigint, %s::uuid)"
_END: Final = "SELECT trail.end_fault('signer', NULL)"

_log = logging.getLogger("tutela.trail.tree")


class Signing:
    """One leader's memory of what it signed last; it goes on from that and not from what the database says."""

    def __init__(self, link: Link, signed: Signed | None) -> None:
        self._link, self.signed = link, signed
        self._chains = Chains()

    def sign(self, tree: Open) -> None:
        """Sign up to the tree's size, in stretches. A fault is reported, nothing past it signed. SignerFailed."""
        signed = self.signed
        done = signed.tree() if signed and signed.epoch == tree.epoch else merkle.CompactRange()
        if signed and done.end == tree.size:
            self._publish_again(signed)
        while done.end < tree.size:
            growth = Growth(done)
            bad = self._read_back(tree, growth, min(tree.size, done.end + AT_ONCE))
            if bad is not None:
                self._report(tree.epoch, bad)
                return
            done = merkle.CompactRange(0, growth.size, growth.nodes)
            self._publish(tree, done)

    def _read_back(self, tree: Open, growth: Growth, upto: int) -> Bad | None:
        """Hash the leaves up to `upto` again; the first with which something is wrong."""
        broken: Bad | None = None
        excused = {row[0] for row in self._link.rows(_EXCUSED, tree.epoch, growth.size, upto)}
        while growth.size < upto:
            begin, end = growth.size, min(growth.size + CHUNK, upto)
            rows = self._link.rows(_ROWS, tree.epoch, begin, end)
            if not excused and is_whole(rows, begin, end):
                hashes = [sha256(b"\0" + leaf).digest() for _, _, leaf in rows]
                if self._chains.follow(rows, hashes):
                    growth.add_all(hashes)
                    continue
            stored = [
                Stored(index, leaf_id, leaf, index in excused) for index, leaf_id, leaf in rows
            ]
            if (bad := first_missing(stored, begin, end)) is not None:
                return bad
            hashed = [(one, self._hash(tree.epoch, one)) for one in stored]
            growth.add_all([digest for _, digest in hashed])
            broken = broken or self._chains.check(hashed, self._links, tree.gathered)
        unlike = self._unlike(tree.epoch, growth)
        # A changed leaf breaks the link behind it as well: the first index is the cause.
        return min(filter(None, (unlike, broken)), key=lambda bad: bad.number, default=None)

    def _hash(self, epoch: int, one: Stored) -> bytes:
        """A leaf's hash from its bytes; of an excused leaf, for which somebody has answered, the tile's."""
        if not one.excused:
            return merkle.leaf_hash(one.leaf)
        place = (0, one.number // TILE_WIDTH)
        begin = one.number % TILE_WIDTH * HASH_SIZE
        return self._tiles(epoch, [place]).get(place, b"")[begin : begin + HASH_SIZE]

    def _links(self, wanted: Links) -> dict[tuple[bytes, int], bytes]:
        writers = [UUID(writer.decode()) for writer, _ in wanted]
        rows = self._link.rows(_LINKS, writers, [place for _, place in wanted])
        return {
            (str(writer).encode(), place): bytes(digest).hex().encode()
            for writer, place, digest in rows
        }

    def _unlike(self, epoch: int, growth: Growth) -> Bad | None:
        """Compare the database's tiles with what the leaves' bytes give; the first leaf below a difference."""
        pieces = growth.pieces()
        tiles = self._tiles(epoch, [(level, number) for level, number, _, _ in pieces])
        for level, number, first, piece in pieces:
            begin = first * HASH_SIZE
            there = tiles.get((level, number), b"")[begin : begin + len(piece)]
            if there != piece:
                entry = number * TILE_WIDTH + first + first_difference(there, piece)
                return Bad("root", entry << (HEIGHT * level), None)
        if root_at(self._link, epoch, growth.size) != growth.root():
            return Bad("root", growth.begin, None)
        return None

    def _tiles(self, epoch: int, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        rows: list[tuple[Any, ...]] = self._link.rows(
            _TILES, [level for level, _ in places], [number for _, number in places], epoch
        )
        return {(level, number): bytes(data) for level, number, data in rows}

    def _publish(self, tree: Open, done: merkle.CompactRange) -> None:
        """Sign a tree: first the second place, then the database. A signer that fails is a fault of its own."""
        signed = Signed(
            tree.epoch, tree.origin, tuple(done.nodes), done.end, clock.now().isoformat()
        )
        try:
            note = signers.sign(note_text(tree.origin, done.end, done.root()), tree.origin)
            self._link.harden()
            second_place.write(signed)
        except (TutelaError, OSError) as error:
            self._link.one(_REPORT, "signer", tree.epoch, None, None)
            raise SignerFailed(why=type(error).__name__) from error
        self.signed = signed
        self._link.one(_KEEP, tree.epoch, done.end, note)
        self._link.one(_END)

    def _publish_again(self, signed: Signed) -> None:
        """Publish what the second place has and the database lacks: the step was cut off between the two."""
        if self._link.one(_KEPT, signed.epoch)[0] < signed.size:
            note = signers.sign(note_text(signed.origin, signed.size, signed.root), signed.origin)
            self._link.one(_KEEP, signed.epoch, signed.size, note)

    def _report(self, epoch: int, bad: Bad) -> None:
        if self._link.one(_REPORT, bad.kind, epoch, bad.number, bad.leaf_id)[0]:
            _log.error("trail.tree_fault kind=%s epoch=%d index=%d", bad.kind, epoch, bad.number)


def is_whole(rows: Sequence[Row], begin: int, end: int) -> bool:
    """Whether each index has its leaf."""
    return [index for index, _, _ in rows] == list(range(begin, end)) and all(
        leaf for _, _, leaf in rows
    )


def first_missing(stored: Sequence[Stored], begin: int, end: int) -> Bad | None:
    """The first index from `begin` on that has no place, or whose leaf is gone."""
    for index, one in zip(_indices(begin, end), stored, strict=False):
        if one.number != index:
            return Bad("root", index, None)
        if not one.leaf and not one.excused:
            return Bad("root", index, one.leaf_id)
    return Bad("root", begin + len(stored), None) if len(stored) < end - begin else None


def _indices(begin: int, end: int) -> Iterator[int]:
    return iter(range(begin, end))


def first_difference(there: bytes, wanted: bytes) -> int:
    """The number of the first 32-byte entry that is missing or another."""
    return next(
        n // HASH_SIZE
        for n in range(0, len(wanted) + HASH_SIZE, HASH_SIZE)
        if there[n : n + HASH_SIZE] != wanted[n : n + HASH_SIZE]
    )
