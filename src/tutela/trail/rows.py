"""A batch of leaves as the parameters of `statements.APPEND`: a binary array for each column. Pure.

One statement means one round trip, one commit and one wait for Python's lock, however many leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from uuid import UUID

from tutela.crypto import digest, merkle

from .leaves import SALT_SIZE, Draft, chained, milliseconds

NO_PREVIOUS = bytes(32)

_TIME, _UUID, _BIGINT, _TEXT, _BYTES = 1184, 2950, 20, 25, 17
"""Type numbers of the elements, from PostgreSQL's pg_type."""
_LEAF_TYPES = (_TIME, _UUID, _UUID, _BIGINT, *[_TEXT] * 5, *[_BYTES] * 3)
_SUBJECT_TYPES = (_TEXT, _TEXT, _TIME, _UUID)
_EPOCH_MS = 946_684_800_000
"""2000-01-01 UTC in milliseconds since 1970: PostgreSQL counts from there."""
_pack_array = Struct(">iiiii").pack
_pack_number = Struct(">iq").pack
_pack_size = Struct(">i").pack
_SIZE_16, _SIZE_32 = _pack_size(16), _pack_size(32)


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

    __slots__ = ("_name", "head", "seq", "writer")

    def __init__(self, writer: UUID) -> None:
        self.writer = writer
        self._name = str(writer)
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
        leaf = salt + chained(draft.body, self._name, self.seq, self.head.hex())
        leaf_hash = merkle.leaf_hash(leaf)
        made = Stamped(draft, self.writer, self.seq, self.head, leaf, leaf_hash)
        self.head = leaf_hash
        return made


def parameters(stamped: Sequence[Stamped]) -> list[bytes]:
    """The sixteen arrays of `statements.APPEND`, in PostgreSQL's binary form."""
    subjects = [row for one in stamped if one.draft.leaf.subjects for row in _subjects(one.draft)]
    return [
        *_columns(_LEAF_TYPES, [_leaf(one) for one in stamped]),
        *_columns(_SUBJECT_TYPES, subjects),
    ]


def _columns(types: Sequence[int], rows: list[tuple[bytes, ...]]) -> list[bytes]:
    """Each column as: dimensions, has nulls, element type, length, first index, elements."""
    if not rows:
        return [_pack_array(0, 0, kind, 0, 0)[:12] for kind in types]
    columns = zip(types, zip(*rows, strict=True), strict=True)
    return [
        _pack_array(1, 0, kind, len(rows), 1) + b"".join(elements) for kind, elements in columns
    ]


def _leaf(one: Stamped) -> tuple[bytes, ...]:
    draft, leaf = one.draft, one.draft.leaf
    return (
        _time(draft.id),
        _SIZE_16 + draft.id.bytes,
        _SIZE_16 + one.writer.bytes,
        _pack_number(8, one.seq),
        _text(leaf.event),
        _text(leaf.actor.kind),
        _text(leaf.actor.id),
        _text(leaf.purpose),
        _text(draft.outcome),
        _pack_size(len(one.leaf)) + one.leaf,
        _SIZE_32 + one.leaf_hash,
        _SIZE_32 + one.previous,
    )


def _subjects(draft: Draft) -> list[tuple[bytes, ...]]:
    at, key = _time(draft.id), _SIZE_16 + draft.id.bytes
    return [
        (_text(kind), _pack_size(len(subject)) + subject.encode(), at, key)
        for kind, subject in dict.fromkeys(draft.leaf.subjects)
    ]


@lru_cache(maxsize=8192)
def _text(word: str) -> bytes:
    data = word.encode()
    return _pack_size(len(data)) + data


def _time(leaf_id: UUID) -> bytes:
    return _pack_number(8, (milliseconds(leaf_id) - _EPOCH_MS) * 1000)
