"""Tasks: made by people or by other parts of Tutela, moved, talked about."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, queries, rules
from tutela.programme.models import Comment, Task
from tutela.trail.events import Event

from . import news
from .traces import leaf, task_owner

TITLE_LETTERS: Final = 160
TEXT_LETTERS: Final = 4_000


@transaction.atomic
def create_task(
    *,
    actor: Actor,
    title: str,
    due: date,
    department: str = "",
    post: str = "",
    origin: tuple[str, str] = ("", ""),
    assignee: Staff | None = None,
    text: str = "",
) -> Task:
    """One piece of work for a department, a post (codes) or a person, by a day. `origin` is what made
    it, as (kind, id): the same open origin and title give the task that is there already."""
    grant = gate.require(actor, Permission.GOVERNANCE_TASK_WORK)
    title = title.strip()
    if not 0 < len(title) <= TITLE_LETTERS or len(text) > TEXT_LETTERS:
        raise errors.TaskInvalid(letters=TITLE_LETTERS)
    check_free_text(title=title, text=text)
    if not (department or post or assignee):
        raise errors.OwnerMissing
    if origin != ("", "") and (known := _known(origin, title)):
        return known
    made = Task.objects.create(
        title=title,
        text=text.strip(),
        due=due,
        department=people.department(department) if department else None,
        post=people.post(post).code if post else "",
        origin_kind=origin[0],
        origin_id=origin[1],
        assignee=assignee,
        created_at=clock.now(),
        created_by=queries.staff_of(actor),
    )
    _leaf(Event.GOVERNANCE_TASK_CREATED, actor, grant, made)
    news.task_given(made, made.created_by)
    return made


def _known(origin: tuple[str, str], title: str) -> Task | None:
    same = Task.objects.filter(origin_kind=origin[0], origin_id=origin[1], title=title)
    return same.filter(state__in=queries.OPEN_TASKS).first()


@transaction.atomic
def move_task(
    *,
    actor: Actor,
    task_id: UUID,
    to: str,
    reason: str = "",
    assignee: Staff | None = None,
) -> Task:
    """Another state; whoever takes a task into work is its person unless `assignee` names another.
    A reason is kept as a comment."""
    grant, task, staff = _held(actor, task_id)
    rules.may_move_task(task.state, to, reason)
    check_free_text(reason=reason)
    task.state = to
    task.ended_at = clock.now() if to in {Task.State.DONE, Task.State.DROPPED} else None
    if to == Task.State.DOING:
        task.assignee = assignee or task.assignee or staff
    task.save(update_fields=["state", "ended_at", "assignee"])
    if reason.strip() and staff is not None:
        Comment.objects.create(task=task, text=reason.strip(), at=clock.now(), by=staff)
    _leaf(Event.GOVERNANCE_TASK_MOVED, actor, grant, task)
    if assignee is not None:
        news.tell_owner(task, staff)
    return task


@transaction.atomic
def reassign_task(
    *,
    actor: Actor,
    task_id: UUID,
    department: str = "",
    post: str = "",
    person: str = "",
    reason: str,
) -> Task:
    """Another owner (department or post, by code), another person (login or staff number; empty for
    none yet), or both, with a reason that is kept as a comment. Whoever has it now is told."""
    grant, task, staff = _held(actor, task_id)
    rules.may_reassign_task(task.state, reason)
    check_free_text(reason=reason)
    named = queries.worker(person) if person.strip() else None
    new = (
        people.department(department) if department else None,
        people.post(post).code if post else "",
        named,
    )
    if not any(new):
        raise errors.OwnerMissing
    if new == (task.department, task.post, task.assignee):
        raise errors.OwnerSame
    task.department, task.post, task.assignee = new
    task.save(update_fields=["department", "post", "assignee"])
    if staff is not None:
        Comment.objects.create(task=task, text=reason.strip(), at=clock.now(), by=staff)
    _leaf(Event.GOVERNANCE_TASK_REASSIGNED, actor, grant, task, **_to_whom(task))
    news.tell_owner(task, staff)
    return task


@transaction.atomic
def export_tasks(*, actor: Actor, state: str = "", department: str = "") -> list[Task]:
    """The tasks of a list as they leave the house in a file, after the trace of it."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_READ)
    found = list(queries.tasks(state=state, department=department))
    facts: dict[str, str | int] = {"state": state, "department": department}
    named = {name: code for name, code in facts.items() if code}
    leaf(Event.GOVERNANCE_TASK_EXPORTED, actor, grant, rows=len(found), **named)
    return found


@transaction.atomic
def comment(*, actor: Actor, task_id: UUID, text: str) -> Comment:
    """Say something of a task. Everybody who may work on tasks may; it stays as it is."""
    grant = gate.require(actor, Permission.GOVERNANCE_TASK_WORK)
    task, staff = queries.task(task_id), queries.staff_of(actor)
    if not 0 < len(text.strip()) <= TEXT_LETTERS or staff is None:
        raise errors.CommentEmpty(letters=TEXT_LETTERS)
    check_free_text(text=text)
    made = Comment.objects.create(task=task, text=text.strip(), at=clock.now(), by=staff)
    _leaf(Event.GOVERNANCE_TASK_COMMENTED, actor, grant, task)
    news.comment_added(task, staff)
    return made


def _held(actor: Actor, task_id: UUID) -> tuple[Grant, Task, Staff | None]:
    """The task, locked, if it is the actor's to move."""
    grant = gate.require(actor, Permission.GOVERNANCE_TASK_WORK)
    task = Task.objects.select_for_update().filter(id=task_id).first()
    if task is None:
        raise errors.TaskUnknown
    return grant, task, task_owner(actor, task)


def _leaf(event: Event, actor: Actor, grant: Grant, task: Task, **more: str) -> None:
    facts: dict[str, str | int] = {"task": str(task.id), "state": task.state, **more}
    if task.origin_kind:
        facts["origin"] = task.origin_kind
    leaf(event, actor, grant, ("task", str(task.id)), **facts)


def _to_whom(task: Task) -> dict[str, str]:
    """The new owner and person, as far as there are any."""
    named = {
        "department": task.department.code if task.department else "",
        "post": task.post,
        "staff": str(task.assignee_id or ""),
    }
    return {name: code for name, code in named.items() if code}
