"""The leaves that made an alert, in the words that a person reads; what the reader may not open has no link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.purposes import LABELS, Purpose
from tutela.base.actor import Actor
from tutela.base.language import name_of
from tutela.trail import queries as trail
from tutela.trail import words as leaf_words
from tutela.trail.event_specs import event_words, is_outside
from tutela.trail.queries import LeafRow
from tutela.vault import catalogue, work_items
from tutela.web.templatetags.web import class_name

SHOWN: Final = 3
"""Customers of a leaf, and fields, that its line names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One leaf. `customers` are (end of the id, address or empty); `more` how many are not named;
    `proof` where the leaf is shown with its proof, empty for who may not search the trail."""

    leaf_id: UUID
    proof: str
    at: datetime
    who: str
    event: str
    exposure: str
    fields: Sequence[str]
    more_fields: int
    purpose: str
    work_item: str
    door: str
    source: str
    is_refused: bool
    code: str
    customers: Sequence[tuple[str, str]]
    more: int
    rows: int | None
    is_outside: bool
    broken: bool


def lines(actor: Actor, leaf_ids: Sequence[UUID], *, with_customers: bool = True) -> list[Line]:
    """Those of these leaves that the trail holds, in their order; the caller has left a leaf of reading them.
    Without customers: where several lists together would tell which of them is a canary."""
    rows = [row for key in leaf_ids if (row := trail.leaf(key)) is not None]
    names = people.names([row.actor_id for row in rows if row.actor_kind in {"staff", "machine"}])
    items = [UUID(row.work_item) for row in rows if row.work_item]
    kinds = work_items.kinds_of(items) if items else {}
    found = [_line(actor, row, names, kinds) for row in rows]
    return found if with_customers else [replace(one, customers=(), more=0) for one in found]


def _line(
    actor: Actor,
    row: LeafRow,
    names: Mapping[str, str],
    kinds: Mapping[UUID, work_items.Kind],
) -> Line:
    customers = [key for kind, key in row.subjects if kind == "customer"]
    known = [name_of(catalogue.BY_ID[one]) for one in row.fields if one in catalogue.BY_ID]
    told = known or [class_name(number) for number in row.classes]
    kind = kinds.get(UUID(row.work_item)) if row.work_item else None
    return Line(
        leaf_id=row.id,
        proof=_first(actor, ("trail-prove-leaf",), row.id),
        at=row.at,
        who=names.get(row.actor_id, row.actor_kind),
        event=event_words(row.event) if row.event else "",
        exposure=str(leaf_words.EXPOSURES.get(row.exposure, row.exposure)),
        fields=told[:SHOWN],
        more_fields=max(0, len(told) - SHOWN),
        purpose=str(LABELS[Purpose(row.purpose)]) if row.purpose in set(Purpose) else row.purpose,
        work_item=str(kind.label) if kind else "",
        door=str(leaf_words.DOORS.get(row.channel, row.channel)),
        source=row.source,
        is_refused=row.outcome == "deny",
        code=row.code,
        customers=[(short(key), customer_page(actor, key)) for key in customers[:SHOWN]],
        more=max(0, len(customers) - SHOWN),
        rows=row.rows,
        is_outside=is_outside(row.event),
        broken=bool(row.broken),
    )


def short(key: object) -> str:
    """The end of an id: the beginning of ours is a time, which many share."""
    return f"…{str(key)[-8:]}"


def customer_page(actor: Actor, customer: object) -> str:
    """Where this reader finds more: the page of who has seen the customer, or the customer's; else empty."""
    return _first(actor, ("trail-view-customer", "vault-view-customer"), customer)


def person_page(actor: Actor, person: object) -> str:
    """The page of what a person has seen in the whole trail, for who may search it; else empty."""
    return _first(actor, ("trail-view-person",), person)


def trail_page(actor: Actor) -> str:
    """The search of the trail, for who may use it; else empty."""
    try:
        address = reverse("trail-search-leaves")
    except NoReverseMatch:
        return ""
    return address if gate.can_open(actor, address) else ""


def _first(actor: Actor, views: Sequence[str], key: object) -> str:
    for view in views:
        try:
            address = reverse(view, args=[key])
        except NoReverseMatch:
            continue
        if gate.can_open(actor, address):
            return address
    return ""
