"""Show a customer and the versions of a record, masked by class."""

from uuid import uuid4

import pytest

from tests.vault.factories import make_customer, make_record, make_work_item, operator
from tutela.access import errors as access_errors
from tutela.trail import queries as trail
from tutela.vault import catalogue
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import CustomerNotFound, RecordNotFound
from tutela.vault.view import history, view_customer


@pytest.fixture(scope="module")
def known(cast):
    """A customer with a policy and a medical record."""
    made = make_customer(
        cast.east, name="上官婉儿", phone="13512340000", gender="女", email="wan@example.com",
        address="浙江省杭州市西湖区文三路100号", occupation="教师",
    )  # fmt: skip
    make_record(made.customer_id, "policy", policy_number="P20240000001", product="重疾险")
    make_record(made.customer_id, "health", diagnosis="急性心肌梗死", medicine="阿司匹林")
    return made


def _texts(detail):
    return {field.code: field.text for record in detail.records for field in record.fields}


def test_all_records_are_shown_masked(cast, known):
    """Masks by kind; what has no mask is shown; nothing is in clear."""
    texts = _texts(view_customer(cast.clerk, known.customer_id, "service"))
    assert texts["name"] == "上官**"
    assert texts["phone"] == "135****0000"
    assert texts["email"] == "w***@example.com"
    assert texts["address"] == "浙江省杭州市西湖区****"
    assert texts["gender"] == "******"
    assert texts["product"] == "重疾险"


def test_a_refused_class_shows_nothing_of_itself(cast, known):
    """Health is not for service agents: no field, no mask, only the class."""
    detail = view_customer(cast.clerk, known.customer_id, "service")
    assert 4 in detail.refused_classes
    assert "diagnosis" not in _texts(detail)
    assert "心肌" not in repr(detail)


def test_what_may_be_revealed_is_marked(cast, known):
    """Identity may be asked for in clear, the outline of the policy may not."""
    detail = view_customer(cast.clerk, known.customer_id, "service")
    marks = {field.code: field.revealable for one in detail.records for field in one.fields}
    assert marks["name"]
    assert not marks["policy_number"]


def test_each_view_leaves_a_leaf(cast, known):
    """Masked looks are traced too."""
    detail = view_customer(cast.clerk, known.customer_id, "service")
    leaf = trail.leaf(detail.leaf_id)
    assert (leaf.event, leaf.exposure) == ("vault.customer.viewed", "detail_masked")
    shown = {catalogue.by_id(number).code for number in leaf.fields}
    assert {"name", "phone", "email", "policy_number"} <= shown
    assert "diagnosis" not in shown


def test_another_branch_may_not_look(cast, known):
    """Out of scope, masks included."""
    with pytest.raises(CustomerNotFound):
        view_customer(cast.west_clerk, known.customer_id, "service")


def test_a_purpose_without_a_cell_is_refused(cast, known):
    """Service agents have no business with statistics."""
    with pytest.raises(access_errors.NoCell):
        view_customer(cast.clerk, known.customer_id, "statistics")


def test_an_unknown_customer_is_not_found(cast):
    """So is what is no id at all."""
    with pytest.raises(CustomerNotFound):
        view_customer(cast.clerk, uuid4(), "service")
    with pytest.raises(CustomerNotFound):
        view_customer(cast.clerk, "not-an-id", "service")


def test_the_history_tells_what_each_version_changed(cast):
    """Versions newest first, masked, with the fields that differ."""
    made = make_customer(cast.east, name="公孙大娘", phone="13512341111")
    change = {"phone": "13512342222", "occupation": "舞者"}
    place = (made.customer_id, made.record_id)
    assert change_record(operator(), RecordEdit(*place, change, version=1), "administration") == 2
    versions = history(cast.clerk, *place, "service")
    assert [one.version for one in versions] == [2, 1]
    assert set(versions[0].changed) == {"phone", "occupation"}
    assert "13512341111" not in repr(versions)


def test_the_history_of_nothing_is_not_found(cast, known):
    """A record of another customer is none of this one's."""
    other = make_customer(cast.east)
    with pytest.raises(RecordNotFound):
        history(cast.clerk, known.customer_id, other.record_id, "service")


def test_an_adjuster_with_the_claim_in_hand_sees_health_masked(cast, known):
    """The same customer shows other classes to another post and purpose."""
    make_work_item(known.customer_id, cast.adjuster, kind="claim")
    texts = _texts(view_customer(cast.adjuster, known.customer_id, "claim"))
    assert texts["diagnosis"] == "******"
    assert texts["medicine"] == "******"
