"""Pages of temporary access and break-glass: ask, decide, watch, end, review; and the clock in the frame."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate, permissions
from tutela.access import queries as people
from tutela.access import temporary_rows as rows
from tutela.access.actions import temporary_accesses as verbs
from tutela.access.errors import BreakGlassUntold
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.access.posts import POSTS
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import Conflict, Invalid
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import Crumb, Fact, FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import masked_names
from .errors import CustomerNotFound
from .permissions import CUSTOMER_VIEW
from .temporary_access import actions, clocks, offer, reach, searches
from .temporary_access import lists as standing
from .temporary_access.actions import Asking
from .temporary_access_forms import AccessForm, BreakGlassForm, ReviewForm

_COLUMNS = (
    Column("asked", gettext_lazy("Requested"), "when"),
    Column("person", gettext_lazy("Person"), "person"),
    Column("what", gettext_lazy("Data classes")),
    Column("purpose", gettext_lazy("Purpose")),
    Column("state", gettext_lazy("State")),
    Column("acts", gettext_lazy("Action"), hidden=True),
)
_PLACES = {
    "access.temporary_access_class": "classes",
    "access.temporary_access_purpose": "purpose",
    "access.temporary_access_minutes": "minutes",
    "vault.reason_missing": "reason",
    "vault.bad_field_value": "value",
    "vault.temporary_access.whom_missing": "by",
    "vault.temporary_access.search_not_exact": "by",
}
_TABS = ("decide", "review", "running", "own", "over")


@routes.at("temporary-access/", "vault-list-temporary-access")
@require_safe
@gate.signed_in()
def list_temporary_access(request: StaffRequest) -> HttpResponse:
    """What waits for this person, what runs, what they asked for."""
    found = standing.standing(request.actor)
    by_tab = {
        "decide": found.to_decide,
        "review": found.to_review,
        "running": found.running,
        "own": found.own,
        "over": found.over,
    }
    chosen = request.GET.get("tab", "")
    if chosen not in by_tab:
        chosen = next((tab for tab in _TABS if by_tab[tab]), "own")
    listing = Listing(
        title=_("Temporary access"),
        intro=_(
            "Access beyond the permission matrix, for a while: approved by others, ended by its clock, logged "
            "at each use."
        ),
        columns=_COLUMNS,
        rows=_lines(by_tab[chosen]),
        empty=Empty("clock-shield", _("Nothing here")),
    )
    context: dict[str, Any] = {
        "tabs": _tabs(by_tab, chosen),
        "can_request": gate.holds(request.actor, permissions.TEMPORARY_ACCESS_REQUEST),
        "can_break": _can_break(request),
    }
    return lists.show(request, listing, "vault/list_temporary_access.html", context)


def _tabs(
    by_tab: dict[str, list[TemporaryAccess]], chosen: str
) -> list[tuple[str, str, int, bool]]:
    words = {
        "decide": _("Waiting for my decision"),
        "review": _("Waiting for my review"),
        "running": _("Running"),
        "own": _("My requests"),
        "over": _("Ended"),
    }
    return [(tab, words[tab], len(by_tab[tab]), tab == chosen) for tab in _TABS]


def _lines(accesses: Sequence[TemporaryAccess]) -> list[dict[str, Any]]:
    names = people.names(standing.names_needed(accesses))
    at = clock.now()
    return [
        {
            "access": access,
            "person": names.get(str(access.asker_id), ""),
            "state": state_of(access, at),
        }
        for access in accesses
    ]


def state_of(access: TemporaryAccess, at: datetime) -> dict[str, Any]:
    """State and words of one access; `minutes` are left while it runs."""
    state = access.state(at)
    left = clocks.minutes_until(access.until, at) if state == rows.RUNNING and access.until else 0
    ending = access.ending or ("expired" if access.started_at else "not_decided")
    return {
        "code": state,
        "ending": ending if state == rows.OVER else "",
        "minutes": left,
        "is_overdue": access.is_review_overdue(at),
        "missing": access.approvals_needed - len(access.approvers),
    }


@routes.at("temporary-access/request/", "vault-request-temporary-access")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.TEMPORARY_ACCESS_REQUEST)
def request_temporary_access(request: StaffRequest) -> HttpResponse:
    """Ask for clear values that one's post does not include."""
    customers = _customers(request)
    if customers and not reach.sees_all(
        request.actor, customers, permissions.TEMPORARY_ACCESS_REQUEST
    ):
        raise CustomerNotFound
    form = AccessForm(request.POST or None, customers=customers, initial=_initial(request))
    if request.method == "POST" and (
        access := refusals.attempt(
            form, lambda: actions.request_access(request.actor, _asking(form)), places=_PLACES
        )
    ):
        messages.success(request, _("Request submitted. You are notified of the decision."))
        return redirect("vault-view-temporary-access", access.id)
    page = FormPage(
        title=_("Request temporary access"),
        crumbs=_crumbs(customers),
        intro=_(
            "A person of another post decides; sensitive data classes need two. The time begins with the approval."
        ),
        facts=_facts(request, customers),
        submit=_("Submit request"),
    )
    return form_pages.show(request, page, form, template="vault/request_temporary_access.html")


