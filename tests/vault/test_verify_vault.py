"""`verify` finds what was done to the vault behind its back, by whom it may be, and names it by ids."""

from contextlib import contextmanager

import pytest
from django.db import connections

from tests.vault.factories import make_customer, make_record, operator
from tutela.access.errors import PermissionMissing
from tutela.trail import anchors
from tutela.trail import queries as trail
from tutela.vault.actions import verify
from tutela.vault.actions.records import RecordEdit, change_record

PURPOSE = "administration"


def _owner(statement, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@contextmanager
def _undone(*tables):
    """What is done to these tables inside is put back after."""
    for table in tables:
        _owner(f"CREATE TABLE public.kept_{table.rpartition('.')[2]} AS SELECT * FROM {table}")
    try:
        yield
    finally:
        for table in tables:
            kept = f"public.kept_{table.rpartition('.')[2]}"
            _owner(f"DELETE FROM {table}")
            _owner(f"INSERT INTO {table} SELECT * FROM {kept}")
            _owner(f"DROP TABLE {kept}")


@pytest.fixture(scope="module")
def changed(cast):
    """A customer with a record in its second version and a policy, among others."""
    made = make_customer(cast.east, email="one@example.com")
    place = (made.customer_id, made.record_id)
    change_record(operator(), RecordEdit(*place, {"email": "two@example.com"}, version=1), PURPOSE)
    make_record(made.customer_id, "policy", policy_number="P20240000041")
    make_customer(cast.west)
    return made


def _faults(run):
    return {(fault["code"], fault["customer"]) for fault in run.tally.first_faults}


def test_a_vault_as_it_was_written_is_good(changed):
    """Every version and customer is named by a leaf, and there."""
    run = verify.verify(operator())
    assert (run.outcome, run.tally.faults, run.tally.not_anchored) == ("good", 0, 0)
    assert (run.tally.records, run.tally.moves) == (4, 2)
    (leaf, *_) = trail.leaves(trail.LeafFilter(event="vault.content.verified"), limit=1)
    assert (leaf.detail["records"], leaf.detail["faults"]) == (4, 0)
    assert verify.last_run().id == run.id


def test_the_trails_own_anchors_are_no_lists_of_the_vault(changed):
    """Each minute the worker names the leaves of changes under a root of hashes: nothing to look for here."""
    assert anchors.anchor_changes() > 0
    run = verify.verify(operator())
    assert (run.outcome, run.tally.faults) == ("good", 0)


TAMPERED = {
    "a version put back": (
        "version_back",
        ["vault.record", "vault.record_history"],
        """UPDATE vault.record r SET version = h.version, manifest = h.manifest, cells = h.cells
           FROM vault.record_history h WHERE h.record_id = r.record_id;
           DELETE FROM vault.record_history""",
    ),
    "a deleted history row": ("version_missing", ["vault.record_history"], "DELETE FROM vault.record_history"),
    "a changed history row": (
        "manifest_changed",
        ["vault.record_history"],
        "UPDATE vault.record_history SET manifest = sha256(manifest)",
    ),
    "a record gone": (
        "record_missing",
        ["vault.record"],
        "DELETE FROM vault.record WHERE version = 1 AND customer_id = '{customer}'",
    ),
    "a swapped manifest": (
        "manifest_changed",
        ["vault.record"],
        "UPDATE vault.record SET manifest = sha256(manifest) WHERE customer_id = '{customer}'",
    ),
    "a whole customer gone": (
        "customer_missing",
        ["vault.customer", "vault.record", "vault.record_history", "vault.tag", "keys.customer_root"],
        """DELETE FROM vault.customer WHERE customer_id = '{customer}';
           DELETE FROM vault.record WHERE customer_id = '{customer}';
           DELETE FROM vault.record_history WHERE customer_id = '{customer}';
           DELETE FROM vault.tag WHERE customer_id = '{customer}';
           DELETE FROM keys.customer_root WHERE customer_id = '{customer}'""",
    ),
    "a customer moved": (
        "not_anchored",
        ["vault.customer"],
        "UPDATE vault.customer SET branch_id = {west} WHERE customer_id = '{customer}'",
    ),
    "a customer moved, and its version as before": (
        "branch_changed",
        ["vault.customer"],
        """UPDATE vault.customer SET branch_id = {west} WHERE customer_id = '{customer}';
           UPDATE vault.customer SET version = 1 WHERE customer_id = '{customer}'""",
    ),
    "keys gone": (
        "keys_missing",
        ["keys.customer_root"],
        "DELETE FROM keys.customer_root WHERE customer_id = '{customer}'",
    ),
    "destroyed by nobody": (
        "destroyed_untraced",
        ["vault.customer"],
        "UPDATE vault.customer SET state = 2 WHERE customer_id = '{customer}'",
    ),
    "withdrawn with its records": (
        "destroyed_untraced",
        ["vault.customer"],
        "UPDATE vault.customer SET state = 3, identity_tag = NULL WHERE customer_id = '{customer}'",
    ),
    "a record out of nothing": (
        "not_anchored",
        ["vault.record"],
        """INSERT INTO vault.record SELECT customer_id, gen_random_uuid(), collection, version,
           generation, NULL, row_mac, fields, cells, manifest, created_at, batch, tags
           FROM vault.record WHERE version = 2""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(TAMPERED))
def test_what_the_owner_does_behind_the_trail_is_found(cast, changed, what):
    """Each way names the customer."""
    code, tables, statement = TAMPERED[what]
    with _undone(*tables):
        _owner(statement.format(customer=changed.customer_id, west=cast.west))
        run = verify.verify(operator())
    assert (code, str(changed.customer_id)) in _faults(run)
    assert run.outcome == "bad"


def test_a_vault_restored_from_an_older_day_tells_the_moment(cast, changed):
    """All that is missing is younger than all that is there."""
    tables = (
        "vault.customer",
        "vault.record",
        "vault.record_history",
        "vault.tag",
        "keys.customer_root",
    )
    with _undone(*tables):
        before = verify.verify(operator()).tally.last_present
        late = make_customer(cast.east)
        for table in tables:
            _owner(f"DELETE FROM {table} WHERE customer_id = '{late.customer_id}'")
        run = verify.verify(operator())
        assert run.tally.restored_from == before
        assert run.tally.first_missing > before
        _owner("DELETE FROM vault.record WHERE customer_id = %s", changed.customer_id)
        assert verify.verify(operator()).tally.restored_from is None


def test_who_may_not_is_refused(cast):
    """A branch manager reads no whole vault."""
    with pytest.raises(PermissionMissing):
        verify.verify(cast.manager)
