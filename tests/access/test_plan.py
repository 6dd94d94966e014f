"""A page's plan says of each row what the decision would say of it."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.access.naive import Case, naive
from tutela.access import matrix
from tutela.access.compile import BranchRow, PersonRow, compile_snapshot
from tutela.access.levels import Level
from tutela.access.plan import make_plan
from tutela.access.posts import POSTS
from tutela.access.purposes import Purpose
from tutela.base.actor import Channel
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

BRANCHES = [BranchRow(1, None), BranchRow(2, 1), BranchRow(3, 2), BranchRow(4, 1)]
MATRIX = matrix.from_yaml(matrix.seeded_text())
TEAMS = [(post,) for post in POSTS] + [("service_agent", "branch_manager")]
SNAPSHOT = compile_snapshot(
    epoch=1,
    day=date(2026, 1, 5),
    matrix=MATRIX,
    branches=BRANCHES,
    people=[PersonRow("+".join(t), "staff", True, "own", tuple((p, 2) for p in t)) for t in TEAMS],
)
CLASSES = tuple(int(item) for item in DataClass)


def planned(team, purpose, exposure=Exposure.DETAIL_MASKED, fresh=True):
    person = SNAPSHOT.people["+".join(team)]
    return make_plan(SNAPSHOT, person, Channel.PAGE, fresh, CLASSES, purpose, exposure)


@pytest.mark.parametrize(
    "exposure", [Exposure.DETAIL_MASKED, Exposure.LIST_MASKED, Exposure.EXPORT]
)
def test_each_row_of_a_plan_is_as_the_naive_evaluator_says(exposure):
    """With everything for clear values in order, for each team, purpose, branch and class."""
    for team, purpose, branch, assigned in product(TEAMS, Purpose, (1, 2, 3, 4), (True, False)):
        case = Case(branch=branch, assigned=assigned, exposure=exposure)
        row = planned(team, purpose, exposure).row("other", branch, assigned)
        held = [(post, 2) for post in team]
        for item in CLASSES:
            most = ceiling(held, case, item, purpose)
            assert row[item] == most, (team, purpose, branch, item)


def ceiling(held, case, item, purpose) -> int:
    """Clear where only a second person is missing: a page may offer to ask for one."""
    level, overlay = naive(MATRIX, BRANCHES, held, case, item, purpose, 2)
    return 2 if level == 1 and overlay == "second_person_needed" else level


def test_the_own_record_shows_nothing_in_a_list():
    """Whatever the scope."""
    row = planned(("branch_manager",), Purpose.SERVICE).row("own", 2, True)
    assert set(row.values()) == {Level.NONE}


@pytest.mark.parametrize(
    ("post", "purpose", "everything", "branches", "own"),
    [
        ("service_agent", Purpose.SERVICE, False, {2, 3}, True),
        ("sales_agent", Purpose.SERVICE, False, set(), True),
        ("branch_manager", Purpose.SERVICE, False, {2, 3}, False),
        ("marketing_analyst", Purpose.STATISTICS, True, set(), False),
        ("auditor", Purpose.AUDIT, False, set(), False),
    ],
)
def test_the_scope_names_the_branches_for_the_query(post, purpose, everything, branches, own):
    """Hidden rows are never fetched."""
    scope = planned((post,), purpose).scope
    assert (scope.everything, set(scope.branch_ids), scope.own_only) == (everything, branches, own)
    assert scope.not_customer == "own"


def test_a_plan_of_a_stale_snapshot_offers_no_clear_value():
    """Masks stay."""
    plan = planned(("claims_adjuster",), Purpose.CLAIM, fresh=False)
    assert set(plan.levels.values()) <= {Level.NONE, Level.MASKED}


def test_nobody_has_an_empty_plan():
    """And so has a person without an active account."""
    person = replace(SNAPSHOT.people["service_agent"], active=False)
    for who in (None, person):
        plan = make_plan(
            SNAPSHOT, who, Channel.PAGE, True, CLASSES, Purpose.SERVICE, Exposure.LIST_MASKED
        )
        assert plan.overlay == "account_disabled"
        assert (plan.scope.everything, plan.scope.branch_ids, plan.scope.own_only) == (
            False,
            (),
            False,
        )
        assert set(plan.row("x", 2, True).values()) == {Level.NONE}
