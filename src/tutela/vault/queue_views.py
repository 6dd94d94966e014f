"""The page of the queue: work items without an assignee, handed out to colleagues."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.access.posts import POSTS
from tutela.base.language import name_of
from tutela.web import lists, refusals, routes
from tutela.web.lists import Column, Empty, Listing, page_of

from . import my_work, permissions, queue
from .actions.assignments import hand_out
from .forms import HandOutForm
from .queue import Queued

_COLUMNS = (
    Column("pick", gettext_lazy("Choose"), hidden=True),
    Column("kind", gettext_lazy("Work item")),
    Column("customer", gettext_lazy("Customer")),
    Column("branch", gettext_lazy("Branch")),
    Column("opened", gettext_lazy("Opened"), "text-nowrap"),
    Column("days", gettext_lazy("Days open"), "num"),
    Column("before", gettext_lazy("Previously with"), "person"),
    Column("released", gettext_lazy("Released"), "text-nowrap"),
)


@routes.at("work-items/queue/", "vault-list-queue")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.WORK_ITEM_ASSIGN)
def list_queue(request: StaffRequest) -> HttpResponse:
    """Open work items of one's branches that nobody works on; hand some of them out."""
    items, colleagues = queue.queued(request.actor), queue.colleagues(request.actor)
    form = HandOutForm(
        request.POST if request.method == "POST" else None,
        items=[item.work_item for item in items],
        people=[
            (one.login, f"{one.name} · {name_of(POSTS[one.post])} · {one.login}")
            for one in colleagues
        ],
    )
    if request.method == "POST" and (
        given := refusals.attempt(form, lambda: _hand_out(request, form))
    ):
        text = _(
            "Work items assigned: %(number)s. They take effect when a second person confirms them."
        )
        messages.success(request, text % {"number": given})
        return redirect("vault-list-queue")
    answer = lists.show(
        request,
        _listing(request, items),
        "vault/list_queue.html",
        {"form": form, "all": len(items)},
    )
    answer.status_code = refusals.REFUSED if form.errors else answer.status_code
    return answer


def _hand_out(request: StaffRequest, form: HandOutForm) -> int:
    given = form.cleaned_data
    return hand_out(request.actor, given["items"], given["assignee"], given["reason"])


def _listing(request: StaffRequest, items: Sequence[Queued]) -> Listing:
    page = page_of(request, items)
    shown: Sequence[Queued] = list(page.object_list)
    names = people.names([str(item.before) for item in shown if item.before])
    branches = Branch.objects.in_bulk({item.branch for item in shown})
    chosen = set(request.POST.getlist("items"))
    work = my_work.by_id(request, request.actor, [item.work_item for item in shown])
    rows = [
        {
            "item": item,
            "work": work.get(item.work_item),
            "before": names.get(str(item.before), ""),
            "branch": branches.get(item.branch),
            "is_chosen": str(item.work_item) in chosen,
        }
        for item in shown
    ]
    minutes = gate.fresh_work_item_minutes()
    intro = _(
        "Open work items of your branches that nobody works on, those of leavers first. What you hand out takes "
        "effect when another supervisor confirms it, or after %(minutes)s minutes."
    )
    return Listing(
        title=_("Work items to hand out"),
        intro=intro % {"minutes": minutes},
        columns=_COLUMNS,
        rows=rows,
        page=page,
        empty=Empty(
            "clipboard-check",
            _("Every open work item has an assignee"),
            _("When somebody leaves, their open work items stand here."),
        ),
    )
