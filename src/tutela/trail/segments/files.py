"""The files of a segment: leaves in Parquet, and beside it which leaves name a subject. Written, and read again.

A file is made under another name, made durable and then named after its own SHA-256, so a name is never used
for two
contents. Row groups end where the index is a multiple of GROUP; the roots of whole tiles stand in the metadata.
"""

import base64
import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from tutela.crypto import merkle

from .contents import Contents, File, Found, Written
from .disk import fingerprint, sync
from .parts import NAMES, Joiner, Row, Shredder
from .rules import Fault

GROUP: Final = 65_536
TILE: Final = 256
RUN: Final = 1_000_000
"""Pointers that are sorted at once."""
_ROOTS: Final = "tutela.tile_roots"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TEXTS: Final = (
    "event", "actor_kind", "actor_id", "outcome", "purpose", "actor", "classes", "decision", "detail", "exposure",
    "fields", "note", "work_item", "writer",
)  # fmt: skip
_TYPES: Final = {
    "index": pa.int64(), "t_ms": pa.int64(), "id_mid": pa.int32(), "id_low": pa.binary(8), "salt": pa.binary(16),
    "subjects": pa.list_(pa.string()), "seq": pa.int64(), "previous": pa.binary(32), "raw": pa.binary(),
    **dict.fromkeys(_TEXTS, pa.string()),
}  # fmt: skip
LEAVES: Final = pa.schema([(name, _TYPES[name]) for name in NAMES])
POINTERS: Final = pa.schema([("subject", pa.string()), ("index", pa.int64())])
_DELTA: Final = "DELTA_BINARY_PACKED"
_PACKED: Final = {"index": _DELTA, "t_ms": _DELTA, "seq": _DELTA, "id_mid": "PLAIN"}
_LEVEL: Final = 12


@dataclass(slots=True)
class _Sums:
    """What is counted while leaves pass."""

    first: int
    range: merkle.CompactRange = field(init=False)
    earliest: int = 2**62
    latest: int = 0
    matrices: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    roots: list[bytes] = field(default_factory=list)
    tile: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.range = merkle.CompactRange(self.first, self.first)

    def take(self, row: Row, leaf_hash: bytes) -> None:
        self.range.append(leaf_hash)
        self.tile.append(leaf_hash)
        if not self.range.end % TILE:
            if len(self.tile) == TILE:
                self.roots.append(merkle.root(self.tile))
            self.tile = []
        t_ms = row[1]
        self.earliest, self.latest = min(self.earliest, t_ms), max(self.latest, t_ms)
        self.decisions.add(row[14])

    def contents(self) -> Contents:
        nodes = tuple(self.range.nodes)
        named = sorted({m for text in self.decisions if (m := _matrix(text))})
        return Contents(
            first=self.first,
            leaves=self.range.end - self.first,
            begins_at=_EPOCH + timedelta(milliseconds=self.earliest),
            ends_at=_EPOCH + timedelta(milliseconds=self.latest),
            span=nodes,
            span_hash=sha256(b"".join(nodes)).digest(),
            matrices=sha256("\n".join(named).encode()).digest(),
        )


def _matrix(decision: str) -> str:
    _, _, rest = decision.partition('"matrix":"')
    return rest.partition('"')[0]


def write(folder: Path, stem: str, first: int, leaves: Iterable[tuple[int, bytes]]) -> Written:
    """Write the leaves from index `first` on, without a gap, to two files in `folder`. ValueError for a gap or
    none."""
    part, pointers_part = folder / f"{stem}.leaves.part", folder / f"{stem}.pointers.part"
    sums, runs = _Sums(first), _Runs(folder, stem)
    try:
        with _private(part) as stream, _writer(stream, LEAVES, _TEXTS, _PACKED) as writer:
            for rows in _groups(sums, leaves):
                writer.write_table(_table(rows), row_group_size=GROUP)
                runs.add([(subject, row[0]) for row in rows for subject in set(row[10])])
            writer.add_key_value_metadata({_ROOTS: base64.b64encode(b"".join(sums.roots)).decode()})
        if sums.range.end == first:
            raise ValueError("no leaves")
        with (
            _private(pointers_part) as stream,
            _writer(
                stream, POINTERS, (), {"subject": "DELTA_BYTE_ARRAY", "index": _DELTA}
            ) as writer,
        ):
            for pairs in runs.merged():
                columns = [list(column) for column in zip(*pairs, strict=True)] or [[], []]
                writer.write_table(pa.table(columns, schema=POINTERS), row_group_size=GROUP)
        return Written(
            leaves=_finish(part, stem, "leaves"),
            pointers=_finish(pointers_part, stem, "pointers"),
            contents=sums.contents(),
        )
    finally:
        runs.close()


def _groups(sums: _Sums, leaves: Iterable[tuple[int, bytes]]) -> Iterator[list[Row]]:
    rows: list[Row] = []
    shredder = Shredder()
    for index, leaf in leaves:
        if index != sums.range.end:
            raise ValueError(f"index {sums.range.end} is missing")
        leaf_hash = merkle.leaf_hash(leaf)
        row = shredder.row(index, leaf, leaf_hash)
        sums.take(row, leaf_hash)
        rows.append(row)
        if not (index + 1) % GROUP:
            yield rows
            rows, shredder = [], Shredder()
    if rows:
        yield rows


def _table(rows: list[Row]) -> pa.Table:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, _TYPES[name]) for name, column in zip(NAMES, columns, strict=True)]
    return pa.table(arrays, schema=LEAVES)


