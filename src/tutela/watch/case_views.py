"""Pages of cases: the list, and one case with its alerts and what people do with it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.keys import custody
from tutela.web import lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import alert_views, cases, leaf_lines, permissions, reading, words
from .actions import triage
from .forms import CaseFilter, CloseForm, ExplainForm
from .models import Case
from .outcomes import ALWAYS, is_open
from .rules import MUTED_DAYS, CaseState
from .tabs import tabs

COLUMNS: Final = (
    Column("number", gettext_lazy("Case"), "text-nowrap"),
    Column("person", gettext_lazy("About")),
    Column("rules", gettext_lazy("Rules")),
    Column("points", gettext_lazy("Points"), "num"),
    Column("opened", gettext_lazy("Case opened"), "text-nowrap"),
    Column("state", gettext_lazy("State")),
)


@routes.at("watch/", "watch-list-cases")
@require_safe
@gate.needs(permissions.ALERT_READ)
def list_cases(request: StaffRequest) -> HttpResponse:
    """Cases, those that wait first, by rule, post, branch and state."""
    filters = CaseFilter(request.GET)
    asked = filters.asked()
    page = page_of(request, cases.cases(**asked))
    found = list(page.object_list)
    rules = cases.rules_of([case.id for case in found])
    rows = [_line(request, case, rules.get(case.id, [])) for case in found]
    reading.note(request.actor, rows=len(rows), rule=asked["rule"])
    listing = Listing(
        title=_("Watch"),
        intro=_("Cases that the watch over the access trail has opened; critical ones first."),
        columns=COLUMNS,
        rows=rows,
        page=page,
        filters=filters,
        empty=Empty("shield-check", _("No matching cases")),
    )
    return lists.show(request, listing, "watch/list_cases.html", {"tab": "cases", **tabs(request)})


def _line(request: StaffRequest, case: Case, rules: list[str]) -> dict[str, Any]:
    customer = str(case.customer_id) if case.customer_id else ""
    return {
        "case": case,
        "rules": [(code, words.rule_words(code)) for code in rules],
        "state": words.STATES[case.state],
        "outcome": words.OUTCOMES.get(case.outcome, ""),
        "customer": leaf_lines.short(customer) if customer else "",
        "customer_page": leaf_lines.customer_page(request.actor, customer) if customer else "",
    }


@routes.at("watch/cases/<uuid:case_id>/", "watch-view-case")
@require_safe
@gate.needs(permissions.ALERT_READ)
def view_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One case with its alerts, and what the reader may do with it."""
    return _page(request, cases.case(case_id))


def _page(request: StaffRequest, case: Case, **refused: forms.Form) -> HttpResponse:
    """The case; `refused` are the forms that were sent and are shown again."""
    actor = request.actor
    page = page_of(request, case.alerts.select_related("person", "case").order_by("-at", "-id"))
    reading.note(
        actor, *reading.about("watch_case", case.id, case.person_id), rows=len(page.object_list)
    )
    may = gate.holds(actor, permissions.CASE_HANDLE)
    mine = may and cases.can_handle(UUID(actor.id), case.person_id)
    rules = cases.rules_of([case.id]).get(case.id, [])
    listing = Listing(
        title=_("Alerts"),
        columns=[column for column in alert_views.COLUMNS if column.code != "case"],
        rows=[alert_views.line(request, alert) for alert in page.object_list],
        page=page,
        empty=Empty("shield-check", _("No matching alerts")),
    )
    context: dict[str, Any] = {
        "listing": listing,
        "row": _line(request, case, rules),
        "case": case,
        "reason": _reason(request, case),
        "not_mine": may and not mine and is_open(case.state),
        "asks": _asks(case, rules, refused) if mine and is_open(case.state) else [],
        "mutes": list(case.mutes.order_by("rule")),
        "trail_page": leaf_lines.person_page(actor, case.person_id) if case.person_id else "",
        "crumbs": [crumb(_("Watch"), "watch-list-cases")],
    }
    return refusals.page(request, "watch/view_case.html", context, *refused.values())


