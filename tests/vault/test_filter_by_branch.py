"""The list of customers by branch: with all below it, and never beyond one's scope."""

import pytest

from tests.vault.factories import make_customer, make_staff, make_work_item
from tutela.access import queries as people
from tutela.access.actions.imports import import_branches
from tutela.access.errors import PermissionMissing
from tutela.access.plan import Scope
from tutela.access.purposes import Purpose
from tutela.base.actor import SYSTEM
from tutela.vault import branches
from tutela.vault.errors import BranchUnknown, PurposeMissing
from tutela.vault.find import list_customers

TREE = (("HQ", ""), ("EAST", "HQ"), ("EAST1", "EAST"), ("WEST", "HQ"))


@pytest.fixture(scope="module")
def held(cast):
    """A customer at each branch, by the branch's code; EAST1 lies below EAST."""
    rows = [
        {"code": code, "parent": parent, "name_zh": code, "name_en": code} for code, parent in TREE
    ]
    import_branches(SYSTEM, rows)
    return {code: make_customer(at).customer_id for code, at in people.branch_codes().items()}


def _listed(actor, code, **more):
    page = list_customers(actor, "service", branch=people.branch(code).id, **more)
    return [one.customer_id for one in page.customers]


def test_a_branch_shows_its_own_customers_and_those_below(held):
    """A manager of the east who chooses the east sees both of its levels."""
    manager = make_staff("branch_manager", "EAST")
    assert _listed(manager, "EAST") == [held["EAST"], held["EAST1"]]
    assert _listed(manager, "EAST1") == [held["EAST1"]]


def test_a_branch_beyond_the_scope_shows_nobody(held):
    """The filter narrows; it never widens."""
    manager = make_staff("branch_manager", "EAST")
    assert _listed(manager, "WEST") == []
    assert held["WEST"] not in _listed(manager, "HQ")


def test_what_is_in_hand_is_narrowed_too(held):
    """An own work item at the west does not show among the customers of the east."""
    clerk = make_staff("service_agent", "EAST")
    make_work_item(held["WEST"], clerk)
    assert held["WEST"] not in _listed(clerk, "EAST")
    assert _listed(clerk, "WEST") == [held["WEST"]]


def test_an_unknown_branch_shows_nobody(held, cast):
    """A branch that was taken away meanwhile."""
    assert list_customers(cast.manager, "service", branch=10**6).customers == ()


def test_a_scope_of_everything_is_narrowed():
    """Even who may see all sees only the branch that was chosen."""
    narrow = branches.narrowed(Scope(True, (), False), (3, 2))
    assert narrow == Scope(False, (2, 3), False)


def test_only_branches_in_scope_are_offered_as_a_tree(held):
    """The topmost branch in scope stands at the left, what is below it further right."""
    manager = make_staff("branch_manager", "EAST")
    found = branches.offered(manager, Purpose.SERVICE)
    assert [(one.branch.code, one.depth) for one in found] == [("EAST", 0), ("EAST1", 1)]


def test_the_branch_of_what_is_in_hand_is_offered(held):
    """An agent without a branch scope may still choose where the own customers are."""
    agent = make_staff("sales_agent", "EAST")
    make_work_item(held["WEST"], agent)
    assert [one.branch.code for one in branches.offered(agent, Purpose.SERVICE)] == ["WEST"]


def test_pages_of_a_branch_follow_each_other(held):
    """Each customer once, however short the pages."""
    manager = make_staff("branch_manager", "EAST")
    first = _listed(manager, "EAST", limit=1)
    assert _listed(manager, "EAST", limit=1, after=first[0]) == [held["EAST1"]]


def test_a_code_is_answered_only_within_the_scope(held, cast):
    """What is unknown, beside and above are one refusal; no code is no filter."""
    manager = make_staff("branch_manager", "EAST")
    assert branches.asked(manager, "service", "EAST1") == people.branch("EAST1").id
    assert branches.asked(manager, "service", "") is None
    for code in ("WEST", "HQ", "NOWHERE", "\x00"):
        with pytest.raises(BranchUnknown):
            branches.asked(manager, "service", code)
    with pytest.raises(PurposeMissing):
        branches.asked(manager, "curiosity", "EAST")
    with pytest.raises(PermissionMissing):
        branches.asked(cast.auditor, "service", "EAST")
