"""Make and change records: versions, tags, uniqueness, all in one transaction."""

import pytest
from django.db import connection

from tests.vault.factories import id_number, make_customer, make_record, operator
from tutela.access import errors as access_errors
from tutela.trail import queries as trail
from tutela.vault.actions.records import NewRecord, RecordEdit, change_record, create_record
from tutela.vault.errors import (
    BadFieldValue,
    CustomerNotFound,
    FieldMissing,
    IdentityTaken,
    RecordChanged,
    UnknownField,
)
from tutela.vault.find import find
from tutela.vault.view import view_customer

PURPOSE = "administration"


def _rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _change(made, texts, version=1):
    place = (made.customer_id, made.record_id)
    return change_record(operator(), RecordEdit(*place, texts, version=version), PURPOSE)


def test_a_change_writes_a_version_and_keeps_the_old_one(cast):
    """The old row goes to the history as it was."""
    made = make_customer(cast.east)
    old = _rows("SELECT cells FROM vault.record WHERE record_id = %s", made.record_id)
    assert _change(made, {"email": "new@example.com"}) == 2
    kept = _rows(
        "SELECT cells, version FROM vault.record_history WHERE record_id = %s", made.record_id
    )
    assert kept == [(old[0][0], 1)]


def test_a_changed_value_is_found_and_the_old_one_no_more(cast):
    """Tags are replaced in the same transaction."""
    made = make_customer(cast.east, phone="13811110001")
    _change(made, {"phone": "13811110002"})
    assert find(cast.clerk, "phone", "13811110001", "service") == []
    assert len(find(cast.clerk, "phone", "13811110002", "service")) == 1


def test_fields_that_are_not_named_stay(cast):
    """Bundled ones too."""
    made = make_customer(cast.east, occupation="教师", email="stay@example.com")
    _change(made, {"education": "本科"})
    detail = view_customer(operator(), made.customer_id, PURPOSE)
    codes = {field.code for field in detail.records[0].fields}
    assert {"occupation", "education", "email", "name"} <= codes


def test_a_blank_removes_a_field_but_never_a_mandatory_one(cast):
    """A customer without a name cannot be."""
    made = make_customer(cast.east, email="gone@example.com")
    _change(made, {"email": ""})
    detail = view_customer(operator(), made.customer_id, PURPOSE)
    assert "email" not in {field.code for field in detail.records[0].fields}
    with pytest.raises(FieldMissing):
        _change(made, {"name": " "}, version=2)


def test_a_stale_change_is_refused(cast):
    """Two people, one record: the second is told."""
    made = make_customer(cast.east)
    _change(made, {"email": "first@example.com"})
    with pytest.raises(RecordChanged):
        _change(made, {"email": "second@example.com"}, version=1)


def test_a_bad_value_names_the_field_and_never_the_value(cast):
    """Checked as an import checks."""
    made = make_customer(cast.east)
    with pytest.raises(BadFieldValue) as caught:
        _change(made, {"id_number": "110101199001011111"})
    assert caught.value.params == {"field": "id_number"}
    with pytest.raises(UnknownField):
        _change(made, {"policy_number": "P1"})


def test_one_id_number_is_one_customer(cast):
    """The database keeps the promise, in whatever way the number is written."""
    number = id_number()
    make_customer(cast.east, id_number=number)
    with pytest.raises(IdentityTaken):
        make_customer(cast.west, id_number=number)
    other = make_customer(cast.west)
    with pytest.raises(IdentityTaken):
        _change(other, {"id_number": number})


def test_a_refused_change_leaves_nothing_behind(cast):
    """Neither row, nor tag, nor customer, nor the leaf of a change that was not."""
    number = id_number()
    make_customer(cast.east, id_number=number)
    counted = "SELECT (SELECT count(*) FROM vault.customer), (SELECT count(*) FROM vault.tag)"
    before = _rows(counted)
    written = len(trail.leaves(trail.LeafFilter(event="vault.record.created"), limit=1000))
    with pytest.raises(IdentityTaken):
        make_customer(cast.west, id_number=number)
    assert _rows(counted) == before
    assert len(trail.leaves(trail.LeafFilter(event="vault.record.created"), limit=1000)) == written


def test_a_change_leaves_a_leaf_with_fields_and_version(cast):
    """Which fields, never what they hold."""
    made = make_customer(cast.east)
    _change(made, {"email": "leaf@example.com"})
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("customer", str(made.customer_id)), event="vault.record.changed")
    )
    assert (leaf.fields, leaf.detail["version"], leaf.exposure) == ((117,), 2, "write")
    assert "leaf@" not in repr(leaf)


def test_a_clerk_writes_in_the_own_branch_only(cast):
    """Scope holds for writing as for looking."""
    made = make_customer(cast.east)
    texts = {"email": "mine@example.com"}
    place = (made.customer_id, made.record_id)
    assert change_record(cast.clerk, RecordEdit(*place, texts, version=1), "service") == 2
    with pytest.raises(CustomerNotFound):
        change_record(cast.west_clerk, RecordEdit(*place, texts, version=2), "service")
    with pytest.raises(access_errors.PermissionMissing):
        change_record(cast.auditor, RecordEdit(*place, texts, version=2), "audit")


def test_a_policy_needs_its_customer(cast):
    """Only a customer's record makes a customer."""
    with pytest.raises(CustomerNotFound):
        create_record(
            operator(),
            NewRecord("policy", {"policy_number": "P20240001"}, branch_id=cast.east),
            PURPOSE,
        )


def test_a_second_record_leaves_the_customers_id_number(cast):
    """Only the record that holds the number takes it away, or gives another."""

    def is_known() -> bool:
        tag = "SELECT identity_tag IS NOT NULL FROM vault.customer WHERE customer_id = %s"
        return bool(_rows(tag, made.customer_id)[0][0])

    made = make_customer(cast.east)
    second = make_record(made.customer_id, "customer", name="欧阳测试")
    assert is_known()
    _change(second, {"email": "second@example.com"})
    assert is_known()
    _change(made, {"id_number": ""})
    assert not is_known()
