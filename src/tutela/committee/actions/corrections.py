"""Attendance put right: another record beside the first, in force once it is signed."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import notice_kinds, queries, rules
from tutela.committee.models import Attendance, Correction, Meeting
from tutela.keys import custody
from tutela.notices.actions.notices import notify, settle
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from .duties import fulfil
from .traces import may_manage

REASON_LETTERS = 300


@transaction.atomic
def correct_attendance(
    actor: Actor, meeting_id: UUID, present: rules.Present, reason: str
) -> Correction:
    """Write another record of who filled which seat (seat id to staff id). While the minutes are open
    it counts at once; after that it waits for `sign_correction`. Seats and quorum stay as counted when
    the meeting was held."""
    grant, person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    before = _present(queries.record(meeting))
    ask = rules.Correct(
        state=meeting.state,
        seats=meeting.seats or 0,
        before=before,
        after=present,
        reason=reason,
    )
    rules.may_correct(ask)
    check_free_text(reason=reason)
    _seats, holders = queries.roll(meeting)
    rules.must_fit(present, {seat: {one.id for one in people} for seat, people in holders.items()})
    made = Correction.objects.create(
        meeting=meeting,
        number=meeting.corrections.count() + 1,
        reason=rules.must_say(reason)[:REASON_LETTERS],
        by=person,
        at=clock.now(),
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, number=made.number, seat_id=seat, staff_id=staff)
        for seat, staff in present.items()
    )
    if meeting.state == Meeting.State.HELD:
        _put_in_force(actor, grant, made, person, before)
    else:
        _leaf(Event.GOVERNANCE_MEETING_CORRECTION_DRAFTED, actor, grant, made, before, present)
        _ask_second_person(made, person)
    return made


def _ask_second_person(made: Correction, first: Staff) -> None:
    meeting = made.meeting
    # Whoever drafts anew need not sign what was passed over.
    _nobody_to_ask(meeting, first)
    notify(
        notice_kinds.ATTENDANCE_TO_SIGN,
        to=queries.second_people(first),
        params={"day": str(timezone.localdate(meeting.at))},
        link=reverse("committee-view-meeting", args=[meeting.id]),
        once=True,
    )


@transaction.atomic
def sign_correction(actor: Actor, correction_id: int) -> Correction:
    """The second person's signature brings a correction of a closed meeting into force."""
    grant, person = may_manage(actor)
    held = _waiting(correction_id)
    rules.may_sign(held.by_id, person.id)
    _put_in_force(actor, grant, held, person, _present(queries.record(held.meeting)))
    _nobody_to_ask(held.meeting)
    return held


@transaction.atomic
def drop_correction(actor: Actor, correction_id: int) -> Correction:
    """Set a draft aside, one's own or another's; it stays to be read and never counts."""
    grant, person = may_manage(actor)
    held = _waiting(correction_id)
    held.dropped_by, held.dropped_at = person, clock.now()
    held.save(update_fields=["dropped_by", "dropped_at"])
    stands = _present(queries.record(held.meeting))
    _leaf(Event.GOVERNANCE_MEETING_CORRECTION_DROPPED, actor, grant, held, stands, stands)
    _nobody_to_ask(held.meeting)
    return held


def _waiting(correction_id: int) -> Correction:
    """A draft that nobody has settled, read once its committee is locked."""
    meeting = queries.meeting(queries.correction(correction_id).meeting_id, lock=True)
    held = queries.correction(correction_id)
    rules.must_wait(held.number, meeting.corrections.count(), settled=held.settled)
    return held


def _nobody_to_ask(meeting: Meeting, *people: Staff) -> None:
    """The one correction that waited has its answer, for all or for the people named."""
    link = reverse("committee-view-meeting", args=[meeting.id])
    named = [one.id for one in people] or None
    settle(notice_kinds.ATTENDANCE_TO_SIGN, link=link, to=named)


def _put_in_force(
    actor: Actor, grant: Grant, held: Correction, person: Staff, before: rules.Present
) -> None:
    held.signed_by, held.signed_at = person, clock.now()
    held.save(update_fields=["signed_by", "signed_at"])
    after = _present(queries.record(held.meeting))
    _leaf(Event.GOVERNANCE_MEETING_CORRECTED, actor, grant, held, before, after)
    # A quorum that was there all along: the duty was done then.
    fulfil(actor, held.meeting)


def _present(rows: QuerySet[Attendance]) -> dict[int, UUID]:
    return {one.seat_id: one.staff_id for one in rows}


def _leaf(
    event: Event,
    actor: Actor,
    grant: Grant,
    held: Correction,
    before: rules.Present,
    after: rules.Present,
) -> None:
    """The meeting and everybody whose presence changed, by id; the counts; the reason, sealed."""
    meeting = held.meeting
    moved = sorted({str(staff) for _seat, staff in before.items() ^ after.items()})
    wanted = meeting.needed or 0
    flaws = [rules.flaw(len(after), wanted, one.cast) for one in meeting.resolutions.all()]
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("meeting", str(meeting.id)), *(("staff", one) for one in moved)),
            decision=grant.as_leaf(),
            detail={
                "committee": meeting.committee.code,
                "number": held.number,
                "seats": meeting.seats or 0,
                "quorum": wanted,
                "before": len(before),
                "after": len(after),
                "resolutions": sum(1 for flaw in flaws if flaw),
            },
            note=custody.seal_note(held.reason),
        )
    )
