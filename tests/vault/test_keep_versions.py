"""The database itself keeps every version: the application's role can neither rewrite nor skip one."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.vault.factories import make_customer, operator
from tutela.vault.actions.records import RecordEdit, change_record

PURPOSE = "administration"


def _run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.fixture
def changed(cast):
    """A customer whose record is in its second version."""
    made = make_customer(cast.east, email="one@example.com")
    place = (made.customer_id, made.record_id)
    change_record(operator(), RecordEdit(*place, {"email": "two@example.com"}, version=1), PURPOSE)
    return made


@pytest.mark.parametrize(
    "change",
    [
        "manifest = sha256(manifest)",
        "cells = cells[2:], fields = fields[2:]",
        "cells = '{}', fields = '{}'",
        "version = version - 1",
        "version = version + 2",
        "tags = '{}'",
        "row_mac = substring(sha256(row_mac) FOR 16)",
        "created_at = created_at - interval '1 day'",
        "source_tag = NULL, batch = gen_random_uuid()",
    ],
)
def test_a_row_is_not_rewritten_in_place(changed, change):
    """Only the next version may follow."""
    with pytest.raises(ProgrammingError, match=r"vault\.version_order"), transaction.atomic():
        _run(f"UPDATE vault.record SET {change} WHERE record_id = %s", changed.record_id)


def test_whatever_writes_the_next_version_leaves_the_old_one_in_the_history(changed):
    """In the same statement, also when nobody asked for it."""
    with transaction.atomic():
        _run(
            "UPDATE vault.record SET version = version + 1 WHERE record_id = %s", changed.record_id
        )
        kept = _run(
            "SELECT version FROM vault.record_history WHERE record_id = %s ORDER BY version",
            changed.record_id,
        )
        tags = _run("SELECT count(*) FROM vault.tag WHERE record_id = %s", changed.record_id)
        transaction.set_rollback(True)
    assert (kept, tags) == ([(1,), (2,)], [(0,)])


def test_a_source_key_is_given_once(changed):
    """Adopted by a row that had none; never exchanged for another."""
    key = "UPDATE vault.record SET source_tag = %s WHERE record_id = %s"
    assert _run(key, b"k" * 16, changed.record_id) == 1
    with pytest.raises(ProgrammingError, match=r"vault\.version_order"), transaction.atomic():
        _run(key, b"l" * 16, changed.record_id)


def test_a_move_to_another_branch_is_counted(cast, changed):
    """The customer's version rises by one, whoever moves it."""
    version = "SELECT version, branch_id FROM vault.customer WHERE customer_id = %s"
    move = "UPDATE vault.customer SET branch_id = %s WHERE customer_id = %s"
    _run(move, cast.west, changed.customer_id)
    _run(move, cast.west, changed.customer_id)
    assert _run(version, changed.customer_id) == [(2, cast.west)]