@routes.at("temporary-access/break-glass/", "vault-start-break-glass")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.BREAK_GLASS_START)
def start_break_glass(request: StaffRequest) -> HttpResponse:
    """Take access at once."""
    customers = _customers(request)
    form = BreakGlassForm(request.POST or None, customers=customers, initial=_initial(request))
    if request.method == "POST" and (access := _begin(request, form)):
        messages.success(
            request,
            _(
                "Break-glass access has started. The security administrator and the branch manager "
                "have been notified."
            ),
        )
        return redirect("vault-view-temporary-access", access.id)
    page = FormPage(
        title=_("Break-glass access"),
        crumbs=_crumbs(customers),
        intro=_(
            "Only in an emergency. It starts at once, for at most 5 customers and 60 minutes, "
            "in this session only. The security administrator and the branch manager are "
            "notified now and can end it; it is reviewed within 24 hours."
        ),
        facts=_facts(request, customers),
        submit=_("Start break-glass access"),
        danger=True,
    )
    return form_pages.show(request, page, form, template="vault/request_temporary_access.html")


def _begin(request: StaffRequest, form: BreakGlassForm) -> TemporaryAccess | None:
    """Refusals that the form can say; others go to the frame, which keeps their trace."""

    def act() -> TemporaryAccess:
        return actions.start_break_glass(request.actor, _asking(form), form.cleaned_data["code"])

    try:
        return refusals.attempt(form, act, places=_PLACES)
    except BreakGlassUntold as error:
        refusals.refuse(form, error)
        return None


