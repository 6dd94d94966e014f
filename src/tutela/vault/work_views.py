"""What can be done where a value is not for the reader: give the work away, or record the call without it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.trail.leaves import Exposure
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

from . import assignments, offers, pages, permissions, view, work_items, work_lines
from .actions import assignments as assigning
from .actions.assignments import Assigning
from .actions.records import NewRecord, create_record
from .errors import WorkItemUnknown
from .forms import CallForm, HandOverForm
from .queries import Facts


@routes.at("customers/<uuid:customer_id>/hand-over/", "vault-hand-over")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.WORK_ITEM_HAND_OVER)
def hand_over(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Give an own work item of this customer to somebody who may do it, with a supervisor's word."""
    actor = request.actor
    offered = offers.purposes(actor, Exposure.DETAIL_MASKED)
    facts = view.facts_of(actor, customer_id)
    # Of a customer out of reach this refuses as of none.
    view.visible_levels(actor, facts, offered[0] if offered else Purpose.SERVICE)
    own = work_items.own_items(actor, work_items.of_customer(customer_id))
    if not own:
        raise WorkItemUnknown
    purposes = {
        item.work_item_id: offers.purpose_of_work(request, actor, offered, item.kind)
        for item in own
    }
    lines = work_lines.lines(
        actor, own, lambda item: purposes[item.work_item_id], Exposure.DETAIL_MASKED
    )
    colleagues = _colleagues(actor, facts, {one for one in purposes.values() if one})
    form = HandOverForm(
        request.POST or None, items=pages.item_choices(lines, own), colleagues=colleagues
    )
    if request.method == "POST" and refusals.done(
        form,
        lambda: assigning.hand_over(
            actor,
            Assigning(
                customer=customer_id,
                assignee=form.cleaned_data["assignee"],
                reason=form.cleaned_data["reason"],
                work_item=form.cleaned_data["work_item"],
            ),
        ),
    ):
        messages.success(
            request, _("Handed over. The work stays yours until a supervisor confirms it.")
        )
        return redirect("vault-list-customers")
    page = FormPage(
        title=_("Hand over work"),
        crumbs=[crumb(_("Customer"), "vault-view-customer", customer_id)],
        intro=_(
            "A supervisor of the customer's branch confirms it. Until then the work stays yours."
        ),
        submit=_("Hand over"),
    )
    return form_pages.show(request, page, form)


def _colleagues(actor: Actor, facts: Facts, purposes: set[Purpose]) -> list[tuple[str, str]]:
    """Whose work it could be: those whom the matrix opens something for these purposes, else for any."""
    for wanted in (purposes, set(Purpose)):
        able = [p.id for one in wanted for p in assignments.colleagues(actor, facts, one)]
        if able:
            break
    names, numbers = people.names(able), people.staff_numbers(able)
    choices = [(numbers[who], f"{name} ({numbers[who]})") for who, name in names.items()]
    return sorted(choices, key=lambda choice: choice[1])


@routes.at("customers/<uuid:customer_id>/call/", "vault-record-call")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.RECORD_CREATE)
def record_call(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Record that the customer called and what it was about: the work goes on without the value."""
    actor = request.actor
    offered = offers.purposes(actor, Exposure.DETAIL_MASKED)
    purpose = offers.first_purpose(request, offered) or (offered[0] if offered else None)
    if purpose is None:
        purpose = Purpose.SERVICE
    # The refusal of the page itself: of a customer out of reach as of none.
    view.visible_levels(actor, view.facts_of(actor, customer_id), purpose)
    form = CallForm(request.POST or None, offered=offered, initial={"purpose": purpose.value})
    if request.method == "POST" and refusals.done(form, lambda: _record(actor, customer_id, form)):
        messages.success(request, _("The call is recorded."))
        return redirect("vault-view-customer", customer_id)
    page = FormPage(
        title=_("Record a call"),
        crumbs=[crumb(_("Customer"), "vault-view-customer", customer_id)],
        intro=_(
            "It is stored with the customer's records, encrypted. No value of the customer is needed."
        ),
        submit=_("Record"),
    )
    return form_pages.show(request, page, form)


def _record(actor: Actor, customer_id: UUID, form: CallForm) -> object:
    asked = form.cleaned_data
    texts = {
        "contacted_on": clock.today().isoformat(),
        "contact_topic": asked["topic"],
        "contact_result": asked["result"],
    }
    return create_record(
        actor, NewRecord("contact", texts, customer_id=customer_id), asked["purpose"]
    )
