"""A customer may learn who has seen the data: day, post, purpose and way; who may not see the customer learns nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.access import cast
from tests.api import stage as stages
from tests.trail.conftest import make_leaf
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.trail import log
from tutela.trail.leaves import Exposure
from tutela.vault import events
from tutela.vault.actions.records import NewRecord, create_record


@pytest.fixture(scope="module")
def stage(database):
    return stages.set_up()


def looked(actor, customer, **changes):
    """One leaf of a look at a customer."""
    told = {"actor": actor, "subjects": (("customer", customer),), **changes}
    return log.append(make_leaf(**told))


@pytest.fixture(scope="module")
def seen(stage):
    """A clerk who saw twice in clear for a claim, once masked, and was refused once; a machine that exported."""
    clerk = stage.clerk.actor
    on_page = Actor(kind="staff", id=clerk.id, channel=Channel.PAGE, source="10.1.2.3")
    cell = {"outcome": "allow", "cell": "claims_adjuster:2:claim"}
    for _ in range(2):
        looked(on_page, stage.customer, decision=cell)
    masked = {
        "exposure": Exposure.DETAIL_MASKED,
        "purpose": "service",
        "decision": {"outcome": "allow"},
    }
    looked(on_page, stage.customer, event=events.CUSTOMER_VIEWED, **masked)
    looked(on_page, stage.customer, decision={"outcome": "deny", "code": "access.not_allowed"})
    machine = stage.machine.actor
    export = {
        "exposure": Exposure.EXPORT,
        "purpose": "statistics",
        "decision": {"outcome": "allow"},
    }
    looked(machine, stage.customer, event=events.CUSTOMER_LISTED, **export)
    return stage


def told(stage, **asked):
    query = "&".join(f"{name}={value}" for name, value in {"purpose": "service", **asked}.items())
    return stage.machine.get(f"/customers/{stage.customer}/looks?{query}")


def test_looks_that_are_alike_are_one_entry(seen):
    """Post by the decision, else by the assignment of the day; nobody's name; refusals are no looks."""
    answer = told(seen).json()
    assert answer["complete"] is True
    assert answer["last"] == clock.today().isoformat()
    found = {
        (one["kind"], one["post"], one["purpose"], one["channel"]): one for one in answer["looks"]
    }
    clear = found["clear", "claims_adjuster", "claim", "page"]
    assert (clear["times"], clear["post_zh"], clear["name"]) == (2, "理赔专员", "")
    assert found["masked", "service_agent", "service", "page"]["times"] == 1
    assert found["exported", "machine", "statistics", "api"]["actor_kind"] == "machine"
    assert sum(one["times"] for one in answer["looks"] if one["kind"] == "clear") == 2


def test_the_answer_leaves_a_leaf_that_names_the_customer(seen):
    before = told(seen)
    assert before.status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM trail.leaf l JOIN trail.subject s ON s.at = l.at AND s.leaf_id = l.id "
            "WHERE l.event = 'vault.customer_looks.told' AND s.id = %s",
            [seen.customer],
        )
        assert cursor.fetchone()[0] >= 2


def test_names_are_told_only_where_they_are_asked_for(seen):
    person = Staff.objects.get(pk=seen.clerk.actor.id)
    assert person.name not in told(seen).content.decode()
    names = {one["name"] for one in told(seen, names="true").json()["looks"]}
    assert person.name in names


def test_a_customer_who_is_not_there_and_one_out_of_scope_are_answered_alike(seen):
    """A partner sees only whom a case leads to; the right is missing to a clerk, who learns nothing either."""
    other = create_record(
        seen.machine.actor,
        NewRecord("customer", stages.values(2), branch_id=stages._branch("WEST")),
        "service",
    )
    absent = seen.machine.get(f"/customers/{uuid4()}/looks?purpose=service")
    assert absent.status_code == 404
    for caller in (seen.partner, seen.clerk):
        answers = [
            caller.get(f"/customers/{key}/looks?purpose=service")
            for key in (other.customer_id, uuid4())
        ]
        assert answers[0].status_code == answers[1].status_code != 200
        assert answers[0].json()["code"] == answers[1].json()["code"]


def test_days_bound_the_answer(seen):
    answer = told(seen, days=1).json()
    assert answer["first"] == answer["last"] == clock.today().isoformat()
    assert told(seen, days=0).status_code == 422
    earlier = (clock.today() - timedelta(days=29)).isoformat()
    assert told(seen, days=30).json()["first"] == earlier


def test_only_the_newest_looks_are_told_when_there_are_too_many(seen, monkeypatch):
    monkeypatch.setattr("tutela.vault.who_looked.MOST", 2)
    monkeypatch.setattr("tutela.vault.who_looked.BATCH", 2)
    answer = told(seen).json()
    assert answer["complete"] is False
    assert sum(one["times"] for one in answer["looks"]) == 2


def test_a_misspelt_question_is_refused(seen):
    assert told(seen, dayz=3).status_code == 422
    assert told(seen, purpose="fun").status_code == 422


def test_the_machine_post_alone_holds_the_right(seen):
    assert seen.clerk.get(f"/customers/{seen.customer}/looks?purpose=service").status_code == 403
    assert cast.hire("machine").staff.kind == "machine"
