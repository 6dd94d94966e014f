"""“May I?” answers by data class, with the rule and what stands in the way, and shows nothing."""

from tests.api.stage import NAME, PHONE
from tutela.trail import queries


def explained(caller, stage, **facts):
    body = {"customer_id": stage.customer, "purpose": "service", "fields": ["phone"], **facts}
    return caller.post("/decisions/explain", body, HTTP_ACCEPT_LANGUAGE="en")


def test_with_a_work_item_the_value_may_be_opened(stage):
    """The rule of the matrix is cited with its reason."""
    told = explained(stage.partner, stage, work_item=stage.work_item).json()
    assert told["allowed"]
    assert told["classes"][0]["level"] == "clear"
    assert told["classes"][0]["cell"] == "partner_service.1"
    assert "open work items" in told["classes"][0]["cell_reason"]


def test_without_one_the_mask_stays_and_the_reason_is_told(stage):
    """The level that is left, the code and the sentence."""
    told = explained(stage.partner, stage).json()
    assert not told["allowed"]
    one = told["classes"][0]
    assert (one["level"], one["code"]) == ("masked", "access.work_item_missing")
    assert one["reason"].startswith("Clear values need an open work item")


def test_every_class_is_told_when_no_field_is_named(stage):
    """Thirteen classes, and for the machine none is clear."""
    told = explained(stage.machine, stage, fields=[]).json()
    assert len(told["classes"]) == 13
    assert {one["level"] for one in told["classes"]} == {"masked"}


def test_it_spends_no_quota_and_shows_no_value(stage):
    """Asked ten times, the quota is what it was."""
    answers = [explained(stage.partner, stage, work_item=stage.work_item) for _ in range(10)]
    assert len({answer.json()["quota_left"] for answer in answers}) == 1
    assert not any(clear in answers[0].content.decode() for clear in (PHONE, NAME))


def test_the_question_leaves_a_leaf(stage):
    """The answer says that there is such a customer."""
    explained(stage.partner, stage)
    leaf = queries.leaves(queries.LeafFilter(event="access.decision.explained"), limit=1)[0]
    assert leaf.actor_id == stage.partner.actor.id
    assert (leaf.subjects, leaf.exposure) == ((("customer", stage.customer),), "none")


def test_a_customer_that_is_not_there_is_not_found(stage):
    """No difference to one that was never there."""
    told = explained(stage.partner, stage, customer_id="00000000-0000-7000-8000-000000000000")
    assert (told.status_code, told.json()["code"]) == (404, "vault.customer_not_found")
