"""The agent's desk: the search box and what it finds, one field at a time, and the list, for a reason."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate, small_secrets
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.access.purposes import Purpose
from tutela.base.errors import Invalid
from tutela.crypto.errors import DecryptFailed
from tutela.web import refusals, routes

from . import branches, desk, find, lacks, lent, offers, permissions, recent, words
from .catalogue import Field
from .desk import LookedUp
from .errors import BadFieldValue, SearchLimit
from .forms import FindForm, ListForm, SearchForm
from .masked import LIST_FIELDS, MaskedCustomer, MaskedField

Cells = list[tuple[Field, MaskedField | None]]
_SEALED = "vault.search"


@routes.at("customers/", "vault-list-customers")
@require_safe
@gate.needs(permissions.CUSTOMER_FIND)
def list_customers(request: StaffRequest) -> HttpResponse:
    """The ways to a customer: the box of the frame, one field at a time, a list for a reason. Nobody is shown."""
    return _desk(request)


def _desk(request: StaffRequest, **more: Any) -> HttpResponse:
    """The page of the ways, of status REFUSED with a form that was refused."""
    offered = offers.purposes(request.actor)
    purpose = offers.box_purpose(request, request.actor, offered)
    start = {"purpose": purpose.value if purpose else ""}
    context: dict[str, Any] = {
        "offered": offered,
        "purpose": purpose,
        "find_form": FindForm(offered=offered, initial=start),
        "columns": LIST_FIELDS,
        "lent": lent.listed(request.actor),
    }
    if "list_form" not in more:
        choices = branches.offered(request.actor, purpose) if purpose else []
        context["list_form"] = ListForm(offered=offered, branches=choices, initial=start)
    context |= more
    refused = any(context[name].errors for name in ("find_form", "list_form")) or "fault" in context
    status = refusals.REFUSED if refused else HTTPStatus.OK
    return render(request, "vault/list_customers.html", context, status=status)


@routes.at("customers/search/", "vault-search")
@require_POST
@gate.needs(permissions.CUSTOMER_FIND)
def search(request: StaffRequest) -> HttpResponse:
    """Whom the typed text names: that customer's page at once where it can be no other, else who it may be."""
    offered = offers.purposes(request.actor)
    form = SearchForm(request.POST, offered=offered)
    if not form.is_valid():
        return _desk(request, fault=_("Choose a purpose."))
    asked = form.cleaned_data
    purpose = Purpose(asked["purpose"])
    offers.remember(request, purpose)
    text, hint = _both(asked["first"], asked["text"])
    try:
        found = desk.look_up(request.actor, text, purpose.value, hint)
    except SearchLimit:
        raise
    except Invalid as error:
        return _desk(request, fault=refusals.sentence(error))
    if found.certain and found.customer_id:
        return redirect(_address(found, purpose))
    context: dict[str, Any] = {
        "found": True,
        "offered": offered,
        "purpose": purpose,
        "looked_up": found,
        "kind": words.READINGS[found.kind],
        "few": desk.FEW,
        "customers": lines(found.customers),
        "columns": LIST_FIELDS,
        "ways": [] if found.customers else lacks.beyond_reach(request.actor, purpose),
        "lent": lent.listed(request.actor),
    }
    if found.too_many:
        sealed = small_secrets.seal(_SEALED, text)
        start = {"purpose": purpose.value, "first": sealed}
        context["hint_form"] = SearchForm(offered=offered, initial=start)
    return render(request, "vault/looked_up.html", context)


def _both(sealed: str, text: str) -> tuple[str, str]:
    """The text that is searched for and its second hint: whichever of the two has the digits is the hint."""
    if not sealed:
        return text, ""
    try:
        first = small_secrets.unseal(_SEALED, sealed)
    except DecryptFailed:
        return text, ""
    return (text, first) if first.strip()[:1].isdigit() else (first, text.strip())


def _address(found: LookedUp, purpose: Purpose) -> str:
    """The customer's page. It says by what the customer was found, never the value."""
    query = {"purpose": purpose.value, "by": found.kind}
    if found.work_item:
        query["item"] = str(found.work_item)
    return f"{reverse('vault-view-customer', args=[found.customer_id])}?{urlencode(query)}"


@routes.at("customers/find/", "vault-find-customers")
@require_POST
@gate.needs(permissions.CUSTOMER_FIND)
def find_customers(request: StaffRequest) -> HttpResponse:
    """Customers whose field has exactly this value. The value is in the body and is not repeated."""
    form = FindForm(request.POST, offered=offers.purposes(request.actor))
    if not form.is_valid():
        return _desk(request, find_form=form)
    asked = form.cleaned_data
    purpose = Purpose(asked["purpose"])
    offers.remember(request, purpose)
    try:
        customers = find.find(request.actor, asked["by"], asked["value"], purpose.value)
    except BadFieldValue:
        form.add_error("value", _("The value does not match the format of the chosen field."))
        return _desk(request, find_form=form)
    ways = [] if customers else lacks.beyond_reach(request.actor, purpose)
    context = {"found": True, "purpose": purpose, "customers": lines(customers), "ways": ways}
    return _desk(request, **context)


@routes.at("customers/list/", "vault-show-list")
@require_POST
@gate.needs(permissions.CUSTOMER_FIND)
def show_list(request: StaffRequest) -> HttpResponse:
    """A page of the customers in scope, masked, for a reason that is sealed with the leaf."""
    offered = offers.purposes(request.actor)
    given = request.POST.get("purpose", "")
    purpose = next((item for item in offered if item.value == given), None)
    choices = branches.offered(request.actor, purpose) if purpose else []
    form = ListForm(request.POST, offered=offered, branches=choices)
    if not form.is_valid() or purpose is None:
        return _desk(request, list_form=form, find_form=FindForm(offered=offered))
    asked = form.cleaned_data
    offers.remember(request, purpose)
    recent.remember(request, asked["reason"])
    branch = branches.among(choices, asked.get("branch", ""))
    page = find.list_customers(
        request.actor,
        purpose.value,
        after=asked["after"],
        branch=branch.id if branch else None,
        reason=asked["reason"],
    )
    context = {
        "listed": True,
        "purpose": purpose,
        "branch": branch,
        "list_form": form,
        "customers": lines(page.customers),
        "after": page.after,
    }
    return _desk(request, **context)


def lines(
    customers: Sequence[MaskedCustomer],
) -> list[tuple[MaskedCustomer, Cells, Branch | None]]:
    """Each customer with a cell for each column, and its branch."""
    known_branches = Branch.objects.in_bulk({customer.branch_id for customer in customers})
    told = []
    for customer in customers:
        have = {field.code: field for field in customer.fields}
        cells = [(field, have.get(field.code)) for field in LIST_FIELDS]
        told.append((customer, cells, known_branches.get(customer.branch_id)))
    return told
