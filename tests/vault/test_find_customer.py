"""Find and list customers: exact, masked, in scope, counted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import override_settings

from tests.vault.factories import (
    id_number,
    make_customer,
    make_record,
    make_staff,
    make_work_item,
)
from tutela.access import errors as access_errors
from tutela.access.levels import Level
from tutela.trail import prepared
from tutela.trail import queries as trail
from tutela.vault import pace, queries
from tutela.vault.errors import BadFieldValue, NotSearchable, SearchLimit, TooManyHits, UnknownField
from tutela.vault.find import find, list_customers

PHONE = "13912345678"


@pytest.fixture(scope="module")
def known(cast):
    """A customer of the east branch whose values the tests search for."""
    number = id_number()
    made = make_customer(
        cast.east, name="诸葛孔明", id_number=number, phone=PHONE, bank_card="6222021234567890128"
    )
    make_record(
        made.customer_id, "policy", policy_number="PDAA2024-3301-0001", holder_name="诸葛孔明"
    )
    return made.customer_id, number


def _ids(found):
    return [one.customer_id for one in found]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("phone", "139 1234 5678"),
        ("phone", "+86-13912345678"),
        ("phone", "１３９１２３４５６７８"),
        ("phone_last4", "5678"),
        ("name", "诸葛 孔明"),
        ("policy_number", "pdaa202433010001"),
        ("holder_name", "诸葛孔明"),
    ],
)
def test_a_value_is_found_however_it_is_written(cast, known, by, value):
    """Full width, spaces, dashes, country code and case do not matter."""
    assert _ids(find(cast.clerk, by, value, "service")) == [known[0]]


def test_a_full_width_id_number_is_found(cast, known):
    """As typed with a Chinese input method."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in known[1])
    assert _ids(find(cast.clerk, "id_number", wide, "service")) == [known[0]]


def test_what_is_found_is_masked(cast, known):
    """The list shows masks; the searched value is not echoed."""
    (one,) = find(cast.clerk, "phone", PHONE, "service")
    assert one.text("name") == "诸葛**"
    assert one.text("phone") == "139****5678"
    assert known[1] not in repr(one)
    assert PHONE not in repr(one)


def test_another_value_is_not_found(cast, known):
    """No hit is an empty list, and a search all the same."""
    assert find(cast.clerk, "phone", "13912345679", "service") == []


def test_another_branch_does_not_find_the_customer(cast, known):
    """Scope is part of the query, so a hit elsewhere does not even show."""
    assert find(cast.west_clerk, "phone", PHONE, "service") == []


def test_a_search_beyond_the_scope_names_its_subject_for_the_auditor(cast, known):
    """Who asks for another branch's customer sees nothing; the leaf says for whom they asked."""
    for value, subjects in ((PHONE, {str(known[0])}), ("13700009999", set())):
        assert find(cast.west_clerk, "phone", value, "service") == []
        (leaf,) = trail.leaves(trail.LeafFilter(actor_id=cast.west_clerk.id), limit=1)
        assert (leaf.event, leaf.exposure, leaf.classes) == ("vault.customer.searched", "none", ())
        assert {key for _, key in leaf.subjects} == subjects
    assert find(cast.west_clerk, "phone_last4", PHONE[-4:], "service") == []
    (leaf,) = trail.leaves(trail.LeafFilter(actor_id=cast.west_clerk.id), limit=1)
    assert leaf.subjects == ()


def test_an_own_work_item_brings_a_customer_into_scope(cast):
    """A team's scope is the branch, and what one has in hand."""
    made = make_customer(cast.east, phone="13700001111")
    make_work_item(made.customer_id, cast.west_clerk)
    found = find(cast.west_clerk, "phone", "13700001111", "service")
    assert _ids(found) == [made.customer_id]


def test_a_search_leaf_holds_field_and_hits_but_no_value(cast, known):
    """The trail can tell how somebody searched, not for what."""
    find(cast.clerk, "phone", PHONE, "service")
    (leaf,) = trail.leaves(
        trail.LeafFilter(actor_id=cast.clerk.id, event="vault.customer.searched"), limit=1
    )
    assert (leaf.detail["field"], leaf.detail["hits"], leaf.exposure) == ("phone", 1, "list_masked")
    assert PHONE not in repr(leaf)


