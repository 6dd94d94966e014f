"""Verify stored leaves in order of chain and sequence number, and report each fault. Pure.

A row is that of a binary COPY: fixed fields first, then the texts and the bytes. The fast path
(`reading.agrees`) passes what is certainly right; the rest is parsed.
`Walk.feed` handles millions of rows, so its loop is long and makes few calls.
"""

from binascii import hexlify
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import Any, Final
from uuid import UUID

from . import events, reading
from .naming import key_of, keys_of
from .rows import NO_PREVIOUS

ROW: Final = 28
"""Digits of a row of trail.named: 16 of its key, 12 of its milliseconds."""
FINDINGS_KEPT: Final = 100
"""Findings stored individually; the rest are only counted."""
BACKWARDS_MS: Final = 60_000
"""Tolerance for times that run back within a chain: queued leaves are not in order of their ids."""
COLUMNS: Final = """
    id, writer, seq, at, leaf_hash, previous,
    event || E'\\n' || actor_kind || E'\\n' || actor_id || E'\\n' || outcome || E'\\n' || purpose, leaf"""
_FIXED: Final = Struct(">hi16si16siqiqi32si32si")
_FIRST: Final = _FIXED.size
EPOCH_MS: Final = 946_684_800_000
ANCHOR: Final = events.CHANGES_ANCHORED.name.encode() + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: the leaf or chain, and its kind (a code of `reading`); `tree` and `index` say where it stands in
    the tree, whose number is 0 for a leaf without a place."""

    kind: str
    leaf: str = ""
    writer: str = ""
    seq: int = 0
    at: str = ""
    tree: int = 0
    index: int = 0

    def as_row(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "leaf": self.leaf, "writer": self.writer, "seq": self.seq, "at": self.at,
            "tree": self.tree, "index": self.index,
        }  # fmt: skip


@dataclass(slots=True)
class Link:
    """The last verified leaf of a chain: sequence number, hash and time."""

    seq: int = 0
    hash: bytes = NO_PREVIOUS
    ms: int = 0


@dataclass(slots=True)
class Walk:
    """The state of the walk. `chains` has the last link of each writer, without the leaves of changes."""

    chains: dict[bytes, Link] = field(default_factory=dict)
    leaves: int = 0
    broken: int = 0
    findings: list[Finding] = field(default_factory=list)
    anchors: list[tuple[datetime, UUID]] = field(default_factory=list)
    subjects: int = 0
    """Sum of the fingerprints of all subjects walked, to compare with the table of subjects."""
    _writer: bytes = b""
    _name: str = ""
    _chain: bytes = b""
    _link: Link = field(default_factory=Link)

    def add(self, finding: Finding) -> None:
        """Count a finding, and store it if there are fewer than FINDINGS_KEPT."""
        self.broken += 1
        if len(self.findings) < FINDINGS_KEPT:
            self.findings.append(finding)

    def feed(self, rows: Iterable[bytes]) -> None:
        """Verify the next rows, in order of writer and sequence number."""
        unpack, agrees = _FIXED.unpack_from, reading.agrees
        for row in rows:
            (_, a, key, b, writer, c, seq, d, at, e, digest, f, previous, size) = unpack(row)
            self.leaves += 1
            if not (a == b == 16 and c == d == 8 and e == f == 32):
                self.add(Finding(kind=reading.UNREADABLE))
                continue
            texts, leaf = row[_FIRST : _FIRST + size], row[_FIRST + size + 4 :]
            if writer != self._writer:
                self._turn_to(writer, single=writer == key)
            link, ms = self._link, int.from_bytes(key[:6])
            chain = b'%b%b","writer_seq":%d}' % (self._chain, hexlify(previous), seq)
            subjects = agrees(leaf, key, ms, texts, chain)
            if not (
                subjects is not None
                and seq == link.seq + 1
                and previous == link.hash
                and at == (ms - EPOCH_MS) * 1000
                and ms >= link.ms - BACKWARDS_MS
                and sha256(b"\0" + leaf).digest() == digest
            ):
                subjects = reading.subjects_text(leaf)
                self._explain(row, texts, leaf)
            link.seq, link.hash = seq, digest
            link.ms = max(link.ms, ms)
            if subjects:
                named = fingerprint(subjects, str(UUID(bytes=key)).encode())
                # What is not written as usual never equals the table: its rows are then compared one by one.
                self.subjects += hash(subjects) if named is None else named
            if texts.startswith(ANCHOR):
                self.anchors.append((moment_of(at), UUID(bytes=key)))

    def _turn_to(self, writer: bytes, *, single: bool) -> None:
        self._writer, self._name = writer, str(UUID(bytes=writer))
        self._chain = f',"writer":"{self._name}","writer_previous":"'.encode()
        self._link = Link() if single else self.chains.setdefault(writer, Link())

    def _explain(self, row: bytes, texts: bytes, leaf: bytes) -> None:
        """Report what is wrong, if anything, with a leaf that failed the fast path."""
        (_, _, key, _, _, _, seq, _, at, _, digest, _, previous, _) = _FIXED.unpack_from(row)
        when = moment_of(at)
        document, why = reading.examine(UUID(bytes=key), when, columns_from(texts), leaf, digest)
        if document is not None:
            why = self._chain_fault(document, (seq, previous, int.from_bytes(key[:6])))
        if why:
            self.add(
                Finding(kind=why, leaf=str(UUID(bytes=key)), writer=self._name, seq=seq,
                        at=when.isoformat())
            )  # fmt: skip

    def _chain_fault(self, document: reading.Document, place: tuple[int, bytes, int]) -> str:
        seq, previous, ms = place
        if reading.place_of(document) != (self._name, seq, previous.hex()):
            return reading.COLUMNS
        if seq != self._link.seq + 1:
            return reading.GAP
        if previous != self._link.hash:
            return reading.LINK
        return reading.TIME if ms < self._link.ms - BACKWARDS_MS else ""

    def compare_heads(self, heads: dict[bytes, tuple[int, bytes, datetime]]) -> None:
        """Report chains that do not end at their head in trail.chain, and chains without a head."""
        for writer, (seq, digest, at) in heads.items():
            link = self.chains.get(writer)
            if link is None or (link.seq, link.hash) != (seq, digest):
                self.add(Finding(kind=reading.TAIL, writer=str(UUID(bytes=writer)),
                                 seq=(link.seq if link else 0) + 1, at=at.isoformat()))  # fmt: skip
        for writer in self.chains.keys() - heads.keys():
            link = self.chains[writer]
            self.add(Finding(kind=reading.HEAD, writer=str(UUID(bytes=writer)), seq=link.seq))


def moment_of(microseconds: int) -> datetime:
    """The time of a binary timestamptz, in microseconds since 2000-01-01 UTC."""
    return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def columns_from(texts: bytes) -> reading.Columns:
    """A row's columns from its texts, one per line; if there are not five lines, they match no leaf."""
    event, kind, actor, outcome, purpose, *more = (texts + b"\n\n\n\n").decode().split("\n")
    return event, kind, actor, purpose, outcome if len(more) == 4 else ""


def fingerprint(subjects: bytes, name: bytes) -> int | None:
    """The sum of the hashes of a leaf's subjects, `["customer","..."]` each, as trail.named has them: key and
    milliseconds in hexadecimal digits, keyed by Python's per-process hash secret. `name` is the leaf's id. Equal
    sums mean that the table is the same; a key counts once a leaf. None if a subject is not written as the log
    writes it."""
    if not subjects:
        return 0
    if b"],[" not in subjects:
        key = key_of(subjects)
        return None if key is None else hash(key + name[:8] + name[9:13])
    keys = keys_of(subjects.replace(b"],[", b"]\n[").split(b"\n"))
    if keys is None:
        return None
    when = name[:8] + name[9:13]
    return sum([hash(key + when) for key in keys])
