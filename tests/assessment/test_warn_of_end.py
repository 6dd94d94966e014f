"""Before an acceptance ends people are warned, once a stage; after it the risk is open again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from tests.access import cast
from tests.console.stage import browser, text
from tutela.assessment import rules, tasks
from tutela.assessment.actions import risks
from tutela.assessment.actions.risks import RiskText
from tutela.assessment.models import Risk
from tutela.base import clock
from tutela.notices.models import Notice

RISK = RiskText(
    title="Old fax", likelihood=2, impact=3, treatment="accept", owner="compliance_officer"
)
People = dict[str, cast.Member]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Go to the noon of the company's day that lies so many days ahead."""
    noon = datetime.combine(
        clock.today(), datetime.min.time(), ZoneInfo(settings.TIME_ZONE)
    ) + timedelta(hours=12)

    def go(days: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=days))

    return go


def accepted(people: People, days: int) -> Risk:
    risk = risks.register_risk(people["compliance_officer"].actor, RISK)
    until = clock.today() + timedelta(days=days)
    risks.accept_risk(
        people["branch_manager"].actor, risk.id, reason="Line ends in spring", until=until
    )
    return risk


def warnings(risk: Risk) -> int:
    told = Notice.objects.filter(kind="risk_acceptance_ends", link=f"/risks/{risk.id}/")
    return told.count()


def test_both_are_warned_thirty_and_seven_days_before(people: People, at) -> None:
    """The owner's post and whoever bears it; a second run on the same day tells nothing more."""
    risk = accepted(people, 60)
    counts = []
    for day in (29, 30, 30, 52, 53):
        at(day)
        Notice.objects.update(read_at=clock.now())
        tasks.warn_acceptances(0)
        counts.append(warnings(risk))
    assert counts == [0, 2, 2, 2, 4]


def test_a_worker_that_slept_warns_late_but_once(people: People, at) -> None:
    """Both stages have passed: one warning, the nearer one."""
    risk = accepted(people, 60)
    for day in (57, 58):
        at(day)
        tasks.warn_acceptances(0)
    assert warnings(risk) == 2
    assert risk.acceptances.get().warned == 7


@pytest.mark.parametrize(
    ("left", "span", "warned", "stage"),
    [
        (30, 31, None, 30), (31, 60, None, None), (20, 20, None, None), (7, 20, None, 7),
        (7, 60, 7, None), (7, 60, 30, 7), (0, 60, None, 7), (3, 5, None, None), (29, 30, None, None),
    ],
)  # fmt: skip
def test_a_stage_is_due_once_and_only_within_the_acceptance(
    left: int, span: int, warned: int | None, stage: int | None
) -> None:
    """An acceptance of twenty days is not warned of thirty days before its end."""
    assert rules.warning(left=left, span=span, warned=warned) == stage


def test_a_closed_risk_warns_nobody(people: People, at) -> None:
    """It is no more."""
    risk = accepted(people, 60)
    risks.close_risk(people["compliance_officer"].actor, risk.id)
    at(53)
    tasks.warn_acceptances(0)
    assert warnings(risk) == 0


def test_the_page_says_when_it_ends_and_that_it_is_open_again(people: People, at) -> None:
    """Before the end how many days are left, after it that a decision is wanted."""
    risk = accepted(people, 40)
    client = browser(people["compliance_officer"].staff)
    client.cookies["django_language"] = "en"
    at(35)
    assert "days left: 5" in text(client.get(f"/risks/{risk.id}/"))
    at(41)
    tasks.end_acceptances(0)
    page = text(client.get(f"/risks/{risk.id}/"))
    assert "the risk is open again" in page
    assert "Risk open" in text(client.get("/risks/"))
