"""Pages of tasks: board and list, a new one, one with its talk and proof."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.errors import NotAllowed

from . import actions, queries, tables, words
from .actions.traces import owner
from .duty_views import upload_of
from .forms import CommentForm, FileForm, MoveTaskForm, TaskForm
from .models import Task
from .views import chinese, done
from .words import named, post_name

PAGE_ROWS = 50
BOARD_CARDS = 100


@require_safe
@gate.needs(Permission.GOVERNANCE_PROGRAMME_READ)
def list_tasks(request: StaffRequest) -> HttpResponse:
    """Tasks as a board of states, or as a list; the filters live in the link."""
    department = request.GET.get("department", "")
    as_list = request.GET.get("view") == "list"
    told: dict[str, Any] = {
        "as_list": as_list,
        "departments": queries.departments(),
        "department": department,
        "today": clock.today(),
        "may_work": gate.holds(request.actor, Permission.GOVERNANCE_TASK_WORK),
    }
    if as_list:
        state = request.GET.get("state", "")
        state = state if state in Task.State.values else ""
        found = queries.tasks(state=state, department=department)
        if (kind := request.GET.get("export", "")) in tables.KINDS:
            return _exported(kind, found)
        told["page"] = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
        told |= {"state": state, "states": Task.State.choices}
    else:
        told["columns"] = [_column(state, department) for state in Task.State]
    return render(request, "governance/list_tasks.html", told)


def _exported(kind: str, found: QuerySet[Task]) -> HttpResponse:
    """The list as it is filtered, all pages of it."""
    header = (_("Task"), _("Department"), _("Post"), _("Person"), _("Due"), _("State"))
    rows = [
        (
            one.title,
            named(one.department) if one.department else "",
            post_name(one.post),
            one.assignee.name if one.assignee else "",
            one.due.isoformat(),
            str(words.TASK_STATES[one.state]),
        )
        for one in found
    ]
    return tables.answer(kind, "tasks", header, rows)


def _column(state: Task.State, department: str) -> dict[str, Any]:
    """One state's cards; ended ones the latest first."""
    found = queries.tasks(state=state, department=department)
    if state in {Task.State.DONE, Task.State.DROPPED}:
        found = found.order_by("-ended_at")
    return {
        "state": state,
        "name": words.TASK_STATES[state],
        "count": found.count(),
        "tasks": list(found[:BOARD_CARDS]),
    }


@gate.needs(Permission.GOVERNANCE_TASK_WORK)
def create_task(request: StaffRequest) -> HttpResponse:
    """A new task."""
    form = TaskForm(request.POST or None, chinese=chinese(), initial={"due": clock.today()})
    made: list[Task] = []
    if request.method == "POST" and done(
        form, lambda: made.append(actions.create_task(actor=request.actor, **form.cleaned_data))
    ):
        messages.success(request, _("The task is made."))
        return redirect("governance-view-task", made[0].id)
    return render(request, "governance/create_task.html", {"form": form})


@require_safe
@gate.needs(Permission.GOVERNANCE_PROGRAMME_READ)
def view_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """One task with its talk, its proof, and what can be done with it."""
    return _task_page(request, queries.task(task_id))


def _task_page(request: StaffRequest, task: Task, **forms: Any) -> HttpResponse:
    may = gate.holds(request.actor, Permission.GOVERNANCE_TASK_WORK)
    told: dict[str, Any] = {
        "task": task,
        "state_name": words.TASK_STATES[task.state],
        "comments": task.comments.select_related("by").order_by("at"),
        "files": task.attachments.select_related("by").order_by("uploaded_at"),
        "today": clock.today(),
        "may_comment": may,
        "may_move": may and _mine(request, task),
        "comment_form": CommentForm(),
        "move_form": MoveTaskForm(),
        "file_form": FileForm(initial={"evidence_date": clock.today()}),
    }
    return render(request, "governance/view_task.html", told | forms)


def _mine(request: StaffRequest, task: Task) -> bool:
    """Whether to show buttons; the actions ask again."""
    if str(task.created_by_id) == request.actor.id:
        return True
    try:
        owner(
            request.actor,
            department_id=task.department_id,
            post=task.post,
            assignee_id=task.assignee_id,
        )
    except NotAllowed:
        return False
    return True


@require_POST
@gate.needs(Permission.GOVERNANCE_TASK_WORK)
def move_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Another state."""
    form = MoveTaskForm(request.POST)
    if done(
        form,
        lambda: actions.move_task(actor=request.actor, task_id=task_id, **form.cleaned_data),
    ):
        return redirect("governance-view-task", task_id)
    return _task_page(request, queries.task(task_id), move_form=form)


@require_POST
@gate.needs(Permission.GOVERNANCE_TASK_WORK)
def comment(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Something to say."""
    form = CommentForm(request.POST)
    if done(
        form, lambda: actions.comment(actor=request.actor, task_id=task_id, **form.cleaned_data)
    ):
        return redirect("governance-view-task", task_id)
    return _task_page(request, queries.task(task_id), comment_form=form)


@require_POST
@gate.needs(Permission.GOVERNANCE_TASK_WORK)
def attach(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """A file as proof of a task."""
    task, form = queries.task(task_id), FileForm(request.POST, request.FILES)
    if done(form, lambda: actions.attach(actor=request.actor, to=task, upload=upload_of(form))):
        messages.success(request, _("The file is kept."))
        return redirect("governance-view-task", task_id)
    return _task_page(request, task, file_form=form)
