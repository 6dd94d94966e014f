"""Tasks: created by people or by other rooms, moved between states, reassigned, commented."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, events, permissions, queries, rules
from tutela.programme.models import Comment, Task
from tutela.programme.ownership import check_owns_task
from tutela.trail.event_specs import EventSpec

from . import news

TITLE_LETTERS: Final = 160
TEXT_LETTERS: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be created, for a department, a post (by code) or a person. `origin` is what caused it,
    as (kind, id)."""

    title: str
    due: date
    department: str = ""
    post: str = ""
    origin: tuple[str, str] = ("", "")
    assignee: Staff | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """The new owner (department or post, by code), the new assignee (login or staff number; empty for
    none yet), or both, and the reason."""

    reason: str
    department: str = ""
    post: str = ""
    person: str = ""


@transaction.atomic
def create_task(actor: Actor, new: NewTask) -> Task:
    """Create a task; an open task of the same origin and title is returned instead of a second one."""
    grant = gate.require(actor, permissions.TASK_WORK)
    title = new.title.strip()
    if not 0 < len(title) <= TITLE_LETTERS or len(new.text) > TEXT_LETTERS:
        raise errors.TaskInvalid(letters=TITLE_LETTERS)
    check_free_text(title=title, text=new.text)
    if not (new.department or new.post or new.assignee):
        raise errors.OwnerMissing
    if new.origin != ("", "") and (open_task := _open_task(new.origin, title)):
        return open_task
    task = Task.objects.create(
        title=title,
        text=new.text.strip(),
        due=new.due,
        department=people.department(new.department) if new.department else None,
        post=people.post(new.post).code if new.post else "",
        origin_kind=new.origin[0],
        origin_id=new.origin[1],
        assignee=new.assignee,
        created_at=clock.now(),
        created_by=queries.staff_of(actor),
    )
    _record(grant, events.TASK_CREATED, task)
    news.task_given(task, task.created_by)
    return task


def _open_task(origin: tuple[str, str], title: str) -> Task | None:
    same = Task.objects.filter(origin_kind=origin[0], origin_id=origin[1], title=title)
    return same.filter(state__in=queries.OPEN_TASKS).first()


@transaction.atomic
def move_task(
    actor: Actor,
    *,
    task_id: UUID,
    to: str,
    reason: str = "",
    assignee: Staff | None = None,
) -> Task:
    """Change a task's state. Whoever starts a task becomes its assignee unless `assignee` names another.
    A reason is kept as a comment."""
    grant, task, staff = _locked(actor, task_id)
    rules.check_move_task(task.state, to, reason)
    check_free_text(reason=reason)
    task.state = to
    task.ended_at = clock.now() if to in {Task.State.DONE, Task.State.DROPPED} else None
    if to == Task.State.DOING:
        task.assignee = assignee or task.assignee or staff
    task.save(update_fields=["state", "ended_at", "assignee"])
    _keep_reason(task, reason, staff)
    _record(grant, events.TASK_MOVED, task)
    if assignee is not None:
        news.notify_owner(task, staff)
    return task


@transaction.atomic
def reassign_task(actor: Actor, task_id: UUID, change: Reassignment) -> Task:
    """Give an open task to another owner or assignee, who is notified; the reason is kept as a comment."""
    grant, task, staff = _locked(actor, task_id)
    rules.check_reassign_task(task.state, change.reason)
    check_free_text(reason=change.reason)
    owner = (
        people.department(change.department) if change.department else None,
        people.post(change.post).code if change.post else "",
        queries.worker(change.person) if change.person.strip() else None,
    )
    if not any(owner):
        raise errors.OwnerMissing
    if owner == (task.department, task.post, task.assignee):
        raise errors.OwnerSame
    task.department, task.post, task.assignee = owner
    task.save(update_fields=["department", "post", "assignee"])
    _keep_reason(task, change.reason, staff)
    _record(grant, events.TASK_REASSIGNED, task, **_owner_detail(task))
    news.notify_owner(task, staff)
    return task


@transaction.atomic
def export_tasks(actor: Actor, *, state: str = "", department: str = "") -> list[Task]:
    """The tasks of a list for a file export, once the export is in the trail."""
    grant = gate.require(actor, permissions.PROGRAMME_READ)
    rows = list(queries.tasks(state=state, department=department))
    facts = {"state": state, "department": department}
    named = {name: code for name, code in facts.items() if code}
    changes.record(grant, events.TASK_EXPORTED, rows=len(rows), **named)
    return rows


@transaction.atomic
def comment(actor: Actor, *, task_id: UUID, text: str) -> Comment:
    """Add a comment to a task, open to everybody who may work on tasks. Comments are never changed."""
    grant = gate.require(actor, permissions.TASK_WORK)
    task, staff = queries.task(task_id), queries.staff_of(actor)
    if not 0 < len(text.strip()) <= TEXT_LETTERS or staff is None:
        raise errors.CommentEmpty(letters=TEXT_LETTERS)
    check_free_text(text=text)
    entry = Comment.objects.create(task=task, text=text.strip(), at=clock.now(), by=staff)
    _record(grant, events.TASK_COMMENTED, task)
    news.comment_added(task, staff)
    return entry


def _keep_reason(task: Task, reason: str, staff: Staff | None) -> None:
    if reason.strip() and staff is not None:
        Comment.objects.create(task=task, text=reason.strip(), at=clock.now(), by=staff)


def _locked(actor: Actor, task_id: UUID) -> tuple[Grant, Task, Staff | None]:
    """The task, locked for change by the actor; NotYours."""
    grant = gate.require(actor, permissions.TASK_WORK)
    task = Task.objects.select_for_update().filter(id=task_id).first()
    if task is None:
        raise errors.TaskUnknown
    return grant, task, check_owns_task(actor, task)


def _record(grant: Grant, event: EventSpec, task: Task, **more: str) -> None:
    facts = {"task": str(task.id), "state": task.state, **more}
    if task.origin_kind:
        facts["origin"] = task.origin_kind
    changes.record(grant, event, ("task", str(task.id)), **facts)


def _owner_detail(task: Task) -> dict[str, str]:
    """The codes and id of the owner and assignee that the task has."""
    named = {
        "department": task.department.code if task.department else "",
        "post": task.post,
        "staff": str(task.assignee_id or ""),
    }
    return {name: code for name, code in named.items() if code}
