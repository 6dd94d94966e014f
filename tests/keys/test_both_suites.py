"""The national suite wraps and opens as the international one does; rows keep their own."""

from uuid import uuid4

import pytest
from django.conf import settings

from tests.keys.conftest import execute, keys_of, save
from tutela.crypto.suites import Suite
from tutela.keys import actions, custody


@pytest.fixture
def sm4(ground, monkeypatch):
    """An installation that was set to SM4 after it had begun with AES."""
    monkeypatch.setattr(settings, "TUTELA_SUITE", Suite.SM4.value)
    actions.first_run()
    custody.stop()


def test_new_customers_follow_the_setting(sm4):
    """A second KEK, of the other suite, wraps them."""
    ((keys, row),) = custody.new_customer_keys([uuid4()])
    assert (keys.suite, row.suite) == (Suite.SM4, 2)


def test_customers_of_both_suites_open_side_by_side(sm4, monkeypatch):
    """The suite comes from the key row, never from the setting or the blob."""
    (new,) = save(1)
    monkeypatch.setattr(settings, "TUTELA_SUITE", Suite.AES.value)
    (old,) = save(1)
    assert [keys_of(one).suite for one in (old, new)] == [Suite.AES, Suite.SM4]


def test_there_is_one_active_kek_of_each_suite(sm4):
    """The database allows no second one."""
    rows = execute(
        "SELECT suite, count(*) FROM keys.kek WHERE state = 1 GROUP BY suite ORDER BY suite"
    )
    assert rows == [(1, 1), (2, 1)]
