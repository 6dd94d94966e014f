"""The quarterly duty to meet, closed by the meeting itself."""

from django.utils import timezone

from tutela.base.actor import Actor
from tutela.committee import queries
from tutela.committee.models import MEETING_DUTY, Meeting
from tutela.programme.actions.duties import Work, fulfil_duty


def fulfil(actor: Actor, meeting: Meeting) -> None:
    """Close the duty of the meeting's quarter if the meeting fulfils it."""
    if not queries.fulfils_duty(meeting):
        return
    day, of = timezone.localdate(meeting.at), meeting.committee
    evidence = (
        f"{of.name_zh}第 {meeting.number} 次会议，纪要已关闭 · "
        f"{of.name_en}, meeting {meeting.number}, minutes closed"
    )
    fulfil_duty(actor, MEETING_DUTY, Work(of=day, done_on=day, evidence=evidence))
