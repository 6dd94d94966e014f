"""Whatever the owner of the database removes, alters, swaps or inserts, the verification names its index."""

import psycopg
import pytest

from tests.trail.conftest import make_leaf, query
from tutela.base import ids
from tutela.crypto import merkle
from tutela.trail import log, reading, verification, writer
from tutela.trail.leaves import draft
from tutela.trail.rows import Chain
from tutela.trail.tree import second_place, state
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("leaf", "named", "chain", "loose", "tree", "sequenced", "tile", "checkpoint", "fault")


@pytest.fixture(scope="module", autouse=True)
def _signed(database):
    """More than two tiles, signed twice."""
    writer.stop()
    for count in (300, 277):
        log.append_all([make_leaf() for _ in range(count)])
        sequence_once()


@pytest.fixture
def tamper(cluster, database):
    """Run statements as a superuser with the guards off; what they did is undone afterwards."""
    with cluster.connect(database=database) as server:
        server.autocommit = False
        server.execute("SET session_replication_role = replica")
        server.execute("CREATE SCHEMA kept")
        for table in TABLES:
            server.execute(f"CREATE TABLE kept.{table} AS TABLE trail.{table}")
        server.commit()

        def run(statement, *values):
            server.execute(statement, values)
            server.commit()

        yield run
        server.rollback()
        for table in TABLES:
            server.execute(f"DELETE FROM trail.{table}")
            server.execute(f"INSERT INTO trail.{table} TABLE kept.{table}")
        server.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS sequenced_leaf ON trail.sequenced (leaf_id)"
        )
        server.execute("DROP SCHEMA kept CASCADE")
        server.commit()


def findings(*kinds):
    """(kind, index) of what was found, those kinds only, lowest index first."""
    walk = verification.run().walk
    return sorted(
        [(one.kind, one.index) for one in walk.findings if one.kind in kinds],
        key=lambda one: one[1],
    )


def place(index):
    return query("SELECT leaf_id FROM trail.sequenced WHERE epoch = 1 AND index = %s", index)[0][0]


def test_a_tree_as_it_was_built_is_whole():
    """Also one that has grown since its last signature."""
    log.append(make_leaf())
    assert verification.run().walk.findings == []


@pytest.mark.parametrize("index", [0, 255, 256, 400])
def test_an_altered_leaf_is_named(tamper, index):
    """Its bytes alone; or its bytes with their hash, as one would who knows how."""
    tamper("UPDATE trail.leaf SET leaf = set_byte(leaf, 3, 7) WHERE id = %s", place(index))
    assert findings(reading.HASH)[0] == (reading.HASH, index)
    tamper(
        "UPDATE trail.leaf SET leaf_hash = sha256('\\x00'::bytea || leaf) WHERE id = %s",
        place(index),
    )
    assert findings(reading.TREE) == [(reading.TREE, index)]


def test_a_leaf_rewritten_in_every_table_is_named_by_what_is_above_it(tamper):
    """Leaf, hash and tile of level 0 agree; the tile above, and the signature, do not."""
    leaf_id = place(3)
    tamper("UPDATE trail.leaf SET leaf = set_byte(leaf, 3, 7) WHERE id = %s", leaf_id)
    tamper(
        "UPDATE trail.leaf SET leaf_hash = sha256('\\x00'::bytea || leaf) WHERE id = %s", leaf_id
    )
    tamper(
        "UPDATE trail.tile SET data = overlay(data PLACING (SELECT leaf_hash FROM trail.leaf WHERE id = %s)"
        " FROM 97 FOR 32) WHERE level = 0 AND number = 0",
        leaf_id,
    )
    found = findings(reading.TREE, reading.TILE, reading.CHECKPOINT)
    assert found[0] == (reading.TILE, 0)
    tamper(
        "UPDATE trail.tile SET data = overlay(data PLACING trail.subtree("
        "(SELECT data FROM trail.tile WHERE epoch = 1 AND level = 0 AND number = 0)) FROM 1 FOR 32)"
        " WHERE level = 1"
    )
    found = findings(reading.TREE, reading.TILE, reading.CHECKPOINT)
    assert found == [(reading.CHECKPOINT, state.newest().size)] * 2


