"""Periods of duties: weeks with number 53, leap days, half years, time zones. Properties, no examples only."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutela.programme import errors, rules
from tutela.programme.rules import Cadence

DAYS = st.dates(date(1999, 1, 1), date(2150, 12, 31))
MOMENTS = st.integers(946_684_800, 4_102_444_800).map(lambda at: datetime.fromtimestamp(at, UTC))
ZONES = ["Asia/Shanghai", "America/New_York", "Pacific/Apia", "Pacific/Kiritimati", "UTC"]
CADENCES = st.sampled_from(list(Cadence))


@given(CADENCES, DAYS)
def test_every_day_lies_in_its_period(cadence, day):
    """And the period is given back by each of its ends."""
    period = rules.period_of(cadence, day)
    assert period.begins <= day < period.ends
    assert rules.period_of(cadence, period.last) == period


@given(CADENCES, DAYS, st.integers(0, 900))
def test_periods_follow_without_gap_and_none_comes_twice(cadence, starts, length):
    """A period counts once, whatever the calendar does."""
    made = list(rules.periods(cadence, starts, starts + timedelta(days=length)))
    assert len({period.begins for period in made}) == len(made)
    assert all(a.ends == b.begins for a, b in pairwise(made))
    assert all(period.begins >= starts for period in made)


@given(CADENCES, DAYS)
def test_a_period_has_a_name_of_its_own(cadence, day):
    """The name in the grid tells one period from the next."""
    period = rules.period_of(cadence, day)
    here, after = (rules.label_of(cadence, first) for first in (period.begins, period.ends))
    assert here != after


def test_a_year_with_a_week_53_has_one_week_more():
    """2026 and 2032 have 53 ISO weeks, 2027 has 52."""

    def weeks(year):
        first = date.fromisocalendar(year, 1, 1)
        last = date.fromisocalendar(year + 1, 1, 1) - timedelta(days=1)
        return [
            rules.label_of(Cadence.WEEKLY, p.begins)
            for p in rules.periods(Cadence.WEEKLY, first, last)
        ]

    assert [len(weeks(year)) for year in (2026, 2027, 2032)] == [53, 52, 53]
    assert weeks(2026)[-1] == "2026-W53"


@given(st.integers(1999, 2150))
def test_every_iso_year_has_its_weeks_and_no_other(year):
    """52 or 53 of them, numbered without gap, none in two years."""
    first = date.fromisocalendar(year, 1, 1)
    last = date.fromisocalendar(year + 1, 1, 1) - timedelta(days=1)
    names = [
        rules.label_of(Cadence.WEEKLY, p.begins) for p in rules.periods(Cadence.WEEKLY, first, last)
    ]
    assert names == [f"{year}-W{n:02}" for n in range(1, date(year, 12, 28).isocalendar().week + 1)]


@given(st.integers(2000, 2148).filter(isleap), CADENCES)
def test_a_leap_day_lies_in_one_period_and_moves_none(year, cadence):
    """29 February is owed once, and the period after it begins where the calendar begins one."""
    leap = date(year, 2, 29)
    period = rules.period_of(cadence, leap)
    made = list(rules.periods(cadence, date(year, 1, 1), date(year, 12, 31)))
    assert sum(p.begins <= leap < p.ends for p in made) == (period.begins >= date(year, 1, 1))
    after = rules.period_of(cadence, period.ends)
    assert after.begins == period.ends
    assert cadence is Cadence.WEEKLY or after.begins.day == 1


@given(st.integers(2000, 2096).filter(isleap), st.integers(1, 120))
def test_a_programme_that_starts_on_a_leap_day_has_every_date(year, months):
    """Each measure's day is the 29th, or the last of a February that has none."""
    day = rules.add_months(date(year, 2, 29), months)
    assert day.day == 29 or (day.month, day.day) == (2, 28)


def test_the_days_round_new_year_belong_to_one_week():
    """1 January 2027 is a day of week 53 of 2026."""
    period = rules.period_of(Cadence.WEEKLY, date(2027, 1, 1))
    assert rules.label_of(Cadence.WEEKLY, period.begins) == "2026-W53"
    assert period == rules.period_of(Cadence.WEEKLY, date(2026, 12, 28))


def test_february_of_a_leap_year_has_29_days():
    """A monthly duty of February 2028 is due on its last day."""
    period = rules.period_of(Cadence.MONTHLY, date(2028, 2, 29))
    assert rules.due_of(period, 0) == date(2028, 2, 29)


@given(DAYS, st.integers(0, 240))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    """29 February plus a year is 28 February; no date is ever invented."""
    later = rules.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_year_after_a_leap_day_is_the_last_of_february():
    """A programme that starts on 29 February still has dates."""
    assert rules.add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert rules.add_months(date(2028, 2, 29), 48) == date(2032, 2, 29)


def test_half_years_end_in_june_and_december():
    """Their names say which half."""
    halves = list(rules.periods(Cadence.HALF_YEARLY, date(2027, 1, 1), date(2027, 12, 31)))
    assert [p.last for p in halves] == [date(2027, 6, 30), date(2027, 12, 31)]
    assert [rules.label_of(Cadence.HALF_YEARLY, p.begins) for p in halves] == ["2027-H1", "2027-H2"]


@given(
    MOMENTS, st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Apia", "UTC"]))  # fmt: skip
def test_the_day_at_the_company_is_the_local_one(moment, zone):
    """Summer time and far zones move the clock, never the day by more than one."""
    day = rules.company_day(moment, zone)
    assert day == moment.astimezone(ZoneInfo(zone)).date()
    assert abs((day - moment.date()).days) <= 1


@given(MOMENTS, CADENCES, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_another_time_zone_moves_no_period_by_more_than_one(moment, cadence, before, after):
    """Periods are days of the company: only what happened at the turn of one may lie in the next."""
    here, there = (
        rules.period_of(cadence, rules.company_day(moment, zone)) for zone in (before, after)
    )
    assert here == there or here.ends == there.begins or there.ends == here.begins


@given(CADENCES, DAYS, st.integers(0, 30))
def test_a_duty_that_is_done_stays_done_in_every_time_zone(cadence, day, grace):
    """The day it was done is kept with it, so another zone later does not make it late."""
    period = rules.period_of(cadence, day)
    one = rules.Occurrence(begins=period.begins, due=rules.due_of(period, grace), state="done")
    assert {rules.look(one, day + timedelta(days=n)) for n in (-400, -1, 0, 1, 400)} == {"done"}


@given(CADENCES, DAYS, st.integers(-800, 800))
def test_an_open_duty_is_never_green(cadence, day, away):
    """Whatever the day: to come, under way or missed."""
    period = rules.period_of(cadence, day)
    one = rules.Occurrence(begins=period.begins, due=period.last, state="open")
    shown = rules.look(one, day + timedelta(days=away))
    assert shown == ("missed" if day + timedelta(days=away) > period.last else shown)
    assert shown in {"to_come", "under_way", "missed"}


def test_a_year_that_cannot_be_planned_is_refused():
    """With its sentence, not with a fault of the calendar."""
    with pytest.raises(errors.DayOutOfRange):
        rules.period_of(Cadence.YEARLY, date(9999, 12, 31))
