"""Nothing is signed that does not follow from the leaves' bytes and from what was signed before."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from django.db import connection

from tests.conftest import _point_at, close_all
from tests.trail.conftest import CLERK, make_leaf, query
from tutela.base.errors import TutelaError
from tutela.crypto import merkle, notes
from tutela.keys import custody, log_key
from tutela.trail import log, queries
from tutela.trail.errors import SignerFailed
from tutela.trail.leaves import Exposure
from tutela.trail.proposals import actions as joint
from tutela.trail.proposals import rows as proposals
from tutela.trail.proposals.rows import Kind
from tutela.trail.segments.actions import By
from tutela.trail.tree import epochs, proofs, second_place, signing, state
from tutela.trail.tree.link import Link
from tutela.trail.tree.sequencer import Sequencer, sequence_once

pytestmark = pytest.mark.usefixtures("database")


def write(count):
    """Leaves that show nothing of customers, so that they are taken while customers' data is closed."""
    return log.append_all([make_leaf(exposure=Exposure.NONE) for _ in range(count)])


@contextmanager
def as_owner(cluster, database):
    """The owner of the database with the triggers switched off: who could do anything."""
    with cluster.connect("postgres", database) as owner:
        owner.execute("SET session_replication_role = replica")
        yield owner


def faults():
    return query("SELECT kind, index, ended_at IS NULL FROM trail.fault ORDER BY since")


SECOND = replace(CLERK, id="0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b02")


def acknowledge():
    """As two people in charge do: a leaf of each, then the fault ends."""
    found = {"fault": "root", "tree": 1, "leaf_index": 0}
    joint.propose(By(CLERK, {}), Kind.ACKNOWLEDGE, "Looked at", found)
    (waiting,) = proposals.waiting(Kind.ACKNOWLEDGE)
    assert joint.decide(By(SECOND, {}), waiting, found, approved=True) == 1


