"""The events of committees and their meetings."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, Detail
from tutela.trail.event_specs import EventSpec

_AFTER: Final = Detail("after", COUNT, _("Present after correction"))
_AGENDA: Final = Detail("agenda", COUNT, _("Agenda items"))
_BEFORE: Final = Detail("before", COUNT, _("Present before correction"))
_COMMITTEE: Final = Detail("committee", CODE, _("Committee"))
_NUMBER: Final = Detail("number", COUNT, _("Number"))
_PRESENT: Final = Detail("present", COUNT, _("Seats present"))
_QUORUM: Final = Detail("quorum", COUNT, _("Seats needed for a quorum"))
_RESOLUTIONS: Final = Detail("resolutions", COUNT, _("Unsupported resolutions"))
_SEAT: Final = Detail("seat", COUNT, _("Seat"))
_SEATS: Final = Detail("seats", COUNT, _("Committee seats"))

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
    details.TARGET_PERSON,
    _BEFORE,
    _AFTER,
    _RESOLUTIONS,
)

CHARTER_CHANGED: Final = EventSpec(
    "governance.charter.changed", _("Committee charter changed"), _MEETING_DETAILS
)
"""A committee was created or its charter changed; the leaf holds the version."""
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
"""The minutes of a meeting were closed; they can no longer be changed."""
MEETING_CORRECTED: Final = EventSpec(
    "governance.meeting.corrected", _("Attendance corrected"), _MEETING_DETAILS
)
"""A corrected attendance took effect; the leaf names those whose presence changed by id, seats, quorum,
attendance before and after, and the number of resolutions no longer supported."""
MEETING_CORRECTION_DRAFTED: Final = EventSpec(
    "governance.meeting.correction_drafted", _("Correction of attendance drafted"), _MEETING_DETAILS
)
"""The attendance of a closed meeting was corrected by one person; it takes effect when a second person
signs."""
MEETING_CORRECTION_DROPPED: Final = EventSpec(
    "governance.meeting.correction_dropped",
    _("Correction of attendance discarded"),
    _MEETING_DETAILS,
)
"""A correction waiting for a second person was discarded."""
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
SEAT_NAMED: Final = EventSpec("governance.seat.named", _("Committee seat added"), _MEETING_DETAILS)
"""A person was named for a seat of a committee, for a post and days."""
