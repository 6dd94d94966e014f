"""Shapes a customer's masked records for the page: tabs by collection, groups by data class."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch, Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass

from . import catalogue, work_items
from .masked import MaskedDetail, MaskedField, MaskedRecord
from .work_items import WorkItem

WATERMARKS = range(60)


@dataclass(frozen=True, slots=True)
class Tab:
    """One collection of the customer's records."""

    code: str
    label: str
    number: int
    active: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one data class."""

    data_class: int
    fields: tuple[MaskedField, ...]

    @property
    def sensitive(self) -> bool:
        return DataClass(self.data_class).about.sensitive

    @property
    def revealable(self) -> bool:
        return any(field.revealable for field in self.fields)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record as the page shows it."""

    record: MaskedRecord
    title: str
    groups: tuple[Group, ...]


def customer(request: StaffRequest, detail: MaskedDetail, tab: str) -> dict[str, Any]:
    """What the customer's page shows, for the chosen tab."""
    counts = Counter(record.collection for record in detail.records)
    shown = [info for info in catalogue.COLLECTIONS if counts[info.id]]
    active = next((info for info in shown if info.code == tab), shown[0] if shown else None)
    within = [record for record in detail.records if active and record.collection == active.id]
    sheets = [_sheet(record, number, len(within)) for number, record in enumerate(within, start=1)]
    return {
        "detail": detail,
        "name": _name(detail),
        "branch": Branch.objects.filter(pk=detail.branch_id).first(),
        "tabs": [
            Tab(
                info.code,
                info.label(),
                counts[info.id],
                info is active,
                info.id == catalogue.Collection.CUSTOMER,
            )
            for info in shown
        ],
        "records": sheets,
        "revealable": any(group.revealable for sheet in sheets for group in sheet.groups),
        "hidden_classes": detail.refused_classes,
        "work_items": work_item_lines(detail.customer_id),
        "mark": _mark(request),
        "marks": WATERMARKS,
    }


def _name(detail: MaskedDetail) -> str:
    """The masked name, for the heading."""
    fields = (field for record in detail.records for field in record.fields)
    return next((field.text for field in fields if field.code == "name" and not field.refused), "")


def _mark(request: StaffRequest) -> str:
    """The watermark: who reads, and when."""
    person = cast(Staff, request.user)
    now = timezone.localtime(clock.now())
    return f"{person.name} {person.staff_no} {now:%Y-%m-%d %H:%M}"


def _sheet(record: MaskedRecord, number: int, of: int) -> Sheet:
    label = next(info.label() for info in catalogue.COLLECTIONS if info.id == record.collection)
    by_class: dict[int, list[MaskedField]] = {}
    for field in record.fields:
        by_class.setdefault(field.data_class, []).append(field)
    groups = tuple(Group(number, tuple(fields)) for number, fields in sorted(by_class.items()))
    return Sheet(record, f"{label} {number}" if of > 1 else label, groups)


def places(given: Iterable[str]) -> dict[UUID, list[str]]:
    """The fields chosen on a page, by record; what is no place is left out."""
    chosen: dict[UUID, list[str]] = {}
    for place in given:
        record, _, code = place.partition(":")
        try:
            chosen.setdefault(UUID(record), []).append(catalogue.by_code(code).code)
        except ValueError:
            continue
    return chosen


def own_work_item_choices(actor: Actor, customer_id: UUID) -> list[tuple[str, str]]:
    """Those that the person has: no other opens a value."""
    today = clock.today()
    return [
        _item_choice(item)
        for item in work_items.of_customer(customer_id)
        if item.is_open(today) and str(item.assignee) == actor.id
    ]


def _item_choice(item: WorkItem) -> tuple[str, str]:
    words = _("%(kind)s, opened %(day)s") % {"kind": item.label, "day": item.opened.isoformat()}
    return str(item.work_item_id), words


def work_item_lines(customer_id: UUID) -> list[tuple[WorkItem, str]]:
    """All work items of a customer, each with the name of who has it."""
    items = work_items.of_customer(customer_id)
    names = people.names([str(item.assignee) for item in items if item.assignee])
    return [(item, names.get(str(item.assignee), "")) for item in items]
