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
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.programme import queries as governance
from tutela.programme.models import Task

from . import rules
from .errors import CommitteeUnknown, CorrectionUnknown
from .founding import FIRST_CODE
from .models import Attendance, Charter, Committee, Correction, Meeting, Resolution, Seat

HELD = (Meeting.State.HELD, Meeting.State.CLOSED)


def committee(committee_id: UUID, *, lock: bool = False) -> Committee:
    rows = Committee.objects.select_for_update() if lock else Committee.objects.all()
    found = rows.filter(id=committee_id).first()
    if found is None:
        raise CommitteeUnknown
    return found


def meeting(meeting_id: UUID, *, lock: bool = False) -> Meeting:
    """By id; `lock` holds its committee, so that two writers queue up."""
    found = Meeting.objects.select_related("committee").filter(id=meeting_id).first()
    if found is None:
        raise CommitteeUnknown
    if lock:
        committee(found.committee_id, lock=True)
        found.refresh_from_db()
    return found


def seat(seat_id: int) -> Seat:
    found = Seat.objects.filter(id=seat_id, ends__isnull=True).first()
    if found is None:
        raise CommitteeUnknown
    return found


def charter(committee_id: UUID) -> Charter:
    """The charter in force."""
    found = Charter.objects.filter(committee=committee_id).order_by("-number").first()
    if found is None:
        raise CommitteeUnknown
    return found


def seats_on(committee_id: UUID, day: date) -> QuerySet[Seat]:
    """The seats of a day, in the order in which they were named."""
    return (
        Seat.objects.filter(
            Q(ends__isnull=True) | Q(ends__gt=day), committee=committee_id, starts__lte=day
        )
        .select_related("post")
        .order_by("id")
    )


def holders_of(
    seats: Sequence[Seat], day: date, *, left_too: bool = False
) -> dict[int, list[Staff]]:
    """For each seat the active people who hold its post on a day; `left_too` adds those who have left
    the company since."""
    by_post: dict[str, list[Staff]] = {}
    held = access.assignments_on(day).filter(post__in={seat.post_id for seat in seats})
    if not left_too:
        held = held.filter(staff__is_active=True)
    for one in held.order_by("staff__staff_no"):
        people = by_post.setdefault(one.post_id, [])
        if one.staff not in people:
            people.append(one.staff)
    return {seat.id: by_post.get(seat.post_id, []) for seat in seats}


def record(of: Meeting) -> QuerySet[Attendance]:
    """The attendance that counts, seat by seat."""
    rows = of.attendance.in_force()
    return rows.select_related("seat__post", "staff").order_by("seat_id")


def fulfils_duty(of: Meeting) -> bool:
    """Whether it is what the quarter's duty asks for: of the protection committee, closed, with a quorum."""
    ours = of.committee.code == FIRST_CODE and of.state == Meeting.State.CLOSED
    return ours and of.needed is not None and record(of).count() >= of.needed


def for_duty(done_on: date) -> Meeting | None:
    """The meeting of a day that closed the period of its duty."""
    found = Meeting.objects.filter(committee__code=FIRST_CODE, state=Meeting.State.CLOSED)
    rows = found.filter(at__date=done_on).order_by("closed_at")
    return next((one for one in rows if fulfils_duty(one)), None)


def roll(of: Meeting) -> tuple[list[Seat], dict[int, list[Staff]]]:
    """Seats and people from whom a correction chooses: who held the posts that day, and whoever is on
    record, also where a seat was ended or a post taken away on the day itself."""
    recorded = list(record(of))
    day = timezone.localdate(of.at)
    seats = {seat.id: seat for seat in seats_on(of.committee_id, day)}
    seats |= {one.seat_id: one.seat for one in recorded}
    chosen = [seats[key] for key in sorted(seats)]
    holders = holders_of(chosen, day, left_too=True)
    for one in recorded:
        # Another list: seats of one post share theirs.
        known = holders[one.seat_id]
        holders[one.seat_id] = known if one.staff in known else [*known, one.staff]
    return chosen, holders


