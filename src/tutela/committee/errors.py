"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class CommitteeUnknown(NotFound):
    code = "committee.committee_unknown"
    sentence = _("This committee, seat or meeting does not exist.")


class CommitteeExists(Conflict):
    code = "committee.committee_exists"
    sentence = _("A committee with the code %(committee)s already exists.")


class PersonNeeded(NotAllowed):
    code = "committee.person_needed"
    sentence = _("Only staff members can act for a committee.")


class CharterMissing(Invalid):
    code = "committee.charter_missing"
    sentence = _("The charter text is missing in one of the two languages.")


class QuorumWrong(Invalid):
    code = "committee.quorum_wrong"
    sentence = _("The quorum must be between 50 and 100 percent of the seats.")


class SeatTaken(Conflict):
    code = "committee.seat_taken"
    sentence = _(
        "This person already has a seat in these days, or the committee already has a chair."
    )


class SeatPersonUnfit(Invalid):
    code = "committee.seat_person_unfit"
    sentence = _(
        "Nobody active with this sign-in name or staff number holds the post on the first day. "
        "Check the name, the post and the day."
    )


class SeatDaysWrong(Invalid):
    code = "committee.seat_days_wrong"
    sentence = _("A seat begins today or later, and ends after it begins.")


class MeetingCalled(Conflict):
    code = "committee.meeting_called"
    sentence = _("A meeting is already scheduled for this time.")


class NoSeats(Conflict):
    code = "committee.no_seats"
    sentence = _("The committee has no seats. Add seats for posts first.")


class AgendaMissing(Invalid):
    code = "committee.agenda_missing"
    sentence = _("A meeting needs at least one agenda item.")


class DateWrong(Invalid):
    code = "committee.date_wrong"
    sentence = _("The date must be in the future.")


class DateFar(Invalid):
    code = "committee.date_far"
    sentence = _("The date is more than %(years)s years in the future. Check the year.")


class NotYetHeld(Conflict):
    code = "committee.not_yet_held"
    sentence = _("The meeting has not begun yet. Record the attendance once it has.")


class StateWrong(Conflict):
    code = "committee.state_wrong"
    sentence = _("The meeting is in state %(state)s; this is no longer possible.")


class SeatNotHeld(Invalid):
    code = "committee.seat_not_held"
    sentence = _("This person was not eligible for seat %(seat)s on the day of the meeting.")


class AttendanceMissing(Conflict):
    code = "committee.attendance_missing"
    sentence = _("No attendance recorded yet. Record it first; it can be corrected later.")


class AttendanceSame(Conflict):
    code = "committee.attendance_same"
    sentence = _(
        "This is the same as the current record. Change who was present, or make no correction."
    )


class SeatsExceeded(Invalid):
    code = "committee.seats_exceeded"
    sentence = _(
        "%(present)s people cannot have been present on the %(seats)s seats that the "
        "committee had at the time of the meeting."
    )


class CorrectionUnknown(NotFound):
    code = "committee.correction_unknown"
    sentence = _("This correction does not exist.")


class CorrectionPassed(Conflict):
    code = "committee.correction_passed"
    sentence = _(
        "Correction %(number)s has already been decided, or replaced by a newer one. "
        "Reload the page."
    )


class SecondPersonMissing(NotAllowed):
    code = "committee.second_person_missing"
    sentence = _(
        "The minutes are closed, so a second person must sign the correction. Ask "
        "another person who manages the committee."
    )


class QuorumMissing(Conflict):
    code = "committee.quorum_missing"
    sentence = _(
        "%(present)s of the %(needed)s seats needed for a quorum were "
        "present: no resolution can be passed."
    )


class VotesWrong(Invalid):
    code = "committee.votes_wrong"
    sentence = _(
        "A resolution needs more votes for than against, and no more votes than the "
        "%(present)s seats present."
    )


class TextMissing(Invalid):
    code = "committee.text_missing"
    sentence = _("Enter the text first: minutes, resolution or reason.")
