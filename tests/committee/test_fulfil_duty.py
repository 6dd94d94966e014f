"""A meeting with a quorum, minuted and closed, is what the quarter's duty asks for."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from tests.console.stage import browser, text
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.committee.actions import committees, meetings
from tutela.committee.actions.corrections import correct_attendance, sign_correction
from tutela.committee.models import Meeting
from tutela.programme.actions.duties import make_occurrences
from tutela.programme.models import DutyOccurrence

_back = count(40)


@pytest.fixture
def duty(table) -> DutyOccurrence:
    """A period of the duty that has begun and is open."""
    make_occurrences(SYSTEM, until=clock.today() + timedelta(days=900))
    rows = DutyOccurrence.objects.filter(template__code="committee-meeting", state="open")
    one, today = rows.order_by("begins").last(), clock.today()
    # Only the test may move time; no period twice, so each test has another first day.
    begins = today - timedelta(days=next(_back))
    DutyOccurrence.objects.filter(pk=one.pk).update(
        begins=begins, ends=today + timedelta(days=9), due=today + timedelta(days=12)
    )
    yield one
    # Out of the way of the next one.
    DutyOccurrence.objects.filter(pk=one.pk, state="open").update(state="skipped", reason="tested")


def close(table, meeting) -> None:
    meetings.close_meeting(table.chair.actor, meeting.id, "All agreed.")


def test_closed_minutes_close_the_duty(table, duty, held):
    """By the installation, on the day of the meeting, with a link to it for whoever may read it."""
    close(table, held)
    duty.refresh_from_db()
    day = timezone.localdate(held.at)
    assert (duty.state, duty.done_on, duty.done_by) == ("done", day, None)
    page = text(browser(table.chair.staff).get(f"/duties/{duty.pk}/"))
    assert f'href="/committee/meetings/{held.id}/"' in page
    assert "/committee/meetings/" not in text(browser(table.clerk.staff).get(f"/duties/{duty.pk}/"))


def test_a_meeting_without_a_quorum_fulfils_nothing(table, duty, later):
    """One of three came."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    meetings.hold_meeting(table.chair.actor, meeting.id, table.present("security_admin"))
    close(table, meeting)
    duty.refresh_from_db()
    assert duty.state == "open"


def test_a_quorum_found_afterwards_fulfils_it(table, duty, later):
    """Two had come, one was written down; the duty is closed with the second signature."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    meetings.hold_meeting(table.chair.actor, meeting.id, table.present("security_admin"))
    close(table, meeting)
    both = table.present("security_admin", "compliance_officer")
    made = correct_attendance(table.chair.actor, meeting.id, both, "The list was incomplete")
    duty.refresh_from_db()
    assert duty.state == "open"
    sign_correction(table.compliance.actor, made.id)
    duty.refresh_from_db()
    assert (duty.state, duty.done_by) == ("done", None)


def test_another_committees_meeting_fulfils_nothing(table, duty, later):
    """The duty names the protection committee."""
    other = committees.found_committee(
        table.chair.actor, code="other", names=("另一委员会", "Other"),
        charter=committees.CharterText(zh="# 章程", en="# Charter"),
    )  # fmt: skip
    named = committees.Appointment(
        post="security_admin", person=table.chair.staff.login, role="chair"
    )
    seat = committees.name_seat(table.chair.actor, other.id, named)
    meeting = meetings.call_meeting(
        table.chair.actor, other.id, at=clock.now() + timedelta(hours=1), agenda=["One"]
    )
    later(2)
    meetings.hold_meeting(table.chair.actor, meeting.id, {seat.id: table.chair.staff.id})
    close(table, meeting)
    duty.refresh_from_db()
    assert duty.state == "open"
    assert Meeting.objects.get(id=meeting.id).state == "closed"


def test_a_duty_closed_by_hand_stays_as_it_is(table, duty, held):
    """Closing the minutes later changes nothing."""
    DutyOccurrence.objects.filter(pk=duty.pk).update(
        state="done", done_on=clock.today(), done_by=table.it.staff, done_at=clock.now()
    )
    close(table, held)
    duty.refresh_from_db()
    assert duty.done_by == table.it.staff