def _reason(request: StaffRequest, case: Case) -> str:
    """Why the case ended as it did, for whoever handles cases; others see that there is a reason."""
    if not case.reason_sealed or not gate.holds(request.actor, permissions.CASE_HANDLE):
        return ""
    grant = gate.require(request.actor, permissions.CASE_HANDLE)
    return custody.open_note(case.reason_sealed, grant)


def _asks(case: Case, rules: list[str], refused: dict[str, forms.Form]) -> list[Confirm]:
    """The acts that this state allows, each with its question."""
    asks = []
    if case.state == CaseState.OPEN:
        asks.append(
            Confirm(
                code="acknowledge",
                title=_("Take up the case?"),
                texts=[_("Your name stands at it, and nobody is reminded of it any more.")],
                action=reverse("watch-acknowledge-case", args=[case.id]),
                submit=_("Take up"),
                icon="hand-stop",
            )
        )
    asks.append(
        Confirm(
            code="explain",
            title=_("Explain the case?"),
            texts=[_resting(case, rules)],
            form=refused.get("explain", ExplainForm(auto_id="id_explain_%s")),
            action=reverse("watch-explain-case", args=[case.id]),
            submit=_("Explain as justified"),
            icon="message-check",
        )
    )
    asks.append(
        Confirm(
            code="close",
            title=_("Close the case?"),
            texts=[_("A closed case is not opened again; the same again raises a new alert.")],
            form=refused.get("close", CloseForm(auto_id="id_close_%s")),
            action=reverse("watch-close-case", args=[case.id]),
            submit=_("Close case"),
            icon="circle-check",
        )
    )
    return asks


def _resting(case: Case, rules: list[str]) -> str:
    names = ", ".join(code for code in rules if code not in ALWAYS)
    if not case.person_id or not names:
        return _("The case ends as justified. Its rules do not rest: they go on watching.")
    told = _(
        "The case ends as justified. For this person, these rules rest for %(days)s days: %(rules)s."
    )
    return told % {"days": MUTED_DAYS, "rules": names}


@routes.at("watch/cases/<uuid:case_id>/acknowledge/", "watch-acknowledge-case")
@require_POST
@gate.needs(permissions.CASE_HANDLE)
def acknowledge_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Somebody takes the case up."""
    try:
        triage.acknowledge_case(request.actor, case_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("You have taken up the case."))
    return redirect("watch-view-case", case_id)


@routes.at("watch/cases/<uuid:case_id>/explain/", "watch-explain-case")
@require_POST
@gate.needs(permissions.CASE_HANDLE)
def explain_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The case was justified."""
    form = ExplainForm(request.POST, auto_id="id_explain_%s")

    def act() -> None:
        triage.explain_case(request.actor, case_id, form.cleaned_data["reason"])

    return _done(request, case_id, "explain", form, act)


@routes.at("watch/cases/<uuid:case_id>/close/", "watch-close-case")
@require_POST
@gate.needs(permissions.CASE_HANDLE)
def close_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The case ends with what was found."""
    form = CloseForm(request.POST, auto_id="id_close_%s")

    def act() -> None:
        values = form.cleaned_data
        triage.close_case(request.actor, case_id, values["outcome"], values["reason"])

    return _done(request, case_id, "close", form, act)


def _done(
    request: StaffRequest,
    case_id: UUID,
    name: str,
    form: forms.Form,
    act: Callable[[], object],
) -> HttpResponse:
    if refusals.done(
        form, act, places={"watch.reason_missing": "reason", "watch.outcome_unknown": "outcome"}
    ):
        messages.success(request, _("The case is settled."))
        return redirect("watch-view-case", case_id)
    return _page(request, cases.case(case_id), **{name: form})
