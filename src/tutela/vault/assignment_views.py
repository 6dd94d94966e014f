"""Pages of assigned work: give a work item to somebody else, and what waits for a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.base.errors import Conflict, Invalid
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import assignments, my_work, permissions
from .actions import assignments as assigning
from .actions.assignments import Assigning
from .forms import AssignForm

_COLUMNS = (
    Column("assigned", gettext_lazy("Assigned"), "when"),
    Column("work", gettext_lazy("Work item")),
    Column("customer", gettext_lazy("Customer")),
    Column("supervisor", gettext_lazy("Supervisor"), "person"),
    Column("assignee", gettext_lazy("Assignee"), "person"),
    Column("opens", gettext_lazy("Takes effect at"), "when"),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


@routes.at("customers/<uuid:customer_id>/assign/", "vault-assign-work-item")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.WORK_ITEM_ASSIGN)
def assign_work_item(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Give a work item of a customer to somebody else."""
    assigning.check_customer(request.actor, customer_id)
    form = AssignForm(request.POST or None)
    if request.method == "POST" and (
        item := refusals.attempt(
            form,
            lambda: assigning.assign_work_item(
                request.actor, Assigning(customer=customer_id, **form.cleaned_data)
            ),
        )
    ):
        text = _("Work item %(number)s assigned. It takes effect when a second person confirms it.")
        messages.success(request, text % {"number": item.number})
        return redirect("vault-list-assignments")
    intro = _(
        "It permits no clear values for %(minutes)s minutes, unless another supervisor "
        "confirms it earlier."
    )
    page = FormPage(
        title=_("Assign work item"),
        crumbs=[crumb(_("Customer"), "vault-view-customer", customer_id)],
        intro=intro % {"minutes": gate.fresh_work_item_minutes()},
        submit=_("Assign"),
    )
    return form_pages.show(request, page, form)


@routes.at("assignments/", "vault-list-assignments")
@require_safe
@gate.needs(permissions.WORK_ITEM_ASSIGN)
def list_assignments(request: StaffRequest) -> HttpResponse:
    """Work items that wait for their second person, or for their minutes."""
    return _assignments_page(request)


def _assignments_page(
    request: StaffRequest, opened: UUID | None = None, reason: str = ""
) -> HttpResponse:
    waiting = assignments.waiting(request.actor)
    names = people.names(
        [item.assigned_by for item in waiting] + [str(i.assignee) for i in waiting]
    )
    work = my_work.by_id(request, request.actor, [item.work_item for item in waiting])
    lines = [
        {
            "item": item,
            "work": work.get(item.work_item),
            "who": names.get(item.assigned_by, ""),
            "assignee": names.get(str(item.assignee), ""),
            "ripe_at": assigning.ripe_at(item),
            "is_own": item.assigned_by == request.actor.id,
            "can_confirm": assignments.can_confirm(request.actor, item),
            "reason": reason if item.id == opened else "",
        }
        for item in waiting
    ]
    intro = _(
        "Each assignment takes effect when another supervisor confirms it, or "
        "after %(minutes)s minutes."
    )
    listing = Listing(
        title=_("Assigned work items"),
        intro=intro % {"minutes": gate.fresh_work_item_minutes()},
        columns=_COLUMNS,
        rows=lines,
        empty=Empty(
            "user-check",
            _("No assignments waiting"),
            _("Work items are assigned on the customer's page."),
        ),
    )
    return lists.show(request, listing, "vault/list_assignments.html")


@routes.at("assignments/<uuid:assignment_id>/decide/", "vault-decide-assignment")
@require_POST
@gate.needs(permissions.WORK_ITEM_ASSIGN)
def decide_assignment(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    """Confirm as the second person, reject or withdraw, or read why it was assigned."""
    try:
        if request.POST.get("do") == "read":
            reason = assigning.open_reason(request.actor, assignment_id)
            return _assignments_page(request, assignment_id, reason)
        if request.POST.get("do") == "approve":
            assigning.confirm_assignment(request.actor, assignment_id)
            messages.success(
                request, _("Assignment in force: the work item now belongs to the assignee.")
            )
        else:
            assigning.refuse_assignment(request.actor, assignment_id)
            messages.success(request, _("Assignment rejected."))
    except (Invalid, Conflict) as error:
        refusals.tell(request, error)
    return redirect("vault-list-assignments")