def correction(correction_id: int) -> Correction:
    found = Correction.objects.select_related("meeting").filter(id=correction_id).first()
    if found is None:
        raise CorrectionUnknown
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a meeting's attendance: the first, or a correction. `state` is in_force, replaced,
    waiting (for a signature), dropped (set aside) or passed_over (never signed)."""

    number: int
    correction: Correction | None
    attendance: list[Attendance]
    state: str


def records(of: Meeting) -> list[Record]:
    """Every record of a meeting, the newest first."""
    found = of.corrections.select_related("by", "signed_by", "dropped_by").order_by("-number")
    by_number: dict[int, list[Attendance]] = {}
    for one in of.attendance.select_related("seat__post", "staff").order_by("seat_id"):
        by_number.setdefault(one.number, []).append(one)
    corrections = list(found)
    counts = max((one.number for one in corrections if one.signed_at), default=0)
    newest = max((one.number for one in corrections), default=0)
    return [
        Record(
            number=number,
            correction=one,
            attendance=by_number.get(number, []),
            state=_state(number, one, counts, newest),
        )
        for number, one in [*((one.number, one) for one in corrections), (0, None)]
    ]


def _state(number: int, one: Correction | None, counts: int, newest: int) -> str:
    if number == counts:
        return "in_force"
    if one is None or one.signed_at:
        return "replaced"
    if one.dropped_at:
        return "dropped"
    return "waiting" if number == newest else "passed_over"


def second_people(first: Staff) -> list[UUID]:
    """Those whose post may sign a correction today, without the one who made it."""
    posts = governance.holders_of(Permission.GOVERNANCE_COMMITTEE_MANAGE)
    held = access.assignments_on(clock.today()).filter(post__in=posts)
    return list(held.exclude(staff=first).values_list("staff", flat=True).distinct())


def to_sign(person: UUID | None = None) -> QuerySet[Correction]:
    """Corrections that wait for a second person; with `person`, those that this person may sign."""
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
    last = next((one for one in rows if one.present >= (one.needed or 1)), None)
    day = timezone.localdate(last.at) if last else None
    due = rules.next_due(day, timezone.localdate(of.created_at), of.every_months)
    return Rhythm(last=day, due=due, overdue=due < clock.today())


def coming(days: int = rules.REMIND_DAYS) -> QuerySet[Meeting]:
    """Meetings of the next days whose members are to be reminded."""
    now = clock.now()
    return Meeting.objects.filter(
        state=Meeting.State.CALLED, at__gt=now, at__lte=now + timedelta(days=days)
    ).select_related("committee")


def to_minute() -> QuerySet[Meeting]:
    """Meetings that have begun and whose attendance or minutes are still missing."""
    open_ones = Q(state=Meeting.State.CALLED, at__lte=clock.now()) | Q(state=Meeting.State.HELD)
    return Meeting.objects.filter(open_ones).select_related("committee").order_by("at")


def members(of: Committee) -> list[Staff]:
    """Everybody who may fill a seat today: those to be reminded of a meeting."""
    today = clock.today()
    people = holders_of(list(seats_on(of.id, today)), today)
    return list({person.id: person for group in people.values() for person in group}.values())


class Resolved(NamedTuple):
    """A resolution with the task it became; `overdue` when the task is open past its day, `flaw` when a
    correction of the attendance took its quorum or its votes."""

    resolution: Resolution
    task: Task | None
    overdue: bool
    flaw: rules.Flaw


def resolutions(rows: QuerySet[Resolution]) -> list[Resolved]:
    """The resolutions with their tasks, in three queries."""
    found = list(rows.select_related("owner"))
    tasks = {str(task.id): task for task in Task.objects.filter(id__in=[r.task for r in found])}
    held = {one.id: one for one in Meeting.objects.filter(resolutions__in=found).counted()}
    return [_resolved(one, tasks.get(one.task), held[one.meeting_id]) for one in found]


def _resolved(one: Resolution, task: Task | None, held: Meeting) -> Resolved:
    waits = task is not None and task.state in {Task.State.TODO, Task.State.DOING}
    late = waits and task is not None and task.due < clock.today()
    return Resolved(one, task, late, rules.flaw(held.present, held.needed or 0, one.cast))


def resolutions_of(of: Committee, limit: int = 20) -> list[Resolved]:
    """The newest resolutions of a committee."""
    rows = Resolution.objects.filter(meeting__committee=of).order_by("-passed_at")
    return resolutions(rows[:limit])
