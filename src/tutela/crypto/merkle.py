"""The Merkle tree of RFC 6962 (Certificate Transparency), section 2.1: SHA-256, 32-byte hashes.

Proofs are built from nodes by (level, index): level 0 has the leaf hashes, and node (level, index) covers the
2**level leaves from index * 2**level on. Only full nodes are requested.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256 as _sha256

from .errors import BadValue, SignatureInvalid
from .raw.hashing import equal, sha256

Node = Callable[[int, int], bytes]
EMPTY_ROOT = sha256(b"")
_HASH_SIZES = {32}


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf's bytes."""
    return sha256(b"\x00" + leaf)


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two children."""
    return sha256(b"\x01" + left + right)


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root hash of leaf hashes, in order."""
    tree = CompactRange()
    for leaf in leaf_hashes:
        tree.append(leaf)
    return tree.root()


class CompactRange:
    """The full subtrees that cover leaves `begin` to `end`, sufficient for appending.

    A range that begins at 0 has a root. Adjacent ranges can be merged.
    """

    __slots__ = ("begin", "end", "nodes")

    def __init__(self, begin: int = 0, end: int = 0, nodes: Sequence[bytes] = ()) -> None:
        self.begin = begin
        self.end = max(begin, end)
        self.nodes = list(nodes)
        if begin < 0 or len(self.nodes) != len(cover(begin, self.end)):
            raise BadValue("range-shape")

    def append(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        self._push(0, leaf)

    def merge(self, other: "CompactRange") -> None:
        """Append a range that begins where this one ends; BadValue otherwise."""
        if other.begin != self.end:
            raise BadValue("range-gap")
        places = cover(other.begin, other.end)
        for (level, _), node in zip(places, other.nodes, strict=True):
            self._push(level, node)

    def root(self) -> bytes:
        """The root hash of a range that begins at 0; BadValue otherwise."""
        if self.begin:
            raise BadValue("range-begin")
        if not self.nodes:
            return EMPTY_ROOT
        head = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            head = node_hash(node, head)
        return head

    def _push(self, level: int, node: bytes) -> None:
        """Append a full subtree and join it with left siblings that are in the range."""
        index = self.end >> level
        self.end += 1 << level
        while index & 1 and (index - 1) << level >= self.begin:
            node = node_hash(self.nodes.pop(), node)
            level, index = level + 1, index >> 1
        self.nodes.append(node)


def cover(begin: int, end: int) -> list[tuple[int, int]]:
    """(level, index) of the minimal set of full subtrees that covers leaves `begin` to `end`."""
    places = []
    while begin < end:
        widest = (end - begin).bit_length() - 1
        level = min((begin & -begin).bit_length() - 1, widest) if begin else widest
        places.append((level, begin >> level))
        begin += 1 << level
    return places


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves; BadValue."""
    if not 0 <= index < size:
        raise BadValue("proof-range")
    return _path(index, 0, size, node)


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the tree of `old` leaves is a prefix of that of `new` leaves; BadValue."""
    if not 0 <= old <= new:
        raise BadValue("proof-range")
    return [] if old in (0, new) else _subproof(old, 0, new, node, whole=True)


def _path(index: int, begin: int, end: int, node: Node) -> list[bytes]:
    if end - begin == 1:
        return []
    middle = begin + _split(end - begin)
    if index < middle:
        return [*_path(index, begin, middle, node), _subtree(middle, end, node)]
    return [*_path(index, middle, end, node), _subtree(begin, middle, node)]


def _subproof(old: int, begin: int, end: int, node: Node, *, whole: bool) -> list[bytes]:
    if old == end:
        return [] if whole else [_subtree(begin, end, node)]
    middle = begin + _split(end - begin)
    if old <= middle:
        left = _subproof(old, begin, middle, node, whole=whole)
        return [*left, _subtree(middle, end, node)]
    right = _subproof(old, middle, end, node, whole=False)
    return [*right, _subtree(begin, middle, node)]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _subtree(begin: int, end: int, node: Node) -> bytes:
    *before, last = cover(begin, end)
    head = node(*last)
    for place in reversed(before):
        head = node_hash(node(*place), head)
    return head


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes
) -> None:
    """SignatureInvalid unless the leaf hash is at `index` of the tree with this root hash."""
    if not 0 <= index < size or not {*map(len, proof), len(leaf)} <= _HASH_SIZES:
        raise SignatureInvalid
    # Below the right edge of the tree the index tells the side; on the edge each sibling is to the left.
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        raise SignatureInvalid
    node, place = leaf, index
    for step in proof[:inner]:
        pair = b"\x01" + step + node if place & 1 else b"\x01" + node + step
        node, place = _sha256(pair).digest(), place >> 1
    for step in proof[inner:]:
        node = _sha256(b"\x01" + step + node).digest()
    if not equal(node, head):
        raise SignatureInvalid


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_head: bytes, new_head: bytes
) -> None:
    """SignatureInvalid unless the old tree is a prefix of the new one."""
    if old in (0, new):
        same_head = old != new or equal(old_head, new_head)
        empty_head = old != 0 or equal(old_head, EMPTY_ROOT)
        if proof or new < old or not same_head or not empty_head:
            raise SignatureInvalid
        return
    steps = list(proof) if old & (old - 1) else [old_head, *proof]
    if not 0 < old < new or not steps or set(map(len, steps)) != _HASH_SIZES:
        raise SignatureInvalid
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise SignatureInvalid
        if place & 1 or place == last:
            was, now = node_hash(step, was), node_hash(step, now)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, step)
        place, last = place >> 1, last >> 1
    if last or not equal(was, old_head) or not equal(now, new_head):
        raise SignatureInvalid
