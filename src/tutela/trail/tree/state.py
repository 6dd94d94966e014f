"""What the tree holds: its newest checkpoint, the leaves in their order, the place of a leaf."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tutela.trail.connect import fetch
from tutela.trail.statements import TREE_HEALTH

_NEWEST: Final = """
    SELECT c.epoch, t.origin, c.size, c.root, c.at, c.note
    FROM trail.checkpoint c JOIN trail.tree t USING (epoch)
    WHERE c.epoch = coalesce(%s::smallint, (SELECT max(epoch) FROM trail.checkpoint))
    ORDER BY c.size DESC LIMIT 1"""
_SEQUENCED: Final = """
    SELECT s.index, s.at, s.leaf_id, l.leaf FROM (
        SELECT index, at, leaf_id FROM trail.sequenced
        WHERE epoch = coalesce(%s::smallint, (SELECT max(epoch) FROM trail.tree)) AND index > %s::bigint
        ORDER BY index LIMIT %s::bigint) s
    LEFT JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    ORDER BY s.index"""
_PLACE: Final = "SELECT epoch, index FROM trail.sequenced WHERE leaf_id = %s::uuid"
_IDS: Final = "SELECT index, leaf_id FROM trail.sequenced WHERE epoch = %s::smallint AND index = ANY(%s::bigint[])"
_TREE: Final = """
    SELECT epoch, origin, size, opened_at, caught_up_at, gather_id IS NOT NULL FROM trail.tree
    WHERE closed_at IS NULL"""
_FAULTS: Final = """
    SELECT kind, epoch, coalesce(min(index), 0), count(*), min(since) FROM trail.fault
    WHERE ended_at IS NULL GROUP BY kind, epoch ORDER BY min(since)"""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A signed checkpoint: `root` is the 32-byte hash of the first `size` leaves, `note` the signed text."""

    epoch: int
    origin: str
    size: int
    root: bytes
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A leaf in its place. `leaf` is its exact bytes, b"" if the leaf is no longer in the database."""

    index: int
    at: datetime
    leaf_id: UUID
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree that grows. `size` counts placed leaves; `gathering` while those of before it are taken in."""

    epoch: int
    origin: str
    size: int
    opened_at: datetime
    caught_up_at: datetime
    gathering: bool


@dataclass(frozen=True, slots=True)
class TreeHealth:
    """`lag`: seconds since the oldest leaf waits for its place; `why`: the kind of fault that closes the log."""

    lag: float
    why: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Standing faults of one kind in one tree: how many, since when, and the first bad index (0 if unknown)."""

    kind: str
    epoch: int
    index: int
    count: int
    since: datetime


def faults() -> list[Fault]:
    """What is wrong with chains, trees, signers or the quorum now, oldest first."""
    return [Fault(*row) for row in fetch(_FAULTS, ())]


def newest(epoch: int | None = None) -> TreeHead | None:
    """The largest checkpoint of the newest epoch that has one, or of the given epoch."""
    for number, origin, size, root, at, note in fetch(_NEWEST, (epoch,)):
        return TreeHead(number, origin, size, bytes(root), at, note)
    return None


def current() -> Tree | None:
    """The tree that grows; None before the sequencer has run once."""
    for row in fetch(_TREE, ()):
        return Tree(*row)
    return None


def sequenced(after: int, limit: int, epoch: int | None = None) -> list[Sequenced]:
    """The leaves behind index `after` (-1: from the first) in order, at most `limit`, of the newest epoch or the
    given one. They have a place, but are perhaps not signed yet."""
    return [
        Sequenced(index, at, leaf_id, bytes(leaf or b""))
        for index, at, leaf_id, leaf in fetch(_SEQUENCED, (epoch, after, limit))
    ]


def place_of(leaf_id: UUID) -> tuple[int, int] | None:
    """(epoch, index) of a leaf; None until it is sequenced."""
    for epoch, index in fetch(_PLACE, (leaf_id,)):
        return epoch, index
    return None


def leaf_ids(epoch: int, indices: Sequence[int]) -> dict[int, UUID]:
    """The leaves at these places."""
    return dict(fetch(_IDS, (epoch, list(indices))))


def health() -> TreeHealth | None:
    """How far the tree is behind and what closes the log; None before the first tree."""
    for lag, why in fetch(TREE_HEALTH, ()):
        return TreeHealth(lag, why or "")
    return None
