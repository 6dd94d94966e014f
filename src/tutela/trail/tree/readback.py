"""What the leader makes of the leaves that it reads back before it signs: the tiles that must be there, and
the links of the writers' chains. Pure: rows come in, findings go out.
"""

import re
from binascii import hexlify
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from tutela.crypto import merkle

from .proofs import HEIGHT, TILE_WIDTH, subtree

_TAIL: Final = re.compile(
    rb'"writer":"([0-9a-f-]{36})","writer_previous":"([0-9a-f]{64})","writer_seq":([0-9]{1,19})\}$'
)
_TAIL_LONGEST: Final = 180
_NO_PREVIOUS: Final = b"0" * 64
HEADS_KEPT: Final = 4096
"""Chains whose last link is remembered between batches; of others it is looked up."""


class Stored(NamedTuple):
    """The leaf of index `number`: `leaf` is b"" if the row is gone; `excused` if somebody has answered for it."""

    number: int
    leaf_id: UUID
    leaf: bytes
    excused: bool = False


class Bad(NamedTuple):
    """The first leaf with which something is wrong: `kind` is root (its bytes) or chain (its link)."""

    kind: str
    number: int
    leaf_id: UUID | None


Row = tuple[int, UUID, bytes]
"""Index, leaf, bytes."""
Link = tuple[bytes, int]
"""A writer (36 characters) and a place in its chain."""
Links = Sequence[Link]
LookUp = Callable[[Links], dict[Link, bytes]]
"""Gives the leaf hashes (hex, 64 characters) of links that are stored."""


@dataclass(slots=True)
class Chains:
    """The links seen last, by writer, and the hashes (hex) of excused leaves, which the next links may name."""

    heads: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    excused: set[bytes] = field(default_factory=set)

    def follow(self, rows: Sequence[Row], hashes: Sequence[bytes]) -> bool:
        """The quick look: whether every leaf names the link before it, and each chain goes on from what is
        remembered in the order of the rows. If not, nothing is remembered, and `check` must say what is wrong."""
        moved: dict[bytes, tuple[int, bytes]] = {}
        writer, place, head = b"", 0, b""
        for (_, leaf_id, leaf), digest in zip(rows, hashes, strict=True):
            tail = b'"writer":"%b","writer_previous":"%b","writer_seq":%d}' % (
                writer,
                head,
                place + 1,
            )
            if place and leaf.endswith(tail):
                place += 1
            else:
                found = _TAIL.search(leaf, max(len(leaf) - _TAIL_LONGEST, 0))
                if found is None:
                    return False
                writer, place = found[1], int(found[3])
                before = moved.get(writer) or self.heads.get(writer) or (0, _NO_PREVIOUS)
                if before != (place - 1, found[2]):
                    return False
                if place == 1 and writer.decode() == str(leaf_id):
                    place = 0  # a change's leaf is a chain of its own
                    continue
            head = hexlify(digest)
            moved[writer] = place, head
        self.heads.update(moved)
        self._forget()
        return True

    def _forget(self) -> None:
        while len(self.heads) > HEADS_KEPT:
            del self.heads[next(iter(self.heads))]

    def check(
        self, leaves: Iterable[tuple[Stored, bytes]], look_up: LookUp, checked_from: int
    ) -> Bad | None:
        """The first leaf from `checked_from` on that does not name the link before it. Each leaf has its hash."""
        seen: dict[Link, bytes] = {(w, n): digest for w, (n, digest) in self.heads.items()}
        wanted: list[tuple[Stored, Link, bytes]] = []
        for stored, digest in leaves:
            if stored.excused:
                self.excused.add(digest.hex().encode())
                continue
            found = _TAIL.search(stored.leaf, max(len(stored.leaf) - _TAIL_LONGEST, 0))
            if found is None:
                return Bad("chain", stored.number, stored.leaf_id)
            writer, previous, place = found[1], found[2], int(found[3])
            seen[writer, place] = digest.hex().encode()
            if place > 1 and previous not in self.excused:
                wanted.append((stored, (writer, place - 1), previous))
            elif place == 1 and previous != _NO_PREVIOUS:
                return Bad("chain", stored.number, stored.leaf_id)
            if writer.decode() != str(stored.leaf_id):
                self.heads[writer] = (place, seen[writer, place])
        self._forget()
        return _first_broken(
            [one for one in wanted if one[0].number >= checked_from], seen, look_up
        )


def _first_broken(
    wanted: list[tuple[Stored, Link, bytes]], seen: dict[Link, bytes], look_up: LookUp
) -> Bad | None:
    unknown = [link for _, link, _ in wanted if link not in seen]
    stored_links = look_up(unknown) if unknown else {}
    for stored, link, previous in wanted:
        if (seen.get(link) or stored_links.get(link)) != previous:
            return Bad("chain", stored.number, stored.leaf_id)
    return None


class Growth:
    """A tree that grows by leaf hashes, and what the tiles of each level gain by it.

    It begins from roots of full subtrees that were kept outside the database, so the new entries and the new root
    follow from what was signed before and from the leaves' bytes alone.
    """

    __slots__ = ("begin", "entries", "nodes", "size")

    def __init__(self, tree: merkle.CompactRange) -> None:
        self.begin = self.size = tree.end
        self.nodes = list(tree.nodes)
        self.entries: list[list[bytes]] = [[]]
        """By level of tiles, the entries that are new."""

    def add_all(self, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes; whole tiles level by level, which takes half the time."""
        at = 0
        while at < len(leaves):
            if self.size % TILE_WIDTH or len(leaves) - at < TILE_WIDTH:
                self.add(leaves[at])
                at += 1
            else:
                tile = leaves[at : at + TILE_WIDTH]
                self.entries[0] += tile
                place, self.size = self.size >> HEIGHT, self.size + TILE_WIDTH
                node = subtree(b"".join(tile))
                self._note(1, node)
                self._push(node, place, HEIGHT)
                at += TILE_WIDTH

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        place, self.size = self.size, self.size + 1
        self.entries[0].append(leaf)
        self._push(leaf, place, 0)

    def _push(self, node: bytes, place: int, height: int) -> None:
        """Append the root of a full subtree and join it with those to the left."""
        nodes = self.nodes
        while place & 1:
            node = sha256(b"\1" + nodes.pop() + node).digest()
            place, height = place >> 1, height + 1
            if height % HEIGHT == 0:
                self._note(height // HEIGHT, node)
        nodes.append(node)

    def root(self) -> bytes:
        """The root hash of all leaves."""
        return merkle.CompactRange(0, self.size, self.nodes).root()

    def pieces(self) -> list[tuple[int, int, int, bytes]]:
        """What the tiles must hold: (level, number, first entry within the tile, entries in a row)."""
        found = []
        for level, entries in enumerate(self.entries):
            first, taken = self.begin >> (HEIGHT * level), 0
            while taken < len(entries):
                take = min(TILE_WIDTH - first % TILE_WIDTH, len(entries) - taken)
                piece = b"".join(entries[taken : taken + take])
                found.append((level, first // TILE_WIDTH, first % TILE_WIDTH, piece))
                first, taken = first + take, taken + take
        return found

    def _note(self, level: int, node: bytes) -> None:
        if level == len(self.entries):
            self.entries.append([])
        self.entries[level].append(node)
