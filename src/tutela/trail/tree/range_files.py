"""Whole exports: all leaves between two checkpoints, and the proof that none is missing (`tutela-verify export`).

The zip holds the leaves' exact bytes beside the hashes that the tree's tiles have for them, the checkpoints at
both ends, and a table for readers that must say the same. A leaf that is gone or altered is handed out as it is:
its index is named by whoever checks. Callers ask the gate first and append a leaf.
"""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final, Self

import xlsxwriter

import tutela_verify
from tutela.crypto import merkle
from tutela.crypto.errors import BadValue
from tutela.trail.connect import fetch
from tutela.trail.errors import NothingPlaced, RangePurged, TreeIncomplete
from tutela.trail.segments import engine, files, rows

from . import witnesses
from .proof_files import Pack
from .proofs import HASH_SIZE, TILE_WIDTH, Tiles
from .state import TreeHead, newest, sequenced

HEAD: Final = "tutela/leaves@v1"
TABLES: Final = ("csv", "xlsx", "jsonl")
XLSX_ROWS: Final = 1_000_000
"""A sheet ends at 1,048,576 rows."""
BATCH: Final = 4 * TILE_WIDTH
SLACK: Final = timedelta(hours=1)
"""A leaf of a long transaction may stand so far from its place in time; the range is so much wider."""
_AT: Final = "SELECT at FROM trail.sequenced WHERE epoch = %s::smallint AND index = %s::bigint"
_EDGE: Final = """
    SELECT c.size, c.root, c.at, c.note, t.origin FROM trail.checkpoint c JOIN trail.tree t USING (epoch)
    WHERE c.epoch = %s::smallint AND c.size {} %s::bigint ORDER BY c.size {} LIMIT 1"""
_BEFORE: Final = _EDGE.format("<=", "DESC")
_AFTER: Final = _EDGE.format(">=", "ASC")
Before = Callable[[], None]
"""Called before each batch is read: asks whether it may still be."""


@dataclass(frozen=True, slots=True)
class Range:
    """The leaves from the size of `early` (None: from the first) to that of `late`."""

    early: TreeHead | None
    late: TreeHead

    @property
    def first(self) -> int:
        return self.early.size if self.early else 0

    @property
    def count(self) -> int:
        return self.late.size - self.first


def of_time(since: datetime | None, until: datetime | None, epoch: int | None = None) -> Range:
    """The range between two checkpoints that holds all leaves of a time, and some around it. NothingPlaced."""
    head = newest(epoch)
    if head is None or not head.size:
        raise NothingPlaced
    first = _index_at(head, since - SLACK) if since else 0
    end = _index_at(head, until + SLACK) if until else head.size
    late = _checkpoint(_AFTER, head.epoch, max(end, 1)) or head
    early = _checkpoint(_BEFORE, head.epoch, min(first, late.size)) if first else None
    if early is not None and early.size >= late.size:
        raise NothingPlaced
    return Range(early if early and early.size else None, late)


def _index_at(head: TreeHead, at: datetime) -> int:
    """The first index whose leaf is not older, as far as leaves stand in order of time."""
    low, high = 0, head.size
    while low < high:
        middle = (low + high) // 2
        found = fetch(_AT, (head.epoch, middle))
        if not found or found[0][0] < at:  # a place that the database has given up is an old one
            low = middle + 1
        else:
            high = middle
    return low


def _checkpoint(statement: str, epoch: int, size: int) -> TreeHead | None:
    for found, root, at, note, origin in fetch(statement, (epoch, size)):
        return TreeHead(epoch, origin, found, bytes(root), at, note)
    return None


