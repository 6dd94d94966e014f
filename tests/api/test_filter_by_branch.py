"""The list of customers by branch, for systems: within the account's scope and nowhere else."""

import pytest

from tests.access import cast
from tests.api.stage import Caller, Stage, values
from tutela.access import queries as people
from tutela.access.actions.keys import create_api_key
from tutela.access.actions.matrices import publish_matrix
from tutela.access.matrix import seeded_text
from tutela.api import describe
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail import queries as trail
from tutela.vault.actions.records import NewRecord, create_record


@pytest.fixture(scope="module")
def western(stage: Stage) -> str:
    """A customer of the west, beside the stage's own of the east."""
    west = people.branch("WEST").id
    made = create_record(
        stage.machine.actor, NewRecord("customer", values(2), branch_id=west), "service"
    )
    return str(made.customer_id)


@pytest.fixture(scope="module")
def eastern(stage: Stage) -> Caller:
    """A partner system of the east, whose post the matrix limits to its branch and those below."""
    before, after = seeded_text().split("  partner_service:")
    limited = after.replace("scope: all", "scope: subtree")
    publish_matrix(SYSTEM, f"{before}  partner_service:{limited}")
    staff = cast.hire("partner_service", "EAST").staff
    _, key = create_api_key(SYSTEM, staff, label="east")
    return Caller(key, Actor(kind="machine", id=str(staff.id), channel=Channel.API))


def listed(caller: Caller, branch: str) -> list[str]:
    answer = caller.get(f"/customers?purpose=service&branch={branch}")
    assert answer.status_code == 200, answer.content
    return [one["customer_id"] for one in answer.json()["customers"]]


def test_a_branch_shows_its_customers_and_those_below(stage, western):
    """Whoever may see all may narrow; without the filter all are there."""
    assert listed(stage.machine, "EAST") == [stage.customer]
    assert listed(stage.machine, "WEST") == [western]
    assert listed(stage.machine, "EAST1") == []
    for every in ("HQ", ""):
        assert listed(stage.machine, every) == [stage.customer, western]


def test_a_system_of_one_branch_sees_no_other(stage, western, eastern):
    """Another branch, the one above, and one that does not exist are refused alike."""
    assert listed(eastern, "EAST") == [stage.customer]
    refused = {
        code: eastern.get(f"/customers?purpose=service&branch={code}", HTTP_ACCEPT_LANGUAGE="en")
        for code in ("WEST", "HQ", "NOWHERE", "%00", "WEST%27--")
    }
    assert {answer.status_code for answer in refused.values()} == {404}
    (told,) = {answer.content for answer in refused.values()}
    assert b'"vault.branch_unknown"' in told
    assert b"The branch does not exist, or is not in your scope for this purpose." in told
    assert western.encode() not in told


def test_a_listed_branch_leaves_the_leaf_of_the_list(stage):
    """As on the page: the customers that were shown and the purpose."""
    listed(stage.machine, "EAST")
    leaf = trail.leaves(trail.LeafFilter(event="vault.customer.listed"), limit=1)[0]
    assert (leaf.actor_id, leaf.purpose) == (stage.machine.actor.id, "service")
    assert leaf.subjects == (("customer", stage.customer),)


def test_a_branch_name_too_long_is_refused_with_its_place(stage):
    """Codes have at most forty letters."""
    answer = stage.machine.get(f"/customers?purpose=service&branch={'E' * 41}")
    assert answer.status_code == 422
    assert answer.json()["params"]["places"]


def test_the_filter_is_described(stage):
    """Programs are made from the description."""
    told = describe.document()["paths"]["/api/v1/customers"]["get"]["parameters"]
    (branch,) = [one for one in told if one["name"] == "branch"]
    assert not branch["required"]
    assert "all below it" in branch["description"]
