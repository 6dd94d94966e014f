"""A customer's value in a string of the API is refused with its place, and neither told nor kept."""

import logging
import random

import pytest

from tests.api.test_import_file import left_in_spool, send, table
from tests.api.test_report_evidence import REPORT
from tests.invented_values import bare, invented
from tutela.cli.running import stored_texts


@pytest.mark.parametrize("name", ["source", "signer", "reason"])
def test_a_value_in_a_report_is_refused(stage, name: str, caplog: pytest.LogCaptureFixture):
    """One of each kind, made anew: field, kind and place in the answer, nothing in the log."""
    caplog.set_level(logging.DEBUG, "tutela")
    for kind, value in invented(random.Random()).items():
        told = stage.machine.post("/scorecard/evidence", REPORT | {name: value})
        assert told.status_code == 422
        assert told.json()["code"] == "base.customer_value_in_text"
        params = told.json()["params"]
        assert (params["field"], params["kind"], params["line"]) == (name, kind, 1)
        assert bare(value) not in told.content.decode() + caplog.text
    assert stored_texts.values_in_clear() == []


def test_a_value_as_an_idempotency_key_is_refused(stage):
    """Though only its keyed hash would be kept: keys reach logs of proxies."""
    told = stage.machine.post("/scorecard/evidence", REPORT, HTTP_IDEMPOTENCY_KEY="13800138017")
    assert (told.status_code, told.json()["code"]) == (422, "base.customer_value_in_text")
    assert told.json()["params"]["field"] == "idempotency_key"


@pytest.mark.parametrize("rehearsed", ["", "&dry_run=true"])
def test_a_value_as_the_source_of_an_import_is_refused(stage, rehearsed: str):
    """By the pattern of its name a number would fit."""
    told = send(stage, f"collection=customer&source=13800138017{rehearsed}", table(300, 2))
    assert told.status_code in {403, 422}
    assert "13800138017" not in told.content.decode()
    assert (stored_texts.values_in_clear(), left_in_spool()) == ([], 0)


@pytest.mark.parametrize("rehearsed", ["", "&dry_run=true"])
def test_a_row_of_data_in_the_place_of_the_header_is_refused(stage, rehearsed: str):
    """Headers are kept with the mapping: its columns would be somebody's values."""
    headless = "Q1,张三,13800138017,K1\nQ2,李四,13800138018,K2\n".encode()
    told = send(stage, f"collection=customer{rehearsed}", headless)
    assert told.status_code == 422
    assert "13800138017" not in told.content.decode()
    assert (stored_texts.values_in_clear(), left_in_spool()) == ([], 0)
