"""Decisions about the trail that wait for a second person are remembered every day, until they are made."""

from datetime import timedelta

import pytest

from tests.access import cast
from tests.trail.conftest import query
from tutela.base import clock
from tutela.keys import fault_answers
from tutela.notices import trail_reminders
from tutela.notices.models import Notice

pytestmark = pytest.mark.usefixtures("database")
KIND = "trail_decision_still_waits"


def unread(person):
    return list(
        Notice.objects.filter(kind=KIND, recipient_id=person.id, read_at=None).values_list(
            "params", "link"
        )
    )


def test_a_decision_that_waits_is_remembered_once_a_day_until_it_is_made(monkeypatch):
    """Not on the first day, not to who proposed it; each day's notice takes the place of the one before."""
    cast.plant_branches()
    first, second = (cast.hire(post).actor for post in ("compliance_officer", "security_admin"))
    query("SELECT trail.report_fault('root', 1::smallint, 3::bigint, NULL)")
    key = fault_answers.propose(first, "The server was moved, case 2026-3")
    assert trail_reminders.remind() == 0
    now = clock.now()
    for days in (1, 2):
        later = now + timedelta(days=days, minutes=1)
        monkeypatch.setattr(clock, "now", lambda at=later: at)
        assert trail_reminders.remind() >= 1
        assert unread(second) == [({"days": days}, "/trail/faults/")]
        assert unread(first) == []
    monkeypatch.undo()
    fault_answers.approve(second, key)
    assert unread(second) == []
    assert trail_reminders.remind() == 0
