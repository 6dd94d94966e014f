"""Reads of committees: for pages, for reminders and for the scorecard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tutela.access import queries as access
from tutela.access.models import Staff
from tutela.base import clock
from tutela.notices.queries import post_holders
from tutela.programme import queries as governance
from tutela.programme.models import Task

from . import permissions, rules
from .errors import CommitteeUnknown, CorrectionUnknown
from .founding import FIRST_CODE
from .models import Attendance, Charter, Committee, Correction, Meeting, Resolution, Seat

HELD = (Meeting.State.HELD, Meeting.State.CLOSED)


def committee(committee_id: UUID, *, lock: bool = False) -> Committee:
    rows = Committee.objects.select_for_update() if lock else Committee.objects.all()
    row = rows.filter(id=committee_id).first()
    if row is None:
        raise CommitteeUnknown
    return row


def meeting(meeting_id: UUID, *, lock: bool = False) -> Meeting:
    """By id. `lock` locks its committee, so that writers run one after another."""
    row = Meeting.objects.select_related("committee").filter(id=meeting_id).first()
    if row is None:
        raise CommitteeUnknown
    if lock:
        committee(row.committee_id, lock=True)
        row.refresh_from_db()
    return row


def seat(seat_id: int) -> Seat:
    row = _standing(Seat.objects.filter(id=seat_id), clock.today()).first()
    if row is None:
        raise CommitteeUnknown
    return row


def charter(committee_id: UUID) -> Charter:
    """The charter in force."""
    row = Charter.objects.filter(committee=committee_id).order_by("-number").first()
    if row is None:
        raise CommitteeUnknown
    return row


def _standing(seats: QuerySet[Seat], day: date) -> QuerySet[Seat]:
    """Those that have not ended by a day."""
    return seats.filter(Q(ends__isnull=True) | Q(ends__gt=day))


def seats_from(committee_id: UUID, day: date) -> QuerySet[Seat]:
    """The seats of a day, and those that are to begin after it."""
    rows = _standing(Seat.objects.filter(committee=committee_id), day)
    return rows.select_related("post", "staff").order_by("id")


def seats_on(committee_id: UUID, day: date) -> QuerySet[Seat]:
    """The seats that exist on a day, in the order of their creation."""
    return seats_from(committee_id, day).filter(starts__lte=day)


def holders_of(
    seats: Sequence[Seat], day: date, *, left_too: bool = False
) -> dict[int, list[Staff]]:
    """By seat id, who may fill it on a day: the person named, while active and in the post; for a seat that
    names a post only, every active holder. `left_too` includes those who have left the company since."""
    by_post: dict[str, list[Staff]] = {}
    assignments = access.assignments_on(day).filter(post__in={seat.post_id for seat in seats})
    if not left_too:
        assignments = assignments.filter(staff__is_active=True)
    for assignment in assignments.order_by("staff__staff_no"):
        people = by_post.setdefault(assignment.post_id, [])
        if assignment.staff not in people:
            people.append(assignment.staff)
    return {
        seat.id: [
            person
            for person in by_post.get(seat.post_id, [])
            if seat.staff_id is None or seat.staff_id == person.id
        ]
        for seat in seats
    }


def record(of: Meeting) -> QuerySet[Attendance]:
    """The attendance that counts, seat by seat."""
    rows = of.attendance.in_force()
    return rows.select_related("seat__post", "staff").order_by("seat_id")


def fulfils_duty(of: Meeting) -> bool:
    """Whether the meeting fulfils the quarterly duty: protection committee, minutes closed, quorum met."""
    ours = of.committee.code == FIRST_CODE and of.state == Meeting.State.CLOSED
    return ours and of.needed is not None and record(of).count() >= of.needed


def for_duty(done_on: date) -> Meeting | None:
    """The meeting of a day that fulfilled the duty."""
    closed = Meeting.objects.filter(committee__code=FIRST_CODE, state=Meeting.State.CLOSED)
    rows = closed.filter(at__date=done_on).order_by("closed_at")
    return next((row for row in rows if fulfils_duty(row)), None)


def person_of(post: str, name: str, day: date) -> Staff | None:
    """The active person of this sign-in name or staff number who holds a post on a day."""
    held = access.assignments_on(day).filter(post=post, staff__is_active=True)
    named = held.filter(access.is_named(name, "staff__")).first()
    return named.staff if named else None


def roll(of: Meeting) -> tuple[list[Seat], dict[int, list[Staff]]]:
    """Seats and people that a correction can name: holders of the posts that day, and everybody on
    record, even if the seat or the post ended on the day itself."""
    recorded = list(record(of))
    day = timezone.localdate(of.at)
    seats = {seat.id: seat for seat in seats_on(of.committee_id, day)}
    seats |= {attendance.seat_id: attendance.seat for attendance in recorded}
    chosen = [seats[key] for key in sorted(seats)]
    holders = holders_of(chosen, day, left_too=True)
    for attendance in recorded:
        # A new list: seats of the same post share one.
        known = holders[attendance.seat_id]
        holders[attendance.seat_id] = (
            known if attendance.staff in known else [*known, attendance.staff]
        )
    return chosen, holders


def correction(correction_id: int) -> Correction:
    row = Correction.objects.select_related("meeting").filter(id=correction_id).first()
    if row is None:
        raise CorrectionUnknown
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a meeting's attendance: the first, or a correction. `state` is in_force, replaced,
    waiting (for a signature), dropped, or passed_over (replaced before it was signed)."""

    number: int
    correction: Correction | None
    attendance: list[Attendance]
    state: str


