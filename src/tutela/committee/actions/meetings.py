"""Meetings: called, cancelled, held, minuted, closed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import events, notice_kinds, queries, rules
from tutela.committee.errors import (
    AgendaMissing,
    MeetingCalled,
    NoSeats,
)
from tutela.committee.models import (
    AgendaItem,
    Attendance,
    Meeting,
)
from tutela.notices.actions.notices import notify, settle
from tutela.notices.kinds import NoticeKind

from .committees import require_manager
from .duties import fulfil
from .leaves import record_meeting

State = Meeting.State


@transaction.atomic
def call_meeting(
    actor: Actor, committee_id: UUID, *, at: datetime, agenda: Sequence[str], place: str = ""
) -> Meeting:
    """Call a meeting at a future time, with its agenda."""
    grant, person = require_manager(actor)
    committee = queries.committee(committee_id, lock=True)
    rules.check_call(at, clock.now())
    points = [point.strip()[:200] for point in agenda if point.strip()]
    if not points:
        raise AgendaMissing
    check_free_text(agenda="\n".join(agenda), place=place)
    if not queries.seats_on(committee.id, clock.today()).exists():
        raise NoSeats
    if committee.meetings.filter(at=at, state=State.CALLED).exists():
        raise MeetingCalled
    meeting = Meeting.objects.create(
        committee=committee,
        number=committee.meetings.count() + 1,
        at=at,
        place=place.strip(),
        called_by=person,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, title=point)
        for number, point in enumerate(points, start=1)
    )
    record_meeting(grant, events.MEETING_CALLED, meeting, agenda=len(points))
    _notify_members(meeting)
    return meeting


def remind() -> int:
    """Remind the members of upcoming meetings; how many notices were new."""
    return sum(_notify_members(meeting) for meeting in queries.coming())


def _page(meeting: Meeting) -> str:
    return reverse("committee-view-meeting", args=[meeting.id])


def _notify_members(meeting: Meeting, kind: NoticeKind = notice_kinds.MEETING_CALLED) -> int:
    return notify(
        kind,
        to=[person.id for person in queries.members(meeting.committee)],
        params={"day": str(timezone.localdate(meeting.at))},
        link=_page(meeting),
        once=True,
    )


@transaction.atomic
def cancel_meeting(actor: Actor, meeting_id: UUID, reason: str) -> Meeting:
    """Cancel a called meeting; it stays listed with the reason."""
    grant, _person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.check_state(meeting.state, State.CALLED)
    check_free_text(reason=reason)
    meeting.reason, meeting.state = rules.text_of(reason)[:300], State.CANCELLED
    meeting.save(update_fields=["reason", "state"])
    record_meeting(grant, events.MEETING_CANCELLED, meeting)
    settle(notice_kinds.MEETING_CALLED, link=_page(meeting))
    _notify_members(meeting, notice_kinds.MEETING_CANCELLED)
    return meeting


@transaction.atomic
def hold_meeting(actor: Actor, meeting_id: UUID, present: rules.Present) -> Meeting:
    """Record who filled which seat (seat id to staff id), once the meeting has begun."""
    grant, _person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.check_hold(meeting.state, meeting.at, clock.now())
    day = timezone.localdate(meeting.at)
    seats = list(queries.seats_on(meeting.committee_id, day))
    meeting.seats = len(seats)
    meeting.needed = rules.needed(len(seats), queries.charter(meeting.committee_id).quorum_percent)
    meeting.state = State.HELD
    holders = queries.holders_of(seats, day)
    rules.check_seats(
        present, {seat: {person.id for person in people} for seat, people in holders.items()}
    )
    # Before the state changes: the database accepts a first record only while the meeting is called.
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat_id=seat, staff_id=staff) for seat, staff in present.items()
    )
    meeting.save(update_fields=["seats", "needed", "state"])
    counts = {"seats": len(seats), "present": len(present), "quorum": meeting.needed}
    record_meeting(grant, events.MEETING_HELD, meeting, **counts)
    return meeting


@transaction.atomic
def write_minutes(actor: Actor, meeting_id: UUID, text: str) -> Meeting:
    """Write or change the minutes until they are closed."""
    grant, _person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.check_state(meeting.state, State.HELD)
    check_free_text(minutes=text)
    meeting.minutes = rules.text_of(text)
    meeting.save(update_fields=["minutes"])
    record_meeting(grant, events.MEETING_MINUTED, meeting)
    return meeting


@transaction.atomic
def close_meeting(actor: Actor, meeting_id: UUID, text: str | None = None) -> Meeting:
    """Close the minutes for good; after that only the attendance can be corrected, by two people. A `text`
    is saved first, so that the closed minutes are the ones the person saw."""
    grant, person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.check_state(meeting.state, State.HELD)
    if text is not None and rules.text_of(text) != meeting.minutes:
        write_minutes(actor, meeting_id, text)
        meeting.refresh_from_db()
    rules.text_of(meeting.minutes)
    meeting.state, meeting.closed_by, meeting.closed_at = State.CLOSED, person, clock.now()
    meeting.save(update_fields=["state", "closed_by", "closed_at"])
    record_meeting(grant, events.MEETING_CLOSED, meeting)
    fulfil(actor, meeting)
    return meeting
