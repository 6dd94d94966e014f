"""Every committed leaf gets its one place, and the tree over the places is that of RFC 6962."""

import pytest

from tests.trail.conftest import make_leaf, query
from tutela.crypto import merkle, notes
from tutela.keys import log_key
from tutela.trail import log
from tutela.trail.tree import proofs, state
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")


def test_leaves_get_dense_indices_and_a_signed_root():
    """The reference tree is built from the leaves' bytes in the order of their indices."""
    receipts = log.append_all([make_leaf() for _ in range(600)])
    placed = sequence_once()
    assert placed >= 600
    rows = state.sequenced(-1, 10_000)
    assert [row.index for row in rows] == list(range(placed))
    reference = merkle.root([merkle.leaf_hash(row.leaf) for row in rows])
    head = state.newest()
    assert (head.size, head.root) == (placed, reference)
    assert notes.open_note(head.note, head.origin, log_key.public_key()) == (
        head.origin,
        placed,
        reference,
    )
    assert proofs.root(1, placed) == reference
    for receipt in receipts[::97]:
        epoch, index = state.place_of(receipt.leaf_id)
        path = proofs.inclusion(epoch, index, placed)
        merkle.verify_inclusion(receipt.leaf_hash, index, placed, path, head.root)


def test_the_tree_goes_on_where_it_was():
    """One leaf at a time across the edge of a tile: each root is the reference's, each is consistent with the last."""
    hashes = [merkle.leaf_hash(row.leaf) for row in state.sequenced(-1, 10_000)]
    old = len(hashes)
    for _ in range(3):
        log.append_all([make_leaf() for _ in range(101)])
        assert sequence_once() == 101
        rows = state.sequenced(old - 1, 10_000)
        hashes += [merkle.leaf_hash(row.leaf) for row in rows]
        head = state.newest()
        assert head.root == merkle.root(hashes)
        path = proofs.consistency(1, old, head.size)
        merkle.verify_consistency(old, head.size, path, merkle.root(hashes[:old]), head.root)
        old = head.size
    assert query("SELECT count(*), max(index) + 1 FROM trail.sequenced") == [(old, old)]
    assert sequence_once() == 0
