"""Every committed leaf gets its one place, and the tree over the places is that of RFC 6962."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from tests.trail.conftest import make_leaf, query
from tutela.cli.running.layout import APP, OWNER
from tutela.crypto import merkle, notes
from tutela.crypto.digest import random_bytes
from tutela.keys import log_key
from tutela.trail import log
from tutela.trail.tree import proofs, sequencer, state
from tutela.trail.tree.sequencer import Sequencer, sequence_once

pytestmark = pytest.mark.usefixtures("database")


def everything():
    """All leaves in their order."""
    return state.sequenced(-1, 1_000_000)


def assert_whole():
    """Every leaf has one place, indices are dense, and the tiles' root is the reference's."""
    rows = everything()
    assert [row.index for row in rows] == list(range(len(rows)))
    assert {row.leaf_id for row in rows} == {key for (key,) in query("SELECT id FROM trail.leaf")}
    reference = merkle.root([merkle.leaf_hash(row.leaf) for row in rows])
    assert proofs.root(1, len(rows)) == reference
    return len(rows), reference


def test_leaves_get_dense_indices_and_a_signed_root():
    """The reference tree is built from the leaves' bytes in the order of their indices."""
    receipts = log.append_all([make_leaf() for _ in range(600)])
    assert state.place_of(receipts[0].leaf_id) is None
    placed = sequence_once()
    size, reference = assert_whole()
    head = state.newest()
    assert (head.size, head.root) == (size, reference) == (placed, reference)
    opened = notes.open_note(head.note, head.origin, log_key.public_key())
    assert opened == (head.origin, placed, reference)
    for receipt in receipts[::97]:
        epoch, index = state.place_of(receipt.leaf_id)
        path = proofs.inclusion(epoch, index, placed)
        merkle.verify_inclusion(receipt.leaf_hash, index, placed, path, head.root)


def test_each_checkpoint_extends_the_one_before():
    """Across the edge of a tile: each root is the reference's, each is consistent with the last."""
    hashes = [merkle.leaf_hash(row.leaf) for row in everything()]
    for _ in range(3):
        old = len(hashes)
        log.append_all([make_leaf() for _ in range(101)])
        assert sequence_once() == 101
        hashes += [merkle.leaf_hash(row.leaf) for row in state.sequenced(old - 1, 10_000)]
        head = state.newest()
        assert head.root == merkle.root(hashes)
        path = proofs.consistency(1, old, head.size)
        merkle.verify_consistency(old, head.size, path, merkle.root(hashes[:old]), head.root)
    assert sequence_once() == 0


def test_a_transaction_that_runs_on_holds_nobody_up(cluster, database):
    """Its own leaves come when it has committed, and those of one that rolls back never."""
    sequence_once()
    with transaction.atomic():
        late = log.append_with_change(make_leaf())
        early = log.append(make_leaf())
        assert sequence_once() == 1
        assert sequence_once() == 0
        assert state.place_of(late.leaf_id) is None
    assert sequence_once() == 1
    assert state.place_of(late.leaf_id)[1] == state.place_of(early.leaf_id)[1] + 1
    with transaction.atomic():
        gone = log.append_with_change(make_leaf())
        sequence_once()
        transaction.set_rollback(True)
    log.append(make_leaf())
    assert sequence_once() == 1
    assert state.place_of(gone.leaf_id) is None
    assert_whole()


def test_small_batches_and_long_transactions_lose_and_double_nothing(
    cluster, database, monkeypatch
):
    """A batch may end within a transaction, before or behind those that were running."""
    monkeypatch.setattr(sequencer, "BATCH_LEAVES", 3)
    leader = Sequencer()
    assert leader.lead()
    long = [cluster.connect(APP, database) for _ in range(3)]
    for link in long:
        link.autocommit = False
        _write(link, 5)
    for number in range(12):
        log.append_all([make_leaf() for _ in range(number % 5)])
        leader.place(batches=1)
        if number in {3, 6, 7}:
            link = long.pop()
            _write(link, number)
            link.rollback() if number == 6 else link.commit()
            link.close()
    while leader.place()[1]:
        pass
    leader.sign()
    leader.close()
    assert state.newest().root == assert_whole()[1]


def _write(link, count):
    """Leaves of changes in the open transaction of another connection."""
    from tutela.base import ids
    from tutela.trail.leaves import draft
    from tutela.trail.rows import Chain

    for _ in range(count):
        ready = draft(make_leaf(), ids.uuid7())
        (stamped,) = Chain(ready.id).stamp((ready,))
        link.execute("SELECT trail.append(ARRAY[%s::bytea])", [stamped.leaf])


