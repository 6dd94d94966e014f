"""The catalogue of fields, and the history of a record."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.detect.classes import ClassInfo, DataClass
from tutela.trail.leaves import Exposure
from tutela.web import lists, routes
from tutela.web.lists import Column, Empty, Listing

from . import catalogue, offers, permissions, view, words
from .catalogue import CollectionInfo, Field


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
