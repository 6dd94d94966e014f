"""Old periods keep the rule that applied; days and weeks hold in every zone; the stricter law is shown."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tutela.base import clock
from tutela.base.readings import moment
from tutela.programme.actions import targets
from tutela.scorecard import goals, law
from tutela.scorecard.board import WEEKS, _weeks, company_day

ZONES = ["Asia/Shanghai", "UTC", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin"]
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_tightened_goal_leaves_old_periods_alone(people):
    """Signed by a second person, in force from its day on, and not a day before."""
    tomorrow = clock.today() + timedelta(days=1)
    draft = targets.draft_target(
        people["security_admin"].actor, target="tls-share", goal="99", starts=tomorrow,
        reason="The law asks for more.",
    )  # fmt: skip
    targets.sign_target(people["compliance_officer"].actor, rule_id=draft.id)
    book = goals.rulebook()
    told = [book.at("tls-share", day).goal for day in (date(2001, 1, 1), clock.today(), tomorrow)]
    assert told == [95.0, 95.0, 99.0]


@given(DAYS, st.sampled_from(ZONES))
def test_a_day_begins_where_the_company_is(day, zone):
    """Leap days, week 53 and the nights when clocks change are days like others."""
    with override_settings(TIME_ZONE=zone):
        assert company_day(moment(day)) == day
        assert company_day(moment(day) - timedelta(seconds=1)) == day - timedelta(days=1)


@given(DAYS)
def test_the_weeks_of_the_trend_are_whole_and_over(day):
    """Twelve Mondays in a row, none of them to come."""
    weeks = _weeks(day)
    assert len(weeks) == WEEKS
    assert all(one.isoweekday() == 1 for one in weeks)
    assert [b - a for a, b in pairwise(weeks)] == [timedelta(days=7)] * 11
    assert timedelta(0) <= day - weeks[-1] < timedelta(days=7)


@pytest.mark.usefixtures("people")
def test_the_law_is_shown_only_while_it_asks_for_more():
    """A goal tightened to the law's figure needs no reminder."""
    goal = goals.rulebook().at("access-log-kept", clock.today())
    assert {one.id for one in law.stricter(goal)} == {"nds-43b"}
    assert law.stricter(replace(goal, goal=1095.0)) == ()


def test_every_law_of_the_map_is_in_the_fact_base():
    """With its words in both languages."""
    known = law._requirements()
    assert {requirement for _target, requirement, _figure in law._MAP} == set(known)
    assert all(one["summary_zh"] and one["summary_en"] for _law, one in known.values())
