"""Reports of whole weeks, months and single days: how things stand today, and what each past week was.

A day that is not over cannot be reported, so the newest week's figure stands until the next can be there;
its age grows, then it is stale, then there is no data. A past week is told by its own reports alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tutela.access import snapshot
from tutela.base import clock, ids
from tutela.base.readings import moment
from tutela.scorecard import registry, rules
from tutela.scorecard.actions.measures import Definition, define_measure
from tutela.scorecard.board import line
from tutela.scorecard.rules import Cause, Status

# Mondays after an ordinary week, after one with 29 February, after ISO week 53 of 2020.
MONDAYS = [date(2025, 6, 9), date(2024, 3, 4), date(2021, 1, 4)]
MONDAY = MONDAYS[0]
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)
BACKUP = "backup-weekly"
ADD = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, reason, recorded_by, recorded_at, corrects)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'Li', '', 'as told', 'x', %s, %s)"""


@pytest.fixture(autouse=True)
def _reports_of_one_test(people: object) -> Iterator[None]:
    """Only the tables' owner may take reports away again."""
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE scorecard_outside_evidence")


def reported(ends, *, days=7, target=BACKUP, value=1, of=0, source="tape", at=None, corrects=None):
    """A report as it was recorded at nine on the day after its last, or at `at`; its id."""
    row, unit = ids.uuid7(), "percent" if of else "count"
    figure = 100 * value / of if of else value
    with connection.cursor() as cursor:
        cursor.execute(ADD, [
            row, target, ends - timedelta(days=days), ends, figure, value, of, unit, source,
            at or moment(ends) + 9 * HOUR, corrects,
        ])  # fmt: skip
    return row


def stands(day, target=BACKUP):
    """How a target stands at noon of a day."""
    return line(target, moment(day) + 12 * HOUR)


def of_week(told, monday):
    """What the trend says of the week before a Monday."""
    return next(point for point in told.trend if point.ends == monday)


@pytest.mark.parametrize("monday", MONDAYS)
@pytest.mark.parametrize("day", range(7))
def test_last_week_s_report_stands_from_monday_to_sunday(monday, day):
    """The seventh day too; the line says which week it speaks of, how old the proof is, what is behind."""
    row = reported(monday)
    told = stands(monday + timedelta(days=day))
    assert (told.status, told.reading.value, told.age) == (Status.MET, 1.0, day)
    assert (told.reading.begins, told.reading.ends) == (monday - WEEK, monday)
    assert told.due == monday + WEEK
    (ask,) = told.behind
    assert [one.id for one in registry.rows(ask)] == [str(row)]


@pytest.mark.parametrize("monday", MONDAYS)
def test_without_a_new_report_it_grows_stale_and_ends(monday):
    """A weekend's grace, then at risk for as long as it is shown, then no data: never green again."""
    reported(monday)
    seen = [stands(monday + timedelta(days=day)) for day in range(7, 30)]
    assert [one.status for one in seen[:2]] == [Status.MET] * 2
    assert {(one.status, one.cause) for one in seen[2:10]} == {(Status.AT_RISK, Cause.STALE)}
    assert [one.age for one in seen[:10]] == list(range(7, 17))
    assert {one.status for one in seen[10:]} == {Status.NO_DATA}
    assert all(one.behind and not list(registry.rows(one.behind[0])) for one in seen[10:])


def test_before_it_is_recorded_nobody_can_know_it():
    """On Monday at eight the week before it still has no figure."""
    reported(MONDAY)
    assert line(BACKUP, moment(MONDAY) + 8 * HOUR).status is Status.NO_DATA
    assert line(BACKUP, moment(MONDAY) + 10 * HOUR).status is Status.MET


def test_a_week_without_a_report_stays_missed():
    """It is stale on its own Wednesday; the report of the next week makes today green, not the gap."""
    for monday in (MONDAY, MONDAY + 2 * WEEK):
        reported(monday)
    assert stands(MONDAY + WEEK + 2 * DAY).cause is Cause.STALE
    told = stands(MONDAY + 2 * WEEK)
    assert (told.status, told.age, told.reading.value) == (Status.MET, 0, 1.0)
    states = [of_week(told, MONDAY + n * WEEK).status for n in (0, 1, 2)]
    assert states == [Status.MET, Status.NO_DATA, Status.MET]


