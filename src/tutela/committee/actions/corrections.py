"""Corrections of attendance: a new record beside the first, in force once it is signed."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tutela.access import changes
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import events, notice_kinds, queries, rules
from tutela.committee.models import Attendance, Correction, Meeting
from tutela.keys import custody
from tutela.notices.actions.notices import notify, settle
from tutela.trail.event_specs import EventSpec

from .committees import require_manager
from .duties import fulfil

REASON_LETTERS = 300


@transaction.atomic
def correct_attendance(
    actor: Actor, meeting_id: UUID, present: rules.Present, reason: str
) -> Correction:
    """Record again who filled which seat (seat id to staff id). While the minutes are open the correction
    is in force at once; later it waits for `sign_correction`. Number of seats and quorum do not change."""
    grant, person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    before = _present(queries.record(meeting))
    ask = rules.Correct(
        state=meeting.state,
        seats=meeting.seats or 0,
        before=before,
        after=present,
        reason=reason,
    )
    rules.check_correction(ask)
    check_free_text(reason=reason)
    _seats, holders = queries.roll(meeting)
    rules.check_seats(
        present, {seat: {holder.id for holder in people} for seat, people in holders.items()}
    )
    correction = Correction.objects.create(
        meeting=meeting,
        number=meeting.corrections.count() + 1,
        reason=rules.text_of(reason)[:REASON_LETTERS],
        by=person,
        at=clock.now(),
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, number=correction.number, seat_id=seat, staff_id=staff)
        for seat, staff in present.items()
    )
    if meeting.state == Meeting.State.HELD:
        _put_in_force(actor, grant, correction, person, before)
    else:
        _record(grant, events.MEETING_CORRECTION_DRAFTED, correction, before, present)
        _ask_second_person(correction, person)
    return correction


def _ask_second_person(correction: Correction, first: Staff) -> None:
    meeting = correction.meeting
    # The drafter of the new correction need not sign the one it replaces.
    _settle_requests(meeting, first)
    notify(
        notice_kinds.ATTENDANCE_TO_SIGN,
        to=queries.second_people(first),
        params={"day": str(timezone.localdate(meeting.at))},
        link=reverse("committee-view-meeting", args=[meeting.id]),
        once=True,
    )


@transaction.atomic
def sign_correction(actor: Actor, correction_id: int) -> Correction:
    """Sign a correction of a closed meeting as the second person: it is in force from then on."""
    grant, person = require_manager(actor)
    correction = _waiting(correction_id)
    rules.check_signer(correction.by_id, person.id)
    _put_in_force(actor, grant, correction, person, _present(queries.record(correction.meeting)))
    _settle_requests(correction.meeting)
    return correction


@transaction.atomic
def drop_correction(actor: Actor, correction_id: int) -> Correction:
    """Drop a draft correction, anybody's. It stays readable and never counts."""
    grant, person = require_manager(actor)
    correction = _waiting(correction_id)
    correction.dropped_by, correction.dropped_at = person, clock.now()
    correction.save(update_fields=["dropped_by", "dropped_at"])
    stands = _present(queries.record(correction.meeting))
    _record(grant, events.MEETING_CORRECTION_DROPPED, correction, stands, stands)
    _settle_requests(correction.meeting)
    return correction


def _waiting(correction_id: int) -> Correction:
    """A draft that is neither signed nor dropped, read once its committee is locked."""
    meeting = queries.meeting(queries.correction(correction_id).meeting_id, lock=True)
    correction = queries.correction(correction_id)
    rules.check_waiting(correction.number, meeting.corrections.count(), settled=correction.settled)
    return correction


def _settle_requests(meeting: Meeting, *people: Staff) -> None:
    """Settle the requests to sign a correction, for everybody or for the people named."""
    link = reverse("committee-view-meeting", args=[meeting.id])
    named = [person.id for person in people] or None
    settle(notice_kinds.ATTENDANCE_TO_SIGN, link=link, to=named)


def _put_in_force(
    actor: Actor, grant: Grant, correction: Correction, person: Staff, before: rules.Present
) -> None:
    correction.signed_by, correction.signed_at = person, clock.now()
    correction.save(update_fields=["signed_by", "signed_at"])
    after = _present(queries.record(correction.meeting))
    _record(grant, events.MEETING_CORRECTED, correction, before, after)
    # The correction may show a quorum, which fulfils the duty of that quarter.
    fulfil(actor, correction.meeting)


def _present(rows: QuerySet[Attendance]) -> dict[int, UUID]:
    return {row.seat_id: row.staff_id for row in rows}


def _record(
    grant: Grant,
    event: EventSpec,
    correction: Correction,
    before: rules.Present,
    after: rules.Present,
) -> None:
    """Subjects are the meeting and everybody whose presence changed; the reason is sealed."""
    meeting = correction.meeting
    changed = sorted({str(staff) for _seat, staff in before.items() ^ after.items()})
    needed = meeting.needed or 0
    flaws = [rules.flaw(len(after), needed, row.cast) for row in meeting.resolutions.all()]
    changes.record_with_note(
        grant,
        event,
        custody.seal_note(correction.reason),
        ("meeting", str(meeting.id)),
        *(("staff", person) for person in changed),
        committee=meeting.committee.code,
        number=correction.number,
        seats=meeting.seats or 0,
        quorum=needed,
        before=len(before),
        after=len(after),
        resolutions=sum(1 for flaw in flaws if flaw),
    )
