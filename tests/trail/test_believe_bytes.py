"""The log is believed from its bytes: one function appends, and it takes no leaf that is not the next."""

import json
import re
from datetime import timedelta

import psycopg
import pytest

from tests.trail.conftest import make_leaf, query
from tutela.base import ids
from tutela.cli.running.layout import APP
from tutela.trail import log, queries
from tutela.trail.leaves import draft
from tutela.trail.rows import Chain

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def app(cluster, database):
    """A session of the application's role, as an intruder would have one."""
    with cluster.connect(user=APP, database=database) as connection:
        yield connection


def stamped(chain=None, leaf_id=None, **changes):
    """One leaf's bytes, as the writer makes them."""
    key = leaf_id or ids.uuid7()
    (made,) = (chain or Chain(key)).stamp((draft(make_leaf(**changes), key),))
    return made.leaf


def append(app, *leaves):
    return app.execute("SELECT trail.append(%s::bytea[])", [list(leaves)]).fetchone()[0]


def changed(leaf, **keys):
    """The same leaf with some keys another value."""
    text = json.dumps(json.loads(leaf[16:]) | keys, sort_keys=True, separators=(",", ":"))
    return leaf[:16] + text.encode()


PLACES = pytest.mark.parametrize("place", ["first", "later", "change"])
"""Of a chain's first leaf, of a later one, of a change's: the function has a way of its own for each."""


def placed(app, place):
    """The next leaf there; the leaf that stands before a later one is written."""
    leaf_id = ids.uuid7()
    chain = Chain(leaf_id if place == "change" else ids.uuid7())
    if place == "later":
        append(app, stamped(chain))
        app.commit()
    return stamped(chain, leaf_id=leaf_id)


