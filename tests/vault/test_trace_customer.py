"""An auditor finds whose trail is wanted by a number or a name, and learns no more than the trail tells."""

import pytest

from tests.vault.factories import id_number, make_customer, make_record, make_staff, make_work_item
from tutela.access import errors as access_errors
from tutela.trail import queries as trail
from tutela.vault.errors import BadFieldValue, NotInTrail, TooManyHits
from tutela.vault.trace import By, find

PHONE = "13712345678"
NAME = "司马相如"


@pytest.fixture(scope="module")
def known(cast):
    """A customer of the east branch with a policy and a work item: id, id number, number of the work item."""
    number = id_number()
    made = make_customer(
        cast.east, customer_number="CA0001", name=NAME, id_number=number, phone=PHONE
    )
    make_record(made.customer_id, "policy", policy_number="PDAA2024-3301-0777", holder_name=NAME)
    return made.customer_id, number, make_work_item(made.customer_id, cast.clerk)


def _last(actor):
    return trail.leaves(trail.LeafFilter(actor_id=actor.id), limit=1)[0]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (By.CUSTOMER_NUMBER, "CA0001"),
        (By.POLICY_NUMBER, "pdaa202433010777"),
        (By.PHONE, "+86 137-1234-5678"),
        (By.PHONE, "１３７１２３４５６７８"),
        (By.NAME, "司马 相如"),
    ],
)
def test_an_auditor_finds_a_customer_by_what_is_known(cast, known, by, value):
    """However it is written, and whichever field holds it."""
    assert list(find(cast.auditor, by, value)) == [known[0]]


def test_an_auditor_finds_by_id_number_work_item_and_id(cast, known):
    """What stands on a complaint."""
    customer, number, item = known
    for by, value in ((By.ID_NUMBER, number), (By.WORK_ITEM, item), (By.TUTELA_ID, str(customer))):
        assert list(find(cast.auditor, by, value)) == [customer]


def test_the_search_leaves_its_own_leaf_without_the_value(cast, known):
    """Who asked for whom, by which kind of number."""
    find(cast.auditor, By.PHONE, PHONE)
    leaf = _last(cast.auditor)
    assert (leaf.event, leaf.purpose) == ("vault.customer.traced", "audit")
    assert leaf.subjects == (("customer", str(known[0])),)
    assert (leaf.detail["field"], leaf.detail["hits"], leaf.exposure) == ("phone", 1, "none")
    assert PHONE not in repr(leaf)


@pytest.mark.parametrize("post", ["service_agent", "branch_manager", "system_admin"])
def test_who_may_not_read_the_trail_may_not_ask(cast, known, post):
    """Neither for a customer who is there nor for one who is not."""
    actor = make_staff(post, "EAST")
    for value in (PHONE, "13700000001"):
        with pytest.raises(access_errors.PermissionMissing):
            find(actor, By.PHONE, value)


def test_an_unknown_number_and_a_customer_whom_the_trail_does_not_name_are_one(
    cast, known, monkeypatch
):
    """One sentence, one leaf, and asking twice changes nothing."""
    told = []
    for value in (PHONE, "13700000001"):
        with monkeypatch.context() as patch:
            patch.setattr("tutela.trail.figures.known", lambda kind, keys: {})
            for _ in range(2):
                with pytest.raises(NotInTrail) as refused:
                    find(cast.auditor, By.PHONE, value)
                leaf = _last(cast.auditor)
                told.append((refused.value.text(), leaf.subjects, leaf.detail, leaf.code))
    assert told == [told[0]] * 4
    assert told[0][1] == ()


def test_a_name_of_ten_people_gives_all_ten(cast):
    """Each by its id; nothing of them is opened."""
    made = {make_customer(cast.west, name="东方不败").customer_id for _ in range(10)}
    assert set(find(cast.auditor, By.NAME, "东方不败")) == made


def test_a_name_of_too_many_asks_for_a_number(cast, monkeypatch):
    """More than are listed: no leaf names them."""
    monkeypatch.setattr("tutela.vault.trace.MOST", 3)
    for _ in range(4):
        make_customer(cast.west, name="令狐冲")
    with pytest.raises(TooManyHits):
        find(cast.auditor, By.NAME, "令狐冲")
    assert _last(cast.auditor).subjects == ()


@pytest.mark.parametrize("value", ["not a phone", "1" * 200, "\u202e\u202d", "((("])
def test_what_is_no_value_of_its_kind_is_said(cast, value):
    """Before anything is searched."""
    with pytest.raises(BadFieldValue):
        find(cast.auditor, By.PHONE, value)
