"""Pages of destructions: propose one, see what waits, approve or reject what another person proposed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.base.errors import Conflict, Invalid
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import destructions, permissions
from .actions import destructions as destroying
from .errors import SamePerson
from .steward_views import ProposalForm


class WordForm(forms.Form):
    """The word that is typed before data is destroyed."""

    word = forms.CharField(
        max_length=20,
        label=gettext_lazy("Confirmation word"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word.casefold() != word_to_type().casefold():
            raise ValidationError(
                _("Type %(word)s to confirm, or leave the page.") % {"word": word_to_type()}
            )
        return word


def word_to_type() -> str:
    """What must be typed, in the reader's language."""
    return _("DESTROY")


_COLUMNS = (
    Column("proposed", gettext_lazy("Proposed"), "when"),
    Column("customer", gettext_lazy("Customer"), "id"),
    Column("proposer", gettext_lazy("Proposed by"), "person"),
    Column("state", gettext_lazy("State")),
    Column("decider", gettext_lazy("Decided by"), "person"),
    Column("versions", gettext_lazy("Versions destroyed"), "mono"),
)


@routes.at("destructions/", "vault-list-destructions")
@require_safe
@gate.needs(permissions.CUSTOMER_DESTROY)
def list_destructions(request: StaffRequest) -> HttpResponse:
    """Orders that the person may know of, the newest first."""
    orders = destroying.list_destructions(request.actor)
    who = people.names(
        [name for order in orders for name in (order.proposed_by, order.decided_by) if name]
    )
    lines = [
        {
            "order": order,
            "proposer": who.get(order.proposed_by, ""),
            "decider": who.get(order.decided_by, ""),
        }
        for order in orders
    ]
    listing = Listing(
        title=_("Destruction of customer data"),
        intro=_("One person proposes, another approves. Only ids, versions and hashes remain."),
        columns=_COLUMNS,
        rows=lines,
        empty=Empty(
            "eraser",
            _("No destruction orders"),
            _("Destructions are proposed on the customer's page."),
        ),
    )
    return lists.show(request, listing, "vault/list_destructions.html")


@routes.at("customers/<uuid:customer_id>/destroy/", "vault-propose-destruction")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.CUSTOMER_DESTROY)
def propose_destruction(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Propose to destroy a customer."""
    destroying.check_customer(request.actor, customer_id)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form,
        lambda: destroying.propose_destruction(
            request.actor, customer_id, form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Destruction proposed. Another person must approve it."))
        return redirect("vault-list-destructions")
    page = FormPage(
        title=_("Request destruction"),
        crumbs=[crumb(_("Customer"), "vault-view-customer", customer_id)],
        intro=_("Nothing is destroyed until another person approves."),
        submit=_("Request destruction"),
    )
    return form_pages.show(request, page, form)


@routes.at("destructions/<uuid:order_id>/", "vault-decide-destruction")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.CUSTOMER_DESTROY)
def decide_destruction(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """What approving would do, and the word that must be typed for it; or reject the order."""
    order = destructions.order_of(request.actor, order_id)
    step = request.POST.get("do", "")
    approves, reason = step == "approve", ""
    form = WordForm(request.POST if approves else None)
    if step == "read":
        reason = destroying.open_reason(request.actor, order_id)
    elif request.method == "POST" and (form.is_valid() or not approves):
        try:
            if approves:
                destroying.approve_destruction(request.actor, order_id)
                messages.success(request, _("Customer data destroyed."))
            else:
                destroying.reject_destruction(request.actor, order_id)
                messages.success(request, _("Order rejected; nothing was destroyed."))
            return redirect("vault-list-destructions")
        except (Invalid, Conflict, SamePerson) as error:
            if not approves:
                # No word was typed, so there is no form to show it in.
                refusals.tell(request, error)
                return redirect("vault-list-destructions")
            refusals.refuse(form, error)
    context: dict[str, Any] = {
        "form": form,
        "order": order,
        "reason": reason,
        "branch": Branch.objects.get(id=order.branch_id),
        "counts": destructions.counts_of(order),
        "word": word_to_type(),
        "is_own": order.proposed_by == request.actor.id,
        "proposer": people.names([order.proposed_by]).get(order.proposed_by, ""),
    }
    return refusals.page(request, "vault/decide_destruction.html", context, form)
