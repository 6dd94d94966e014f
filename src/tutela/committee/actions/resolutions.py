"""Resolutions, each of which becomes a task with an owner and a due date."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from tutela.access import queries as access
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import events, notice_kinds, queries, rules
from tutela.committee.models import TASK_ORIGIN, Resolution
from tutela.notices.actions.notices import notify
from tutela.notices.queries import post_holders
from tutela.programme.actions.tasks import NewTask, create_task

from .committees import require_manager
from .leaves import record_meeting
from .meetings import write_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResolution:
    """A resolution to be recorded. Owner (a post) and department are codes."""

    text: str
    owner: str
    due: date
    votes: rules.Votes
    department: str = ""


@transaction.atomic
def pass_resolution(
    actor: Actor, meeting_id: UUID, new: NewResolution, *, minutes: str | None = None
) -> Resolution:
    """Record a resolution of a meeting with a quorum, and its task. `minutes` typed on the same page are
    saved along."""
    grant, _person = require_manager(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    present = queries.record(meeting).count()
    rules.check_resolution(meeting.state, present, meeting.needed or 0, new.votes)
    rules.check_due(new.due, clock.today())
    check_free_text(text=new.text)
    text, key = rules.text_of(new.text)[:500], Resolution().id
    task = create_task(
        actor,
        NewTask(
            title=text[:160],
            text=text,
            department=new.department,
            post=new.owner,
            due=new.due,
            origin=(TASK_ORIGIN, str(key)),
        ),
    )
    resolution = Resolution.objects.create(
        id=key,
        meeting=meeting,
        number=meeting.resolutions.count() + 1,
        text=text,
        owner=access.post(new.owner),
        department=access.department(new.department) if new.department else None,
        due=new.due,
        votes_for=new.votes.yes,
        votes_against=new.votes.no,
        abstained=new.votes.abstained,
        task=str(task.pk),
        passed_at=clock.now(),
    )
    due = str(new.due)
    record_meeting(
        grant,
        events.RESOLUTION_PASSED,
        meeting,
        number=resolution.number,
        post=new.owner,
        due=due,
    )
    # The owner may open the task; the meeting is open to the committee only.
    link = reverse("governance-view-task", args=[task.pk])
    to = post_holders([new.owner])
    notify(notice_kinds.RESOLUTION_GIVEN, to=to, params={"due": due}, link=link)
    if minutes is not None:
        write_minutes(actor, meeting_id, minutes)
    return resolution
