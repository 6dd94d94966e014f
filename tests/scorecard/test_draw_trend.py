"""The drawing of twelve weeks: every week in the colour of its own state, whatever today's is."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tutela.base import clock
from tutela.scorecard.board import Point
from tutela.scorecard.board import line as line_of
from tutela.scorecard.rules import Cause, Status, Verdict
from tutela.scorecard.templatetags.scorecard import spark

pytestmark = pytest.mark.usefixtures("people")
BAD, GOOD, NONE = Status.NOT_MET, Status.MET, Status.NO_DATA
CAUSES = {BAD: Cause.SHORT, GOOD: Cause.NONE, NONE: Cause.NO_DATA}


def drawn(*weeks, status):
    """The drawing of a line in `status` whose weeks had these figures and states."""
    ends = date(2026, 3, 2)
    found = line_of("backup-weekly", clock.now())
    points = [
        Point(ends + timedelta(weeks=n), value, Verdict(state, CAUSES[state]))
        for n, (value, state) in enumerate(weeks)
    ]
    return str(spark(replace(found, status=status, trend=tuple(points))))


def test_a_week_keeps_its_colour_when_today_is_another():
    """A third of the goal was not met then; that it is met today does not paint the past green."""
    told = drawn((33, BAD), (33, BAD), (100, GOOD), (100, GOOD), status=GOOD)
    assert re.findall(r"spark-dot status-(\w+)", told) == [BAD, BAD, GOOD, GOOD]
    assert re.findall(r"spark-line status-(\w+)", told) == [BAD, GOOD, GOOD]
    assert re.search(r"<svg[^>]*status-", told) is None


def test_a_week_without_data_breaks_the_line():
    """Nothing is drawn to it or from it."""
    told = drawn((100, GOOD), (None, NONE), (100, GOOD), (33, BAD), status=BAD)
    assert re.findall(r"spark-line status-(\w+)", told) == [BAD]
    assert told.count("spark-none") == 1
