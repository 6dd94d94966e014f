"""A week counts by a set that an offsite copy proves in its days, a quarter by a drill that passed in them; what was
missed stays missed, and the duties close by what is counted."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.access import cast
from tests.backup import shown
from tests.console.stage import browser
from tests.programme import stage
from tutela.backup import evidence, signing
from tutela.backup.actions import duties
from tutela.backup.rules import Level, Result, RunState
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.base.readings import Ask, moment
from tutela.programme.models import DutyOccurrence
from tutela.scorecard import board

ENGLISH = {"accept-language": "en"}
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def people(database):
    cast.plant_branches()
    signing.public_key()
    return {post: cast.hire(post, "HQ") for post in ("system_admin", "security_admin", "auditor")}


@pytest.fixture(scope="module")
def places(people):
    first, second = people["system_admin"], people["security_admin"]
    return shown.place(first, second, "near"), shown.place(first, second, "far")


def week(back: int) -> tuple[Ask, datetime]:
    """A past week and a moment in its middle, told by Mondays."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday() + 7 * back)
    ask = Ask(target=evidence.WEEKLY, begins=monday, ends=monday + timedelta(days=7), standing=True)
    return ask, moment(monday) + timedelta(days=3, hours=2)


def value(ask: Ask) -> float | None:
    (reading,) = evidence.BACKUPS.read([ask])
    rows = list(evidence.BACKUPS.rows(ask))
    assert reading.evidence == len(rows)
    assert reading.numerator == sum(int(row.facts["numerator"]) for row in rows)
    return reading.value


def test_nothing_is_no_data_before_the_first_proof(people, places):
    """A set near by, however well verified, proves nothing of a fire."""
    ask, at = week(40)
    near, _far = places
    shown.copy(shown.run(at, weekly=True), near, Level.OPENED)
    assert value(ask) is None


def test_a_week_counts_by_an_offsite_copy_that_was_opened(people, places):
    """Level 1 is not enough."""
    near, far = places
    first, at = week(30)
    one = shown.run(at, weekly=True)
    shown.copy(one, near, Level.OPENED)
    copy = shown.copy(one, far, Level.READ_BACK)
    assert value(first) is None
    shown.verify(copy, Level.OPENED, at=at + 5 * HOUR)
    assert value(first) == 1.0


def test_a_proof_that_comes_later_proves_no_earlier_week(people, places):
    """A missed week stays missed: it is told, and counts nothing."""
    _near, far = places
    ask, at = week(28)
    late = shown.run(at, weekly=True)
    copy = shown.copy(late, far, Level.READ_BACK)
    shown.verify(copy, Level.OPENED, at=moment(ask.ends) + HOUR)
    assert value(ask) == 0.0
    gone, due = week(27)
    shown.run(due, weekly=True, state=RunState.MISSED)
    assert value(gone) == 0.0
    states = [row.facts.get("state") for row in evidence.BACKUPS.rows(gone)]
    assert "missed" in states


def test_a_verdict_against_the_copy_takes_the_proof_back(people, places):
    """Within the week; a later one does not change what that week knew."""
    _near, far = places
    ask, at = week(26)
    copy = shown.copy(shown.run(at, weekly=True), far, Level.OPENED)
    assert value(ask) == 1.0
    shown.verify(copy, Level.READ_BACK, Result.FAILED, at=moment(ask.ends) + HOUR)
    assert value(ask) == 1.0
    shown.verify(copy, Level.READ_BACK, Result.FAILED, at=at + 20 * HOUR)
    assert value(ask) == 0.0


def test_duties_close_by_what_is_counted_and_the_scorecard_opens_the_rows(people, places):
    """The weekly backup and the restore test; once more changes nothing."""
    weekly, quarterly = stage.open_one("weekly-backup"), stage.open_one("restore-test")
    _near, far = places
    now = clock.now()
    one = shown.run(now - 2 * HOUR, weekly=True)
    copy = shown.copy(one, far, Level.READ_BACK)
    assert duties.close_duties(SYSTEM) == 0
    shown.verify(copy, Level.OPENED, at=now)
    drill = shown.drill(one, now - HOUR)
    shown.drill(one, now - HOUR, broken="grants")
    assert duties.close_duties(SYSTEM) == 2
    assert duties.close_duties(SYSTEM) == 0
    states = DutyOccurrence.objects.filter(id__in=[weekly.pk, quarterly.pk]).values_list(
        "state", flat=True
    )
    assert set(states) == {"done"}
    for target, page in (
        (evidence.WEEKLY, reverse("backup-view-run", args=[one.id])),
        (evidence.QUARTERLY, reverse("backup-view-drill", args=[drill.id])),
    ):
        line = board.line(target, clock.now())
        assert line is not None
        assert line.reading.value == 1.0
        shown_page = browser(people["auditor"].staff).get(
            reverse("scorecard-read-target", args=[target]), headers=ENGLISH
        )
        assert f'href="{page}"' in shown_page.content.decode()
    duty = browser(people["security_admin"].staff).get(f"/duties/{weekly.pk}/", headers=ENGLISH)
    assert reverse("backup-list-runs") in duty.content.decode()
