"""A customer is destroyed by two people, whole or not at all, and by no other way."""

import os
import subprocess
import sys
import time
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from tests.vault.factories import make_customer, make_record, make_staff, make_work_item, operator
from tutela.access.errors import PermissionMissing
from tutela.keys import custody
from tutela.trail import queries as trail
from tutela.vault.actions import destructions, verify
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import (
    CustomerNotFound,
    DestructionDecided,
    DestructionNotFound,
    DestructionOpen,
    SamePerson,
)
from tutela.vault.view import view_customer

PURPOSE = "administration"


def _rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def second(cast):
    """A second branch manager of the east."""
    return make_staff("branch_manager", "EAST")


@pytest.fixture
def customer(cast):
    """A customer of the east with a policy, two versions and a work item."""
    made = make_customer(cast.east, phone="13811110077", email="one@example.com")
    place = (made.customer_id, made.record_id)
    change_record(operator(), RecordEdit(*place, {"email": "two@example.com"}, version=1), PURPOSE)
    make_record(made.customer_id, "policy", policy_number=f"P{made.record_id.int % 10**11:011d}")
    make_work_item(made.customer_id, cast.clerk)
    return made


def test_two_people_destroy_a_customer(cast, second, customer):
    """Keys, cells, tags and work items go; ids, versions and manifest hashes stay."""
    order = destructions.propose_destruction(
        cast.manager, customer.customer_id, "asked to be forgotten"
    )
    done = destructions.approve_destruction(second, order.id)
    assert (done.decision, done.records, done.versions) == ("approved", 2, 3)
    key = customer.customer_id
    assert _rows("SELECT state, identity_tag FROM vault.customer WHERE customer_id = %s", key) == [
        (2, None)
    ]
    assert _rows("SELECT state, wrapped FROM keys.customer_root WHERE customer_id = %s", key) == [
        (4, None)
    ]
    for table in ("vault.record", "vault.record_history"):
        found = _rows(f"SELECT cells, source_tag FROM {table} WHERE customer_id = %s", key)
        assert found
        assert all(row == ([], None) for row in found)
    for table in ("vault.tag", "vault.work_item"):
        assert _rows(f"SELECT count(*) FROM {table} WHERE customer_id = %s", key) == [(0,)]
    with pytest.raises(CustomerNotFound):
        view_customer(operator(), key, PURPOSE)
    events = {
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(subject=("customer", str(key))), limit=9)
    }
    assert {
        "vault.destruction.proposed",
        "vault.destruction.approved",
        "vault.customer.destroyed",
    } <= events
    assert verify.verify(operator()).outcome == "good"


def test_a_customer_who_moves_while_it_is_approved_stays(cast, second, customer, monkeypatch):
    """The order was read before the move was committed: the row that is locked is asked again."""
    order = destructions.propose_destruction(cast.manager, customer.customer_id, "asked")
    read = destructions._open_order
    monkeypatch.setattr(
        destructions,
        "_open_order",
        lambda *given: read(*given)._replace(branch_id=order.branch_id + 1),
    )
    with pytest.raises(DestructionNotFound):
        destructions.approve_destruction(second, order.id)
    monkeypatch.undo()
    assert destructions.reject_destruction(second, order.id).decision == "rejected"


def test_one_person_cannot_do_both(cast, second, customer):
    """The verb refuses, with a leaf; so does the database, whoever calls it."""
    order = destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    with pytest.raises(SamePerson):
        destructions.approve_destruction(cast.manager, order.id)
    (leaf, *_) = trail.leaves(trail.LeafFilter(event="vault.destruction.approved"), limit=1)
    assert (leaf.outcome, leaf.code) == ("deny", "vault.same_person")
    decide = "SELECT * FROM vault.decide_destruction(%s, 'approved', %s, %s)"
    for who, code in ((cast.manager.id, "same_person"), (second.id, "untraced")):
        with pytest.raises(ProgrammingError, match=code), transaction.atomic():
            _rows(decide, order.id, who, leaf.id)
    destructions.reject_destruction(cast.manager, order.id)
    with pytest.raises(DestructionDecided):
        destructions.approve_destruction(second, order.id)


def test_a_customer_out_of_scope_looks_like_one_that_is_not_there(cast, customer):
    """The same refusal and the same leaf, for proposing and for deciding."""
    other = make_customer(cast.west)
    leaves = []
    for key in (other.customer_id, uuid4()):
        with pytest.raises(CustomerNotFound):
            destructions.propose_destruction(cast.manager, key, "reason")
        (leaf, *_) = trail.leaves(
            trail.LeafFilter(subject=("customer", str(key)), event="vault.destruction.proposed"),
            limit=1,
        )
        leaves.append((leaf.outcome, leaf.code, leaf.detail, leaf.exposure))
    assert leaves[0] == leaves[1]
    order = destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    west = make_staff("branch_manager", "WEST")
    for key in (order.id, uuid4()):
        with pytest.raises(DestructionNotFound):
            destructions.approve_destruction(west, key)
    assert destructions.list_destructions(west) == []
    assert order in destructions.list_destructions(cast.manager)


def test_a_second_order_and_a_post_without_the_right_are_refused(cast, customer):
    """One open order a customer; service agents destroy nothing."""
    destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    with pytest.raises(DestructionOpen):
        destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    with pytest.raises(PermissionMissing):
        destructions.propose_destruction(cast.clerk, customer.customer_id, "reason")


def test_a_destroyed_customer_that_comes_back_is_found(cast, second, customer):
    """By its state or by its keys."""
    order = destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    destructions.approve_destruction(second, order.id)
    custody.clear()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE vault.customer SET state = 1 WHERE customer_id = %s", [customer.customer_id]
        )
        run = verify.verify(operator())
        cursor.execute(
            "UPDATE vault.customer SET state = 2 WHERE customer_id = %s", [customer.customer_id]
        )
    named = {(fault["code"], fault["customer"]) for fault in run.tally.first_faults}
    assert ("customer_returned", str(customer.customer_id)) in named


KILLED = """
import sys
from uuid import UUID
import django
django.setup()
from django.db import connection, transaction
from tutela.base.actor import Actor, Channel
from tutela.vault.actions import destructions
who = Actor(kind="staff", id=sys.argv[1], channel=Channel.PAGE, session="s", second_factor=True)
with transaction.atomic():
    destructions.approve_destruction(who, UUID(sys.argv[2]))
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_killed_in_the_middle_leaves_nothing_half_done(cast, second, customer):
    """Neither destroyed, nor decided, nor a leaf; the next try does it."""
    order = destructions.propose_destruction(cast.manager, customer.customer_id, "reason")
    words = [sys.executable, "-c", KILLED, second.id, str(order.id)]
    child = subprocess.Popen(
        words, env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "in the middle\n"
    child.kill()
    child.communicate()
    time.sleep(0.2)
    assert destructions.list_destructions(second)[0].is_open
    state = "SELECT state FROM vault.customer WHERE customer_id = %s"
    assert _rows(state, customer.customer_id) == [(1,)]
    who = ("customer", str(customer.customer_id))
    assert not trail.leaves(
        trail.LeafFilter(subject=who, event="vault.customer.destroyed"), limit=1
    )
    assert destructions.approve_destruction(second, order.id).decision == "approved"
    assert _rows(state, customer.customer_id) == [(2,)]
