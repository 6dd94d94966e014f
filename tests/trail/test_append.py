"""Leaves become durable, in unbroken chains, each exactly once."""

import os
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests.trail.conftest import assert_unbroken, make_leaf, query
from tutela.trail import log, queries, writer
from tutela.trail.errors import TransactionMissing

pytestmark = pytest.mark.usefixtures("database")


def test_an_appended_leaf_is_in_the_table_with_its_hash():
    """The stored bytes hash to the receipt's leaf hash, as RFC 6962 asks."""
    receipt = log.append(make_leaf())
    ((leaf, leaf_hash),) = query(
        "SELECT leaf, leaf_hash FROM trail.leaf WHERE id = %s", receipt.leaf_id
    )
    assert bytes(leaf_hash) == receipt.leaf_hash == sha256(b"\0" + bytes(leaf)).digest()


def test_an_open_transaction_that_rolls_back_keeps_the_leaf():
    """A look was a look, whatever becomes of the caller's transaction."""
    with transaction.atomic():
        receipt = log.append(make_leaf())
        transaction.set_rollback(True)
    assert queries.leaf(receipt.leaf_id) is not None


def test_a_change_that_rolls_back_takes_its_leaf_along():
    """What did not happen leaves no trace of having happened."""
    with transaction.atomic():
        receipt = log.append_with_change(make_leaf())
        transaction.set_rollback(True)
    assert queries.leaf(receipt.leaf_id) is None


def test_a_change_that_commits_keeps_leaf_and_subjects():
    """The change's leaf is found by its subject."""
    leaf = make_leaf()
    with transaction.atomic():
        receipt = log.append_with_change(leaf)
    assert [row.id for row in queries.leaves(queries.LeafFilter(subject=leaf.subjects[0]))] == [
        receipt.leaf_id
    ]


def test_a_change_without_a_transaction_is_refused():
    """Else the leaf and the change could part."""
    with pytest.raises(TransactionMissing):
        log.append_with_change(make_leaf())


def test_many_leaves_go_in_one_commit():
    """One transaction number for all of them."""
    made = log.append_all([make_leaf() for _ in range(50)])
    ids = [receipt.leaf_id for receipt in made]
    ((count, xids),) = query(
        "SELECT count(*), count(DISTINCT xid::text) FROM trail.leaf WHERE id = ANY(%s)", ids
    )
    assert (count, xids) == (50, 1)


def test_the_same_subject_twice_in_a_leaf_is_one_row():
    """The table of subjects has one row for a leaf and a subject."""
    subject = make_leaf().subjects[0]
    log.append(make_leaf(subjects=(subject, subject)))
    assert query("SELECT count(*) FROM trail.subject WHERE id = %s", subject[1]) == [(1,)]


def test_many_threads_lose_nothing_and_double_nothing():
    """32 threads, 1,600 leaves: each receipt's leaf is there once and every chain is whole."""
    made: list[UUID] = []

    def work():
        made.extend(log.append(make_leaf()).leaf_id for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = query("SELECT id FROM trail.leaf WHERE id = ANY(%s)", made)
    assert len(made) == len(set(made)) == len(found) == 1600
    assert_unbroken()


CHILD = r"""
import os, django; django.setup()
from tutela.base.actor import SYSTEM
from tutela.trail import log
from tutela.vault import events
from tutela.trail.leaves import Leaf
import threading
def work():
    while True:
        made = log.append(Leaf(event=events.CUSTOMER_SEARCHED, actor=SYSTEM))
        os.write(1, f"{made.leaf_id}\n".encode())
for _ in range(8):
    threading.Thread(target=work).start()
"""


def test_a_killed_process_has_lost_no_acknowledged_leaf():
    """kill -9 in the middle: whatever was acknowledged is in the table, once."""
    child = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
    try:
        lines = [child.stdout.readline() for _ in range(200)]
    finally:
        child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.wait()
    acknowledged = [UUID(line.strip()) for line in lines if len(line) == 37]
    assert len(acknowledged) >= 200
    found = query("SELECT id FROM trail.leaf WHERE id = ANY(%s)", acknowledged)
    assert sorted(row[0] for row in found) == sorted(acknowledged)
    assert_unbroken()


def test_a_forked_child_has_a_writer_of_its_own():
    """The child starts a new chain; the parent's connection stays whole."""
    log.append(make_leaf())
    child = os.fork()
    if child == 0:
        try:
            connections["default"].inc_thread_sharing()
            log.append(make_leaf())
            writer.stop()
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    log.append(make_leaf())
    assert_unbroken()


def test_after_a_stop_the_next_append_starts_anew():
    """Clean stop at exit is not the end of the process."""
    writer.stop()
    assert queries.leaf(log.append(make_leaf()).leaf_id) is not None
