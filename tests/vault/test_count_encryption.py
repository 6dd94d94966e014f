"""The share of sealed cells, counted from the rows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.vault.factories import make_customer, make_record, make_work_item, operator
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.vault import evidence
from tutela.vault.actions.counts import count_encryption
from tutela.vault.actions.records import RecordEdit, change_record


def _owner(statement, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _read():
    """The reading of today."""
    day = clock.today()
    ask = Ask(target="encryption-rate", begins=day, ends=day + timedelta(days=1))
    return evidence.read([ask])[0]


def test_an_uncounted_or_empty_vault_has_no_data(cast):
    """Nothing encrypted is not a hundred percent."""
    assert _read().value is None
    count_encryption()
    assert (_read().value, _read().evidence) == (None, 0)


def test_every_cell_is_counted(cast):
    """Records, their history and work items."""
    made = make_customer(cast.east)
    make_record(made.customer_id, "policy", policy_number="P20240000001", product="x")
    place = (made.customer_id, made.record_id)
    change_record(
        operator(), RecordEdit(*place, {"email": "a@example.com"}, version=1), "administration"
    )
    make_work_item(made.customer_id, cast.clerk)
    (cells,) = _owner("""SELECT (SELECT sum(cardinality(cells)) FROM vault.record)
        + (SELECT sum(cardinality(cells)) FROM vault.record_history) + 1""")[0]
    count = count_encryption()
    assert count.sensitive == count.sealed == cells
    assert (count.customers, count.records) == (1, 2)


def test_the_latest_count_is_the_reading(cast):
    """With what it is made of and when."""
    count = count_encryption()
    reading = _read()
    assert (reading.value, reading.unit) == (100.0, "percent")
    assert (reading.numerator, reading.denominator) == (count.sealed, count.sensitive)
    assert reading.newest == count.counted_at


@pytest.mark.parametrize(
    "cell",
    [
        "set_byte(cells[2], 0, 65)",
        "set_byte(cells[2], 2, 9)",
        "set_byte(cells[2], 7, 9)",
        "substring(cells[2] FOR 35)",
        "'clear text'::bytea",
    ],
    ids=["magic", "suite", "generation", "length", "clear"],
)
def test_a_cell_that_is_no_envelope_lowers_the_share(cast, cell):
    """Magic, suite, key generation, length: each is looked at."""
    made = make_customer(cast.east)
    _owner(f"UPDATE vault.record SET cells[2] = {cell} WHERE record_id = %s", made.record_id)
    count = count_encryption()
    _owner("DELETE FROM vault.record WHERE record_id = %s", made.record_id)
    assert count.sensitive - count.sealed == 1


def test_a_cell_whose_key_is_not_there_does_not_count_as_sealed(cast):
    """An envelope nobody can open may be anything."""
    made = make_customer(cast.east)
    _owner("DELETE FROM keys.customer_root WHERE customer_id = %s", made.customer_id)
    count = count_encryption()
    assert count.sealed < count.sensitive


def test_a_count_cannot_be_changed_afterwards(cast):
    """Append only, for the application's own role too."""
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        _app("UPDATE vault.encryption_count SET sealed = 0")
    with pytest.raises(IntegrityError):
        _owner("INSERT INTO vault.encryption_count VALUES (now(), 1, 2, 0, 0, 'x')")


def _app(statement):
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