CHANGES = {
    "a byte of a leaf": "UPDATE trail.leaf SET leaf = set_byte(leaf, 20, 65) WHERE id = %(id)s",
    "a leaf removed": "DELETE FROM trail.leaf WHERE id = %(id)s",
    "a place removed": "DELETE FROM trail.sequenced WHERE leaf_id = %(id)s",
    "two leaves swapped": """
        UPDATE trail.sequenced s SET leaf_id = o.leaf_id, at = o.at FROM trail.sequenced o
        WHERE s.index IN (%(index)s, %(index)s + 1) AND o.index = 2 * %(index)s + 1 - s.index""",
    "a leaf rewritten with its hash": """
        UPDATE trail.leaf SET leaf = set_byte(leaf, 0, 1),
            leaf_hash = sha256('\\x00'::bytea || set_byte(leaf, 0, 1)) WHERE id = %(id)s""",
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_before_it_is_signed_is_named_and_never_signed(cluster, database, name):
    """Between its place and its signature a leaf is one second in the hands of the database's owner."""
    sequence_once()
    signed = state.newest().size
    receipts = write(9)
    leader = Sequencer()
    assert leader.lead()
    leader.place()
    bad = receipts[4].leaf_id
    index = state.place_of(bad)[1]
    with as_owner(cluster, database) as owner:
        if "swapped" in name:
            owner.execute("DROP INDEX trail.sequenced_leaf")
        owner.execute(CHANGES[name], {"id": bad, "index": index})
    leader.sign()
    leader.close()
    assert state.newest().size == signed
    assert faults()[-1] == ("root", index, True)
    assert queries.health().state == "closed"
    acknowledge()
    _mend(cluster, database, name, (bad, index))


def _mend(cluster, database, name, place):
    """Put right what a test has broken, as far as the next test needs it."""
    bad, index = place
    with as_owner(cluster, database) as owner:
        if "place" in name:
            owner.execute(
                "INSERT INTO trail.sequenced SELECT 1, %s, at, id FROM trail.leaf WHERE id = %s",
                [index, bad],
            )
        if "swapped" in name:
            owner.execute(CHANGES[name], {"id": bad, "index": index})
            owner.execute("CREATE UNIQUE INDEX sequenced_leaf ON trail.sequenced (leaf_id)")


def test_after_somebody_has_answered_the_tree_goes_on_over_the_bad_leaf(cluster, database):
    """The tile's hash stays in the tree: a proof of the leaf as it was still fits, one of the changed leaf does not."""
    sequence_once()
    (receipt,) = write(1)
    leader = Sequencer()
    assert leader.lead()
    leader.place()
    leader.close()
    with as_owner(cluster, database) as owner:
        owner.execute(
            "UPDATE trail.leaf SET leaf = set_byte(leaf, 20, 65) WHERE id = %s", [receipt.leaf_id]
        )
    assert sequence_once() == 0
    acknowledge()
    sequence_once()
    head = state.newest()
    epoch, index = state.place_of(receipt.leaf_id)
    path = proofs.inclusion(epoch, index, head.size)
    merkle.verify_inclusion(receipt.leaf_hash, index, head.size, path, head.root)


def test_a_broken_chain_is_named_before_it_is_signed(cluster, database):
    """A leaf with hash and place in order, whose link names another leaf than the one before it."""
    sequence_once()
    receipts = write(3)
    leaf = bytes(query("SELECT leaf FROM trail.leaf WHERE id = %s", receipts[1].leaf_id)[0][0])
    at = leaf.index(b'"writer_previous":"') + len(b'"writer_previous":"')
    forged = leaf[:at] + b"f" * 64 + leaf[at + 64 :]
    with as_owner(cluster, database) as owner:
        owner.execute(
            "UPDATE trail.leaf SET leaf = %s, leaf_hash = %s WHERE id = %s",
            [forged, merkle.leaf_hash(forged), receipts[1].leaf_id],
        )
    sequence_once()
    index = state.place_of(receipts[1].leaf_id)[1]
    assert faults()[-1] == ("chain", index, True)
    acknowledge()
    # The leaf behind it names the hash that the changed one no longer has.
    sequence_once()
    assert faults()[-1] == ("chain", index + 1, True)
    acknowledge()
    sequence_once()
    assert state.newest().size == state.current().size


STEPS = {
    "before the second place": (second_place, "write"),
    "before the signature": (signing.signers, "sign"),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_leader_that_is_cut_off_is_followed_without_harm(monkeypatch, name):
    """The next leader signs the same tree."""
    sequence_once()
    write(5)

    def cut(*_):
        raise KeyboardInterrupt

    module, function = STEPS[name]
    monkeypatch.setattr(module, function, cut)
    with pytest.raises(KeyboardInterrupt):
        sequence_once()
    monkeypatch.undo()
    before = state.newest().size
    assert sequence_once() == 0
    head = state.newest()
    assert head.size == before + 5
    assert head.root == proofs.root(head.epoch, head.size)


def test_places_are_on_the_disk_before_the_second_place_says_that_they_are_signed(monkeypatch):
    """The leader does not wait for the disk when it gives places, but before it signs them."""
    flushed, real = [], second_place.write

    def look(signed):
        flushed.append(query("SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn", placed_at)[0][0])
        real(signed)

    leader = Sequencer()
    write(3)
    assert leader.lead()
    leader.place()
    placed_at = str(query("SELECT pg_current_wal_insert_lsn()")[0][0])
    monkeypatch.setattr(second_place, "write", look)
    leader.sign()
    leader.close()
    assert flushed == [True]


def test_what_the_second_place_has_and_the_database_lacks_is_published(monkeypatch):
    """Cut off between the two: the same size is signed again, with the same root."""
    sequence_once()
    write(5)
    whole = Link.one

    def lose(link, statement, *values):
        if "keep_checkpoint" in statement:
            raise psycopg.OperationalError
        return whole(link, statement, *values)

    monkeypatch.setattr(Link, "one", lose)
    with pytest.raises(psycopg.OperationalError):
        sequence_once()
    monkeypatch.undo()
    signed = second_place.read()
    assert state.newest().size < signed.size
    sequence_once()
    assert (state.newest().size, state.newest().root) == (signed.size, signed.root)


def test_the_lost_answer_of_a_commit_doubles_nothing(monkeypatch):
    """The places were given; the leader does not know, and the next one goes on behind them."""
    sequence_once()
    before = state.current().size
    write(7)
    whole = Link.one

    def lose(link, statement, *values):
        answer = whole(link, statement, *values)
        if "trail.sequence" in statement:
            raise psycopg.OperationalError
        return answer

    monkeypatch.setattr(Link, "one", lose)
    with pytest.raises(psycopg.OperationalError):
        sequence_once()
    monkeypatch.undo()
    assert sequence_once() == 0
    assert state.current().size == state.newest().size == before + 7


def test_a_leader_killed_again_and_again_leaves_one_tree(database):
    """kill -9 at whatever step it is."""
    sequence_once()
    before = state.current().size
    code = (
        "import django, threading; django.setup()\n"
        "from tutela.trail.tree import sequencer\n"
        "sequencer.PERIOD_SECONDS = sequencer.SIGN_SECONDS = 0.0\n"
        "print('ready', flush=True); sequencer.run(threading.Event())"
    )
    for number in range(2):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        child.stdout.readline()
        for _ in range(20):
            write(5)
        time.sleep(0.003 * number)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    deadline = time.monotonic() + 20
    while state.newest().size < before + 200 and time.monotonic() < deadline:
        sequence_once()
        time.sleep(0.05)
    rows = state.sequenced(-1, 100_000)
    assert [row.index for row in rows] == list(range(before + 200))
    head = state.newest()
    assert head.size == len(rows)
    for size, note in query("SELECT size, note FROM trail.checkpoint WHERE epoch = 1"):
        opened = notes.open_note(note, head.origin, log_key.public_key())
        assert opened == (head.origin, size, proofs.root(1, size))


def test_a_signer_that_fails_is_told_and_ends_when_it_signs_again(monkeypatch):
    """Leaves still get their places; customers' data closes after a quarter of an hour."""
    sequence_once()
    write(2)

    def locked(*_):
        raise custody.KeyDamaged(key="secret")

    monkeypatch.setattr(log_key.custody, "open_secret", locked)
    with pytest.raises(SignerFailed):
        sequence_once()
    assert faults()[-1] == ("signer", None, True)
    assert queries.health().state == "open"
    assert state.current().size == state.newest().size + 2
    monkeypatch.undo()
    sequence_once()
    assert faults()[-1] == ("signer", None, False)


def test_a_lost_key_is_not_replaced(home):
    """Another key under the same name would be another log."""
    sequence_once()
    write(1)
    key = home / "trail.key"
    away = key.rename(home / "trail.key.away")
    with pytest.raises(SignerFailed):
        sequence_once()
    assert not key.exists()
    away.rename(key)
    sequence_once()


def test_a_leader_that_froze_writes_nothing_over_its_successor():
    """What the successor signed stands in the second place."""
    sequence_once()
    late = second_place.read()
    write(3)
    sequence_once()
    with pytest.raises(TutelaError):
        second_place.write(late)
    assert second_place.read().size == late.size + 3


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"epoch": 1, "nodes": ["zz"]}'])
def test_a_damaged_second_place_signs_nothing(text):
    """Nobody guesses what was signed."""
    write(1)
    whole = second_place.path().read_text()
    second_place.path().write_text(text)
    with pytest.raises(TutelaError, match="second_place_damaged"):
        sequence_once()
    second_place.path().write_text(whole)
    assert sequence_once() >= 1


def test_another_root_in_the_second_place_is_noticed():
    """The nodes must give the root that is written beside them."""
    document = json.loads(second_place.path().read_text())
    whole = json.dumps(document)
    second_place.path().write_text(json.dumps(document | {"root": "00" * 32}))
    with pytest.raises(TutelaError, match="second_place_damaged"):
        sequence_once()
    second_place.path().write_text(whole)


@contextmanager
def restored(cluster, database):
    """Yesterday's backup: go on, then put the copy back in place of the database."""
    close_all()
    with cluster.connect() as server:
        server.execute(f'CREATE DATABASE t_yesterday TEMPLATE "{database}" STRATEGY FILE_COPY')
    signed = second_place.path().read_bytes()
    yield
    signed = second_place.path().read_bytes()
    close_all()
    with cluster.connect() as server:
        server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
        server.execute(f'ALTER DATABASE t_yesterday RENAME TO "{database}"')
    _point_at(database)
    second_place.path().write_bytes(signed)


def test_after_a_restore_nothing_is_signed_over(cluster, database):
    """The former tree is closed where it was signed last; the new one begins with a leaf that names the gap."""
    sequence_once()
    held = state.newest()
    with restored(cluster, database):
        write(11)
        sequence_once()
        lost = state.newest()
    write(4)
    sequence_once()
    head = state.newest()
    assert (head.epoch, head.size) == (2, 5)
    assert state.newest(1).size == held.size
    assert head.origin == f"tutela/{custody.installation().hex()}/trail/2"
    first = state.sequenced(-1, 1)[0]
    row = queries.leaf(first.leaf_id)
    assert row.event == "trail.epoch.opened"
    assert row.detail == {
        "tree": 2, "former_tree": 1, "signed_size": lost.size, "root": lost.root.hex(),
        "held_size": held.size, "lost": 11, "code": "leaves_missing",
    }  # fmt: skip
    assert notes.open_note(head.note, head.origin, log_key.public_key())[1] == 5
    write(1)
    assert sequence_once() == 1
    assert (state.newest().epoch, state.newest().size) == (2, 6)


def test_without_the_second_place_a_new_tree_begins(database):
    """Nobody can say any more what was signed."""
    sequence_once()
    epoch = state.newest().epoch
    second_place.path().unlink()
    sequence_once()
    head = state.newest()
    assert (head.epoch, head.size) == (epoch + 1, 1)
    assert queries.leaf(state.sequenced(-1, 1)[0].leaf_id).detail["code"] == "second_place_missing"


def test_another_tree_under_the_signed_size_closes_customers_data(cluster, database):
    """A tile that the owner has changed: the former tree is not signed on, and somebody must look."""
    write(3)
    sequence_once()
    epoch = state.newest().epoch
    with as_owner(cluster, database) as owner:
        owner.execute(
            "UPDATE trail.tile SET data = sha256('') || substring(data FROM 33) WHERE epoch = %s AND level = 0",
            [epoch],
        )
    sequence_once()
    assert state.newest().epoch == epoch + 1
    assert faults()[-1] == ("root", None, True)
    assert queries.health().state == "closed"
    acknowledge()
    connection.close()


def test_a_restore_begins_a_tree_even_if_nothing_seems_to_be_missing():
    """What was signed between a backup and the loss may be known to nobody here; numbers known otherwise are passed."""
    sequence_once()
    before, link = state.newest(), Link()
    while not link.lead():
        pass
    try:
        epoch = epochs.renew(link, second_place.read(), before.epoch + 3)
    finally:
        link.close()
    assert epoch == before.epoch + 4
    sequence_once()
    head = state.newest()
    assert head.epoch == epoch
    detail = queries.leaf(state.sequenced(-1, 1, epoch)[0].leaf_id).detail
    assert (detail["code"], detail["former_tree"], detail["lost"]) == ("restored", before.epoch, 0)
