"""Leaves as PostgreSQL's binary COPY reads them. Pure. One packed row costs a few microseconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from uuid import UUID

from tutela.crypto import digest, merkle

from .leaves import SALT_SIZE, Draft, chained, milliseconds

LEAF_COLUMNS = (
    "at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash, previous"
)
SUBJECT_COLUMNS = "kind, id, at, leaf_id"
NO_PREVIOUS = bytes(32)

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_EPOCH_MS = 946_684_800_000
"""2000-01-01 UTC in milliseconds since 1970: PostgreSQL counts from there."""
_pack_head = Struct(">hiqi16si16siq").pack
_pack_size = Struct(">i").pack
_pack_tail = Struct(">i32si32s").pack
_pack_subject_end = Struct(">iqi16s").pack


@dataclass(slots=True)
class Stamped:
    """A leaf with its place in a chain: exactly what is stored."""

    draft: Draft
    writer: UUID
    seq: int
    previous: bytes
    leaf: bytes
    leaf_hash: bytes


class Chain:
    """One writer's chain; starts anew when its last link is not known to be stored."""

    __slots__ = ("head", "seq", "writer")

    def __init__(self, writer: UUID) -> None:
        self.writer = writer
        self.seq = 0
        self.head = NO_PREVIOUS

    def stamp(self, drafts: Sequence[Draft]) -> list[Stamped]:
        """Give each draft its salt, its number and the hash before it."""
        salt = digest.random_bytes(SALT_SIZE * len(drafts))
        return [
            self._link(draft, salt[n * SALT_SIZE : (n + 1) * SALT_SIZE])
            for n, draft in enumerate(drafts)
        ]

    def _link(self, draft: Draft, salt: bytes) -> Stamped:
        self.seq += 1
        leaf = salt + chained(draft.body, self.writer, self.seq, self.head.hex())
        leaf_hash = merkle.leaf_hash(leaf)
        made = Stamped(draft, self.writer, self.seq, self.head, leaf, leaf_hash)
        self.head = leaf_hash
        return made


@lru_cache(maxsize=8192)
def _text(word: str) -> bytes:
    data = word.encode()
    return _pack_size(len(data)) + data


def leaf_rows(stamped: Sequence[Stamped]) -> bytes:
    """The whole COPY stream for trail.leaf, in the order of LEAF_COLUMNS."""
    return b"".join([_SIGNATURE, *[_leaf_row(one) for one in stamped], _END])


def _leaf_row(one: Stamped) -> bytes:
    draft = one.draft
    leaf = draft.leaf
    at = _micros(draft.id)
    return b"".join(
        (
            _pack_head(12, 8, at, 16, draft.id.bytes, 16, one.writer.bytes, 8, one.seq),
            _text(leaf.event.value),
            _text(leaf.actor.kind),
            _text(leaf.actor.id),
            _text(leaf.purpose),
            _text(draft.outcome),
            _pack_size(len(one.leaf)),
            one.leaf,
            _pack_tail(32, one.leaf_hash, 32, one.previous),
        )
    )


def subject_rows(stamped: Sequence[Stamped]) -> bytes:
    """The whole COPY stream for trail.subject; empty when no leaf has a subject."""
    rows = [row for one in stamped if one.draft.leaf.subjects for row in _subject_rows(one.draft)]
    return b"".join([_SIGNATURE, *rows, _END]) if rows else b""


def _subject_rows(draft: Draft) -> list[bytes]:
    end = _pack_subject_end(8, _micros(draft.id), 16, draft.id.bytes)
    return [
        b"\x00\x04" + _text(kind) + _pack_size(len(subject)) + subject.encode() + end
        for kind, subject in dict.fromkeys(draft.leaf.subjects)
    ]


def _micros(leaf_id: UUID) -> int:
    return (milliseconds(leaf_id) - _EPOCH_MS) * 1000
