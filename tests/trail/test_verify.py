"""Whatever a superuser does to the stored log, the verification finds and names it."""

import pytest
from django.db import connection, transaction

from tests.trail.conftest import make_leaf, query
from tutela.base import ids
from tutela.trail import anchors, log, reading, verification, writer
from tutela.trail.leaves import draft
from tutela.trail.rows import Chain

NAMED = "trail.subject s WHERE n.key = trail.subject_key(s.kind, s.id) AND n.at = s.at AND s.leaf_id = %s"
"""Of the rows `n` of trail.named those of one leaf."""
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def tamper(cluster, database):
    """Run statements as a superuser with the guards off; what they did is undone afterwards."""
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("CREATE SCHEMA IF NOT EXISTS kept")
        for table in ("leaf", "named", "chain", "loose"):
            server.execute(f"DROP TABLE IF EXISTS kept.{table}")
            server.execute(f"CREATE TABLE kept.{table} AS TABLE trail.{table}")
        yield server.execute
        writer.stop()  # its chain's head is put back too
        for table in ("leaf", "named", "chain", "loose"):
            server.execute(f"DELETE FROM trail.{table}")
            server.execute(f"INSERT INTO trail.{table} TABLE kept.{table}")


@pytest.fixture
def chain():
    """Five leaves of one chain."""
    writer.stop()
    return [receipt.leaf_id for receipt in log.append_all([make_leaf() for _ in range(5)])]


def change():
    """The leaf of a change."""
    with transaction.atomic():
        return log.append_with_change(make_leaf()).leaf_id


def findings():
    """Kind and leaf of each finding."""
    walk = verification.run().walk
    return [(one.kind, one.leaf) for one in walk.findings]


def test_a_log_as_it_was_written_is_whole(chain):
    """Chains, changes with and without an anchor, leaves without subjects and with many."""
    log.append(make_leaf(subjects=()))
    log.append(make_leaf(subjects=tuple(("customer", str(ids.uuid7())) for _ in range(9))))
    change()
    anchors.anchor_changes()
    change()
    found = verification.run()
    assert found.walk.findings == []
    ((leaves,),) = query("SELECT count(*) FROM trail.leaf")
    ((chains,),) = query("SELECT count(*) FROM trail.chain")
    assert (found.walk.leaves, len(found.walk.chains)) == (leaves, chains)


@pytest.mark.parametrize(
    ("statement", "kind", "place"),
    [
        ("UPDATE trail.leaf SET leaf = leaf || ' ' WHERE id = %s", reading.HASH, 2),
        ("UPDATE trail.leaf SET leaf = %s::uuid::text::bytea || '\\xff' WHERE id = %s", "", 2),
        ("UPDATE trail.leaf SET outcome = 'deny' WHERE id = %s", reading.COLUMNS, 2),
        ("UPDATE trail.leaf SET actor_id = 'a' || E'\\n' WHERE id = %s", reading.COLUMNS, 2),
        ("UPDATE trail.leaf SET at = at + interval '1 ms' WHERE id = %s", reading.TIME, 2),
        ("UPDATE trail.leaf SET event = event || E'\\x01' WHERE id = %s", reading.COLUMNS, 2),
        ("UPDATE trail.leaf SET purpose = '\"' WHERE id = %s", reading.COLUMNS, 2),
        ("UPDATE trail.leaf SET previous = leaf_hash WHERE id = %s", reading.COLUMNS, 2),
        ("UPDATE trail.leaf SET seq = 99 WHERE id = %s", reading.GAP, 3),
        ("UPDATE trail.leaf SET leaf_hash = previous WHERE id = %s", reading.HASH, 2),
        ("DELETE FROM trail.leaf WHERE id = %s", reading.GAP, 3),
        (f"DELETE FROM trail.named n USING {NAMED}", reading.SUBJECTS, 2),
        (f"UPDATE trail.named n SET key = key + 1 FROM {NAMED}", reading.SUBJECTS, 2),
        (f"UPDATE trail.named n SET at = n.at + interval '1 ms' FROM {NAMED}", reading.SUBJECTS, 2),
        (f"UPDATE trail.named n SET at = n.at + interval '1 us' FROM {NAMED}", reading.SUBJECTS, 2),
    ],
)
def test_a_changed_or_missing_leaf_is_named(tamper, chain, statement, kind, place):
    """The kind of what is wrong, and the first leaf at which it shows."""
    tamper(statement, [chain[2]] * statement.count("%s"))
    assert findings()[0] == (kind or reading.UNREADABLE, str(chain[place]))


def test_a_subject_that_no_leaf_names_is_found(tamper):
    """A row too much: its moment is told, and the leaf if there is one then."""
    leaf_id = log.append(make_leaf()).leaf_id
    tamper("INSERT INTO trail.named SELECT 7, at FROM trail.leaf WHERE id = %s", [leaf_id])
    assert findings() == [(reading.SUBJECTS, str(leaf_id))]
    tamper(
        "INSERT INTO trail.named SELECT 8, at - interval '1 day' FROM trail.leaf WHERE id = %s",
        [leaf_id],
    )
    assert sorted(findings()) == [(reading.SUBJECTS, ""), (reading.SUBJECTS, str(leaf_id))]


