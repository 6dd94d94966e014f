"""Tasks as a board of states or as a list, with buttons for the next state, and as a file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of
from tutela.web import exports, routes
from tutela.web.lists import page_of

from . import permissions, queries, rules, words
from .actions import tasks
from .models import Task
from .ownership import Ownership, ownership_of
from .words import post_name

BOARD_CARDS = 100
# What a button says that moves a task there.
_MOVES = {
    "todo": gettext_lazy("Put it back"),
    "doing": gettext_lazy("Take it into work"),
    "done": gettext_lazy("Done"),
}


@routes.at("tasks/", "governance-list-tasks")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def list_tasks(request: StaffRequest) -> HttpResponse:
    """Tasks as a board of states, or as a list; the filters live in the link."""
    department = request.GET.get("department", "")
    as_list = request.GET.get("view") == "list"
    state = request.GET.get("state", "") if as_list else ""
    state = state if state in Task.State.values else ""
    if (kind := request.GET.get("export", "")) in exports.KINDS:
        return _exported(request, kind, state, department)
    may_work = gate.holds(request.actor, permissions.TASK_WORK)
    own = ownership_of(request.actor) if may_work else Ownership(None, frozenset(), all=False)
    told: dict[str, Any] = {
        "as_list": as_list,
        "departments": queries.departments(),
        "department": department,
        "today": clock.today(),
        "may_work": may_work,
        "back": request.get_full_path(),
    }
    if as_list:
        open_first = (F("ended_at").desc(nulls_first=True), "due", "id")
        found = queries.tasks(state=state, department=department).order_by(*open_first)
        page = page_of(request, found)
        told |= {"page": page, "lines": cards(page.object_list, own)}
        told |= {"state": state, "states": Task.State.choices}
    else:
        told["columns"] = [_column(state, department, own) for state in Task.State]
    return render(request, "programme/list_tasks.html", told)


Card = tuple[Task, list[tuple[str, str]], bool]


def cards(found: Iterable[Task], own: Ownership) -> list[Card]:
    """Each task with the states that it may go to without another word, and whether it is theirs."""
    return [(task, _moves(task), own.covers_task(task)) for task in found]


def _moves(task: Task) -> list[tuple[str, str]]:
    return [(to, str(_MOVES[to])) for to in rules.FREE_MOVES.get(task.state, ())]


def _exported(request: StaffRequest, kind: str, state: str, department: str) -> HttpResponse:
    """The tasks as they are filtered, all pages of them."""
    header = (_("Task"), _("Department"), _("Post"), _("Person"), _("Due"), _("State"), _("Made"),
              _("Ended"), _("Comments"), _("Files as proof"))  # fmt: skip
    rows = [
        (
            one.title,
            name_of(one.department) if one.department else "",
            post_name(one.post),
            one.assignee.name if one.assignee else "",
            one.due.isoformat(),
            str(words.TASK_STATES[one.state]),
            _day(one.created_at),
            _day(one.ended_at),
            str(getattr(one, "talk", 0)),
            str(getattr(one, "files", 0)),
        )
        for one in tasks.export_tasks(request.actor, state=state, department=department)
    ]
    return exports.answer(kind, "tasks", header, rows)


def _day(moment: datetime | None) -> str:
    """The company's day of a moment."""
    return rules.company_day(moment, settings.TIME_ZONE).isoformat() if moment else ""


def _column(state: Task.State, department: str, own: Ownership) -> dict[str, Any]:
    """One state's cards; ended ones the latest first."""
    found = queries.tasks(state=state, department=department)
    if state in {Task.State.DONE, Task.State.DROPPED}:
        found = found.order_by("-ended_at")
    return {
        "state": state,
        "name": words.TASK_STATES[state],
        "count": found.count(),
        "cards": cards(found[:BOARD_CARDS], own),
    }
