"""The leaves of changes to committees and their meetings."""

from tutela.access import changes
from tutela.access.gate import Grant
from tutela.committee.models import Committee, Meeting
from tutela.trail.event_specs import EventSpec


def record_committee(
    grant: Grant, event: EventSpec, committee: Committee, **detail: str | int
) -> None:
    subject = ("committee", str(committee.id))
    changes.record(grant, event, subject, committee=committee.code, **detail)


def record_meeting(grant: Grant, event: EventSpec, meeting: Meeting, **detail: str | int) -> None:
    subject = ("meeting", str(meeting.id))
    changes.record(grant, event, subject, committee=meeting.committee.code, **detail)