@pytest.mark.parametrize("index", [0, 299, 570])
def test_a_removed_leaf_is_named(tamper, index):
    """With its place or without."""
    leaf_id = place(index)
    tamper(
        "DELETE FROM trail.named n USING trail.subject s WHERE n.key = trail.subject_key(s.kind, s.id)"
        " AND n.at = s.at AND s.leaf_id = %s",
        leaf_id,
    )
    tamper("DELETE FROM trail.leaf WHERE id = %s", leaf_id)
    assert findings(reading.TREE) == [(reading.TREE, index)]
    tamper("DELETE FROM trail.sequenced WHERE leaf_id = %s", leaf_id)
    assert findings(reading.TREE) == [(reading.TREE, index)]


def test_swapped_leaves_are_named(tamper):
    """Both."""
    tamper("DROP INDEX trail.sequenced_leaf")
    tamper(
        "UPDATE trail.sequenced s SET leaf_id = o.leaf_id, at = o.at FROM trail.sequenced o"
        " WHERE s.epoch = 1 AND o.epoch = 1 AND s.index IN (40, 41) AND o.index = 81 - s.index"
    )
    assert findings(reading.TREE) == [(reading.TREE, 40), (reading.TREE, 41)]


def test_an_inserted_leaf_is_named(tamper):
    """Behind the back of the sequencer it has no place; with a place it stands where the tree has nothing."""
    key = ids.uuid7()
    (made,) = Chain(key).stamp((draft(make_leaf(subjects=()), key),))
    tamper(
        "INSERT INTO trail.leaf (at, id, writer, seq, xid, event, actor_kind, actor_id, purpose, outcome,"
        " leaf, leaf_hash, previous) SELECT to_timestamp(%s / 1000.0::float8), %s, %s, 1, '3', event,"
        " actor_kind, actor_id, purpose, outcome, %s, %s, %s FROM trail.leaf WHERE id = %s",
        key.int >> 80, key, key, made.leaf, made.leaf_hash, made.previous, place(0),
    )  # fmt: skip
    walk = verification.run().walk
    assert (reading.UNPLACED, str(key)) in [(one.kind, one.leaf) for one in walk.findings]
    size = state.current().size
    tamper(
        "INSERT INTO trail.sequenced SELECT 1, %s, at, id FROM trail.leaf WHERE id = %s", size, key
    )
    assert findings(reading.TILE) == [(reading.TILE, size)]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("DELETE FROM trail.tile WHERE level = 0 AND number = 1", 256),
        ("DELETE FROM trail.tile WHERE level = 1", 0),
        ("UPDATE trail.tile SET data = sha256('') || substring(data FROM 33) WHERE level = 1", 0),
        (
            "UPDATE trail.tile SET data = overlay(data PLACING sha256('') FROM 33) WHERE level = 1",
            256,
        ),
        (
            "UPDATE trail.tile SET width = 5, data = substring(data FROM 1 FOR 160) WHERE number = 2",
            517,
        ),
    ],
)
def test_a_damaged_tile_is_named(tamper, statement, index):
    """By the first leaf that it covers."""
    tamper(statement)
    assert findings(reading.TILE)[0] == (reading.TILE, index)


@pytest.mark.parametrize(
    "change",
    [
        "note = replace(note, 'tutela/', 'Tutela/')",
        "note = substring(note FROM 1 FOR 100) || E'\\n'",
        "note = substring(note FROM 1 FOR octet_length(note) - 12) || E'AAAAAA==\\n'",
        "root = sha256('')",
    ],
)
def test_a_forged_checkpoint_is_named(tamper, change):
    """Its signature, its shape, its root."""
    size = state.newest().size
    tamper(f"UPDATE trail.checkpoint SET {change} WHERE size = {size}")
    assert findings(reading.CHECKPOINT) == [(reading.CHECKPOINT, size)]


def test_a_database_that_lost_what_was_signed_is_named(tamper):
    """By the file outside it."""
    size = second_place.read().size
    tamper("DELETE FROM trail.checkpoint")
    tamper("UPDATE trail.tree SET size = 300")
    tamper("DELETE FROM trail.sequenced WHERE index >= 300")
    assert size > 300
    assert findings(reading.RESTORED) == [(reading.RESTORED, 300)]


def test_what_the_sequencer_would_not_sign_is_what_the_verification_names(tamper):
    """A leaf that is hashed again gives the tile's entry."""
    rows = state.sequenced(-1, 600)
    tiles = query("SELECT data FROM trail.tile WHERE level = 0 ORDER BY number")
    assert b"".join(bytes(data) for (data,) in tiles)[: 600 * 32] == b"".join(
        merkle.leaf_hash(row.leaf) for row in rows
    )
    with pytest.raises(psycopg.errors.UndefinedTable):
        tamper("DELETE FROM trail.nothing")
