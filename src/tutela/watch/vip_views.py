"""Pages of customers whose views need a work item (rule R8): marked, listed, and the mark removed."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.purposes import Purpose
from tutela.vault import desk
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import leaf_lines, permissions
from .actions import vips
from .errors import VipNotOne
from .forms import VipForm
from .models import Vip
from .tabs import tabs

COLUMNS: Final = (
    Column("customer", gettext_lazy("Customer")),
    Column("since", gettext_lazy("Marked on"), "text-nowrap"),
    Column("by", gettext_lazy("Marked by"), "person"),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


@routes.at("watch/vips/", "watch-list-vips")
@require_safe
@gate.needs(permissions.SETTING_CHANGE)
def list_vips(request: StaffRequest) -> HttpResponse:
    """Marked customers, the newest first, by the end of their ids; reading the list is a leaf."""
    page = page_of(request, vips.listed())
    found = list(page.object_list)
    vips.note_read(request.actor, found)
    names = people.names([one.marked_by for one in found])
    listing = Listing(
        title=_("VIP customers"),
        intro=_("A view of one of these customers without a work item raises an alert (rule R8)."),
        columns=COLUMNS,
        rows=[_line(request, one, names) for one in found],
        page=page,
        empty=Empty(
            "star", _("No customer is marked"), "", reverse("watch-mark-vip"), _("Mark a customer")
        ),
    )
    context = {"tab": "vips", **tabs(request)}
    return lists.show(request, listing, "watch/list_vips.html", context)


def _line(request: StaffRequest, one: Vip, names: dict[str, str]) -> dict[str, Any]:
    return {
        "vip": one,
        "customer": leaf_lines.short(one.customer_id),
        "customer_page": leaf_lines.customer_page(request.actor, one.customer_id),
        "by": names.get(one.marked_by, _("the system")),
        "unmark": Confirm(
            code=f"unmark-{one.pk}",
            title=_("Remove the mark?"),
            texts=[_("Views of this customer without a work item raise no alert from now on.")],
            action=reverse("watch-unmark-vip", args=[one.customer_id]),
            submit=_("Remove"),
            look="btn btn-sm",
        ),
    }


@routes.at("watch/vips/mark/", "watch-mark-vip")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.SETTING_CHANGE)
def mark_vip(request: StaffRequest) -> HttpResponse:
    """Mark the customer whom a typed text names, found as the search box finds one."""
    form = VipForm(request.POST or None)

    def mark() -> None:
        found = desk.look_up(request.actor, form.cleaned_data["text"], Purpose.AUDIT.value)
        if not found.certain or found.customer_id is None:
            raise VipNotOne
        vips.mark_vip(request.actor, found.customer_id)

    if request.method == "POST" and refusals.done(form, mark, places=refusals.AtField("text")):
        messages.success(request, _("The customer is marked from now on."))
        return redirect("watch-list-vips")
    page = FormPage(
        title=_("Mark a customer"),
        crumbs=[crumb(_("VIP customers"), "watch-list-vips")],
        intro=_(
            "From then on a view without a work item raises an alert. The search is logged as any other."
        ),
        submit=_("Mark"),
        icon="star",
    )
    return form_pages.show(request, page, form)


@routes.at("watch/vips/<uuid:customer_id>/unmark/", "watch-unmark-vip")
@require_POST
@gate.needs(permissions.SETTING_CHANGE)
def unmark_vip(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Remove the mark of a customer."""
    try:
        vips.unmark_vip(request.actor, customer_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("The mark is removed."))
    return redirect("watch-list-vips")
