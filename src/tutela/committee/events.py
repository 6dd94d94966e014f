"""The events of committees and their meetings."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, Detail
from tutela.trail.event_specs import EventSpec

_AFTER: Final = Detail("after", COUNT, _("Present after"))
_AGENDA: Final = Detail("agenda", COUNT, _("Points of the agenda"))
_BEFORE: Final = Detail("before", COUNT, _("Present before"))
_COMMITTEE: Final = Detail("committee", CODE, _("Committee"))
_NUMBER: Final = Detail("number", COUNT, _("Number"))
_PRESENT: Final = Detail("present", COUNT, _("Seats filled"))
_QUORUM: Final = Detail("quorum", COUNT, _("Seats needed"))
_RESOLUTIONS: Final = Detail("resolutions", COUNT, _("Resolutions without support"))
_SEAT: Final = Detail("seat", COUNT, _("Seat"))
_SEATS: Final = Detail("seats", COUNT, _("Seats of the committee"))

_MEETING_DETAILS: Final = (
    _COMMITTEE,
    _SEAT,
    details.POST,
    _AGENDA,
    _SEATS,
    _PRESENT,
    _QUORUM,
    _NUMBER,
    details.DUE,
    _BEFORE,
    _AFTER,
    _RESOLUTIONS,
)

CHARTER_CHANGED: Final = EventSpec(
    "governance.charter.changed", _("Committee charter changed"), _MEETING_DETAILS
)
"""A committee was founded or its charter was changed; the leaf holds the number."""
MEETING_CALLED: Final = EventSpec(
    "governance.meeting.called", _("Meeting called"), _MEETING_DETAILS
)
"""A committee meeting was called with its agenda."""
MEETING_CANCELLED: Final = EventSpec(
    "governance.meeting.cancelled", _("Meeting cancelled"), _MEETING_DETAILS
)
"""A called meeting was cancelled, with a reason."""
MEETING_CLOSED: Final = EventSpec(
    "governance.meeting.closed", _("Minutes closed"), _MEETING_DETAILS
)
"""The minutes of a meeting were closed; they cannot be changed any more."""
MEETING_CORRECTED: Final = EventSpec(
    "governance.meeting.corrected", _("Attendance corrected"), _MEETING_DETAILS
)
"""Another record of a meeting's attendance counts from now on; the leaf names those whose presence changed
by id and holds seats, quorum, who was counted before and after, and how many resolutions the attendance no
longer carries."""
MEETING_CORRECTION_DRAFTED: Final = EventSpec(
    "governance.meeting.correction_drafted", _("Correction of attendance drafted"), _MEETING_DETAILS
)
"""The attendance of a closed meeting was corrected by one person; it does not count until a second one
signs."""
MEETING_CORRECTION_DROPPED: Final = EventSpec(
    "governance.meeting.correction_dropped",
    _("Correction of attendance set aside"),
    _MEETING_DETAILS,
)
"""A correction that waited for a second person was set aside; it never counts."""
MEETING_HELD: Final = EventSpec("governance.meeting.held", _("Meeting held"), _MEETING_DETAILS)
"""The attendance of a meeting was recorded; the leaf holds seats, present and quorum."""
MEETING_MINUTED: Final = EventSpec(
    "governance.meeting.minuted", _("Minutes written"), _MEETING_DETAILS
)
"""The minutes of a meeting were written or changed before they were closed."""
RESOLUTION_PASSED: Final = EventSpec(
    "governance.resolution.passed", _("Resolution passed"), _MEETING_DETAILS
)
"""A meeting passed a resolution; it became a task."""
SEAT_ENDED: Final = EventSpec("governance.seat.ended", _("Committee seat ended"), _MEETING_DETAILS)
"""A seat of a committee was ended."""
SEAT_NAMED: Final = EventSpec("governance.seat.named", _("Committee seat named"), _MEETING_DETAILS)
"""A post was given a seat on a committee."""
