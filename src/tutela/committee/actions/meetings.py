"""Meetings: called, cancelled, held, minuted and closed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import notice_kinds, queries, rules
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
from tutela.trail.events import Event

from .duties import fulfil
from .traces import may_manage, meeting_leaf

State = Meeting.State


@transaction.atomic
def call_meeting(
    actor: Actor, committee_id: UUID, *, at: datetime, agenda: Sequence[str], place: str = ""
) -> Meeting:
    """Call a meeting for a moment to come, with the points of its agenda."""
    grant, person = may_manage(actor)
    committee = queries.committee(committee_id, lock=True)
    rules.may_call(at, clock.now())
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
    meeting_leaf(Event.GOVERNANCE_MEETING_CALLED, actor, meeting, grant, agenda=len(points))
    _tell_members(meeting)
    return meeting


def remind() -> int:
    """Remind the members of the meetings of the next days; how many notices were new."""
    return sum(_tell_members(meeting) for meeting in queries.coming())


def _page(meeting: Meeting) -> str:
    return reverse("committee-view-meeting", args=[meeting.id])


def _tell_members(meeting: Meeting, kind: NoticeKind = notice_kinds.MEETING_CALLED) -> int:
    return notify(
        kind,
        to=[person.id for person in queries.members(meeting.committee)],
        params={"day": str(timezone.localdate(meeting.at))},
        link=_page(meeting),
        once=True,
    )


@transaction.atomic
def cancel_meeting(actor: Actor, meeting_id: UUID, reason: str) -> Meeting:
    """Cancel a called meeting; it stays in the list with its reason."""
    grant, _person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.CALLED)
    check_free_text(reason=reason)
    meeting.reason, meeting.state = rules.must_say(reason)[:300], State.CANCELLED
    meeting.save(update_fields=["reason", "state"])
    meeting_leaf(Event.GOVERNANCE_MEETING_CANCELLED, actor, meeting, grant)
    settle(notice_kinds.MEETING_CALLED, link=_page(meeting))
    _tell_members(meeting, notice_kinds.MEETING_CANCELLED)
    return meeting


@transaction.atomic
def hold_meeting(actor: Actor, meeting_id: UUID, present: rules.Present) -> Meeting:
    """Record who filled which seat (seat id to staff id), once the meeting has begun."""
    grant, _person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.may_hold(meeting.state, meeting.at, clock.now())
    day = timezone.localdate(meeting.at)
    seats = list(queries.seats_on(meeting.committee_id, day))
    meeting.seats = len(seats)
    meeting.needed = rules.needed(len(seats), queries.charter(meeting.committee_id).quorum_percent)
    meeting.state = State.HELD
    holders = queries.holders_of(seats, day)
    rules.must_fit(present, {seat: {one.id for one in people} for seat, people in holders.items()})
    # Before the state: the database takes a first record only while the meeting is called.
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat_id=seat, staff_id=staff) for seat, staff in present.items()
    )
    meeting.save(update_fields=["seats", "needed", "state"])
    counts = {"seats": len(seats), "present": len(present), "quorum": meeting.needed}
    meeting_leaf(Event.GOVERNANCE_MEETING_HELD, actor, meeting, grant, **counts)
    return meeting


@transaction.atomic
def write_minutes(actor: Actor, meeting_id: UUID, text: str) -> Meeting:
    """Write or change the minutes until they are closed."""
    grant, _person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.HELD)
    check_free_text(minutes=text)
    meeting.minutes = rules.must_say(text)
    meeting.save(update_fields=["minutes"])
    meeting_leaf(Event.GOVERNANCE_MEETING_MINUTED, actor, meeting, grant)
    return meeting


@transaction.atomic
def close_meeting(actor: Actor, meeting_id: UUID, text: str | None = None) -> Meeting:
    """Close the minutes: they stay; only the attendance can be corrected after that, by two people.
    With a `text` it is kept first, so that what is closed is what somebody saw."""
    grant, person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.HELD)
    if text is not None and rules.must_say(text) != meeting.minutes:
        write_minutes(actor, meeting_id, text)
        meeting.refresh_from_db()
    rules.must_say(meeting.minutes)
    meeting.state, meeting.closed_by, meeting.closed_at = State.CLOSED, person, clock.now()
    meeting.save(update_fields=["state", "closed_by", "closed_at"])
    meeting_leaf(Event.GOVERNANCE_MEETING_CLOSED, actor, meeting, grant)
    fulfil(actor, meeting)
    return meeting
