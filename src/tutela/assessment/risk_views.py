"""Pages of the risk register: the matrix with the list, one risk, a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import pages, permissions, queries, words
from .actions import risks
from .actions.risks import RiskText
from .controls import CONTROLS
from .forms import AcceptForm, RiskForm
from .models import Risk

_COLUMNS = (
    Column("grade", gettext_lazy("Risk level")),
    Column("risk", gettext_lazy("Risk")),
    Column("treatment", gettext_lazy("Treatment")),
    Column("owner", gettext_lazy("Owner")),
    Column("state", gettext_lazy("State")),
)


@routes.at("risks/", "risk-list")
@require_safe
@gate.needs(permissions.RISK_READ)
def list_risks(request: StaffRequest) -> HttpResponse:
    """The matrix, and the risks of the chosen cell or all."""
    closed = request.GET.get("state") == "closed"
    rows = pages.risk_rows(closed=closed)
    cell = request.GET.get("cell", "")
    shown = [row for row in rows if cell in {"", f"{row.risk.likelihood}x{row.risk.impact}"}]
    empty = Empty(
        "alert-triangle",
        _("No risks registered"),
        _("Register what concerns you; a control that is not met often points to a risk."),
    )
    intro = _(
        "What could harm customer information, how likely and how severe it is, who "
        "owns it and how it is treated. A risk acceptance always has an end date."
    )
    listing = Listing(
        title=_("Risk register"),
        intro=intro,
        columns=_COLUMNS,
        rows=shown,
        empty=Empty("checklist", _("No closed risks")) if closed else empty,
    )
    context = {
        "matrix": pages.matrix(rows),
        "impacts": list(enumerate(words.IMPACTS, 1)),
        "cell": cell,
        "closed": closed,
        "all": len(rows),
        "lapsed": sum(row.ended is not None for row in rows),
        "may_manage": gate.holds(request.actor, permissions.RISK_MANAGE),
    }
    return lists.show(request, listing, "assessment/list_risks.html", context)


@routes.at("risks/new/", "risk-register")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.RISK_MANAGE)
def register_risk(request: StaffRequest) -> HttpResponse:
    """A new risk; a link from a control names it."""
    control = request.GET.get("control", "")
    start = {"control": control if control in CONTROLS else "", "likelihood": 3, "impact": 3}
    form = RiskForm(request.POST or None, initial=start)
    risk = refusals.attempt(
        form, lambda: risks.register_risk(request.actor, RiskText(**form.cleaned_data))
    )
    if risk is not None:
        messages.success(request, _("Risk registered."))
        return redirect("risk-view", risk.id)
    page = FormPage(
        title=_("Register risk"),
        crumbs=[crumb(_("Risk register"), "risk-list")],
        submit=_("Register"),
    )
    return form_pages.show(request, page, form)


@routes.at("risks/<uuid:risk_id>/", "risk-view")
@require_safe
@gate.needs(permissions.RISK_READ)
def view_risk(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """One risk with its acceptances and what can be done."""
    return _page(request, queries.risk(risk_id))


def _page(
    request: StaffRequest,
    risk: Risk,
    *,
    change: RiskForm | None = None,
    accept: AcceptForm | None = None,
) -> HttpResponse:
    fields = ("title", "about", "likelihood", "impact", "treatment", "plan", "control")
    first: dict[str, Any] = {name: getattr(risk, name) for name in fields}
    context = {
        "row": pages.risk_row(risk, clock.today()),
        "likelihood": words.LIKELIHOODS[risk.likelihood - 1],
        "impact": words.IMPACTS[risk.impact - 1],
        "control": pages.control_name(risk.control),
        "acceptances": risk.acceptances.all(),
        "change_form": change or RiskForm(initial={**first, "owner": risk.owner_id}),
        "accept_form": accept or AcceptForm(),
        "changing": change is not None,
        "own": request.actor.id in (str(risk.registered_by_id), str(risk.changed_by_id)),
        "may_manage": gate.holds(request.actor, permissions.RISK_MANAGE),
        "may_accept": gate.holds(request.actor, permissions.RISK_ACCEPT),
    }
    return refusals.page(request, "assessment/view_risk.html", context, change, accept)


@routes.at("risks/<uuid:risk_id>/change/", "risk-change")
@require_POST
@gate.needs(permissions.RISK_MANAGE)
def change_risk(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """Change rating, treatment or owner."""
    form = RiskForm(request.POST)
    if refusals.done(
        form, lambda: risks.change_risk(request.actor, risk_id, RiskText(**form.cleaned_data))
    ):
        messages.success(request, _("Risk saved."))
        return redirect("risk-view", risk_id)
    return _page(request, queries.risk(risk_id), change=form)


@routes.at("risks/<uuid:risk_id>/accept/", "risk-accept")
@require_POST
@gate.needs(permissions.RISK_ACCEPT)
def accept_risk(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """Bear the risk until a day."""
    form = AcceptForm(request.POST)
    if refusals.done(form, lambda: risks.accept_risk(request.actor, risk_id, **form.cleaned_data)):
        messages.success(request, _("The risk is accepted until the date you entered."))
        return redirect("risk-view", risk_id)
    return _page(request, queries.risk(risk_id), accept=form)


@routes.at("risks/<uuid:risk_id>/close/", "risk-close")
@require_POST
@gate.needs(permissions.RISK_MANAGE)
def close_risk(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """Close a risk that is no more, or open it again."""
    risks.close_risk(request.actor, risk_id, closed=request.POST.get("to") != "open")
    messages.success(request, _("Risk saved."))
    return redirect("risk-view", risk_id)
