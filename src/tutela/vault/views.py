"""Pages about customers: find, list, view, reveal, history, and the catalogue."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.detect.classes import ClassInfo, DataClass
from tutela.trail.leaves import Exposure
from tutela.web import lists, refusals, routes
from tutela.web.lists import Column, Empty, Listing

from . import branches, catalogue, find, offers, pages, permissions, reveal, view, words
from .catalogue import CollectionInfo, Field
from .errors import BadFieldValue
from .forms import FindForm, ListForm, PurposeForm, RevealForm
from .masked import LIST_FIELDS, MaskedCustomer, MaskedField

Cells = list[tuple[Field, MaskedField | None]]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One field with the words of its page."""

    field: Field
    collection: CollectionInfo
    mask: str
    ways: list[str]

    @property
    def about(self) -> ClassInfo:
        return self.field.data_class.about

    @property
    def sensitive(self) -> bool:
        return self.about.sensitive

    @property
    def grade(self) -> str:
        """The grade of JR/T 0171 that the field's level of JR/T 0197 stands for."""
        return {1: "–", 2: "C1", 3: "C2"}.get(self.field.level, "C3")


_FIELDS = (
    Column("field", gettext_lazy("Field")),
    Column("collection", gettext_lazy("Collection")),
    Column("class", gettext_lazy("Class")),
    Column("level", gettext_lazy("Level")),
    Column("mask", gettext_lazy("Mask")),
    Column("ways", gettext_lazy("Searchable by")),
    Column("headers", gettext_lazy("Recognised headers")),
)


@routes.at("catalogue/", "vault-list-fields")
@require_safe
@gate.needs(permissions.CATALOGUE_READ)
def list_fields(request: StaffRequest) -> HttpResponse:
    """The catalogue, filtered by collection and class."""
    chosen, number = request.GET.get("collection", ""), request.GET.get("class", "")
    every = list(catalogue.BY_ID.values())
    infos = {info.id: info for info in catalogue.COLLECTIONS}
    within = [field for field in every if chosen in {"", infos[field.collection].code}]
    of_class = Counter(field.data_class for field in within)
    of_collection = Counter(field.collection for field in every)
    intro = _(
        "All customer fields that Tutela stores: class, protection level, masking and search."
    )
    listing = Listing(
        title=_("Field catalogue"),
        intro=intro,
        columns=_FIELDS,
        rows=[_row(field, infos) for field in within if number in {"", str(int(field.data_class))}],
        empty=Empty("list-search", _("No matching fields")),
    )
    context: dict[str, Any] = {
        "collections": [(info, of_collection[info.id]) for info in catalogue.COLLECTIONS],
        "classes": [(c.about, str(int(c)), of_class[c]) for c in DataClass if of_class[c]],
        "collection": chosen,
        "data_class": number,
        "total": len(every),
    }
    return lists.show(request, listing, "vault/list_fields.html", context)


def _row(field: Field, infos: dict[catalogue.Collection, CollectionInfo]) -> CatalogueRow:
    ways = [words.way_name(field, transform) for transform in field.transforms]
    return CatalogueRow(field, infos[field.collection], words.example_of(field.mask), ways)


@routes.at("customers/", "vault-list-customers")
@require_safe
@gate.needs(permissions.CUSTOMER_FIND)
def list_customers(request: StaffRequest) -> HttpResponse:
    """The search form and, once a purpose is stated, the customers in the person's scope."""
    offered = offers.purposes(request.actor)
    purpose = offers.first_purpose(request, offered)
    start = {"purpose": purpose.value if purpose else ""}
    context: dict[str, Any] = {
        "offered": offered,
        "purpose": purpose,
        "find_form": FindForm(offered=offered, initial=start),
        "columns": LIST_FIELDS,
    }
    choices = branches.offered(request.actor, purpose) if purpose else []
    code = request.GET.get("branch", "")
    chosen = branches.among(choices, code)
    start["branch"] = chosen.code if chosen else ""
    context |= {"branch": chosen, "branch_unknown": bool(code and purpose and not chosen)}
    context["list_form"] = ListForm(offered=offered, branches=choices, initial=start)
    if purpose is not None and not context["branch_unknown"]:
        context |= _list(request, purpose, chosen)
    return render(request, "vault/list_customers.html", context)


def _list(request: StaffRequest, purpose: Purpose, branch: Branch | None) -> dict[str, Any]:
    offers.remember(request, purpose)
    page = find.list_customers(
        request.actor,
        purpose.value,
        after=_uuid(request.GET.get("after")),
        branch=branch.id if branch else None,
    )
    return {"customers": _lines(page.customers), "after": page.after}


