"""One search box: by whatever is typed, one count of the pace, a leaf for each way, no oracle."""

import pytest

from tests.vault.factories import Cast, make_customer, make_record, make_work_item
from tutela.access.errors import NoCell
from tutela.trail import queries as trail
from tutela.vault import desk, pace
from tutela.vault.errors import NothingTyped, TooLongToFind
from tutela.vault.view import view_customer

SHARED = "司马同名"


@pytest.fixture(scope="module")
def known(cast: Cast) -> dict[str, object]:
    """A customer of the east with a policy and a work item, and ten of one name."""
    made = make_customer(
        cast.east, name="诸葛灯台", phone="13911112222", customer_number="CDESK0001"
    )
    make_record(made.customer_id, "policy", policy_number="PDESK20260001")
    number = make_work_item(made.customer_id, cast.clerk)
    for digit in range(10):
        make_customer(cast.east, name=SHARED, phone=f"1370000{digit}{digit}{digit}{digit}")
    return {"customer": made.customer_id, "work_item": number}


def _leaves() -> list[trail.LeafRow]:
    """Searches, the newest first."""
    return trail.leaves(trail.LeafFilter(event="vault.customer.searched"), limit=1000)


def _searches() -> int:
    return len(_leaves())


@pytest.mark.parametrize(
    ("text", "kind", "way"),
    [
        ("139-1111-2222", "phone", "phone"),
        ("CDESK0001", "number", "customer_number"),
        ("PDESK20260001", "number", "policy_number"),
        ("诸葛灯台 2222", "name_and_four", "name"),
    ],
)
def test_what_one_customer_has_leads_to_that_customer(cast, known, text, kind, way):
    """By phone, by number of customer or policy, by name with a second hint."""
    found = desk.look_up(cast.clerk, text, "service")
    assert (found.kind, found.way, found.certain) == (kind, way, True)
    assert found.customer_id == known["customer"]


def test_a_name_alone_is_shown_to_be_chosen(cast, known):
    """A name may be another person's: the one customer who has it is shown, not opened."""
    found = desk.look_up(cast.clerk, "诸葛灯台", "service")
    assert (found.certain, len(found.customers)) == (False, 1)


def test_a_work_item_is_found_by_its_number(cast, known):
    """It leads to its customer, with the work item where it is the reader's own."""
    found = desk.look_up(cast.clerk, str(known["work_item"]), "service")
    assert (found.kind, found.customer_id) == ("work_item", known["customer"])
    assert found.work_item is not None
    assert desk.look_up(cast.manager, str(known["work_item"]), "service").work_item is None


def test_a_name_of_ten_people_shows_nobody_until_a_second_hint(cast, known):
    """Ten people are not listed; the last four of the phone tell who is meant."""
    found = desk.look_up(cast.clerk, SHARED, "service")
    assert (found.too_many, found.customers) == (True, ())
    one = desk.look_up(cast.clerk, SHARED, "service", "7777")
    assert (one.certain, len(one.customers)) == (True, 1)
    assert desk.look_up(cast.clerk, f"{SHARED} 7777", "service").customer_id == one.customer_id
    assert desk.look_up(cast.clerk, SHARED, "service", "0001").customers == ()


def test_a_customer_of_another_branch_is_as_none(cast, known):
    """By every kind of number: the answer is that of a number that nobody has."""
    number = make_work_item(known["customer"])
    for text, none in (
        ("CDESK0001", "CDESK0009"),
        ("139 1111 2222", "139 1111 2229"),
        ("PDESK20260001", "PDESK20260009"),
        (number, "W99999999"),
    ):
        answers = [desk.look_up(cast.west_clerk, asked, "service") for asked in (text, none)]
        assert answers[0] == answers[1]
        assert answers[0].customer_id is None


def test_one_search_of_a_person_is_counted_once(cast, known, monkeypatch):
    """However many ways it takes; each way leaves its leaf."""
    counted, before = [], _searches()
    monkeypatch.setattr(pace, "check", counted.append)
    desk.look_up(cast.clerk, "NOBODY20260001", "service")
    assert len(counted) == 1
    assert _searches() - before > 3


@pytest.mark.parametrize("text", ["13500009999", "PNOBODY20260001", "查无此人", "9876"])
def test_one_search_without_a_hit_is_one_miss(cast, known, text):
    """However many ways it took: the leaf of its last way alone does not say that the search went on."""
    before = _searches()
    assert not desk.look_up(cast.clerk, text, "service").customers
    left = _leaves()[: _searches() - before]
    assert sum("further" not in leaf.detail for leaf in left) == 1
    assert "further" not in left[0].detail, "the last one"


def test_a_search_that_finds_has_no_miss(cast, known):
    """A policy's number is tried as a customer's first."""
    before = _searches()
    desk.look_up(cast.clerk, "PDESK20260001", "service")
    left = _leaves()[: _searches() - before]
    assert [leaf.detail["hits"] for leaf in left if "further" not in leaf.detail] == [1]


def test_ways_that_the_matrix_closes_are_not_taken(cast, known):
    """Who may search nothing is refused as everywhere, with the decision for the leaf."""
    with pytest.raises(NoCell):
        desk.look_up(cast.clerk, "139-1111-2222", "claim")


@pytest.mark.parametrize(
    ("text", "error"), [("  \u200b", NothingTyped), ("1" * 10_000, TooLongToFind)]
)
def test_what_cannot_be_searched_is_one_sentence(cast, text, error):
    """Nothing typed, or a whole table pasted: refused before anything is counted or looked up."""
    before = _searches()
    with pytest.raises(error) as refused:
        desk.look_up(cast.clerk, text, "service")
    assert text.strip() == "" or text[:5] not in refused.value.text()
    assert _searches() == before


def test_a_wrong_check_digit_is_told_from_a_stranger(cast):
    """The number is recognised, and that it cannot be right."""
    assert desk.look_up(cast.clerk, "110105194912310021", "service").mistyped
    assert not desk.look_up(cast.clerk, "11010519491231002X", "service").mistyped


def test_the_own_record_is_not_found(cast, known):
    """The search leads nowhere that the page would refuse."""
    found = desk.look_up(cast.clerk, "139 1111 2222", "service")
    assert view_customer(cast.clerk, found.customer_id, "service").customer_id == known["customer"]
