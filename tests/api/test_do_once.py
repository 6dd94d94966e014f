"""The same idempotency key does an act once; another request under it is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.api.stage import NAME, PHONE, id_number
from tutela.api import actions
from tutela.api.models import Idempotency
from tutela.base import clock
from tutela.vault import queries


def record(serial: int) -> dict:
    return {
        "collection": "customer",
        "branch": "EAST",
        "purpose": "service",
        "values": {"name": NAME, "id_number": id_number(serial), "phone": PHONE},
    }


def test_the_second_request_gets_the_first_answer(stage):
    """One customer more, not two; the answer is the same."""
    before = queries.count_customers()
    told = [
        stage.machine.post("/customers", record(101), HTTP_IDEMPOTENCY_KEY="order-000101")
        for _ in range(3)
    ]
    assert {answer.status_code for answer in told} == {201}
    assert len({answer.json()["record_id"] for answer in told}) == 1
    assert queries.count_customers() == before + 1


def test_another_request_under_the_key_is_refused(stage):
    """409, and nothing is done."""
    stage.machine.post("/customers", record(102), HTTP_IDEMPOTENCY_KEY="order-000102")
    before = queries.count_customers()
    answer = stage.machine.post("/customers", record(103), HTTP_IDEMPOTENCY_KEY="order-000102")
    assert (answer.status_code, answer.json()["code"]) == (409, "api.idempotency_key_reused")
    assert queries.count_customers() == before


def test_a_key_is_the_caller_s_own(stage):
    """Two accounts may use the same words."""
    first = stage.machine.post("/customers", record(104), HTTP_IDEMPOTENCY_KEY="order-000104")
    second = stage.partner.post("/customers", record(105), HTTP_IDEMPOTENCY_KEY="order-000104")
    assert first.json()["record_id"] != second.json()["record_id"]


def test_a_refused_act_leaves_its_key_free(stage):
    """The mended request may be sent under the same key."""
    bad = {**record(106), "branch": "NOWHERE"}
    assert (
        stage.machine.post("/customers", bad, HTTP_IDEMPOTENCY_KEY="order-000106").status_code
        == 404
    )
    good = stage.machine.post("/customers", record(106), HTTP_IDEMPOTENCY_KEY="order-000106")
    assert good.status_code == 201


def test_a_change_is_done_once(stage):
    """Without the key the second would be a conflict of versions."""
    made = stage.machine.post("/customers", record(107)).json()
    path = f"/customers/{made['customer_id']}/records/{made['record_id']}"
    body = {"version": 1, "purpose": "service", "values": {"phone": "13900139007"}}
    told = [stage.machine.put(path, body, HTTP_IDEMPOTENCY_KEY="change-0107") for _ in range(2)]
    assert [answer.json()["version"] for answer in told] == [2, 2]


@pytest.mark.parametrize("key", ["short", "x" * 129, "has space", "ключ-ключ", "a'b\"c;--1"])
def test_a_key_of_another_shape_is_refused(stage, key):
    """Letters, digits, hyphen and underscore, 8 to 128."""
    answer = stage.machine.post("/customers", record(108), HTTP_IDEMPOTENCY_KEY=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "api.idempotency_key_bad")


def test_after_a_day_the_key_is_free_and_swept(stage):
    """Kept rows hold hashes and ids only, and go after 24 hours."""
    stage.machine.post("/customers", record(109), HTTP_IDEMPOTENCY_KEY="order-000109")
    assert not any(PHONE in str(row.answer) for row in Idempotency.objects.all())
    Idempotency.objects.update(created_at=clock.now() - timedelta(hours=25))
    again = stage.machine.post("/customers", record(110), HTTP_IDEMPOTENCY_KEY="order-000109")
    assert again.status_code == 201
    assert actions.sweep() > 0
    assert Idempotency.objects.count() == 1


def test_two_requests_at_once_do_one_act(stage):
    """The second waits for the first one's commit and gets its answer."""

    def send(_: int) -> str:
        try:
            key = {"HTTP_IDEMPOTENCY_KEY": "order-000120"}
            return stage.machine.post("/customers", record(120), **key).json()["record_id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crew:
        assert len(set(crew.map(send, range(4)))) == 1
