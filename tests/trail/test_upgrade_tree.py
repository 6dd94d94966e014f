"""Leaves of before the tree get their places in order of time: after an upgrade, and after a copy by pg_dump."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TEMPLATE, _point_at, close_all
from tests.trail.conftest import make_leaf, query
from tutela.cli.running import first_run, layout
from tutela.crypto import merkle
from tutela.trail import log, verification
from tutela.trail.tree import proofs, sequencer, state
from tutela.trail.tree.sequencer import sequence_once

NAME = "t_upgrade_tree"
DUMP = Path(__file__).parents[1] / "vectors" / "installation" / "e40e9a1.sql"


@pytest.fixture(scope="module")
def old(cluster) -> Iterator[None]:
    """A database of the dump, upgraded by the migrations of now; its transaction numbers are another server's."""
    close_all()
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME} OWNER {layout.OWNER}")
    with cluster.connect(layout.OWNER, NAME) as server:
        server.execute(DUMP.read_text(encoding="utf-8"))
    _point_at(NAME)
    first_run.migrate()
    _lend_keys(cluster)
    yield
    close_all()
    _point_at(TEMPLATE)
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _lend_keys(cluster):
    """The root key of the dump was thrown away: signing is done with the keys of this run."""
    with cluster.connect(database=TEMPLATE) as here, cluster.connect(database=NAME) as there:
        there.execute("SET session_replication_role = replica")
        for table in ("keys.customer_root", "keys.side_root", "keys.kek", "keys.installation"):
            there.execute(f"DELETE FROM {table}")
        for table in ("keys.installation", "keys.kek", "keys.side_root"):
            with (
                here.cursor().copy(f"COPY {table} TO STDOUT") as out,
                there.cursor().copy(f"COPY {table} FROM STDIN") as into,
            ):
                for data in out:
                    into.write(data)


@pytest.fixture(scope="module")
def signed(old):
    """The upgraded log, sequenced in small steps while others append."""
    before = query("SELECT id FROM trail.leaf ORDER BY at, id")
    batch, sequencer.BATCH_LEAVES = sequencer.BATCH_LEAVES, 7
    try:
        log.append(make_leaf())
        sequence_once()
    finally:
        sequencer.BATCH_LEAVES = batch
    return [key for (key,) in before]


def test_leaves_of_before_stand_first_in_order_of_time(signed):
    """Then the new ones; every one once."""
    assert len(signed) > 20
    rows = state.sequenced(-1, 100_000)
    assert [row.leaf_id for row in rows][: len(signed)] == signed
    assert len(rows) == len(signed) + 1
    assert [row.index for row in rows] == list(range(len(rows)))
    head = state.newest()
    assert head.root == merkle.root([merkle.leaf_hash(row.leaf) for row in rows])
    assert head.size == proofs.size(1) == len(rows)


def test_the_upgraded_log_verifies_and_goes_on(signed):
    """Old leaves of changes have no anchor; nothing of the tree is at fault."""
    log.append_all([make_leaf() for _ in range(30)])
    assert sequence_once() == 30
    kinds = {one.kind for one in verification.run().walk.findings}
    assert not kinds & {"tree", "tile", "unplaced", "checkpoint", "restored"}
    assert query("SELECT count(*) FROM trail.fault") == [(0,)]


def test_another_numbering_of_transactions_loses_no_leaf(signed, cluster):
    """As after pg_dump into another server: the horizon is of numbers that are far away."""
    log.append_all([make_leaf() for _ in range(5)])
    with cluster.connect(database=NAME) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE trail.tree SET horizon = '900000000000', server = server + 1 WHERE closed_at IS NULL"
        )
        owner.execute(
            "UPDATE trail.leaf SET xid = '800000000000' WHERE NOT EXISTS "
            "(SELECT FROM trail.sequenced s WHERE s.leaf_id = leaf.id)"
        )
    assert sequence_once() == 5
    log.append(make_leaf())
    assert sequence_once() == 1
    rows = state.sequenced(-1, 100_000)
    assert {row.leaf_id for row in rows} == {key for (key,) in query("SELECT id FROM trail.leaf")}
