"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class CommitteeUnknown(NotFound):
    code = "committee.committee_unknown"
    sentence = _("There is no such committee, seat or meeting.")


class CommitteeExists(Conflict):
    code = "committee.committee_exists"
    sentence = _("A committee with the code %(committee)s exists already.")


class PersonNeeded(NotAllowed):
    code = "committee.person_needed"
    sentence = _("Only a person of the staff can act for a committee.")


class CharterMissing(Invalid):
    code = "committee.charter_missing"
    sentence = _("The charter is missing in one of the two languages.")


class QuorumWrong(Invalid):
    code = "committee.quorum_wrong"
    sentence = _("The quorum must be between 50 and 100 per cent of the seats.")


class SeatTaken(Conflict):
    code = "committee.seat_taken"
    sentence = _("This post has a seat already, or the committee has a chair already.")


class MeetingCalled(Conflict):
    code = "committee.meeting_called"
    sentence = _("A meeting is called for this time already.")


class NoSeats(Conflict):
    code = "committee.no_seats"
    sentence = _("The committee has no seats. Name the posts that sit on it first.")


class AgendaMissing(Invalid):
    code = "committee.agenda_missing"
    sentence = _("A meeting is called with at least one point on its agenda.")


class DateWrong(Invalid):
    code = "committee.date_wrong"
    sentence = _("The date must lie in the future.")


class DateFar(Invalid):
    code = "committee.date_far"
    sentence = _("The date lies more than %(years)s years ahead. Check the year.")


class NotYetHeld(Conflict):
    code = "committee.not_yet_held"
    sentence = _("The meeting has not begun yet. Record the attendance when it has.")


class StateWrong(Conflict):
    code = "committee.state_wrong"
    sentence = _("The meeting is in the state %(state)s, so this cannot be done any more.")


class SeatNotHeld(Invalid):
    code = "committee.seat_not_held"
    sentence = _("Seat %(seat)s was not open to this person on the day of the meeting.")


class AttendanceMissing(Conflict):
    code = "committee.attendance_missing"
    sentence = _("No attendance is recorded yet. Record it first; it can be corrected afterwards.")


class AttendanceSame(Conflict):
    code = "committee.attendance_same"
    sentence = _("This is what the record says already. Change who was present, or leave it.")


class SeatsExceeded(Invalid):
    code = "committee.seats_exceeded"
    sentence = _(
        "%(present)s people cannot have filled the %(seats)s seats that the committee had when the "
        "meeting was held."
    )


class CorrectionUnknown(NotFound):
    code = "committee.correction_unknown"
    sentence = _("There is no such correction.")


class CorrectionPassed(Conflict):
    code = "committee.correction_passed"
    sentence = _(
        "Correction %(number)s is settled already, or a newer one has taken its place. Load the page "
        "again."
    )


class SecondPersonMissing(NotAllowed):
    code = "committee.second_person_missing"
    sentence = _(
        "The minutes are closed, so a second person signs the correction. Ask somebody else who runs "
        "the committee."
    )


class QuorumMissing(Conflict):
    code = "committee.quorum_missing"
    sentence = _("%(present)s of %(needed)s needed seats were filled: no resolution can be passed.")


class VotesWrong(Invalid):
    code = "committee.votes_wrong"
    sentence = _(
        "A resolution needs more votes for than against, and no more votes than the %(present)s "
        "seats that were filled."
    )


class TextMissing(Invalid):
    code = "committee.text_missing"
    sentence = _("Write the text first: minutes, resolution or reason.")