@routes.at("customers/find/", "vault-find-customers")
@require_POST
@gate.needs(permissions.CUSTOMER_FIND)
def find_customers(request: StaffRequest) -> HttpResponse:
    """Customers whose field has exactly this value. The value is in the body and is not repeated."""
    offered = offers.purposes(request.actor)
    form = FindForm(request.POST, offered=offered)
    if not form.is_valid():
        return render(request, "vault/_find_faults.html", {"form": form}, status=refusals.REFUSED)
    asked = form.cleaned_data
    purpose = Purpose(asked["purpose"])
    offers.remember(request, purpose)
    try:
        customers = find.find(request.actor, asked["by"], asked["value"], purpose.value)
    except BadFieldValue:
        form.add_error("value", _("The value does not match the format of the chosen field."))
        return render(request, "vault/_find_faults.html", {"form": form}, status=refusals.REFUSED)
    context: dict[str, Any] = {
        "found": True,
        "offered": offered,
        "purpose": purpose,
        "customers": _lines(customers),
        "columns": LIST_FIELDS,
    }
    page = (
        "vault/_customers.html"
        if request.headers.get("HX-Request")
        else "vault/find_customers.html"
    )
    return render(request, page, context)


def _uuid(text: str | None) -> UUID | None:
    """An id out of a link; none when it is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _lines(
    customers: Sequence[MaskedCustomer],
) -> list[tuple[MaskedCustomer, Cells, Branch | None]]:
    """Each customer with a cell for each column, and its branch."""
    known_branches = Branch.objects.in_bulk({customer.branch_id for customer in customers})
    lines = []
    for customer in customers:
        have = {field.code: field for field in customer.fields}
        cells = [(field, have.get(field.code)) for field in LIST_FIELDS]
        lines.append((customer, cells, known_branches.get(customer.branch_id)))
    return lines


@routes.at("customers/<uuid:customer_id>/", "vault-view-customer")
@require_safe
@gate.needs(permissions.CUSTOMER_VIEW)
def view_customer(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """One customer, masked, in tabs by collection. Without a purpose it asks for one and shows nothing."""
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    purpose = offers.first_purpose(request, offered)
    start = {"purpose": purpose.value if purpose else ""}
    context: dict[str, Any] = {
        "customer_id": customer_id,
        "purpose": purpose,
        "purpose_form": PurposeForm(offered=offered, initial=start),
        "can_history": gate.holds(request.actor, permissions.HISTORY_VIEW),
        "can_assign": gate.holds(request.actor, permissions.WORK_ITEM_ASSIGN),
        "can_move": gate.holds(request.actor, permissions.CUSTOMER_MOVE),
        "can_destroy": gate.holds(request.actor, permissions.CUSTOMER_DESTROY),
    }
    if purpose is not None:
        offers.remember(request, purpose)
        detail = view.view_customer(request.actor, customer_id, purpose.value)
        context |= pages.customer(request, detail, request.GET.get("tab", ""))
        if gate.holds(request.actor, permissions.FIELD_REVEAL) and context["revealable"]:
            items = pages.own_work_item_choices(request.actor, customer_id)
            context["reveal_form"] = RevealForm(
                offered=offered, items=items, initial=start, prefix="reveal"
            )
            context["seconds"] = settings.TUTELA_REVEAL_SECONDS
    return render(request, "vault/view_customer.html", context)


@routes.at("customers/<uuid:customer_id>/reveal/", "vault-reveal-field")
@require_POST
@gate.needs(permissions.FIELD_REVEAL)
def reveal_fields(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Clear values of one customer for a minute, after the trace is written."""
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    form = RevealForm(request.POST, offered=offered, items=(), prefix="reveal")
    places = pages.places(request.POST.getlist("place"))
    if not form.is_valid() or not places:
        context: dict[str, Any] = {"form": form, "places": places}
        return render(request, "vault/_reveal_faults.html", context, status=refusals.REFUSED)
    why = form.cleaned_data
    shown = [
        reveal.reveal(
            request.actor,
            customer_id,
            codes,
            reveal.Justification(why["purpose"], why["reason"], why["work_item"]),
            record_id=record_id,
        )
        for record_id, codes in places.items()
    ]
    context = {
        "shown": shown,
        "at": clock.now(),
        "seconds": settings.TUTELA_REVEAL_SECONDS,
    }
    context["number"] = sum(len(revealed.cells) for revealed in shown)
    response = render(request, "vault/_revealed.html", context)
    return trigger_client_event(response, "dialog:done", {"value": "reveal-dialog"})


@routes.at("customers/<uuid:customer_id>/records/<uuid:record_id>/history/", "vault-view-history")
@require_safe
@gate.needs(permissions.HISTORY_VIEW)
def view_history(request: StaffRequest, customer_id: UUID, record_id: UUID) -> HttpResponse:
    """The versions of one record, masked, and what changed in each."""
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    purpose = offers.first_purpose(request, offered)
    if purpose is None:
        return redirect("vault-view-customer", customer_id)
    versions = view.history(request.actor, customer_id, record_id, purpose.value)
    context: dict[str, Any] = {"customer_id": customer_id, "purpose": purpose, "versions": versions}
    return render(request, "vault/view_history.html", context)