def test_week_53_is_a_week_of_its_own():
    """Neither the week before it nor the first of the new year is told by its report."""
    week_53 = MONDAYS[2]
    reported(week_53)
    told = stands(week_53 + WEEK)
    assert (week_53 - DAY).isocalendar().week == 53
    states = [of_week(told, week_53 + n * WEEK).status for n in (-1, 0, 1)]
    assert states == [Status.NO_DATA, Status.MET, Status.NO_DATA]


def test_a_corrected_week_is_told_by_its_correction():
    """Green until Thursday, when the week turns out to have had no backup; the past board stays as it was."""
    first = reported(MONDAY)
    reported(MONDAY, value=0, corrects=first, at=moment(MONDAY + 3 * DAY))
    told = stands(MONDAY + 6 * DAY)
    assert (told.status is Status.MET, told.reading.value, told.reading.evidence) == (False, 0.0, 1)
    assert stands(MONDAY + 2 * DAY).status is Status.MET


def test_a_correction_that_moves_the_days_moves_the_figure_s_age():
    """What was told as last week's was of the week before it."""
    first = reported(MONDAY)
    reported(MONDAY - WEEK, corrects=first, at=moment(MONDAY + DAY))
    told = stands(MONDAY + 3 * DAY)
    assert (told.reading.ends, told.age, told.cause) == (MONDAY - WEEK, 10, Cause.STALE)


def test_a_week_with_its_value_short_is_not_green_by_waiting():
    """Neither today nor on any later day."""
    reported(MONDAY, value=0)
    assert Status.MET not in {stands(MONDAY + timedelta(days=n)).status for n in range(20)}


def test_every_branch_counts_whatever_weekday_its_week_ends_on():
    """The east reports up to Sunday, the west up to Saturday: on no day is one of them left out."""
    for n in range(3):
        reported(MONDAY + n * WEEK, target=BACKUP, source="east")
        reported(MONDAY + n * WEEK - DAY, target=BACKUP, source="west")
    seen = [stands(MONDAY + timedelta(days=n)).reading for n in range(21)]
    assert {(one.value, one.evidence) for one in seen} == {(2.0, 2)}


