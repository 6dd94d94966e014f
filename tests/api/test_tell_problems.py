"""Refusals are RFC 9457 problems in the caller's language and never repeat what was sent."""

import json
import logging

import pytest

from tests.api.stage import NAME, PHONE, Caller, id_number
from tutela.api import problems

CANARIES = (NAME, PHONE, id_number(1), "zhangjinsique")
FIND = {"by": "phone", "value": PHONE, "purpose": "service"}
BAD = {
    "unknown name": ("/customers/find", {**FIND, NAME: PHONE}),
    "latin name": ("/customers/find", {**FIND, "zhangjinsique": 1}),
    "unknown purpose": ("/customers/find", {**FIND, "purpose": NAME}),
    "wrong type": ("/customers/find", {**FIND, "value": {"phone": PHONE}}),
    "unknown field": ("/customers/find", {**FIND, "by": "zhangjinsique"}),
    "unsearchable": ("/customers/find", {**FIND, "by": "gender"}),
    "unknown branch": (
        "/customers",
        {"collection": "customer", "branch": "zhangjinsique", "purpose": "service",
         "values": {"name": "x"}},
    ),
    "bad id": ("/customers/zhangjinsique/reveal", {}),
    "record": ("/customers", {"purpose": "service", "values": {NAME: PHONE, "zhangjinsique": "1"}}),
    "value": (
        "/customers",
        {"collection": "customer", "branch": "EAST", "purpose": "service",
         "values": {"name": "x", "id_number": id_number(1)[:-1] + "~"}},
    ),
    "work item": (
        "/decisions/explain",
        {"customer_id": "{customer}", "purpose": "service", "work_item": PHONE * 20},
    ),
    "not JSON": ("/customers/find", f'{{"by": "{NAME}", '.encode()),
    "twice": ("/customers/find", f'{{"by": "{NAME}", "by": "{PHONE}"}}'.encode()),
    "not a number in JSON": ("/customers/find", b'{"value": NaN}'),
    "deep": ("/customers/find", b"[" * 100_000),
    "not text": ("/customers/find", b"\xff\xfe\x00"),
    "a list": ("/customers/find", json.dumps([PHONE]).encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_without_a_value(stage, caplog, name):
    """4xx, a code, and none of the canaries in body, headers or log."""
    path, body = BAD[name]
    if isinstance(body, dict) and body.get("customer_id"):
        body = {**body, "customer_id": stage.customer}
    with caplog.at_level(logging.DEBUG):
        answer = stage.machine.post(path, body)
    assert 400 <= answer.status_code < 500, answer.content
    assert answer.headers["Content-Type"] == problems.CONTENT_TYPE
    told = answer.content.decode() + str(answer.headers) + caplog.text
    assert not any(canary in told for canary in CANARIES), told


def test_a_problem_has_the_parts_of_the_standard(stage):
    """type, title, status, detail, instance, and our code and params."""
    told = stage.machine.post("/customers/find", {**FIND, "value": 5}).json()
    assert set(told) == {"type", "title", "status", "detail", "code", "params", "instance"}
    assert told["instance"] == "api:find_customers"
    assert told["params"]["places"] == [{"at": ["body", "value"], "fault": "string_type"}]


def test_the_sentence_is_in_the_caller_s_language(stage):
    """English when asked for; both carry the same code."""
    answers = [
        stage.machine.get("/nothing", HTTP_ACCEPT_LANGUAGE=language) for language in ("en", "zh-CN")
    ]
    assert [answer.headers["Content-Language"] for answer in answers] == ["en", "zh-hans"]
    assert {answer.json()["code"] for answer in answers} == {"api.address_unknown"}


def test_a_misspelt_filter_is_refused(stage):
    """It would show more than was meant."""
    answer = stage.machine.get(f"/trail?custmer={stage.customer}")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.fields_invalid")


@pytest.mark.parametrize("text", ["20261128", "0", "-1", "1795831200", "20261128100000"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_moment_in_bare_digits_is_refused(stage, name, text):
    """As seconds since 1970 it would answer for other days, or for none, without a word."""
    answer = stage.machine.get(f"/trail?{name}={text}")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.fields_invalid")
    assert stage.machine.get(f"/trail?{name}=2026-11-28").status_code == 200


def test_a_method_that_is_not_taken_is_told(stage):
    """405 with the methods that are."""
    answer = stage.machine.call("DELETE", "/customers")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


def test_a_body_that_is_too_large_is_refused(stage):
    """Two megabytes are enough for a batch."""
    answer = stage.machine.post("/customers/find", b'"' + b"x" * 2**21 + b'"')
    assert (answer.status_code, answer.json()["code"]) == (413, "api.body_too_large")


def test_our_own_fault_shows_nothing(stage, monkeypatch, caplog):
    """500 with a code; the text of the exception stays out of the answer and the log."""

    def broken(*_: object) -> None:
        raise RuntimeError(PHONE)

    monkeypatch.setattr("tutela.api.answers.field", broken)
    answer = stage.machine.get("/catalogue")
    assert (answer.status_code, answer.json()["code"]) == (500, "api.broken")
    assert PHONE not in answer.content.decode() + caplog.text


def test_a_foreign_host_name_is_refused(stage):
    """A request under another name does not reach a verb."""
    answer = stage.machine.get("/catalogue", HTTP_HOST="evil.example")
    assert (answer.status_code, answer.json()["code"]) == (400, "api.host_unknown")


def test_a_key_in_a_foreign_scheme_is_no_key(stage):
    """Basic and bare keys are not read."""
    for header in (f"Basic {stage.machine.key}", stage.machine.key, "Bearer"):
        answer = Caller("", stage.machine.actor).get("/catalogue", HTTP_AUTHORIZATION=header)
        assert answer.json()["code"] == "api.key_missing"
