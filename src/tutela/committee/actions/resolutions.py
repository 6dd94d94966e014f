"""A resolution becomes a task with an owner and a date."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from tutela.access import queries as access
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import notice_kinds, queries, rules
from tutela.committee.models import TASK_ORIGIN, Resolution
from tutela.notices.actions.notices import notify
from tutela.programme.actions.tasks import NewTask, create_task
from tutela.trail.events import Event

from .meetings import write_minutes
from .traces import may_manage, meeting_leaf


@transaction.atomic
def pass_resolution(
    actor: Actor,
    meeting_id: UUID,
    *,
    text: str,
    owner: str,
    due: date,
    votes: rules.Votes,
    department: str = "",
    minutes: str | None = None,
) -> Resolution:
    """Record a resolution of a meeting with a quorum; it becomes a task in the same transaction. Minutes
    that were typed meanwhile are kept with it."""
    grant, _person = may_manage(actor)
    meeting = queries.meeting(meeting_id, lock=True)
    present = queries.record(meeting).count()
    rules.may_resolve(meeting.state, present, meeting.needed or 0, votes)
    rules.must_come(due, clock.today())
    check_free_text(text=text)
    said, key = rules.must_say(text)[:500], Resolution().id
    task = create_task(
        actor,
        NewTask(
            title=said[:160],
            text=said,
            department=department,
            post=owner,
            due=due,
            origin=(TASK_ORIGIN, str(key)),
        ),
    )
    made = Resolution.objects.create(
        id=key,
        meeting=meeting,
        number=meeting.resolutions.count() + 1,
        text=said,
        owner=access.post(owner),
        department=access.department(department) if department else None,
        due=due,
        votes_for=votes.yes,
        votes_against=votes.no,
        abstained=votes.abstained,
        task=str(task.pk),
        passed_at=clock.now(),
    )
    detail: dict[str, str | int] = {"number": made.number, "post": owner, "due": str(due)}
    meeting_leaf(Event.GOVERNANCE_RESOLUTION_PASSED, actor, meeting, grant, **detail)
    # To the task, which the owner may open; the meeting is for those who sit on the committee.
    link = reverse("governance-view-task", args=[task.pk])
    notify(notice_kinds.RESOLUTION_GIVEN, posts=[owner], params={"due": str(due)}, link=link)
    if minutes is not None:
        write_minutes(actor, meeting_id, minutes)
    return made
