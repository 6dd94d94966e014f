"""Tasks as a board of states or as a list, with buttons for the next state, and as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of
from tutela.web import exports, lists, routes
from tutela.web.lists import Column, Empty, Listing, page_of

from . import permissions, queries, rules, words
from .actions import tasks
from .forms import TaskFilter
from .models import Task
from .ownership import Ownership, ownership_of
from .words import post_name

BOARD_CARDS = 100
# What a button says that moves a task there.
_MOVES = {
    "todo": gettext_lazy("Move back"),
    "doing": gettext_lazy("Start work"),
    "done": gettext_lazy("Done"),
}

_COLUMNS = (
    Column("task", gettext_lazy("Task")),
    Column("owner", gettext_lazy("Owned by"), "task-who"),
    Column("person", gettext_lazy("Person"), "task-who"),
    Column("due", gettext_lazy("Due")),
    Column("state", gettext_lazy("State"), "task-who"),
    Column("step", gettext_lazy("Next step")),
)


class Card(NamedTuple):
    """A task, the states it may go to without another word (value and button), and whether it is the reader's."""

    task: Task
    moves: list[tuple[str, str]]
    own: bool


@routes.at("tasks/", "governance-list-tasks")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def list_tasks(request: StaffRequest) -> HttpResponse:
    """Tasks as a board of states, or as a list; the filters live in the link."""
    department = request.GET.get("department", "")
    as_list = request.GET.get("view") == "list"
    state = request.GET.get("state", "") if as_list else ""
    state = state if state in Task.State.values else ""
    if kind := lists.asked_file(request):
        return _exported(request, kind, state, department)
    may_work = gate.holds(request.actor, permissions.TASK_WORK)
    own = ownership_of(request.actor) if may_work else Ownership(None, frozenset(), all=False)
    context: dict[str, Any] = {
        "as_list": as_list,
        "today": clock.today(),
        "may_work": may_work,
        "back": request.get_full_path(),
    }
    rows, page = [], None
    if as_list:
        open_first = (F("ended_at").desc(nulls_first=True), "due", "id")
        query = queries.tasks(state=state, department=department).order_by(*open_first)
        page = page_of(request, query)
        rows = cards(page.object_list, own)
    else:
        context["columns"] = [_column(state, department, own) for state in Task.State]
    intro = _(
        "Work arising from the programme: resolutions, findings and requests between "
        "colleagues. A department or post owns it; a named person does it."
    )
    listing = replace(
        task_list(_("Tasks"), rows),
        intro=intro,
        page=page,
        filters=TaskFilter(request.GET, as_list=as_list),
        exports=True,
    )
    return lists.show(request, listing, "programme/list_tasks.html", context)


def task_list(title: str, rows: Sequence[Card]) -> Listing:
    """Tasks as a table."""
    return Listing(
        title=title, columns=_COLUMNS, rows=rows, empty=Empty("checkbox", _("No matching tasks"))
    )


def cards(rows: Iterable[Task], own: Ownership) -> list[Card]:
    """Each task with the states that it may go to without another word, and whether it is theirs."""
    return [Card(task, _moves(task), own.covers_task(task)) for task in rows]


def _moves(task: Task) -> list[tuple[str, str]]:
    return [(to, str(_MOVES[to])) for to in rules.FREE_MOVES.get(task.state, ())]


def _exported(request: StaffRequest, kind: str, state: str, department: str) -> HttpResponse:
    """The tasks as they are filtered, all pages of them."""
    header = (_("Task"), _("Department"), _("Post"), _("Person"), _("Due"), _("State"), _("Created"),
              _("Ended"), _("Comments"), _("Evidence files"))  # fmt: skip
    rows = [
        (
            task.title,
            name_of(task.department) if task.department else "",
            post_name(task.post),
            task.assignee.name if task.assignee else "",
            task.due.isoformat(),
            str(words.TASK_STATES[task.state]),
            _day(task.created_at),
            _day(task.ended_at),
            str(getattr(task, "talk", 0)),
            str(getattr(task, "files", 0)),
        )
        for task in tasks.export_tasks(request.actor, state=state, department=department)
    ]
    return exports.answer(kind, "tasks", header, rows)


def _day(moment: datetime | None) -> str:
    """The company's day of a moment."""
    return rules.company_day(moment, settings.TIME_ZONE).isoformat() if moment else ""


def _column(state: Task.State, department: str, own: Ownership) -> dict[str, Any]:
    """One state's cards; ended ones the latest first."""
    rows = queries.tasks(state=state, department=department)
    if state in {Task.State.DONE, Task.State.DROPPED}:
        rows = rows.order_by("-ended_at")
    return {
        "state": state,
        "name": words.TASK_STATES[state],
        "count": rows.count(),
        "cards": cards(rows[:BOARD_CARDS], own),
    }