def test_a_field_without_tags_cannot_be_searched(cast):
    """Only what the catalogue opens to search is searched."""
    with pytest.raises(NotSearchable):
        find(cast.clerk, "address", "北京市", "service")
    with pytest.raises(NotSearchable):
        find(cast.clerk, "name_last4", "诸葛孔明", "service")
    with pytest.raises(UnknownField):
        find(cast.clerk, "shoe_size", "42", "service")


def test_a_value_without_the_form_is_refused(cast):
    """The error names the field, not the value."""
    with pytest.raises(BadFieldValue) as caught:
        find(cast.clerk, "email", "nobody", "service")
    assert "nobody" not in str(caught.value)


def test_a_class_that_the_purpose_does_not_open_cannot_be_searched(cast):
    """Bank accounts are no way to find somebody for a service agent."""
    with pytest.raises(access_errors.NoCell):
        find(cast.clerk, "bank_card", "6222021234567890128", "service")


def test_people_without_the_function_cannot_search(cast):
    """The auditor reads the trail, not the customers."""
    with pytest.raises(access_errors.PermissionMissing):
        find(cast.auditor, "phone", PHONE, "service")


@override_settings(TUTELA_SEARCHES_A_MINUTE=3)
def test_searching_again_and_again_is_stopped(cast):
    """Otherwise a list of numbers could be tried out."""
    clerk = make_staff("service_agent", "EAST")
    for _ in range(3):
        find(clerk, "phone", "13900000000", "service")
    with pytest.raises(SearchLimit):
        find(clerk, "phone", "13900000000", "service")


@override_settings(TUTELA_SEARCHES_A_MINUTE=30)
def test_the_limit_is_kept_to_the_last_search(cast):
    """A process looks at the trail now and then only, and still lets nobody have one too many."""
    clerk = make_staff("service_agent", "EAST")
    for _ in range(30):
        find(clerk, "phone", "13900000000", "service")
    with pytest.raises(SearchLimit):
        find(clerk, "phone", "13900000000", "service")


@override_settings(TUTELA_SEARCHES_A_MINUTE=1, TUTELA_MACHINE_SEARCHES_A_MINUTE=3)
def test_a_machine_account_has_a_limit_of_its_own(cast):
    """It searches for many people."""
    partner = make_staff("partner_service", "EAST", kind="machine")
    for _ in range(3):
        find(partner, "phone", "13900000000", "service")
    with pytest.raises(SearchLimit):
        find(partner, "phone", "13900000000", "service")


def test_searches_of_other_processes_count(cast):
    """One count for all processes: memory that is let go changes nothing."""
    clerk = make_staff("service_agent", "EAST")
    with override_settings(TUTELA_SEARCHES_A_MINUTE=2):
        for _ in range(2):
            pace.check(clerk)
            pace._blocks.clear()
        with pytest.raises(SearchLimit):
            pace.check(clerk)


def _search_at_once(actor, threads: int, each: int) -> int:
    """Searches that passed, of `threads` times `each` tried at once by connections of their own."""

    def often(_: int) -> int:
        passed = 0
        try:
            for _turn in range(each):
                try:
                    pace.check(actor)
                except SearchLimit:
                    continue
                passed += 1
        finally:
            connections.close_all()
        return passed

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(often, range(threads)))


@override_settings(TUTELA_SEARCHES_A_MINUTE=30)
def test_parallel_searches_of_a_person_never_pass_the_limit(cast):
    """Eight connections, ten searches each: thirty pass, to the last one."""
    assert _search_at_once(make_staff("service_agent", "EAST"), 8, 10) == 30


@override_settings(TUTELA_MACHINE_SEARCHES_A_MINUTE=1_200)
def test_parallel_searches_of_a_machine_never_pass_the_limit(cast):
    """It takes three at once; all threads of a process use them, and none is used twice."""
    partner = make_staff("partner_service", "EAST", kind="machine")
    passed = _search_at_once(partner, 8, 200)
    assert passed == 1_200


@pytest.mark.parametrize(
    "typed", ["110101199003078811", "13812345678", "张三", "a" * 41, "a b", ""]
)
def test_what_cannot_be_a_field_is_not_told_again(cast, typed):
    """A value in the wrong place of a request must not reach a log by way of the error."""
    with pytest.raises(UnknownField) as refused:
        find(cast.clerk, typed, "x", "service")
    assert refused.value.params == {"field": "?"}


