"""Meetings: called ahead, held when they have begun, with a quorum counted in seats."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.committee.test_correct_attendance import proofs
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.committee import errors, rules
from tutela.committee.actions import meetings
from tutela.committee.models import Meeting
from tutela.notices.models import Notice

State = Meeting.State


@given(seats=some.integers(1, 40), percent=some.integers(50, 100))
def test_a_quorum_is_more_than_half_and_at_most_all(seats, percent):
    """Whatever the charter says, never half or less, never more than there are."""
    wanted = rules.needed(seats, percent)
    assert wanted <= seats
    assert wanted * 2 > seats or percent > 50
    assert wanted * 100 >= seats * percent


def test_a_meeting_is_called_for_the_future(table):
    """Nobody can be called to yesterday."""
    with pytest.raises(errors.DateWrong):
        table.call(clock.now() - timedelta(minutes=1))


def test_a_meeting_needs_an_agenda(table):
    """Blank lines are no points."""
    with pytest.raises(errors.AgendaMissing):
        meetings.call_meeting(
            table.chair.actor,
            table.committee.id,
            at=clock.now() + timedelta(days=1),
            agenda=[" ", ""],
        )


def test_calling_tells_whoever_may_fill_a_seat(table):
    """The inbox of each member, and of nobody else."""
    table.call(clock.now() + timedelta(days=2))
    told = Notice.objects.filter(kind="meeting_called").values_list("recipient", flat=True)
    assert set(told) == {one.staff.id for one in (table.chair, table.compliance, table.it)}


def test_attendance_cannot_be_recorded_ahead(table):
    """A list of those who will come is no attendance."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    with pytest.raises(errors.NotYetHeld):
        meetings.hold_meeting(table.chair.actor, meeting.id, table.present("security_admin"))


def test_seats_and_quorum_are_written_down(held):
    """Two of three are needed; later changes of the charter do not touch it."""
    assert (held.state, held.seats, held.needed) == (State.HELD, 3, 2)
    assert held.attendance.count() == 2


def test_a_seat_is_filled_by_a_holder_of_its_post(table, later):
    """A clerk cannot sit for the security administrator, and nobody sits twice."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    seat = table.seats["security_admin"].id
    for present in ({seat: table.clerk.staff.id}, {seat: table.compliance.staff.id}):
        with pytest.raises(errors.SeatNotHeld):
            meetings.hold_meeting(table.chair.actor, meeting.id, present)


def test_only_a_meeting_with_a_quorum_counts_as_held(table, later):
    """The scorecard counts what could resolve something."""
    before = len(proofs())
    for posts in (("security_admin",), ("security_admin", "system_admin")):
        meeting = table.call(clock.now() + timedelta(minutes=1))
        later(0.1)
        meetings.hold_meeting(table.chair.actor, meeting.id, table.present(*posts))
    assert len(proofs()) == before + 1


def test_closed_minutes_stay(table, held):
    """The verb refuses, and the database does too."""
    meetings.write_minutes(table.chair.actor, held.id, "All is well.")
    meetings.close_meeting(table.chair.actor, held.id)
    with pytest.raises(errors.StateWrong):
        meetings.write_minutes(table.chair.actor, held.id, "Nothing is well.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committee_meeting SET minutes = 'x' WHERE id = %s", [held.id])


def test_minutes_must_be_written_before_they_are_closed(table, held):
    """An empty page is no minutes."""
    with pytest.raises(errors.TextMissing):
        meetings.close_meeting(table.chair.actor, held.id)


def test_a_cancelled_meeting_keeps_its_reason(table):
    """And cannot be held any more."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    gone = meetings.cancel_meeting(table.chair.actor, meeting.id, "Quarter end")
    assert (gone.state, gone.reason) == (State.CANCELLED, "Quarter end")
    with pytest.raises(errors.StateWrong):
        meetings.cancel_meeting(table.chair.actor, meeting.id, "again")


def test_the_members_learn_that_a_meeting_is_cancelled(table):
    """And its call waits for nobody any more."""
    meeting = table.call(clock.now() + timedelta(days=3))
    mine = Notice.objects.filter(recipient=table.it.staff, link__contains=str(meeting.id))
    meetings.cancel_meeting(table.chair.actor, meeting.id, "Quarter end")
    unread = mine.filter(read_at=None).values_list("kind", flat=True)
    assert list(unread) == ["meeting_cancelled"]


def test_a_meeting_is_called_once_for_a_time(table):
    """Whoever goes back and sends the form again is told; a cancelled one may be called anew."""
    at = clock.now() + timedelta(days=5)
    meeting = table.call(at)
    with pytest.raises(errors.MeetingCalled):
        table.call(at)
    meetings.cancel_meeting(table.chair.actor, meeting.id, "Another room")
    assert table.call(at).state == State.CALLED


def test_a_clerk_cannot_call(table):
    """The gate refuses."""
    with pytest.raises(PermissionMissing):
        meetings.call_meeting(
            table.clerk.actor, table.committee.id, at=clock.now(), agenda=["Anything"]
        )
