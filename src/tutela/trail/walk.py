"""Walk stored leaves in order of chain and place, and say what is wrong with each. Pure.

A row comes as the server copies it out in binary: fixed fields first, then the texts and the bytes. The
fast path (`reading.agrees`) passes what is surely right; whatever it does not pass is read whole.
Millions of rows go through `Walk.feed`, so its loop is long and calls little.
"""

from binascii import hexlify
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import Any, Final
from uuid import UUID

from . import reading
from .events import Event
from .rows import NO_PREVIOUS

FINDINGS_KEPT: Final = 100
"""Findings told one by one; the rest are counted."""
BACKWARDS_MS: Final = 60_000
"""So far a chain's moments may run back: leaves that waited in line are not in order of their ids."""
COLUMNS: Final = """
    id, writer, seq, at, leaf_hash, previous,
    event || E'\\n' || actor_kind || E'\\n' || actor_id || E'\\n' || outcome || E'\\n' || purpose, leaf"""
_FIXED: Final = Struct(">hi16si16siqiqi32si32si")
_FIRST: Final = _FIXED.size
EPOCH_MS: Final = 946_684_800_000
ANCHOR: Final = Event.TRAIL_CHANGES_ANCHORED.value.encode() + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: which leaf or chain, and what (a word of `reading`)."""

    kind: str
    leaf: str = ""
    writer: str = ""
    seq: int = 0
    at: str = ""

    def as_row(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "leaf": self.leaf, "writer": self.writer, "seq": self.seq, "at": self.at,
        }  # fmt: skip


@dataclass(slots=True)
class Link:
    """Where the walk of one chain stands: place, hash and moment of its last leaf."""

    seq: int = 0
    hash: bytes = NO_PREVIOUS
    ms: int = 0


@dataclass(slots=True)
class Walk:
    """All that has been walked. `chains` has the last link of each writer; a change's leaf has none."""

    chains: dict[bytes, Link] = field(default_factory=dict)
    leaves: int = 0
    broken: int = 0
    findings: list[Finding] = field(default_factory=list)
    anchors: list[tuple[datetime, UUID]] = field(default_factory=list)
    subjects: int = 0
    """Sum over all subjects of the leaves that were walked, to compare with the table of subjects."""
    _writer: bytes = b""
    _name: str = ""
    _chain: bytes = b""
    _link: Link = field(default_factory=Link)

    def add(self, finding: Finding) -> None:
        """Count a finding, and keep it if there is room."""
        self.broken += 1
        if len(self.findings) < FINDINGS_KEPT:
            self.findings.append(finding)

    def feed(self, rows: Iterable[bytes]) -> None:
        """The next rows in order of writer and place."""
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
                self.subjects += fingerprint(subjects, str(UUID(bytes=key)).encode())
            if texts.startswith(ANCHOR):
                self.anchors.append((moment_of(at), UUID(bytes=key)))

    def _turn_to(self, writer: bytes, *, single: bool) -> None:
        self._writer, self._name = writer, str(UUID(bytes=writer))
        self._chain = f',"writer":"{self._name}","writer_previous":"'.encode()
        self._link = Link() if single else self.chains.setdefault(writer, Link())

    def _explain(self, row: bytes, texts: bytes, leaf: bytes) -> None:
        """What is wrong with a leaf that is not surely right; perhaps nothing."""
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
        """Each chain must end where the log says that it stands, and there must be no other chain."""
        for writer, (seq, digest, at) in heads.items():
            link = self.chains.get(writer)
            if link is None or (link.seq, link.hash) != (seq, digest):
                self.add(Finding(kind=reading.TAIL, writer=str(UUID(bytes=writer)),
                                 seq=(link.seq if link else 0) + 1, at=at.isoformat()))  # fmt: skip
        for writer in self.chains.keys() - heads.keys():
            link = self.chains[writer]
            self.add(Finding(kind=reading.HEAD, writer=str(UUID(bytes=writer)), seq=link.seq))


def moment_of(microseconds: int) -> datetime:
    """A moment as the server counts it, from the year 2000."""
    return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def columns_from(texts: bytes) -> reading.Columns:
    """A row's columns from its texts in lines; what has other than five lines agrees with no leaf."""
    event, kind, actor, outcome, purpose, *more = (texts + b"\n\n\n\n").decode().split("\n")
    return event, kind, actor, purpose, outcome if len(more) == 4 else ""


def fingerprint(subjects: bytes, name: bytes) -> int:
    """Of a leaf's subjects, `["customer","..."]` each, under this process's own secret: the sum over all
    leaves tells whether the table of subjects has the same. One that a leaf names twice counts once."""
    if b"],[" not in subjects:
        return hash(subjects + name)
    different = set(subjects[1:-1].split(b"],["))
    return sum([hash(b"[%b]%b" % (one, name)) for one in different])
