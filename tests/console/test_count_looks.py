"""Looks by day: the days that are over are counted once, today each time."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tutela.base import clock
from tutela.console import looks


def test_today_is_counted_each_time_and_the_past_once(house, monkeypatch):
    """The second reading asks the log from today on, and tells the same."""
    noon = clock.now().replace(hour=4, minute=0)
    monkeypatch.setattr(clock, "now", lambda: noon)
    first = looks.by_day(14)
    with CaptureQueriesContext(connection) as seen:
        assert looks.by_day(14) == first
    (counted,) = [one["sql"] for one in seen if "trail.leaf" in one["sql"]]
    assert f"{clock.today()} 00:00:00" in counted
    assert [one.day for one in first] == [
        clock.today() - timedelta(days=n) for n in range(13, -1, -1)
    ]


def test_a_new_look_is_seen_at_once(house):
    """Though the days before it were not counted again."""
    before = looks.by_day(14)[-1].total
    house.as_("service_agent").get(house.page())
    assert looks.by_day(14)[-1].total > before


def test_a_refusal_counts_when_it_was_one_of_customer_data(house):
    """By the matrix, of a customer, or of the list of customers; a page of the trail is none of these."""

    def refused() -> int:
        return looks.by_day(14)[-1].refused

    before = refused()
    assert house.as_("service_agent").get("/trail/").status_code == 403
    assert house.as_("service_agent").get("/matrix/").status_code == 403
    assert refused() == before
    assert house.as_("auditor").get("/customers/?purpose=service").status_code == 403
    assert house.as_("auditor").get(house.page()).status_code == 403
    assert refused() == before + 2
    assert house.as_("marketing_analyst").get("/customers/?purpose=claim").status_code == 403
    assert refused() == before + 3


def test_open_work_items_at_home_are_a_masked_look(house):
    """They name customers: whoever comes home to them has looked."""
    before = looks.by_day(14)[-1]
    house.as_("service_agent").get("/")
    after = looks.by_day(14)[-1]
    assert (after.masked - before.masked, after.clear - before.clear) == (1, 0)


def test_masked_and_clear_looks_are_told_apart(house):
    """A page of masks is one look, the work items named on it are one, a value in clear another."""
    before = looks.by_day(14)[-1]
    house.as_("service_agent").get(house.page())
    assert house.reveal("service_agent").status_code == 200
    after = looks.by_day(14)[-1]
    assert (after.masked - before.masked, after.clear - before.clear) == (2, 1)
    assert after.refused == before.refused
