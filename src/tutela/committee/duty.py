"""The quarter's duty to meet: closed by the meeting itself."""

from dataclasses import replace

from django.utils import timezone

from tutela.base.actor import SYSTEM, Actor
from tutela.programme.actions.duties import MEETING_DUTY, Work, close_with_work

from . import queries
from .models import Meeting


def fulfil(actor: Actor, meeting: Meeting) -> None:
    """Close the duty of the meeting's quarter, if it was the protection committee's, with a quorum, and
    its minutes are closed. The trace says from where that came."""
    if not queries.fulfils_duty(meeting):
        return
    day, of = timezone.localdate(meeting.at), meeting.committee
    evidence = (
        f"{of.name_zh}第 {meeting.number} 次会议，纪要已关闭 · "
        f"{of.name_en}, meeting {meeting.number}, minutes closed"
    )
    close_with_work(
        actor=replace(SYSTEM, source=actor.source),
        duty=MEETING_DUTY,
        work=Work(of=day, done_on=day, evidence=evidence),
    )