def test_a_backup_of_one_day_stands_like_its_week():
    """Made each Sunday, reported each Monday at nine: green on every day and at every hour."""
    for n in range(4):
        reported(MONDAY + n * WEEK, days=1)
    start = moment(MONDAY) + 9 * HOUR
    seen = {line(BACKUP, start + n * 5 * HOUR).status for n in range(4 * 7 * 24 // 5)}
    assert seen == {Status.MET}


def test_a_month_s_report_stands_until_the_next_can_be_there():
    """February is shorter than the cadence of 31 days; March may be reported in the first days of April."""
    reported(date(2025, 3, 1), days=28, target="complaint-48h", value=50, of=50)
    last = date(2025, 3, 1) + timedelta(days=31) + rules.grace(31)
    assert stands(date(2025, 3, 31), "complaint-48h").status is Status.MET
    assert stands(last - DAY, "complaint-48h").status is Status.MET
    assert stands(last, "complaint-48h").cause is Cause.STALE


@pytest.mark.parametrize(
    ("target", "periods"),
    [
        ("complaint-48h", [(date(2025, 2, 1), 31), (date(2025, 3, 1), 28)]),
        ("complaint-48h", [(date(2025, 6, 1), 31), (date(2025, 7, 1), 30)]),
        ("audit-quarterly", [(date(2025, 4, 1), 90), (date(2025, 7, 1), 91)]),
        ("audit-quarterly", [(date(2025, 1, 1), 92), (date(2025, 4, 1), 90)]),
    ],
)
def test_a_short_period_does_not_take_in_the_one_before(target, periods):
    """January is good and February is not: February is what stands, on every day of March."""
    share = {"of": 100} if target == "complaint-48h" else {}
    for (ends, days), value in zip(periods, (100 if share else 1, 0), strict=True):
        reported(ends, days=days, target=target, value=value, **share)
    ended = periods[-1][0]
    for n in range(1, 28):
        told = stands(ended + timedelta(days=n), target)
        assert (told.reading.value, told.reading.outside) == (0.0, 1)
        assert told.status is not Status.MET


@pytest.mark.parametrize(
    ("target", "before", "after"),
    [
        ("complaint-48h", (date(2021, 2, 1), 31), (date(2021, 3, 1), 28)),
        ("audit-quarterly", (date(2019, 4, 1), 90), (date(2019, 7, 1), 91)),
    ],
)
def test_the_trend_of_a_sunday_on_which_a_short_period_ends_shows_that_period(
    target, before, after
):
    """The week's own days reach into the period before, which was good; the one that ended was not."""
    share = {"of": 100} if target == "complaint-48h" else {}
    for (ends, days), value in ((before, 100 if share else 1), (after, 0)):
        reported(ends, days=days, target=target, value=value, **share)
    (point,) = [one for one in stands(after[0] + 2 * DAY, target).trend if one.ends == after[0]]
    assert (point.value, point.status is Status.MET) == (0.0, False)


def test_the_trend_of_single_events_counts_all_of_their_cadence():
    """Two trainings in a year are two on every Sunday between."""
    for ends in (date(2024, 6, 1), date(2024, 7, 1)):
        reported(ends, days=1, target="trainings")
    assert [one.value for one in stands(date(2024, 12, 1), "trainings").trend] == [2.0] * 12


def test_single_events_count_for_their_cadence_and_no_longer():
    """Two trainings are two for a year; then one is left, and then nothing is known: not two again."""
    first, second = date(2024, 6, 1), date(2024, 7, 1)
    for ends in (first, second):
        reported(ends, days=1, target="trainings")
    values = {
        n: stands(first + timedelta(days=n), "trainings").reading.value for n in range(360, 480)
    }
    assert {values[n] for n in range(360, 367)} == {2.0}
    assert {values[n] for n in range(367, 397)} == {1.0}
    assert {values[n] for n in range(397, 480)} == {None}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin", "UTC"])
@pytest.mark.parametrize("monday", [MONDAY, date(2025, 3, 31), date(2025, 10, 27)])
def test_a_change_of_time_zone_leaves_no_hole_and_makes_nothing_green(zone, monday):
    """Recorded in Shanghai, read where the company has moved to, over nights when clocks change."""
    reported(monday)
    start = moment(monday) + 9 * HOUR
    with override_settings(TIME_ZONE=zone):
        seen = [(n, line(BACKUP, start + n * 6 * HOUR)) for n in range(4 * 20)]
    snapshot.stop()  # it may have been compiled for the other place's day
    order = [Status.MET, Status.AT_RISK, Status.NO_DATA]
    places = [order.index(told.status) for _n, told in seen]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}
    assert all(told.status is Status.MET for n, told in seen if n < 4 * 8)
    assert all(told.status is not Status.MET for n, told in seen if n >= 4 * 10)


def test_a_formula_s_rows_are_those_of_its_parts_newest_days(people):
    """On Sunday an own measure still has last week's figure and opens its row."""
    today = clock.today()
    newest = today - timedelta(days=today.weekday())
    row = reported(newest)
    made = Definition(
        name="tapes", title="Tapes", formula=f"{BACKUP} * 2", goal=1, unit="count",
        direction="at_least", department="it", cadence=7, starts=today,
    )  # fmt: skip
    define_measure(people["security_admin"].actor, made)
    told = stands(newest + 6 * DAY, "own-tapes")
    assert (told.status, told.reading.value, told.age) == (Status.MET, 2.0, 6)
    assert [one.id for ask in told.behind for one in registry.rows(ask)] == [str(row)]


def test_what_others_report_is_added_to_a_room_s_own_days_only(people):
    """A room's own figure is of today: last week's report of another system is not carried into it."""
    today = clock.today()
    reported(today - 6 * DAY, target="access-system", value=1, of=1, at=clock.now())
    told = line("access-system", clock.now())
    assert (told.reading.ends, told.reading.outside) == (today + DAY, 1)
    reported(today - 40 * DAY, target="access-system", value=1, of=1, source="old", at=clock.now())
    assert line("access-system", clock.now()).reading.outside == 1


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 400), st.integers(1, 1100),
    st.integers(0, 3000),
)  # fmt: skip
def test_waiting_never_reads_earlier_days(newest, days, cadence, wait):
    """The days read for today end no earlier by waiting, and never after today."""
    today = newest + timedelta(days=wait)
    until = [rules.read_up_to(newest, days, cadence, today + n * DAY) for n in (0, 1)]
    assert until[0] is None or newest <= until[0] <= today
    assert until[1] is None or (until[0] is not None and until[0] <= until[1])
    if until[0] == newest and rules.is_whole(days, cadence):
        goal = replace(line_goal(), cadence=cadence)
        late = wait > cadence + rules.grace(cadence).days
        assert rules.is_stale(goal, moment(newest), moment(today)) is late


def line_goal():
    """Any goal."""
    return rules.Goal(
        target="x", measure="M5", department="it", goal=1, unit="count", direction="at_least",
        cadence=7, due=None, rule="1",
    )  # fmt: skip