@routes.at("temporary-access/<uuid:access_id>/", "vault-view-temporary-access")
@require_safe
@gate.signed_in()
def view_temporary_access(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """One request: who, what, for how long, what happened, and what this person can do."""
    return _access_page(request, standing.known(request.actor, access_id))


@routes.at("temporary-access/<uuid:access_id>/decide/", "vault-decide-temporary-access")
@require_POST
@gate.signed_in()
def decide_temporary_access(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Approve, reject, give back, end, review, or read the reason."""
    access = standing.known(request.actor, access_id)
    step = request.POST.get("do", "")
    form = ReviewForm(request.POST) if step in ("justified", "not_justified") else None
    try:
        if step == "read":
            reason = actions.open_reason(request.actor, access_id)
            return _access_page(request, access, reason=reason)
        if form is not None and not form.is_valid():
            return _access_page(request, access, form=form)
        _do(request, access_id, step, form)
    except (Invalid, Conflict) as error:
        refusals.tell(request, error)
    return redirect("vault-view-temporary-access", access_id)


def _do(request: StaffRequest, access_id: UUID, step: str, form: ReviewForm | None) -> None:
    actor = request.actor
    if step == "approve":
        approved = actions.approve_access(actor, access_id)
        words = (
            _("Approved: the clock is running.")
            if approved.started_at
            else _("Approved. A second approver of another post decides.")
        )
        messages.success(request, words)
    elif step == "refuse":
        actions.refuse_access(actor, access_id)
        messages.success(request, _("Request rejected."))
    elif step == "give_back":
        actions.give_back_access(actor, access_id)
        messages.success(request, _("Ended. Clear values are refused again."))
    elif step == "end":
        actions.end_access(actor, access_id)
        messages.success(request, _("Access ended. Clear values are refused from now on."))
    elif form is not None:
        note = form.cleaned_data["note"]
        actions.review_break_glass(actor, access_id, justified=step == "justified", note=note)
        messages.success(request, _("Review recorded."))


@routes.at("temporary-access/clock/", "vault-temporary-access-clock")
@require_safe
@gate.signed_in(by_itself=True)
def show_clock(request: StaffRequest) -> HttpResponse:
    """The frame's clock anew; the frame of whoever watches over access asks every few seconds. Nothing while it
    shows what it should."""
    context = frame(request)
    if context["access_clock_asks"] and context["access_clock_mark"] == request.GET.get(
        "shown", ""
    ):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "vault/_access_clock.html", context)


def frame(request: StaffRequest) -> dict[str, Any]:
    """What the frame shows of temporary access."""
    seen = clocks.clocks(request.actor)
    return {
        "access_clocks": seen[: clocks.SHOWN],
        "access_clocks_more": max(0, len(seen) - clocks.SHOWN),
        "access_clock_asks": clocks.is_watched(request.actor, seen),
        "access_clock_mark": clocks.mark_of(seen),
    }


def _access_page(
    request: StaffRequest,
    access: TemporaryAccess,
    *,
    reason: str = "",
    form: ReviewForm | None = None,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    names = people.names(standing.names_needed([access]))
    can_decide = standing.can_decide(actor, access)
    can_review = access.waits_for_review() and verbs.can_review(actor, access)
    is_own = str(access.asker_id) == actor.id
    shows_customers = is_own or standing.is_known_to_decider(actor, access) or can_review
    state = state_of(access, at)
    context: dict[str, Any] = {
        "access": access,
        "state": state,
        "is_own": is_own,
        "asker": names.get(str(access.asker_id), ""),
        "approvals": _approvals(access, names),
        "post": POSTS.get(access.post),
        "branch": Branch.objects.filter(id=access.branch_id).first() if access.branch_id else None,
        "customers": _named(actor, access, is_own) if shows_customers else (),
        "number": len(access.customers),
        "by": searches.field_of(access.search_sealed) if access.search_sealed else "",
        "opens": gate.holds(actor, CUSTOMER_VIEW),
        "ended_by": names.get(access.ended_by or "", ""),
        "reviewer": names.get(str(access.reviewed_by), ""),
        "can_decide": can_decide,
        "can_review": can_review,
        "can_end": state["code"] == rows.RUNNING and verbs.can_watch(actor, access),
        "can_read": can_decide or can_review,
        "reason": reason,
        "form": form or ReviewForm(),
    }
    return refusals.page(request, "vault/view_temporary_access.html", context, form)


def _named(actor: Actor, access: TemporaryAccess, is_own: bool) -> list[tuple[UUID, str]]:
    """Customers with the masked name that the reader may see, "" without."""
    customers = _shown_customers(access, is_own)
    names = masked_names.names(actor, customers, access.purpose)
    return [(customer, names.get(customer, "")) for customer in customers]


def _shown_customers(access: TemporaryAccess, is_own: bool) -> tuple[UUID, ...]:
    """Of a search the asker learns whom it led to once the last approver has said yes, not before."""
    if not is_own:
        return standing.customers_of(access)
    return () if access.search_sealed and access.started_at is None else access.customers


def _approvals(access: TemporaryAccess, names: dict[str, str]) -> list[dict[str, Any]]:
    given = (
        (access.first_approver, access.first_post, access.first_at),
        (access.second_approver, access.second_post, access.second_at),
    )
    return [
        {"who": names.get(str(who), ""), "post": POSTS.get(post or ""), "at": at}
        for who, post, at in given
        if who
    ]


def _customers(request: StaffRequest) -> tuple[UUID, ...]:
    """The customers of the link or of the form, as opaque ids; what is no id names nobody."""
    found = []
    for text in (request.POST if request.method == "POST" else request.GET).getlist("customer"):
        try:
            found.append(UUID(text))
        except ValueError:
            raise CustomerNotFound from None
    return tuple(dict.fromkeys(found))


def _initial(request: StaffRequest) -> dict[str, Any]:
    return {
        "customer": [str(item) for item in _customers(request)],
        "classes": request.GET.getlist("class"),
        "purpose": request.GET.get("purpose", ""),
    }


def _asking(form: AccessForm) -> Asking:
    given = form.cleaned_data
    return Asking(
        customers=given["customer"],
        by=given.get("by", ""),
        value=given.get("value", ""),
        classes=given["classes"],
        purpose=given["purpose"],
        minutes=given["minutes"],
        reason=given["reason"],
    )


def _crumbs(customers: Sequence[UUID]) -> list[Crumb]:
    if len(customers) == 1:
        return [crumb(_("Customer"), "vault-view-customer", customers[0])]
    return [crumb(_("Temporary access"), "vault-list-temporary-access")]


def _facts(request: StaffRequest, customers: Sequence[UUID]) -> list[Fact]:
    names = masked_names.names(request.actor, customers, request.GET.get("purpose", ""))
    return [
        Fact(_("Customer"), name)
        if (name := names.get(item))
        else Fact(_("Customer"), str(item), "id")
        for item in customers
    ]


def _can_break(request: StaffRequest) -> bool:
    return bool(offer.break_glass_address(request.actor, (), (), None))