@pytest.mark.parametrize("table", ["leaf (leaf)", "named (key)", "chain (seq)", "loose (hash)"])
def test_the_application_inserts_nothing_itself(app, table):
    """Only the function writes the log's tables."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"INSERT INTO trail.{table} VALUES (NULL)")


@PLACES
def test_the_columns_come_from_the_bytes(app, place):
    """Nothing but the bytes is handed over, so no column can say another thing."""
    leaf = placed(app, place)
    assert append(app, leaf) == 1
    said = json.loads(leaf[16:])
    ((event, kind, actor, purpose, outcome),) = query(
        "SELECT event, actor_kind, actor_id, purpose, outcome FROM trail.leaf WHERE id = %s",
        said["id"],
    )
    assert (event, kind, actor) == (said["event"], said["actor"]["kind"], said["actor"]["id"])
    assert (purpose, outcome) == (said["purpose"], said["decision"]["outcome"])
    subjects = query("SELECT kind, id FROM trail.subject WHERE leaf_id = %s", said["id"])
    assert [list(pair) for pair in subjects] == said["subjects"]


@pytest.mark.parametrize("shift", [timedelta(days=-400), timedelta(minutes=5)])
def test_a_leaf_of_another_moment_is_refused(app, shift):
    """Neither backdated nor from tomorrow."""
    now = ids.uuid7().int
    other = now + (int(shift.total_seconds() * 1000) << 80)
    with pytest.raises(psycopg.DatabaseError, match="leaf_untimely"):
        append(app, stamped(leaf_id=type(ids.uuid7())(int=other)))


def test_an_id_of_another_moment_than_the_leafs_is_refused(app):
    """The moment stands twice, and both must be one."""
    leaf = stamped()
    with pytest.raises(psycopg.DatabaseError, match="leaf_malformed"):
        append(app, changed(leaf, t_ms=json.loads(leaf[16:])["t_ms"] - 1))


def test_a_foreign_leaf_does_not_enter_a_chain(app):
    """A chain goes on from its stored head, and from nothing else."""
    log.append(make_leaf())
    ((writer, seq),) = query("SELECT writer, seq FROM trail.chain ORDER BY at DESC LIMIT 1")
    foreign = Chain(writer)
    foreign.seq = seq
    with pytest.raises(psycopg.DatabaseError, match="leaf_unlinked"):
        append(app, stamped(foreign))
    assert log.append(make_leaf()) is not None


def test_links_out_of_order_are_refused_whole(app):
    """One wrong link, and none of the batch is written."""
    chain = Chain(ids.uuid7())
    first, second = stamped(chain), stamped(chain)
    with pytest.raises(psycopg.DatabaseError, match="leaf_unlinked"):
        append(app, second, first)
    assert query("SELECT count(*) FROM trail.leaf WHERE writer = %s", chain.writer) == [(0,)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda leaf: leaf[:16] + b"no text",
        lambda leaf: leaf[:-1] + b" }",
        lambda leaf: leaf[:-1] + b"\xff}",
        lambda leaf: leaf[:17] + b'"actor":{},' + leaf[17:],
        lambda leaf: changed(leaf, writer_seq=0),
        lambda leaf: changed(leaf, event=None),
        lambda leaf: changed(leaf, subjects=None),
        lambda leaf: changed(leaf, subjects=["customer"]),
        lambda leaf: changed(leaf, subjects=[["customer"]]),
        lambda leaf: leaf[:16] + re.sub(rb',"subjects":\[.*?\]\]', b"", leaf[16:]),
    ],
    ids=["no-json", "a-blank", "no-utf8", "a-key-twice", "no-number", "no-event", "null-subjects",
         "a-word-for-subjects", "half-a-subject", "no-subjects"],
)  # fmt: skip
@PLACES
def test_what_is_no_canonical_leaf_is_refused(app, spoil, place):
    """Every reader must read the same."""
    leaf = placed(app, place)
    with pytest.raises(psycopg.DatabaseError):
        append(app, spoil(leaf))
    app.rollback()
    assert append(app, leaf) == 1


def test_a_link_moves_the_head_of_its_chain():
    """A leaf that is gone from the end would be missed."""
    receipt = log.append(make_leaf())
    ((head,),) = query(
        "SELECT c.hash FROM trail.chain c JOIN trail.leaf l USING (writer, seq) WHERE l.id = %s",
        receipt.leaf_id,
    )
    assert bytes(head) == receipt.leaf_hash


def test_a_row_beside_the_log_is_no_proof_of_its_age(cluster, database):
    """A backdated row of a superuser is older than all, and still not the oldest proof."""
    log.append(make_leaf())
    oldest = queries.oldest_at()
    forged = stamped()
    with cluster.connect(database=database) as server:
        server.execute(
            "INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome,"
            " leaf, leaf_hash, previous) SELECT date_trunc('month', now()), %(id)s, %(id)s, 1, 'x', 'x',"
            " 'x', '', 'allow', %(leaf)s, sha256('\\x00'::bytea || %(leaf)s), decode(repeat('00', 32), 'hex')",
            {"id": ids.uuid7(), "leaf": forged},
        )
    assert queries.oldest_at() == oldest


def test_a_leaf_whose_bytes_are_no_text_is_shown_broken(cluster, database):
    """A reader sees the entry and why it cannot be believed, and the others as ever."""
    good, bad = log.append(make_leaf()), log.append(make_leaf())
    spoil(cluster, database, bad.leaf_id, b"\xff" * 40)
    assert queries.leaf(bad.leaf_id).broken == "unreadable"
    assert queries.leaf(good.leaf_id).broken == ""
    assert len(queries.leaves(limit=2)) == 2


def test_a_row_that_says_another_thing_than_its_bytes_is_shown_broken(cluster, database):
    """The bytes are what was hashed."""
    receipt = log.append(make_leaf())
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("UPDATE trail.leaf SET actor_id = 'x' WHERE id = %s", [receipt.leaf_id])
    assert queries.leaf(receipt.leaf_id).broken == "columns"


def spoil(cluster, database, leaf_id, data):
    """Change a stored leaf's bytes by hand, as only a superuser without triggers can."""
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("UPDATE trail.leaf SET leaf = %s WHERE id = %s", [data, leaf_id])
