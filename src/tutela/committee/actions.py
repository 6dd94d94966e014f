"""Committees: founded, seated, called, held, minuted; resolutions become tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.notices.actions import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.programme.actions.tasks import create_task
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import queries, rules
from .duty import fulfil
from .errors import (
    AgendaMissing,
    CharterMissing,
    CommitteeExists,
    MeetingCalled,
    NoSeats,
    PersonNeeded,
    SeatTaken,
)
from .models import AgendaItem, Attendance, Charter, Committee, Meeting, Resolution, Seat

State = Meeting.State


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterText:
    """A charter in both languages with its quorum in per cent of the seats."""

    zh: str
    en: str
    quorum_percent: int = 50


@transaction.atomic
def found_committee(
    actor: Actor, *, code: str, names: tuple[str, str], charter: CharterText, every_months: int = 3
) -> Committee:
    """Found a committee with its first charter; names are Chinese, English."""
    grant, person = _may(actor)
    check_free_text(code=code, name_zh=names[0], name_en=names[1])
    committee, new = Committee.objects.get_or_create(
        code=code,
        defaults={
            "name_zh": names[0].strip(),
            "name_en": names[1].strip(),
            "every_months": every_months,
            "created_at": clock.now(),
        },
    )
    if not new:
        raise CommitteeExists(committee=code)
    _write_charter(actor, grant, committee, charter, person)
    return committee


@transaction.atomic
def change_charter(actor: Actor, committee_id: UUID, charter: CharterText) -> Charter:
    """Write the next version of the charter; meetings already held keep the quorum they had."""
    grant, person = _may(actor)
    return _write_charter(actor, grant, queries.committee(committee_id, lock=True), charter, person)


def _write_charter(
    actor: Actor, grant: Grant, committee: Committee, charter: CharterText, person: Staff
) -> Charter:
    if not charter.zh.strip() or not charter.en.strip():
        raise CharterMissing
    rules.check_quorum(charter.quorum_percent)
    check_free_text(text_zh=charter.zh, text_en=charter.en)
    made = Charter.objects.create(
        committee=committee,
        number=committee.charters.count() + 1,
        text_zh=charter.zh.strip(),
        text_en=charter.en.strip(),
        quorum_percent=charter.quorum_percent,
        written_by=person,
        written_at=clock.now(),
    )
    _leaf(Event.GOVERNANCE_CHARTER_CHANGED, actor, committee, grant, number=made.number)
    return made


@transaction.atomic
def name_seat(actor: Actor, committee_id: UUID, *, post: str, role: str = Seat.Role.MEMBER) -> Seat:
    """Give a post a seat from today; SeatTaken."""
    grant, _person = _may(actor)
    committee = queries.committee(committee_id, lock=True)
    seat = Seat(
        committee=committee, post=access.post(post), role=Seat.Role(role), starts=clock.today()
    )
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError as error:
        raise SeatTaken from error
    _leaf(Event.GOVERNANCE_SEAT_NAMED, actor, committee, grant, seat=seat.id, post=post)
    return seat


@transaction.atomic
def end_seat(actor: Actor, seat_id: int) -> Seat:
    """End a seat today; meetings already held keep it."""
    grant, _person = _may(actor)
    seat = queries.seat(seat_id)
    committee = queries.committee(seat.committee_id, lock=True)
    seat.ends = max(seat.starts, clock.today())
    seat.save(update_fields=["ends"])
    _leaf(Event.GOVERNANCE_SEAT_ENDED, actor, committee, grant, seat=seat.id, post=seat.post_id)
    return seat


@transaction.atomic
def call_meeting(
    actor: Actor, committee_id: UUID, *, at: datetime, agenda: Sequence[str], place: str = ""
) -> Meeting:
    """Call a meeting for a moment to come, with the points of its agenda."""
    grant, person = _may(actor)
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
    _meeting_leaf(Event.GOVERNANCE_MEETING_CALLED, actor, meeting, grant, agenda=len(points))
    _tell_members(meeting)
    return meeting


def remind() -> int:
    """Remind the members of the meetings of the next days; how many notices were new."""
    return sum(_tell_members(meeting) for meeting in queries.coming())


def _page(meeting: Meeting) -> str:
    return reverse("committee-view-meeting", args=[meeting.id])


def _tell_members(meeting: Meeting, kind: NoticeKind = NoticeKind.MEETING_CALLED) -> int:
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
    grant, _person = _may(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.CALLED)
    check_free_text(reason=reason)
    meeting.reason, meeting.state = rules.must_say(reason)[:300], State.CANCELLED
    meeting.save(update_fields=["reason", "state"])
    _meeting_leaf(Event.GOVERNANCE_MEETING_CANCELLED, actor, meeting, grant)
    settle(NoticeKind.MEETING_CALLED, link=_page(meeting))
    _tell_members(meeting, NoticeKind.MEETING_CANCELLED)
    return meeting


@transaction.atomic
def hold_meeting(actor: Actor, meeting_id: UUID, present: rules.Present) -> Meeting:
    """Record who filled which seat (seat id to staff id), once the meeting has begun."""
    grant, _person = _may(actor)
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
    _meeting_leaf(Event.GOVERNANCE_MEETING_HELD, actor, meeting, grant, **counts)
    return meeting


@transaction.atomic
def write_minutes(actor: Actor, meeting_id: UUID, text: str) -> Meeting:
    """Write or change the minutes until they are closed."""
    grant, _person = _may(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.HELD)
    check_free_text(minutes=text)
    meeting.minutes = rules.must_say(text)
    meeting.save(update_fields=["minutes"])
    _meeting_leaf(Event.GOVERNANCE_MEETING_MINUTED, actor, meeting, grant)
    return meeting


@transaction.atomic
def close_meeting(actor: Actor, meeting_id: UUID, text: str | None = None) -> Meeting:
    """Close the minutes: they stay; only the attendance can be corrected after that, by two people.
    With a `text` it is kept first, so that what is closed is what somebody saw."""
    grant, person = _may(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    rules.must_be(meeting.state, State.HELD)
    if text is not None and rules.must_say(text) != meeting.minutes:
        write_minutes(actor, meeting_id, text)
        meeting.refresh_from_db()
    rules.must_say(meeting.minutes)
    meeting.state, meeting.closed_by, meeting.closed_at = State.CLOSED, person, clock.now()
    meeting.save(update_fields=["state", "closed_by", "closed_at"])
    _meeting_leaf(Event.GOVERNANCE_MEETING_CLOSED, actor, meeting, grant)
    fulfil(actor, meeting)
    return meeting


@transaction.atomic
def pass_resolution(
    actor: Actor,
    meeting_id: UUID,
    *,
    text: str,
    owner: str,
    due: date,
    votes: rules.Votes,
    department: str = "",
    minutes: str | None = None,
) -> Resolution:
    """Record a resolution of a meeting with a quorum; it becomes a task in the same transaction. Minutes
    that were typed meanwhile are kept with it."""
    grant, _person = _may(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    present = queries.record(meeting).count()
    rules.may_resolve(meeting.state, present, meeting.needed or 0, votes)
    rules.must_come(due, clock.today())
    check_free_text(text=text)
    said, key = rules.must_say(text)[:500], Resolution().id
    task = create_task(
        actor=actor,
        title=said[:160],
        text=said,
        department=department,
        post=owner,
        due=due,
        origin=("resolution", str(key)),
    )
    made = Resolution.objects.create(
        id=key,
        meeting=meeting,
        number=meeting.resolutions.count() + 1,
        text=said,
        owner=access.post(owner),
        department=access.department(department) if department else None,
        due=due,
        votes_for=votes.yes,
        votes_against=votes.no,
        abstained=votes.abstained,
        task=str(task.pk),
        passed_at=clock.now(),
    )
    detail: dict[str, str | int] = {"number": made.number, "post": owner, "due": str(due)}
    _meeting_leaf(Event.GOVERNANCE_RESOLUTION_PASSED, actor, meeting, grant, **detail)
    # To the task, which the owner may open; the meeting is for those who sit on the committee.
    link = reverse("governance-view-task", args=[task.pk])
    notify(NoticeKind.RESOLUTION_GIVEN, posts=[owner], params={"due": str(due)}, link=link)
    if minutes is not None:
        write_minutes(actor, meeting_id, minutes)
    return made


def _may(actor: Actor) -> tuple[Grant, Staff]:
    grant = gate.require(actor, Permission.GOVERNANCE_COMMITTEE_MANAGE)
    if actor.kind != "staff":
        raise PersonNeeded
    return grant, access.staff_by_id(actor.id)


def _meeting_leaf(
    event: Event, actor: Actor, meeting: Meeting, grant: Grant, **detail: str | int
) -> None:
    subject = ("meeting", str(meeting.id))
    _leaf(event, actor, meeting.committee, grant, subject=subject, **detail)


def _leaf(
    event: Event,
    actor: Actor,
    committee: Committee,
    grant: Grant,
    subject: tuple[str, str] | None = None,
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(subject or ("committee", str(committee.id)),),
            decision=grant.as_leaf(),
            detail={"committee": committee.code, **detail},
        )
    )