def test_two_sequencers_and_ten_thousand_appends():
    """Indices are dense, and the root is that of a reference tree, whoever leads."""
    stop = threading.Event()
    candidates = [threading.Thread(target=sequencer.run, args=[stop]) for _ in range(2)]
    before = len(everything())

    def write():
        for _ in range(25):
            log.append_all([make_leaf() for _ in range(50)])

    writers = [threading.Thread(target=write) for _ in range(8)]
    for thread in [*candidates, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in candidates:
        thread.join()
        connection.close()
    sequence_once()
    size, root = assert_whole()
    assert size == before + 10_000
    assert state.newest().root == root


def test_one_leads_and_the_other_takes_over():
    """The lock ends with the leader's connection."""
    first, second = Sequencer(), Sequencer()
    assert first.lead()
    assert not second.lead()
    first.close()
    assert second.lead()
    second.close()


@pytest.mark.parametrize("step", [255, 256, 257, 30_000])
def test_tiles_are_those_of_the_standard(cluster, database, step):
    """Full tiles have 256 hashes; 256 leaves make no partial tile of level 0 and one of width 1 at level 1."""
    leaves = [random_bytes(32) for _ in range(66_000 if step == 30_000 else 1_500)]
    with cluster.connect(OWNER, database) as owner:
        epoch = owner.execute("SELECT 100 + count(DISTINCT epoch) FROM trail.tile").fetchone()[0]
        for begin in range(0, len(leaves), step):
            piece = leaves[begin : begin + step]
            owner.execute(
                "SELECT trail.grow(%s::smallint, %s, %s)", [epoch, begin, b"".join(piece)]
            )
            size = begin + len(piece)
            counted = owner.execute(
                "SELECT level, sum(width), max(width), count(*) FROM trail.tile WHERE epoch = %s GROUP BY level",
                [epoch],
            ).fetchall()
            for level, entries, widest, tiles in counted:
                assert entries == size >> (8 * level)
                assert tiles == -(-entries // 256)
                assert widest <= 256
            assert len(counted) == 1 + (size >= 256) + (size >= 65_536)
        for size in {0, 1, 2, 255, 256, 257, 511, 512, 1_499, 65_535, 65_536, 65_537, len(leaves)}:
            if size <= len(leaves):
                (root,) = owner.execute(
                    "SELECT trail.root_at(%s::smallint, %s)", [epoch, size]
                ).fetchone()
                assert root == merkle.root(leaves[:size])
        none = owner.execute("SELECT trail.root_at(%s::smallint, %s)", [epoch, len(leaves) + 1])
        assert none.fetchone() == (None,)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO trail.sequenced VALUES (1, 999999, now(), uuidv7())",
        "INSERT INTO trail.tile VALUES (1, 0, 999, 1, sha256(''))",
        "UPDATE trail.tile SET width = 1",
        "DELETE FROM trail.tile",
        "UPDATE trail.tree SET size = 0",
        "INSERT INTO trail.checkpoint VALUES (1, 1, sha256(''), now(), '')",
        "DELETE FROM trail.checkpoint",
        "UPDATE trail.fault SET ended_at = now()",
        "SELECT trail.grow(1::smallint, 0, sha256(''))",
    ],
)
def test_the_application_writes_no_place_and_no_tile(cluster, database, statement):
    """It may only ask the tree to grow."""
    with cluster.connect(APP, database) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail.sequenced SET leaf_id = uuidv7() WHERE index = 0",
        "DELETE FROM trail.sequenced",
        "DELETE FROM trail.tile",
        "TRUNCATE trail.tile",
        "UPDATE trail.tile SET data = sha256('') || substring(data FROM 33), width = width WHERE level = 0",
        "UPDATE trail.checkpoint SET note = ''",
        "DELETE FROM trail.checkpoint",
    ],
)
def test_the_owner_trips_over_the_triggers(cluster, database, statement):
    """By accident nobody changes the tree; whoever switches the triggers off is found by hashes."""
    with (
        cluster.connect(OWNER, database) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        owner.execute(statement)


@pytest.mark.parametrize("note", ["", "tutela/x/trail/1\n1\n{root}\n\n", "{origin}\n1\nAAAA\n\n"])
def test_a_note_of_another_tree_is_not_kept(cluster, database, note):
    """Origin, size and root must be the tree's own."""
    origin = state.current().origin
    text = note.format(origin=origin, root="")
    with cluster.connect(APP, database) as app, pytest.raises(psycopg.errors.DataError):
        app.execute("SELECT trail.keep_checkpoint(1::smallint, 1, %s)", [text])


def test_an_empty_tree_and_odd_sizes_are_answered_as_the_standard_says():
    """From size 0 every tree is consistent without a proof; beyond the tree nothing is proved."""
    from tutela.crypto.errors import BadValue

    size = proofs.size(1)
    assert proofs.consistency(1, 0, size) == []
    assert proofs.consistency(1, size, size) == []
    assert proofs.root(1, 0) == merkle.EMPTY_ROOT
    for refused in (
        lambda: proofs.inclusion(1, size, size),
        lambda: proofs.inclusion(1, 0, size + 1),
        lambda: proofs.inclusion(1, 0, 0),
        lambda: proofs.consistency(1, 2, 1),
        lambda: proofs.consistency(1, -1, 1),
        lambda: proofs.root(2, 1),
    ):
        with pytest.raises(BadValue):
            refused()
