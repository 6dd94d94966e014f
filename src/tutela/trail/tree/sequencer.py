"""The leader: gives leaves their places, reads them back, hashes them again, and signs.

One process leads by an advisory lock of the database; others stand by. Each step can be cut off and done again: the
places, tiles and horizon of a batch are one transaction in the database (trail.sequence); a size is written to the
second place before it is published; signing the same size and root again gives the same tree.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import psycopg

from tutela.base import clock, ids
from tutela.base.actor import SYSTEM
from tutela.base.errors import TutelaError
from tutela.crypto import merkle
from tutela.crypto.notes import note_text
from tutela.trail import events
from tutela.trail.connect import own_connection
from tutela.trail.errors import SignerFailed
from tutela.trail.leaves import Leaf, draft
from tutela.trail.rows import Chain
from tutela.trail.statements import DURABLE

from . import second_place, signers
from .readback import Bad, Chains, Growth, Link, Stored
from .second_place import Signed

LOCK: Final = 0x7472_6565
"""The advisory lock of the leader."""
BATCH_LEAVES: Final = 10_000
SIGNED_AT_ONCE: Final = 65_536
"""Leaves between two checkpoints while many wait to be signed."""
CHUNK: Final = 4_096

_LIMITS: Final = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=5s"
_LEAD: Final = "SELECT pg_try_advisory_lock(%s)"
_TREE: Final = "SELECT epoch, origin, size, gathered FROM trail.tree WHERE closed_at IS NULL"
_EPOCHS: Final = "SELECT coalesce(max(epoch), 0) FROM trail.tree"
_OPEN: Final = "SELECT trail.open_epoch(%s::smallint, %s, %s)"
_SEQUENCE: Final = "SELECT placed, more FROM trail.sequence(%s)"
_ROWS: Final = """
    SELECT s.index, s.leaf_id, coalesce(l.leaf, ''), e.id IS NOT NULL
    FROM trail.sequenced s
    LEFT JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    LEFT JOIN trail.fault e ON e.ended_by IS NOT NULL AND e.epoch = s.epoch AND e.index = s.index
    WHERE s.epoch = %s AND s.index >= %s AND s.index < %s ORDER BY s.index"""
_TILES: Final = """
    SELECT t.level, t.number, t.data FROM unnest(%s::smallint[], %s::bigint[]) AS w (level, number)
    JOIN trail.tile t ON t.epoch = %s AND t.level = w.level AND t.number = w.number"""
_LINKS: Final = """
    SELECT l.writer, l.seq, l.leaf_hash FROM unnest(%s::uuid[], %s::bigint[]) AS w (writer, seq)
    JOIN trail.leaf l ON l.writer = w.writer AND l.seq = w.seq"""
_ROOT: Final = "SELECT trail.root_at(%s::smallint, %s::bigint)"
_KEEP: Final = "SELECT trail.keep_checkpoint(%s::smallint, %s::bigint, %s)"
_KEPT: Final = """
    SELECT size, root FROM trail.checkpoint WHERE epoch = %s ORDER BY size DESC LIMIT 1"""
_LAST_KEPT: Final = """
    SELECT c.epoch, t.origin, c.size, c.root, c.at FROM trail.checkpoint c JOIN trail.tree t USING (epoch)
    ORDER BY c.epoch DESC, c.size DESC LIMIT 1"""
_REPORT: Final = "SELECT trail.report_fault(%s, %s::smallint, %s::bigint, %s::uuid)"
_END: Final = "SELECT trail.end_fault(%s, %s::uuid)"

_log = logging.getLogger("tutela.trail.tree")


class Sequencer:
    """The leader's connection and memory. `lead` must have answered True before `step`."""

    def __init__(self) -> None:
        self._link: psycopg.Connection[Any] | None = None
        self._signed: Signed | None = None
        self._chains = Chains()
        self._faulty = False

    def lead(self) -> bool:
        """Whether this is the leader now; else another one is. psycopg.Error without a database."""
        if self._link is None or self._link.closed:
            self._link = own_connection("tutela-sequencer", _LIMITS)
            self._link.execute(DURABLE)
        row = self._link.execute(_LEAD, (LOCK,)).fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        """Let another one lead."""
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def step(self) -> int:
        """Place all leaves that wait, then sign what is placed; returns how many were placed."""
        epoch, origin = self._epoch()
        placed = 0
        more = True
        while more:
            count, more = self._one(_SEQUENCE, BATCH_LEAVES)
            placed += count
        size, gathered = self._one(_TREE)[2:]
        self._sign(epoch, origin, size, gathered)
        return placed

    # --- epochs

    def _epoch(self) -> tuple[int, str]:
        """The open tree, if it is the one that was signed last; else a new one is begun."""
        if self._signed is None:
            self._signed = second_place.read()
        tree = self._row(_TREE)
        signed = self._signed
        if tree is not None and self._continues(tree[0], tree[2], signed):
            return tree[0], tree[1]
        (newest,) = self._one(_EPOCHS)
        if tree is None and not newest and signed is None:
            self._open(1, None)
        else:
            self._reopen(max(newest, signed.epoch if signed else 0) + 1, signed)
        self._signed = None if signed is None else signed
        epoch, origin = self._one(_TREE)[:2]
        return epoch, origin

    def _continues(self, epoch: int, size: int, signed: Signed | None) -> bool:
        """Whether the open tree of the database extends what was signed last."""
        if signed is None:
            return self._row(_KEPT, epoch) is None and epoch == 1
        if signed.epoch > epoch:
            return False
        if signed.epoch < epoch:
            # Begun after that, and not signed yet.
            return self._row(_KEPT, epoch) is None
        return size >= signed.size and self._root(epoch, signed.size) == signed.root

    def _reopen(self, epoch: int, signed: Signed | None) -> None:
        """Begin a new epoch whose first leaf names the last signed checkpoint and what the database has of it."""
        kept = self._row(_LAST_KEPT)
        was_epoch, size, root = (
            (signed.epoch, signed.size, signed.root.hex()) if signed
            else (kept[0], kept[2], bytes(kept[3]).hex()) if kept else (0, 0, "")
        )  # fmt: skip
        row = self._row("SELECT size FROM trail.tree WHERE epoch = %s", was_epoch)
        held = row[0] if row else 0
        leaf = Leaf(
            event=events.EPOCH_OPENED,
            actor=SYSTEM,
            detail={
                "tree": epoch,
                "former_tree": was_epoch,
                "signed_size": size,
                "root": root,
                "held_size": held,
                "lost": max(size - held, 0),
                "code": _why(signed, size, held),
            },
        )
        self._open(epoch, leaf)
        _log.error("trail.epoch_opened %d: %d of %d signed leaves are here", epoch, held, size)

    def _open(self, epoch: int, leaf: Leaf | None) -> None:
        given = None
        if leaf is not None:
            ready = draft(leaf, ids.uuid7())
            (stamped,) = Chain(ready.id).stamp((ready,))
            given = stamped.leaf
        self._one(_OPEN, epoch, signers.origin(epoch), given)

    # --- signing

    def _sign(self, epoch: int, origin: str, size: int, gathered: int) -> None:
        """Read back, hash again and sign up to `size`, in stretches."""
        signed = self._signed
        tree = signed.range if signed and signed.epoch == epoch else merkle.CompactRange()
        if tree.end == size:
            self._publish_again(epoch, signed)
            return
        while tree.end < size and not self._faulty:
            upto = min(size, tree.end + SIGNED_AT_ONCE)
            growth = Growth(tree)
            bad = self._read_back(epoch, growth, upto, gathered)
            if bad is not None:
                self._report(epoch, bad)
                return
            tree = merkle.CompactRange(0, growth.size, growth.nodes)
            self._publish(epoch, origin, tree)

    def _read_back(self, epoch: int, growth: Growth, upto: int, gathered: int) -> Bad | None:
        """Hash the leaves up to `upto` again; the first with which something is wrong."""
        for begin in range(growth.size, upto, CHUNK):
            stored = self._stored(epoch, begin, min(begin + CHUNK, upto))
            # Of an excused leaf the tile's entry counts; it was answered for with a leaf of its own.
            pairs = [
                (one, self._entry(epoch, one.index) if one.excused else merkle.leaf_hash(one.leaf))
                for one in stored
            ]
            for _, digest in pairs:
                growth.add(digest)
            bad = _first_missing(stored, begin, min(begin + CHUNK, upto)) or self._chains.check(
                pairs, self._links, gathered
            )
            if bad is not None:
                return bad
        return self._unlike(epoch, growth)

    def _stored(self, epoch: int, begin: int, end: int) -> list[Stored]:
        with self._cursor() as cursor:
            rows = cursor.execute(_ROWS, (epoch, begin, end), binary=True).fetchall()
        return [Stored(*row) for row in rows]

    def _entry(self, epoch: int, index: int) -> bytes:
        """The leaf hash that the tile of level 0 has at an index."""
        data = self._tiles(epoch, [(0, index // 256)]).get((0, index // 256), b"")
        return data[index % 256 * 32 : index % 256 * 32 + 32]

    def _links(self, wanted: Sequence[Link]) -> dict[Link, bytes]:
        writers = [UUID(writer.decode()) for writer, _ in wanted]
        rows = self._rows(_LINKS, writers, [place for _, place in wanted])
        return {
            (str(writer).encode(), place): bytes(digest).hex().encode()
            for writer, place, digest in rows
        }

    def _unlike(self, epoch: int, growth: Growth) -> Bad | None:
        """Compare the tiles of the database with what the leaves' bytes give; the first leaf below a difference."""
        pieces = growth.pieces()
        tiles = self._tiles(epoch, [(level, number) for level, number, _, _ in pieces])
        for level, number, first, piece in pieces:
            there = tiles.get((level, number), b"")[first * 32 : first * 32 + len(piece)]
            if there != piece:
                entry = number * 256 + first + _first_difference(there, piece)
                return Bad("root", entry << (8 * level), None)
        if self._root(epoch, growth.size) != growth.root():
            return Bad("root", growth.begin, None)
        return None

    def _tiles(self, epoch: int, places: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        levels, numbers = [level for level, _ in places], [number for _, number in places]
        return {
            (level, number): bytes(data)
            for level, number, data in self._rows(_TILES, levels, numbers, epoch)
        }

    def _publish(self, epoch: int, origin: str, tree: merkle.CompactRange) -> None:
        """Sign a tree: first the second place, then the database. A signer that fails is a fault of its own."""
        try:
            note = signers.sign(note_text(origin, tree.end, tree.root()), origin)
            signed = Signed(epoch, origin, tuple(tree.nodes), tree.end, clock.now().isoformat())
            second_place.write(signed)
        except (TutelaError, OSError) as error:
            self._one(_REPORT, "signer", epoch, None, None)
            raise SignerFailed(why=type(error).__name__) from error
        self._signed = signed
        self._one(_KEEP, epoch, tree.end, note)
        self._one(_END, "signer", None)

    def _publish_again(self, epoch: int, signed: Signed | None) -> None:
        """Publish what the second place has and the database lacks: the step was cut off between the two."""
        if signed is None or signed.epoch != epoch:
            return
        kept = self._row(_KEPT, epoch)
        if kept is None or kept[0] < signed.size:
            note = signers.sign(note_text(signed.origin, signed.size, signed.root), signed.origin)
            self._one(_KEEP, epoch, signed.size, note)

    def _report(self, epoch: int, bad: Bad) -> None:
        self._one(_REPORT, bad.kind, epoch, bad.index, bad.leaf_id)
        _log.error("trail.tree_fault %s epoch=%d index=%d", bad.kind, epoch, bad.index)

    # --- the connection

    def _root(self, epoch: int, size: int) -> bytes:
        return bytes(self._one(_ROOT, epoch, size)[0] or b"")

    def _row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._rows(statement, *values)
        return rows[0] if rows else None

    def _one(self, statement: str, *values: object) -> tuple[Any, ...]:
        (row,) = self._rows(statement, *values)
        return row

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            return cursor.execute(statement, values).fetchall()

    def _cursor(self) -> psycopg.Cursor[Any]:
        if self._link is None:
            raise psycopg.OperationalError("no leader")
        return self._link.cursor()


def sequence_once() -> int:
    """Place and sign everything that waits, unless another process leads; returns how many leaves were placed here."""
    one = Sequencer()
    try:
        return one.step() if one.lead() else 0
    finally:
        one.close()


def _why(signed: Signed | None, size: int, held: int) -> str:
    if signed is None:
        return "second_place_missing"
    return "leaves_missing" if held < size else "another_tree"


def _first_missing(stored: Sequence[Stored], begin: int, end: int) -> Bad | None:
    """The first index that has no place, or whose leaf is gone."""
    for index, one in zip(_count(begin, end), stored, strict=False):
        if one.index != index:
            return Bad("root", index, None)
        if not one.leaf and not one.excused:
            return Bad("root", index, one.leaf_id)
    return Bad("root", begin + len(stored), None) if len(stored) < end - begin else None


def _count(begin: int, end: int) -> Iterator[int]:
    return iter(range(begin, end))


def _first_difference(there: bytes, wanted: bytes) -> int:
    """The number of the first 32-byte entry that differs."""
    for n in range(0, len(wanted), 32):
        if there[n : n + 32] != wanted[n : n + 32]:
            return n // 32
    return 0