def records(of: Meeting) -> list[Record]:
    """Every record of a meeting, the newest first."""
    newest_first = of.corrections.select_related("by", "signed_by", "dropped_by").order_by(
        "-number"
    )
    by_number: dict[int, list[Attendance]] = {}
    for row in of.attendance.select_related("seat__post", "staff").order_by("seat_id"):
        by_number.setdefault(row.number, []).append(row)
    corrections = list(newest_first)
    counts = max((row.number for row in corrections if row.signed_at), default=0)
    newest = max((row.number for row in corrections), default=0)
    return [
        Record(
            number=number,
            correction=row,
            attendance=by_number.get(number, []),
            state=_state(number, row, counts, newest),
        )
        for number, row in [*((row.number, row) for row in corrections), (0, None)]
    ]


def _state(number: int, correction: Correction | None, counts: int, newest: int) -> str:
    if number == counts:
        return "in_force"
    if correction is None or correction.signed_at:
        return "replaced"
    if correction.dropped_at:
        return "dropped"
    return "waiting" if number == newest else "passed_over"


def second_people(first: Staff) -> set[UUID]:
    """Those whose post may sign a correction today, except its author."""
    return post_holders(governance.posts_with(permissions.COMMITTEE_MANAGE)) - {first.id}


def to_sign(person: UUID | None = None) -> QuerySet[Correction]:
    """Corrections that wait for a signature; with `person`, those this person may sign."""
    newest = Correction.objects.filter(meeting=OuterRef("meeting")).order_by("-number")
    rows = Correction.objects.filter(
        signed_at__isnull=True,
        dropped_at__isnull=True,
        number=Subquery(newest.values("number")[:1]),
    )
    rows = rows if person is None else rows.exclude(by=person)
    return rows.select_related("meeting__committee").order_by("at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a committee last met with a quorum, and by when it must meet again."""

    last: date | None
    due: date
    overdue: bool


def rhythm(of: Committee) -> Rhythm:
    rows = of.meetings.filter(state__in=HELD).counted().order_by("-at")
    last = next((row for row in rows if row.present >= (row.needed or 1)), None)
    day = timezone.localdate(last.at) if last else None
    due = rules.next_due(day, timezone.localdate(of.created_at), of.every_months)
    return Rhythm(last=day, due=due, overdue=due < clock.today())


def coming(days: int = rules.REMIND_DAYS) -> QuerySet[Meeting]:
    """Upcoming meetings whose members are to be reminded."""
    now = clock.now()
    return Meeting.objects.filter(
        state=Meeting.State.CALLED, at__gt=now, at__lte=now + timedelta(days=days)
    ).select_related("committee")


def to_minute() -> QuerySet[Meeting]:
    """Meetings that have begun and lack attendance or closed minutes."""
    unfinished = Q(state=Meeting.State.CALLED, at__lte=clock.now()) | Q(state=Meeting.State.HELD)
    return Meeting.objects.filter(unfinished).select_related("committee").order_by("at")


def members(of: Committee) -> list[Staff]:
    """The people named for a seat who may fill it today. A seat that names a post only has no member: all its
    holders would be told of meetings of which they are no part."""
    today = clock.today()
    people = holders_of(list(seats_on(of.id, today).filter(staff__isnull=False)), today)
    return list({person.id: person for group in people.values() for person in group}.values())


class Resolved(NamedTuple):
    """A resolution with its task. `overdue`: the task is open past its due date. `flaw`: a corrected
    attendance no longer supports the quorum or the votes."""

    resolution: Resolution
    task: Task | None
    overdue: bool
    flaw: rules.Flaw


def resolutions(rows: QuerySet[Resolution]) -> list[Resolved]:
    """Resolutions with their tasks. Three statements."""
    passed = list(rows.select_related("owner"))
    tasks = {str(task.id): task for task in Task.objects.filter(id__in=[r.task for r in passed])}
    meetings = {row.id: row for row in Meeting.objects.filter(resolutions__in=passed).counted()}
    return [_resolved(row, tasks.get(row.task), meetings[row.meeting_id]) for row in passed]


def _resolved(resolution: Resolution, task: Task | None, meeting: Meeting) -> Resolved:
    is_open = task is not None and task.state in {Task.State.TODO, Task.State.DOING}
    late = is_open and task is not None and task.due < clock.today()
    return Resolved(
        resolution, task, late, rules.flaw(meeting.present, meeting.needed or 0, resolution.cast)
    )


def resolutions_of(of: Committee, limit: int = 20) -> list[Resolved]:
    """The newest resolutions of a committee."""
    rows = Resolution.objects.filter(meeting__committee=of).order_by("-passed_at")
    return resolutions(rows[:limit])