def _writer(stream: Any, schema: pa.Schema, texts: Sequence[str], packed: dict[str, str]) -> Any:
    dictionary = [*texts, "subjects.list.element"] if texts else False
    return pq.ParquetWriter(
        stream,
        schema,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=dictionary,
        column_encoding=packed,
        store_schema=False,
        write_page_index=True,
        write_page_checksum=True,
    )


def _private(path: Path) -> Any:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _finish(part: Path, stem: str, what: str) -> File:
    """Make a file durable, hash it as it lies on the disk and give it its name."""
    sync(part)
    size, digest = fingerprint(part)
    name = f"{stem}.{what}.{digest.hex()[:16]}.parquet"
    part.replace(part.with_name(name))
    sync(part.parent)
    return File(name=name, size=size, sha256=digest)


class _Runs:
    """Pairs of subject and index, more than memory holds: sorted piece by piece in files that are gone
    afterwards."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder, self._stem = folder, stem
        self._pairs: list[str] = []
        self._files: list[Path] = []
        self._open: list[TextIO] = []

    def add(self, pairs: list[tuple[str, int]]) -> None:
        self._pairs += [f"{subject}\t{index:015x}\n" for subject, index in pairs]
        if len(self._pairs) >= RUN:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"{self._stem}.run{len(self._files)}.part"
        self._files.append(path)
        with _private(path) as stream:
            stream.write("".join(sorted(self._pairs)).encode())
        self._pairs = []

    def merged(self) -> Iterator[list[tuple[str, int]]]:
        """All pairs in order, in pieces of a row group."""
        self._open = [path.open(encoding="utf-8") for path in self._files]
        batch: list[tuple[str, int]] = []
        for line in heapq.merge(*self._open, sorted(self._pairs)):
            subject, _, index = line.rpartition("\t")
            batch.append((subject, int(index, 16)))
            if len(batch) == GROUP:
                yield batch
                batch = []
        yield batch

    def close(self) -> None:
        for stream in self._open:
            stream.close()
        for path in self._files:
            path.unlink(missing_ok=True)


Hashes = Callable[[int, int], Iterable[bytes]]
"""The hashes of leaves from an index on, so many, as the tree has them; fewer where it has no more."""


def check(folder: Path, wanted: Written, hashes: Hashes) -> Found:
    """Read both files again, leaf by leaf, and compare them with the tree and with what is known of them."""
    altered = ""
    for file in (wanted.leaves, wanted.pointers):
        try:
            if fingerprint(folder / file.name) != (file.size, file.sha256):
                altered = altered or Fault.ALTERED
        except OSError:
            return Found(fault=Fault.MISSING)
    found = _check_leaves(folder / wanted.leaves.name, wanted, hashes)
    if found.fault or not altered:
        return found or Found()
    return Found(fault=altered)


def _check_leaves(path: Path, wanted: Written, hashes: Hashes) -> Found:
    contents = wanted.contents
    known = iter(hashes(contents.first, contents.leaves))
    span = merkle.CompactRange(contents.first, contents.first)
    named = 0
    try:
        for row, _, leaf_hash in read(path):
            expected = next(known, None)
            if row[0] != span.end or (expected is not None and expected != leaf_hash):
                return Found(fault=Fault.LEAF, bad_index=span.end)
            span.append(leaf_hash)
            named += sum(hash((subject, row[0])) for subject in set(row[10]))
    except (ValueError, TypeError, KeyError, OSError, OverflowError, pa.ArrowException):
        return Found(fault=Fault.UNREADABLE, bad_index=span.end)
    if span.end != contents.first + contents.leaves:
        return Found(fault=Fault.LEAF, bad_index=span.end)
    if tuple(span.nodes) != contents.span:
        places = zip(merkle.cover(span.begin, span.end), span.nodes, contents.span, strict=True)
        (level, number) = next(place for place, node, right in places if node != right)
        return Found(fault=Fault.SPAN, bad_index=number << level)
    return _check_pointers(path.with_name(wanted.pointers.name), named)


def _check_pointers(path: Path, named: int) -> Found:
    last = ("", -1)
    try:
        for batch in pq.ParquetFile(path).iter_batches(GROUP):
            columns = batch.to_pydict()
            for pair in zip(columns["subject"], columns["index"], strict=True):
                if pair <= last:
                    return Found(fault=Fault.POINTERS, bad_index=pair[1])
                last = pair
                named -= hash(pair)
    except (ValueError, TypeError, KeyError, OSError, pa.ArrowException):
        return Found(fault=Fault.POINTERS)
    return Found(fault=Fault.POINTERS if named else "")


def read(path: Path, groups: Sequence[int] | None = None) -> Iterator[tuple[Row, bytes, bytes]]:
    """The rows of a file with the bytes and hashes of their leaves, in order; of some row groups only. ValueError,
    TypeError, OSError or an error of Arrow for a file that is none of ours."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        if file.schema_arrow.names != list(NAMES):
            raise ValueError("columns")
        for group in range(file.num_row_groups) if groups is None else groups:
            table = file.read_row_group(group).to_pydict()
            joiner = Joiner()
            for row in zip(*(table[name] for name in NAMES), strict=True):
                yield (row, *joiner.leaf(row))


def group_of(first: int, index: int) -> int:
    """The row group of a file from `first` on that holds an index."""
    return index // GROUP - first // GROUP


def tile_roots(path: Path) -> list[bytes]:
    """The roots of the whole tiles of 256 leaves, from the metadata."""
    told = pq.read_metadata(path).metadata.get(_ROOTS.encode(), b"")
    roots = base64.b64decode(told, validate=True)
    return [roots[at : at + 32] for at in range(0, len(roots), 32)]