def test_two_leaves_that_changed_places_are_named(tamper, chain):
    """Their bytes name another place."""
    tamper("UPDATE trail.leaf SET seq = -seq WHERE id = ANY(%s)", [chain[1:3]])
    tamper("UPDATE trail.leaf SET seq = 5 + seq WHERE id = ANY(%s)", [chain[1:3]])
    assert (reading.COLUMNS, str(chain[2])) in findings()


def test_a_chain_that_lost_its_end_is_named(tamper, chain):
    """Its head says that it went on."""
    for leaf_id in chain[3:]:
        tamper(f"DELETE FROM trail.named n USING {NAMED}", [leaf_id])
    tamper("DELETE FROM trail.leaf WHERE id = ANY(%s)", [chain[3:]])
    walk = verification.run().walk
    assert [(one.kind, one.seq) for one in walk.findings] == [(reading.TAIL, 4)]


def test_a_chain_that_the_log_did_not_write_is_named(tamper, chain):
    """Whole in itself, but without a head; and a change's leaf that waits for no anchor."""
    for key, kind in ((ids.uuid7(), reading.UNANCHORED), (ids.uuid7(), reading.HEAD)):
        writer_id = key if kind == reading.UNANCHORED else ids.uuid7()
        (made,) = Chain(writer_id).stamp((draft(make_leaf(subjects=()), key),))
        tamper(
            "INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome,"
            " leaf, leaf_hash, previous) SELECT to_timestamp(%s / 1000.0::float8), %s, %s, 1, event,"
            " actor_kind, actor_id, purpose, outcome, %s, %s, %s FROM trail.leaf WHERE id = %s",
            [key.int >> 80, key, writer_id, made.leaf, made.leaf_hash, made.previous, chain[0]],
        )
    assert {kind for kind, _ in findings()} == {reading.UNANCHORED, reading.HEAD}


@pytest.mark.parametrize("anchored", [False, True])
def test_a_change_that_is_gone_is_named(tamper, anchored):
    """Before its anchor by the list of those that wait, afterwards by the anchor."""
    leaf_id = change()
    if anchored:
        anchors.anchor_changes()
    tamper(f"DELETE FROM trail.named n USING {NAMED}", [leaf_id])
    tamper("DELETE FROM trail.leaf WHERE id = %s", [leaf_id])
    assert findings() == [(reading.ANCHOR if anchored else reading.TAIL, str(leaf_id))]


def test_the_application_takes_no_change_off_the_list_by_itself():
    """Only what a stored anchor names is settled."""
    leaf_id = change()
    other = log.append(make_leaf()).leaf_id
    query(
        "SELECT trail.settle_anchored((SELECT at FROM trail.leaf WHERE id = %s), %s)", other, other
    )
    assert query("SELECT count(*) FROM trail.loose WHERE leaf_id = %s", leaf_id) == [(1,)]
    anchors.anchor_changes()
    assert query("SELECT count(*) FROM trail.loose") == [(0,)]


def test_a_run_that_was_cut_off_goes_on_after_its_last_month(chain):
    """What was over is not walked again; the rest is."""
    first = verification.run()
    first.done = "2000-01-01T00:00:00+00:00"
    first.walk.chains = {}
    first.walk.leaves = 7
    verification.keep(first)
    second = verification.run()
    assert (second.id, second.walk.findings) == (first.id, [])
    ((leaves,),) = query("SELECT count(*) FROM trail.leaf")
    assert second.walk.leaves == leaves + 7
    verification.keep(second, finished=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail.verification WHERE finished_at IS NOT NULL")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize(
    ("part", "twice"),
    [
        (b',"writer":"', b',"purpose":"other","writer":"'),
        (b'","purpose":"', b'","note":"x","purpose":"'),
        (b'],"t_ms":', b'],"subjects":[],"t_ms":'),
    ],
)
def test_a_leaf_with_a_key_twice_is_not_passed_unread(part, twice):
    """Two readers could read it in two ways; its row agrees with one of them."""
    key = ids.uuid7()
    (made,) = Chain(key).stamp((draft(make_leaf(note="abc"), key),))
    columns = reading.columns_of(reading.document_of(made.leaf))
    texts = "\n".join((*columns[:3], columns[4], columns[3])).encode()
    chain = f',"writer":"{key}","writer_previous":"{made.previous.hex()}","writer_seq":1}}'.encode()

    def passed(leaf):
        subjects = reading.agrees(leaf, key.bytes, key.int >> 80, texts, chain)
        return subjects == reading.subjects_text(made.leaf)

    assert passed(made.leaf)
    assert made.leaf.count(part) == 1
    assert not passed(made.leaf.replace(part, twice))
