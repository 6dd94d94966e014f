"""The programme's chart and how its measures stand by their duties."""

import re
from datetime import date, timedelta

import pytest

from tests.console.stage import browser, text
from tests.programme import stage
from tutela.base import clock
from tutela.programme import chart
from tutela.programme.models import DutyOccurrence, DutyTemplate
from tutela.programme.standing import Standing, by_measure

MEASURES = (("M1", 6), ("M4", 12))


def drawn(today: str, *, months: int = 12) -> chart.Chart:
    return chart.chart(date(2025, 9, 1), MEASURES, date.fromisoformat(today), months=months)


def test_the_axis_reaches_a_month_beyond_today():
    """A programme whose dates have all gone by still shows where today stands."""
    held = drawn("2026-11-23")
    assert held.ticks[-1].day == date(2026, 12, 1)
    assert held.today is not None
    assert held.bars[1].end < held.today < chart.WIDTH


def test_the_axis_is_the_plan_alone_while_the_plan_lasts():
    """Thirteen months for a plan of twelve."""
    assert [one.day for one in drawn("2025-10-10").ticks][-1] == date(2026, 9, 1)


def test_a_programme_of_many_years_ago_shows_its_plan_without_today():
    """The axis follows today for so long and no longer."""
    held = drawn("2040-01-01")
    assert held.today is None
    assert held.ticks[-1].day == date(2026, 9, 1)


@pytest.mark.parametrize(("today", "months"), [("2028-03-01", 12), ("2025-09-01", 120)])
def test_a_long_axis_marks_fewer_months_and_every_year(today, months):
    """No more marks than a narrow screen holds, each year where its first mark stands."""
    held = drawn(today, months=months)
    years = [one.year for one in held.ticks if one.year]
    assert len(held.ticks) <= 18
    assert years == list(range(2025, held.ticks[-1].day.year + 1))


def test_a_bar_ends_where_its_day_stands():
    """The first of March is the tick of March."""
    held = drawn("2026-03-02")
    march = next(one for one in held.ticks if one.day == date(2026, 3, 1))
    assert (held.bars[0].end, held.bars[0].past, held.bars[1].past) == (march.x, True, False)


def test_a_measure_is_behind_when_the_latest_period_of_a_duty_was_missed(crew):
    """Done and missed are counted; what was skipped or is still to come is neither."""
    duty = DutyTemplate.objects.filter(measure="M5").first()
    told = (("2026-01-05", "missed"), ("2026-01-12", "done"), ("2026-01-19", "skipped"))
    for day, state in told:
        _period(duty, day, state)
    assert by_measure()["M5"] == Standing(done=1, missed=1, behind=False)
    _period(duty, "2026-01-26", "missed")
    assert by_measure()["M5"] == Standing(done=1, missed=2, behind=True)
    DutyTemplate.objects.filter(pk=duty.pk).update(retired_on=stage.day("2026-02-01"))
    assert not by_measure()["M5"].behind


def test_the_page_tells_what_is_done_of_what_was_due(crew):
    """With the way to the duties behind the figure, and a measure of which nothing was due without one."""
    duty = DutyTemplate.objects.filter(measure="M3").first()
    _period(duty, "2026-01-05", "done")
    _period(duty, "2026-01-12", "missed")
    client = browser(crew.officer.staff)
    client.post("/programme/", {"starts": "2025-09-01"})
    page = text(client.get("/programme/", headers={"Accept-Language": "en"}))
    assert "1 of 2 completed" in page
    assert "missed: 1" in page
    assert "targets met: 0 of 2" in page  # the sign is that of the targets, not of the duties
    assert 'href="/duties/?department=technology"' in page
    assert re.search(r"at least 1 time\s*<", page)


def _period(duty: DutyTemplate, day: str, state: str) -> None:
    begins = stage.day(day)
    done = {"done_on": begins, "done_at": clock.now()} if state == "done" else {}
    DutyOccurrence.objects.create(
        template=duty,
        begins=begins,
        ends=begins + timedelta(days=7),
        due=begins + timedelta(days=6),
        state=state,
        reason="A holiday" if state == "skipped" else "",
        **done,
    )
