"""Each verb as the machine that may, and the doors that stay shut."""

import jsonschema_rs
import pytest

from tests.api.stage import NAME, PHONE, Stage, id_number
from tutela.api import describe

CASES = {
    "read_catalogue": ("GET", "/catalogue", None),
    "find_customers": (
        "POST",
        "/customers/find",
        {"by": "phone", "value": "１３８　0013 8017", "purpose": "service"},
    ),
    "list_customers": ("GET", "/customers?purpose=service", None),
    "view_customer": ("GET", "/customers/{customer}?purpose=service", None),
    "view_history": (
        "GET",
        "/customers/{customer}/history?record_id={record}&purpose=service",
        None,
    ),
    "reveal_fields": (
        "POST",
        "/customers/{customer}/reveal",
        {"fields": ["phone"], "purpose": "service", "work_item": "{item}", "reason": "notice"},
    ),
    "reveal_many": (
        "POST",
        "/reveal",
        {
            "customers": [{"customer_id": "{customer}", "work_item": "{item}"}],
            "fields": ["phone"],
            "purpose": "service",
            "reason": "notices",
        },
    ),
    "search_leaves": ("GET", "/trail?customer={customer}&limit=5", None),
    "export_events": ("GET", "/trail/ocsf?customer={customer}&limit=5&version=1.5.0", None),
    "prove_leaf": ("GET", "/trail/{leaf}/proof", None),
    "tell_looks": ("GET", "/customers/{customer}/looks?purpose=service", None),
    "trace_customers": (
        "POST",
        "/trail/customers",
        {"by": "phone", "value": "１３８　0013 8017"},
    ),
    "list_alerts": ("GET", "/watch/alerts?rule=R1&state=open&limit=5", None),
    "list_cases": ("GET", "/watch/cases?state=waiting", None),
    "explain_decision": (
        "POST",
        "/decisions/explain",
        {"customer_id": "{customer}", "purpose": "service"},
    ),
    "read_scorecard": ("GET", "/scorecard", None),
}
NEEDS_PARTNER = {"reveal_fields", "reveal_many"}


def filled(told: object, stage: Stage) -> object:
    """A case with the stage's own ids in it."""
    if isinstance(told, dict):
        return {name: filled(value, stage) for name, value in told.items()}
    if isinstance(told, list):
        return [filled(value, stage) for value in told]
    places = {
        "{customer}": stage.customer,
        "{record}": stage.record,
        "{item}": stage.work_item,
        "{leaf}": stage.leaf,
    }
    for place, value in places.items():
        told = told.replace(place, value) if isinstance(told, str) else told
    return told


@pytest.mark.parametrize("verb", CASES)
def test_a_machine_may(stage, verb):
    """The verb answers the machine whose post has it."""
    caller = stage.partner if verb in NEEDS_PARTNER else stage.machine
    answer = caller.call(*filled(list(CASES[verb]), stage))
    assert answer.status_code == 200, answer.content
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("verb", CASES)
def test_the_key_of_a_person_is_refused(stage, verb):
    """People sign in at the console; the refusal leaves a leaf."""
    answer = stage.clerk.call(*filled(list(CASES[verb]), stage))
    assert (answer.status_code, answer.json()["code"]) == (403, "api.machine_needed")


@pytest.mark.parametrize("verb", CASES)
def test_no_key_no_answer(stage, verb):
    """Without a key there is nothing but the way to one."""
    stranger = type(stage.machine)("", stage.machine.actor)
    answer = stranger.call(*filled(list(CASES[verb]), stage))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_masks_show_no_clear_value(stage):
    """Find, list and view give masks only."""
    for verb in ("find_customers", "list_customers", "view_customer", "view_history"):
        text = stage.machine.call(*filled(list(CASES[verb]), stage)).content.decode()
        assert stage.customer in text or "versions" in text
        assert not any(clear in text for clear in (PHONE, NAME, id_number(1)))


def test_a_reveal_gives_the_value_after_its_leaf(stage):
    """The clear value comes with the id of a leaf that names the customer."""
    told = stage.partner.call(*filled(list(CASES["reveal_fields"]), stage)).json()
    assert told["values"] == {"phone": PHONE}
    leaves = stage.machine.get(f"/trail?customer={stage.customer}&event=vault.field.revealed")
    assert told["leaf_id"] in [leaf["id"] for leaf in leaves.json()["leaves"]]


def test_the_host_s_machine_never_reveals(stage):
    """The post machine has no such function; the attempt is kept with the customer's id."""
    answer = stage.machine.call(*filled(list(CASES["reveal_fields"]), stage))
    assert answer.json()["code"] == "access.permission_missing"
    leaves = stage.machine.get(f"/trail?customer={stage.customer}&event=access.request.refused")
    assert leaves.json()["leaves"][0]["purpose"] == "service"


def test_a_reveal_without_work_item_is_refused(stage):
    """The matrix asks for an open work item, and the problem says so."""
    body = {"fields": ["phone"], "purpose": "service", "reason": "notice"}
    answer = stage.partner.post(f"/customers/{stage.customer}/reveal", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "access.work_item_missing")


def test_a_batch_tells_refusals_apart(stage):
    """One customer without a work item leaves the other's value."""
    other = stage.machine.post(
        "/customers",
        {
            "collection": "customer",
            "branch": "EAST",
            "purpose": "service",
            "values": {"name": NAME, "phone": "13900139001"},
        },
    ).json()["customer_id"]
    body = filled(CASES["reveal_many"][2], stage)
    body["customers"].append({"customer_id": other})
    told = stage.partner.post("/reveal", body).json()
    assert told["values"] == {stage.customer: {"phone": PHONE}}
    assert told["refused"] == {other: "access.work_item_missing"}


def test_a_record_is_changed_once_per_version(stage):
    """The second change that names the same version is a conflict."""
    made = stage.machine.post(
        "/customers",
        {
            "collection": "customer",
            "branch": "WEST",
            "purpose": "service",
            "values": {"name": NAME, "id_number": id_number(2), "email": "a@example.com"},
        },
    ).json()
    path = f"/customers/{made['customer_id']}/records/{made['record_id']}"
    body = {"version": 1, "purpose": "service", "values": {"email": None, "phone": PHONE}}
    assert stage.machine.put(path, body).json()["version"] == 2
    again = stage.machine.put(path, body)
    assert (again.status_code, again.json()["code"]) == (409, "vault.record_changed")


def test_health_needs_no_key_and_tells_one_word(stage):
    """A load balancer learns open or closed, nothing else."""
    stranger = type(stage.machine)("", stage.machine.actor)
    assert stranger.get("/health").json() == {"state": "ok"}


def test_the_trail_is_filtered_by_person(stage):
    """A login, a staff number and an id name the same account."""
    told = stage.machine.get(f"/trail?person={stage.partner.actor.id}&limit=3").json()["leaves"]
    assert {leaf["actor_id"] for leaf in told} == {stage.partner.actor.id}
    assert stage.machine.get("/trail?person=nobody-at-all").status_code == 404


@pytest.mark.parametrize("verb", CASES)
def test_a_real_answer_fits_its_description(stage, verb):
    """With values in it, not only when empty: every part is described, and of the described type."""
    caller = stage.partner if verb in NEEDS_PARTNER else stage.machine
    answer = caller.call(*filled(list(CASES[verb]), stage))
    document = describe.document()
    told = next(
        one
        for verbs in document["paths"].values()
        for one in verbs.values()
        if one["operationId"] == verb
    )["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**told, "components": document["components"]}
    jsonschema_rs.validator_for(whole, validate_formats=True).validate(answer.json())
