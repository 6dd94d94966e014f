"""Shapes a customer's masked records for the page: tabs by collection, groups by data class."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch, Staff
from tutela.base import clock
from tutela.detect.classes import DataClass

from . import catalogue
from .masked import MaskedDetail, MaskedField, MaskedRecord
from .work_items import WorkItem
from .work_lines import WorkLine

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
    """The fields of one data class. `hidden`: of a class that is not for the post and this purpose, the names of
    all fields that such a record may have; which of them this one has is not told."""

    data_class: int
    fields: tuple[MaskedField, ...]
    hidden: tuple[str, ...] = ()

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
        "first_place": _first_place(sheets),
        "mark": mark(request),
        "marks": WATERMARKS,
    }


def _name(detail: MaskedDetail) -> str:
    """The masked name, for the heading."""
    fields = (field for record in detail.records for field in record.fields)
    return next((field.text for field in fields if field.code == "name" and not field.refused), "")


def mark(request: StaffRequest) -> str:
    """The watermark: who reads, and when."""
    person = cast(Staff, request.user)
    now = timezone.localtime(clock.now())
    return f"{person.name} {person.staff_no} {now:%Y-%m-%d %H:%M}"


def _first_place(sheets: Iterable[Sheet]) -> str:
    """The first field that can be shown in clear, as the page names it."""
    return next(
        (
            f"{sheet.record.record_id}:{field.code}"
            for sheet in sheets
            for group in sheet.groups
            for field in group.fields
            if field.revealable
        ),
        "",
    )


def field_name(code: str) -> str:
    """The name of a field in the active language."""
    return catalogue.by_code(code).label()


def _sheet(record: MaskedRecord, number: int, of: int) -> Sheet:
    label = next(info.label() for info in catalogue.COLLECTIONS if info.id == record.collection)
    by_class: dict[int, list[MaskedField]] = {}
    for field in record.fields:
        by_class.setdefault(field.data_class, []).append(field)
    hidden = {
        number: tuple(
            field.label()
            for field in catalogue.fields_of(record.collection)
            if int(field.data_class) == number
        )
        for number in record.refused_classes
    }
    groups = tuple(
        Group(which, tuple(by_class.get(which, ())), hidden.get(which, ()))
        for which in sorted(by_class.keys() | hidden.keys())
    )
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


def item_choices(lines: Iterable[WorkLine], own: Iterable[WorkItem]) -> list[tuple[str, str]]:
    """The person's own work items, as a form offers them."""
    ids = {item.work_item_id for item in own}
    return [
        (str(line.item.work_item_id), item_words(line))
        for line in lines
        if line.item.work_item_id in ids
    ]


def item_words(line: WorkLine) -> str:
    """A work item in one line: kind, number, age."""
    return _("%(work_item)s, open for %(age)s") % {"work_item": line.words, "age": line.age}


def with_assignees(lines: Sequence[WorkLine]) -> list[tuple[WorkLine, str]]:
    """Each with the name of who has it."""
    names = people.names([str(line.item.assignee) for line in lines if line.item.assignee])
    return [(line, names.get(str(line.item.assignee), "")) for line in lines]
