"""A verification that is stopped goes on where it was; rows from before anchoring are anchored once."""

import pytest
from django.db import connection, connections

from tests.vault.factories import make_customer, operator
from tutela.trail import queries as trail
from tutela.vault.actions import verify
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import VerifyRunning
from tutela.vault.verification import leaves


class Stopped(Exception):
    """In place of kill -9: the process says nothing more."""


@pytest.fixture(scope="module")
def filled(cast):
    """Six customers, one of them changed."""
    made = [make_customer(cast.east) for _ in range(6)]
    place = (made[0].customer_id, made[0].record_id)
    change_record(
        operator(), RecordEdit(*place, {"email": "b@example.com"}, version=1), "administration"
    )
    return made


def _owner(statement, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def test_a_stopped_run_goes_on_and_counts_nothing_twice(filled, monkeypatch):
    """The place is kept after each part, with the counts so far."""
    monkeypatch.setattr(verify, "_ENOUGH", 4)
    monkeypatch.setattr(leaves, "_PAGE", 2)

    def stop(_leaves: int, records: int) -> None:
        if records >= 4:
            raise Stopped

    with pytest.raises(Stopped):
        verify.verify(operator(), stop)
    run = verify.verify(operator())
    assert (run.resumed, run.outcome) == (True, "good")
    assert (run.tally.records, run.tally.moves, run.tally.leaves) == (
        7,
        6,
        8,
    )  # one says that keys were opened
    assert not verify.verify(operator()).resumed


def test_two_at_once_are_refused(filled):
    """By a lock that ends with its session."""
    with connections["owner"].cursor() as other:
        other.execute("SELECT pg_advisory_lock(hashtext('vault.verify'))")
        with pytest.raises(VerifyRunning):
            verify.verify(operator())
        other.execute("SELECT pg_advisory_unlock_all()")


def test_rows_from_before_anchoring_are_anchored_once(filled):
    """As after an upgrade: reported, not a fault; then anchored; then nothing more is taken on."""
    _owner("ALTER TABLE vault.anchoring DISABLE TRIGGER refuse_closed")
    _owner("UPDATE vault.anchoring SET done_at = NULL, before = now()")
    _owner("ALTER TABLE vault.anchoring ENABLE TRIGGER refuse_closed")
    for table, trigger in (("leaf", "refuse_row"), ("leaf", "refuse_statement")):
        _owner(f"ALTER TABLE trail.{table} DISABLE TRIGGER {trigger}")
    _owner("DO $$ DECLARE p regclass; BEGIN FOR p IN SELECT inhrelid::regclass FROM pg_inherits"
           " WHERE inhparent = 'trail.leaf'::regclass LOOP"
           " EXECUTE format('ALTER TABLE %%s DISABLE TRIGGER ALL', p); END LOOP; END $$")  # fmt: skip
    _owner("DELETE FROM trail.leaf WHERE event LIKE 'vault.record.%%'")
    before = verify.verify(operator())
    assert (before.outcome, before.tally.not_anchored) == ("good", 13)
    assert verify.anchor_older(operator()) == 13
    after = verify.verify(operator())
    assert (after.outcome, after.tally.not_anchored, after.tally.records) == ("good", 0, 7)
    (leaf,) = trail.leaves(trail.LeafFilter(event="vault.content.anchored"), limit=9)
    assert leaf.detail["rows"] == 13
    assert verify.anchor_older(operator()) == 0
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"vault\.closed"):
        cursor.execute("UPDATE vault.anchoring SET done_at = NULL")
