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
