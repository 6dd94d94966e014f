"""RFC 6962 arithmetic."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.crypto.merkle import (
    EMPTY_ROOT,
    CompactRange,
    consistency_proof,
    cover,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(40)]


def node(level, index):
    """A full node of the tree over LEAVES."""
    if level == 0:
        return LEAVES[index]
    return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))


def test_the_heads_are_those_that_certificate_transparency_publishes():
    """Zero and eight leaves of its reference tests."""
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")
    raw = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
    head = root([leaf_hash(bytes.fromhex(leaf)) for leaf in raw])
    assert head.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_every_leaf_of_every_tree_is_proven():
    """And no proof fits another leaf, place, size or head."""
    for size in range(1, 20):
        head = root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, node)
            verify_inclusion(LEAVES[index], index, size, proof, head)
            for wrong in wrong_inclusions(index, size, proof, head):
                with pytest.raises(SignatureInvalid):
                    verify_inclusion(*wrong)


def wrong_inclusions(index, size, proof, head):
    """Claims that are not true, near one that is."""
    yield leaf_hash(b"other"), index, size, proof, head
    yield LEAVES[index], index, size, [*proof, bytes(32)], head
    yield LEAVES[index], index, size, proof, bytes(32)
    yield LEAVES[index], size, size, proof, head
    if proof:
        yield LEAVES[index], index, size, proof[:-1], head
        yield LEAVES[index], index ^ 1, size, proof, head


def test_every_pair_of_trees_is_proven_consistent():
    """And no proof fits other heads or lengths."""
    for old, new in itertools.combinations_with_replacement(range(20), 2):
        heads = root(LEAVES[:old]), root(LEAVES[:new])
        proof = consistency_proof(old, new, node)
        verify_consistency(old, new, proof, *heads)
        wrong = [(old, new, [*proof, bytes(32)], *heads)]
        if old:
            wrong.append((old, new, proof, bytes(32), heads[1]))
        if 0 < old < new:
            wrong += [(old, new, proof[:-1], *heads), (old, new, proof, heads[0], bytes(32))]
        for claim in wrong:
            with pytest.raises(SignatureInvalid):
                verify_consistency(*claim)


def test_a_smaller_tree_is_never_the_continuation():
    """Asking the other way round is refused, not answered."""
    with pytest.raises(SignatureInvalid):
        verify_consistency(5, 3, [], bytes(32), bytes(32))
    with pytest.raises(BadValue):
        consistency_proof(5, 3, node)
    with pytest.raises(BadValue):
        inclusion_proof(3, 3, node)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_ranges_merge_to_the_same_head(one, two, three):
    """However the leaves are cut."""
    first, second, third = sorted((one, two, three))
    ranges = [CompactRange(begin, begin) for begin in (0, first, second)]
    for part, end in zip(ranges, (first, second, third), strict=True):
        for leaf in LEAVES[part.begin : end]:
            part.append(leaf)
    ranges[1].merge(ranges[2])
    ranges[0].merge(ranges[1])
    assert ranges[0].root() == root(LEAVES[:third])
    assert len(ranges[0].nodes) == len(cover(0, third))


def test_a_range_goes_on_from_its_stored_nodes():
    """A sequencer keeps only these between batches."""
    first = CompactRange()
    for leaf in LEAVES[:13]:
        first.append(leaf)
    later = CompactRange(0, 13, first.nodes)
    for leaf in LEAVES[13:]:
        later.append(leaf)
    assert later.root() == root(LEAVES)


def test_ranges_that_do_not_touch_are_refused():
    """A gap is an error, and so is a wrong number of nodes."""
    with pytest.raises(BadValue):
        CompactRange().merge(CompactRange(3, 3))
    with pytest.raises(BadValue):
        CompactRange(0, 3, [bytes(32)])
    with pytest.raises(BadValue):
        CompactRange(3, 3).root()


def test_hashes_of_another_length_prove_nothing():
    """A byte moved from one hash to its neighbour leaves what is hashed together, and is refused all the same."""
    head, proof = root(LEAVES[:8]), inclusion_proof(2, 8, node)
    verify_inclusion(LEAVES[2], 2, 8, proof, head)
    short, long = [proof[0][:-1], *proof[1:]], [proof[0] + b"x", *proof[1:]]
    for wrong in (short, long, [b"", *proof[1:]]):
        with pytest.raises(SignatureInvalid):
            verify_inclusion(LEAVES[2], 2, 8, wrong, head)
    with pytest.raises(SignatureInvalid):
        verify_inclusion(LEAVES[2][:-1], 2, 8, proof, head)
    steps = consistency_proof(5, 8, node)
    verify_consistency(5, 8, steps, root(LEAVES[:5]), head)
    with pytest.raises(SignatureInvalid):
        verify_consistency(5, 8, [steps[0] + b"x", *steps[1:]], root(LEAVES[:5]), head)
