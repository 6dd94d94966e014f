"""Show stored fields in clear: who may, who may not, and what is left behind."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.vault.factories import id_number, make_customer, make_record, make_staff, make_work_item
from tutela.access import errors as access_errors
from tutela.base import clock
from tutela.trail import queries as trail
from tutela.vault.errors import (
    CustomerNotFound,
    PurposeMissing,
    ReasonMissing,
    RecordNotFound,
    UnknownField,
)
from tutela.vault.reveal import Justification, reveal, reveal_many


@pytest.fixture(scope="module")
def case(cast):
    """A customer of the east branch with an open case of the clerk."""
    number = id_number()
    made = make_customer(cast.east, name="司马相如", id_number=number, email="sima@example.com")
    return made.customer_id, make_work_item(made.customer_id, cast.clerk), number


def test_a_clerk_with_an_open_case_sees_the_clear_value(cast, case):
    """Post, purpose, own open work item and reason together open the field."""
    customer, item, number = case
    shown = reveal(
        cast.clerk, customer, ["name", "id_number"], Justification("service", "回访核实", item)
    )
    assert shown.values == {"name": "司马相如", "id_number": number}
    assert shown.until > clock.now()


def test_a_reveal_leaves_a_leaf_without_any_value(cast, case):
    """The leaf names person, customer, fields, purpose and work item; the reason is sealed."""
    customer, item, number = case
    shown = reveal(
        cast.clerk, customer, ["id_number"], Justification("service", "客户来电核对", item)
    )
    leaf = trail.leaf(shown.leaf_id)
    assert leaf.actor_id == cast.clerk.id
    assert leaf.subjects == (("customer", str(customer)),)
    assert (leaf.purpose, leaf.exposure, leaf.fields) == ("service", "clear", (102,))
    assert leaf.work_item
    assert leaf.note
    assert number not in repr(leaf)
    assert "客户来电核对" not in repr(leaf)


def test_a_blank_reason_is_refused(cast, case):
    """No reason, no clear value."""
    with pytest.raises(ReasonMissing):
        reveal(cast.clerk, case[0], ["name"], Justification("service", "  ", case[1]))


def test_an_unknown_purpose_is_refused(cast, case):
    """Purposes come from the closed list."""
    with pytest.raises(PurposeMissing):
        reveal(cast.clerk, case[0], ["name"], Justification("curiosity", "why not", case[1]))


def test_an_unknown_work_item_is_refused(cast, case):
    """As one that is somebody else's: the answer tells of no work item."""
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(cast.clerk, case[0], ["name"], Justification("service", "callback", "W404"))


def test_without_a_work_item_only_the_mask_is_given(cast, case):
    """The service agent's cell asks for a work item."""
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(cast.clerk, case[0], ["name"], Justification("service", "callback"))


def test_a_work_item_of_another_customer_does_not_open(cast, case):
    """The item must be of this customer."""
    other = make_customer(cast.east).customer_id
    item = make_work_item(other, cast.clerk)
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(cast.clerk, case[0], ["name"], Justification("service", "callback", item))


def test_a_closed_work_item_does_not_open(cast):
    """Work that is done is no reason to look any more."""
    customer = make_customer(cast.east).customer_id
    yesterday = clock.today() - timedelta(days=1)
    item = make_work_item(customer, cast.clerk, opened=yesterday, closed=yesterday)
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(cast.clerk, customer, ["name"], Justification("service", "callback", item))


def test_a_work_item_of_a_colleague_does_not_open(cast):
    """The item must be the person's own."""
    customer = make_customer(cast.east).customer_id
    item = make_work_item(customer, cast.adjuster)
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(cast.clerk, customer, ["name"], Justification("service", "callback", item))


def test_a_clerk_of_another_branch_is_refused(cast, case):
    """Another branch's customer is out of scope."""
    with pytest.raises(CustomerNotFound) as caught:
        reveal(cast.west_clerk, case[0], ["name"], Justification("service", "callback", case[1]))
    assert caught.value.decision["code"] == "access.out_of_scope"
    assert caught.value.subjects == (("customer", str(case[0])),)


def test_a_class_outside_the_cell_is_refused(cast, case):
    """Service agents never see bank accounts in clear."""
    make_record(case[0], "account", account_number="6222021234567890128")
    with pytest.raises(access_errors.NoCell):
        reveal(
            cast.clerk, case[0], ["account_number"], Justification("service", "callback", case[1])
        )


@pytest.mark.parametrize("who", ["marketing", "auditor"])
def test_posts_without_the_function_are_refused(cast, case, who):
    """Neither analysts nor auditors may reveal at all."""
    with pytest.raises(access_errors.PermissionMissing):
        reveal(getattr(cast, who), case[0], ["name"], Justification("service", "callback", case[1]))


def test_nobody_reveals_their_own_record(cast):
    """A clerk who is a customer too uses the portal."""
    customer = make_customer(cast.east).customer_id
    clerk = make_staff("service_agent", "EAST", customer_id=customer)
    item = make_work_item(customer, clerk)
    with pytest.raises(access_errors.OwnRecord):
        reveal(clerk, customer, ["name"], Justification("service", "callback", item))


def test_what_does_not_exist_is_told_by_code(cast, case):
    """Unknown customer, field, collection without record."""
    with pytest.raises(CustomerNotFound):
        reveal(cast.clerk, uuid4(), ["name"], Justification("service", "callback"))
    with pytest.raises(UnknownField):
        reveal(cast.clerk, case[0], ["shoe_size"], Justification("service", "callback"))
    item = make_work_item(case[0], cast.adjuster)
    with pytest.raises(RecordNotFound):
        reveal(cast.adjuster, case[0], ["claim_number"], Justification("claim", "assess", item))


def test_a_field_of_several_records_comes_with_its_record(cast):
    """Two claims give two cells; naming a record gives one."""
    customer = make_customer(cast.east).customer_id
    item = make_work_item(customer, cast.adjuster)
    first = make_record(customer, "claim", claim_number="PA2024000001", claim_status="open")
    make_record(customer, "claim", claim_number="PA2024000002")
    both = reveal(cast.adjuster, customer, ["claim_number"], Justification("claim", "assess", item))
    assert {cell.text for cell in both.cells} == {"PA2024000001", "PA2024000002"}
    one = reveal(cast.adjuster, customer, ["claim_number", "claim_status"], Justification("claim", "assess", item), record_id=first.record_id)  # fmt: skip
    assert one.values == {"claim_number": "PA2024000001", "claim_status": "open"}


def test_a_batch_gives_values_and_refuses_singly(cast):
    """Each customer of a batch is decided by itself; one leaf stands for all that were shown."""
    made = [make_customer(cast.east).customer_id for _ in range(3)]
    items = {
        made[0]: make_work_item(made[0], cast.partner),
        made[1]: make_work_item(made[1], cast.partner),
    }
    ghost = uuid4()
    asked = dict.fromkeys([*made, ghost], "") | items
    batch = reveal_many(cast.partner, asked, ["name"], "service", "notice")
    assert set(batch.values) == {made[0], made[1]}
    assert batch.refused == {made[2]: "access.work_item_missing", ghost: "vault.customer_not_found"}
    leaf = trail.leaf(batch.leaf_ids[0])
    assert {subject for _, subject in leaf.subjects} == {str(made[0]), str(made[1])}
