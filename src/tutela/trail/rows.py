"""Chains of leaves, and a batch of them as the parameter of `statements.APPEND`. Pure.

One statement per batch: one round trip, one commit and one wait for the GIL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct
from uuid import UUID

from tutela.crypto import digest, merkle

from .leaves import SALT_SIZE, Draft, chained

NO_PREVIOUS = bytes(32)
_BYTES = 17
"""The oid of bytea in PostgreSQL's pg_type."""
_pack_array = Struct(">iiiii").pack
_pack_size = Struct(">i").pack


@dataclass(slots=True)
class Stamped:
    """A leaf with its position in a chain, as stored."""

    draft: Draft
    writer: UUID
    seq: int
    previous: bytes
    leaf: bytes
    leaf_hash: bytes


class Chain:
    """One writer's hash chain; replaced by a new one if it is unknown whether its last link was stored."""

    __slots__ = ("_name", "head", "seq", "writer")

    def __init__(self, writer: UUID) -> None:
        self.writer = writer
        self._name = str(writer)
        self.seq = 0
        self.head = NO_PREVIOUS

    def stamp(self, drafts: Sequence[Draft]) -> list[Stamped]:
        """Add salt, sequence number and preceding hash to each draft."""
        salt = digest.random_bytes(SALT_SIZE * len(drafts))
        return [
            self._link(draft, salt[n * SALT_SIZE : (n + 1) * SALT_SIZE])
            for n, draft in enumerate(drafts)
        ]

    def _link(self, draft: Draft, salt: bytes) -> Stamped:
        self.seq += 1
        leaf = salt + chained(draft.body, self._name, self.seq, self.head.hex())
        leaf_hash = merkle.leaf_hash(leaf)
        stamped = Stamped(draft, self.writer, self.seq, self.head, leaf, leaf_hash)
        self.head = leaf_hash
        return stamped


def parameter(stamped: Sequence[Stamped]) -> bytes:
    """The leaves as a binary bytea[]: dimensions, has nulls, element type, length, first index, elements."""
    elements = [_pack_size(len(leaf.leaf)) + leaf.leaf for leaf in stamped]
    return _pack_array(1, 0, _BYTES, len(elements), 1) + b"".join(elements)