def write(file: IO[bytes], wanted: Range, table: str, before: Before = lambda: None) -> None:
    """Write the export of a range; `table` is one of TABLES or empty. TreeIncomplete."""
    late, first, end = wanted.late, wanted.first, wanted.late.size
    try:
        nodes = Tiles(late.epoch).node
        inside = [nodes(*place).hex() for place in merkle.cover(first, end)]
        head = [nodes(*place).hex() for place in merkle.cover(0, first)]
    except BadValue:
        raise TreeIncomplete(index=first) from None
    digest = hashlib.sha256(bytes.fromhex("".join(inside))).hexdigest()
    facts = {"count": end - first, "epoch": late.epoch, "first": first, "origin": late.origin}
    manifest = {"format": tutela_verify.RANGE_FORMAT, "before": head, "after": [], **facts}
    with Pack(file) as pack, _Table(table) as lines:
        pack.add("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
        pack.add("checkpoint.txt", witnesses.witnessed_note(late))
        if wanted.early:
            pack.add("earlier.txt", witnesses.witnessed_note(wanted.early))
        pack.add("policy.txt", witnesses.policy_text())
        with pack.open("leaves") as leaves:
            told = {**facts, "range": inside, "range_hash": digest}
            leaves.write(f"{HEAD}\n{json.dumps(told, sort_keys=True)}\n".encode())
            index = first
            for hashes, block in _blocks(late.epoch, first, end, before):
                leaves.write(hashes)
                for at, leaf in enumerate(block):
                    leaves.write(len(leaf).to_bytes(2, "big") + leaf)
                    lines.add(index + at, leaf, hashes[at * HASH_SIZE : (at + 1) * HASH_SIZE])
                index += len(block)
        if table:
            with pack.open(f"trail.{table}") as member:
                shutil.copyfileobj(lines.finished(), member)
        pack.add_verifier()


def _blocks(
    epoch: int, first: int, end: int, before: Before
) -> Iterator[tuple[bytes, list[bytes]]]:
    """The hashes of the tiles and the leaves, tile by tile. A place without a row is a leaf without bytes."""
    index, cold = first, _Files(epoch)
    while index < end:
        before()
        until = min(end, (index // BATCH + 1) * BATCH)
        found = {one.index: one for one in sequenced(index - 1, until - index, epoch)}
        tiles = Tiles(epoch)
        while index < until:
            size = min(TILE_WIDTH - index % TILE_WIDTH, until - index)
            begin = index % TILE_WIDTH * HASH_SIZE
            hashes = tiles.tile(0, index // TILE_WIDTH)[begin : begin + size * HASH_SIZE]
            if len(hashes) != size * HASH_SIZE:
                raise TreeIncomplete(index=index)
            yield (
                hashes,
                [
                    one.leaf if (one := found.get(at)) and one.leaf else cold.leaf(at)
                    for at in range(index, index + size)
                ],
            )
            index += size


class _Files:
    """Leaves of months that the database has given up, read forward from their files."""

    def __init__(self, epoch: int) -> None:
        self._epoch = epoch
        self._last = -1
        self._rows: Iterator[tuple[int, bytes]] = iter(())

    def leaf(self, index: int) -> bytes:
        """The exact bytes at an index, b"" if they are gone. RangePurged, SegmentUnreadable."""
        if index > self._last:
            self._open(index)
        return next((data for at, data in self._rows if at == index), b"")

    def _open(self, index: int) -> None:
        segment = rows.holding(self._epoch, index)
        if segment is None:
            return
        if segment.purged_at is not None:
            raise RangePurged(month=segment.name)
        self._last = segment.last
        groups = list(
            range(
                files.group_of(segment.first, index),
                files.group_of(segment.first, segment.last) + 1,
            )
        )
        path = Path(engine.path_of(segment, segment.written.leaves))
        self._rows = ((row[0], data) for row, data, _ in files.read(path, groups))


class _Table:
    """The table for readers, in a file of its own until the leaves are written."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 closed by the block around it
        self._place = 0
        self._book: Any = None
        self._text: Any = None
        if kind == "xlsx":
            plain = {"constant_memory": True, "strings_to_formulas": False}
            self._book = xlsxwriter.Workbook(self._file, plain)
            self._sheet = self._book.add_worksheet()
            self._sheet.freeze_panes(1, 0)
        elif kind:
            coding = "utf-8-sig" if kind == "csv" else "utf-8"
            self._text = io.TextIOWrapper(self._file, coding, newline="")
            self._csv = csv.writer(self._text)
        if kind in {"csv", "xlsx"}:
            self._line(tutela_verify.ROW)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, index: int, leaf: bytes, stated: bytes) -> None:
        """The line of one leaf; of one that is no leaf only its place."""
        if not self._kind:
            return
        try:
            document: dict[str, Any] = tutela_verify.read_entry(leaf)
        except tutela_verify.PackWrong:
            document = {}
        if self._kind == "jsonl":
            line = {"index": index, "hash": stated.hex(), "entry": document}
            self._text.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        blank = [str(index), *[""] * (len(tutela_verify.ROW) - 1)]
        self._line(tutela_verify.row_of(index, leaf, document) if document else blank)

    def _line(self, cells: Sequence[str]) -> None:
        if self._book is None:
            self._csv.writerow(cells)
            return
        for column, text in enumerate(cells):
            self._sheet.write_string(self._place, column, text)
        self._place += 1

    def finished(self) -> IO[bytes]:
        """The written file, from its beginning."""
        if self._book is None:
            self._text.flush()
        else:
            self._book.close()
        self._file.seek(0)
        return self._file