def test_a_misspelt_field_is_named(cast):
    """Whoever wrote the request sees which one."""
    with pytest.raises(UnknownField, match="field=phnoe"):
        find(cast.clerk, "phnoe", "x", "service")


def test_a_search_with_too_many_hits_opens_nothing(cast, monkeypatch):
    """Not a list, and still a leaf. The rows of so many are not even read."""
    monkeypatch.setattr("tutela.vault.find.MOST_HITS", 2)
    for _ in range(3):
        make_customer(cast.east, name="赵子龙")
    asked, read = queries.candidates, []
    monkeypatch.setattr(queries, "candidates", lambda *facts: read.append(asked(*facts)) or read[0])
    with pytest.raises(TooManyHits):
        find(cast.clerk, "name", "赵子龙", "service")
    (leaf,) = trail.leaves(
        trail.LeafFilter(actor_id=cast.clerk.id, event="vault.customer.searched"), limit=1
    )
    assert (leaf.outcome, leaf.code, leaf.exposure) == ("deny", "vault.too_many_hits", "none")
    ((hits, rows),) = read
    assert (len(hits), rows) == (3, [])


def test_a_list_has_pages_and_one_leaf_each(cast):
    """Pages follow each other without gap or repeat."""
    for _ in range(3):
        make_customer(cast.west)
    first = list_customers(cast.west_clerk, "service", limit=2)
    second = list_customers(cast.west_clerk, "service", first.after, limit=2)
    seen = _ids(first.customers) + _ids(second.customers)
    assert len(set(seen)) == len(seen) >= 3
    (leaf,) = trail.leaves(
        trail.LeafFilter(actor_id=cast.west_clerk.id, event="vault.customer.listed"), limit=1
    )
    assert {subject for _, subject in leaf.subjects} == {str(one) for one in _ids(second.customers)}


def test_an_empty_list_is_empty(cast):
    """An agent without work items has nobody to list."""
    agent = make_staff("sales_agent", "EAST")
    page = list_customers(agent, "service")
    assert (page.customers, page.after) == ((), None)


def test_one_s_own_record_is_never_listed(cast):
    """A clerk who is a customer does not find themselves."""
    made = make_customer(cast.east, phone="13600002222")
    clerk = make_staff("service_agent", "EAST", customer_id=made.customer_id)
    assert find(clerk, "phone", "13600002222", "service") == []


def test_levels_are_those_of_the_row(cast, known):
    """The sales agent's own customer only."""
    agent = make_staff("sales_agent", "EAST")
    make_work_item(known[0], agent)
    (one,) = list_customers(agent, "service").customers
    assert one.customer_id == known[0]
    assert Level.MASKED == 1
    assert all(not field.revealable for field in one.fields)


def test_a_list_joins_the_branch_and_what_is_in_hand(cast):
    """A customer of another branch with an own work item stands in the same pages, once."""
    clerk = make_staff("service_agent", "WEST")
    away, home = make_customer(cast.east), make_customer(cast.west)
    for made in (away, away, home):
        make_work_item(made.customer_id, clerk)
    seen, after = [], None
    while True:
        page = list_customers(clerk, "service", after, limit=2)
        seen += _ids(page.customers)
        after = page.after
        if after is None:
            break
    assert len(set(seen)) == len(seen)
    assert {away.customer_id, home.customer_id} <= set(seen)


def test_a_search_asks_of_its_customer_alone_who_works_on_it(cast, known, monkeypatch):
    """Not a table of all that the actor has open: whoever has thousands of work items searches as fast."""
    sent = []
    whole = queries.fetch_binary

    def noted(statement, values):
        sent.append(statement)
        return whole(statement, values)

    monkeypatch.setattr(queries, "fetch_binary", noted)
    find(cast.clerk, "phone", PHONE, "service")
    text, _ = prepared._positional(sent[0])
    with connections["default"].cursor() as cursor:
        cursor.execute("EXPLAIN (GENERIC_PLAN) " + text.decode())
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "work_item" in plan
    assert "hashed" not in plan
