"""Pages of a task: a new one, one with its talk and proof, its next state, another owner."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import Fact, FormPage, crumb

from . import permissions, queries, registry, words
from .actions import attachments, tasks
from .forms import CommentForm, FileForm, MoveTaskForm, ReassignForm, TaskForm
from .models import Task
from .ownership import ownership_of

LONGEST_BACK = 300
MOST_NAMED = 200


@routes.at("tasks/create/", "governance-create-task")
@gate.needs(permissions.TASK_WORK)
def create_task(request: StaffRequest) -> HttpResponse:
    """A new task."""
    form = TaskForm(request.POST or None, initial={"due": clock.today()})
    created: list[Task] = []
    if request.method == "POST" and refusals.done(
        form,
        lambda: created.append(
            tasks.create_task(request.actor, tasks.NewTask(**form.cleaned_data))
        ),
    ):
        messages.success(request, _("Task created."))
        return redirect("governance-view-task", created[0].id)
    page = FormPage(
        title=_("New task"),
        crumbs=[crumb(_("Tasks"), "governance-list-tasks")],
        submit=_("Create task"),
    )
    return form_pages.show(request, page, form)


@routes.at("tasks/<uuid:task_id>/", "governance-view-task")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def view_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """One task with its talk, its proof, and what can be done with it."""
    return _task_page(request, queries.task(task_id))


def _task_page(request: StaffRequest, task: Task, **forms: Any) -> HttpResponse:
    may = gate.holds(request.actor, permissions.TASK_WORK)
    origin = registry.origin(task.origin_kind, task.origin_id)
    context: dict[str, Any] = {
        "task": task,
        "state_name": words.TASK_STATES[task.state],
        "comments": task.comments.select_related("by").order_by("at"),
        "files": queries.files(task),
        "today": clock.today(),
        "origin": origin,
        "may_open_origin": origin is not None and gate.can_open(request.actor, origin.page),
        "may_comment": may,
        "may_move": may and ownership_of(request.actor).covers_task(task),
        "is_open": task.state in queries.OPEN_TASKS,
        "comment_form": CommentForm(),
        "move_form": MoveTaskForm(),
        "may_withdraw": may and ownership_of(request.actor).covers_task(task),
        "file_form": FileForm(initial={"evidence_date": clock.today()}),
    }
    return refusals.page(request, "programme/view_task.html", context | forms, *forms.values())


@routes.at("tasks/<uuid:task_id>/move/", "governance-move-task")
@require_POST
@gate.needs(permissions.TASK_WORK)
def move_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Another state."""
    form = MoveTaskForm(request.POST)
    if refusals.done(
        form,
        lambda: tasks.move_task(request.actor, task_id=task_id, **form.cleaned_data),
    ):
        return redirect(_back(request, task_id))
    return _task_page(request, queries.task(task_id), move_form=form)


def _back(request: StaffRequest, task_id: UUID) -> str:
    """The board or list that the button stood on, at the same card, so that a keyboard goes on there;
    else the task's page. Nowhere but to our own lists."""
    back = request.POST.get("back", "")
    ours = {reverse("governance-list-tasks"), reverse("governance-my-work")}
    if back.partition("?")[0] in ours and len(back) <= LONGEST_BACK:
        return f"{back}#task-{task_id}"
    return reverse("governance-view-task", args=[task_id])


@routes.at("tasks/<uuid:task_id>/reassign/", "governance-reassign-task")
@gate.needs(permissions.TASK_WORK)
def reassign_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Another department, post or person, with a reason."""
    task = queries.task(task_id)
    now = {
        "department": task.department.code if task.department else "",
        "post": task.post,
        "person": task.assignee.login if task.assignee else "",
    }
    form = ReassignForm(request.POST or None, initial=now)
    if request.method == "POST" and refusals.done(
        form,
        lambda: tasks.reassign_task(
            request.actor, task_id, tasks.Reassignment(**form.cleaned_data)
        ),
    ):
        messages.success(request, _("Task reassigned. The new owner has been notified."))
        return redirect("governance-view-task", task_id)
    return form_pages.show(
        request,
        _reassign_page(task),
        form,
        template="programme/reassign_task.html",
        people=queries.workers_for(task, MOST_NAMED),
    )


def _reassign_page(task: Task) -> FormPage:
    intro = _(
        "A department or a post owns a task; a named person does it. The new owner is notified."
    )
    return FormPage(
        title=_("Reassign task"),
        crumbs=[
            crumb(_("Tasks"), "governance-list-tasks"),
            crumb(task.title, "governance-view-task", task.id),
        ],
        intro=intro,
        facts=[
            Fact(_("Task"), task.title),
            Fact(_("Owned by"), words.owner_name(task)),
            Fact(_("Person"), task.assignee.name if task.assignee else "–"),
        ],
        submit=_("Reassign"),
    )


@routes.at("tasks/<uuid:task_id>/comment/", "governance-comment")
@require_POST
@gate.needs(permissions.TASK_WORK)
def comment(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Something to say."""
    form = CommentForm(request.POST)
    if refusals.done(
        form, lambda: tasks.comment(request.actor, task_id=task_id, **form.cleaned_data)
    ):
        return redirect("governance-view-task", task_id)
    return _task_page(request, queries.task(task_id), comment_form=form)


@routes.at("tasks/<uuid:task_id>/attach/", "governance-attach")
@require_POST
@gate.needs(permissions.TASK_WORK)
def attach(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """A file as proof of a task."""
    task, form = queries.task(task_id), FileForm(request.POST, request.FILES)
    if refusals.done(form, lambda: attachments.attach(request.actor, task, form.upload())):
        messages.success(request, _("File saved."))
        return redirect("governance-view-task", task_id)
    return _task_page(request, task, file_form=form)
