"""The pages of the access trail. Reading the trail is itself a look, so it leaves its own leaf."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tutela.access import gate, trail_search
from tutela.access import permissions as access_permissions
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.access.purposes import LABELS, Purpose
from tutela.base.actor import Actor
from tutela.base.errors import NotFound
from tutela.console import words
from tutela.console.forms import TrailFilter
from tutela.keys import custody
from tutela.notices import naming
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.event_specs import event_words
from tutela.trail.leaves import Leaf
from tutela.trail.queries import LeafFilter, LeafRow
from tutela.web import lists, routes
from tutela.web.lists import Column, Empty, Listing

PAGE_ROWS = 50
_COLUMNS = (
    Column("time", gettext_lazy("Time"), "mono text-nowrap"),
    Column("person", gettext_lazy("Person")),
    Column("event", gettext_lazy("What happened")),
    Column("shown", gettext_lazy("Exposure")),
    Column("purpose", gettext_lazy("Purpose")),
    Column("customer", gettext_lazy("Customer")),
    Column("outcome", gettext_lazy("Outcome")),
    Column("acts", gettext_lazy("More"), hidden=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafLine:
    """One leaf with the words a person reads."""

    row: LeafRow
    who: str
    event: str
    exposure: str
    purpose: str
    why: str
    broken: str
    about: Sequence[tuple[str, str]]
    customers: Sequence[str]


@routes.at("trail/", "trail-search-leaves")
@gate.needs(access_permissions.TRAIL_SEARCH)
def search_leaves(request: StaffRequest) -> HttpResponse:
    """Leaves by person, customer, event and time, newest first, page by page."""
    form = TrailFilter(request.GET or None)
    criteria = form.cleaned_data if form.is_valid() else {}
    rows = [] if form.errors else _found(request.actor, criteria)
    shown = rows[:PAGE_ROWS]
    more = shown[-1].id if len(rows) > PAGE_ROWS else None
    del form.fields["before"]  # where a page begins is no filter
    listing = Listing(
        title=_("Access trail"),
        columns=_COLUMNS,
        rows=_lines(request.actor, shown),
        filters=form,
        empty=Empty(
            "eye-off",
            _("No matching entries"),
            _("An empty result only means that nothing in the retained log matches."),
        ),
    )
    context = {"more": more, "oldest": queries.oldest_at()}
    return lists.show(request, listing, "console/leaves.html", context)


@routes.at("trail/people/<uuid:staff_id>/", "trail-search-person")
@gate.needs(access_permissions.TRAIL_SEARCH)
def search_person(_request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """The trail filtered by one person, as a link from an entry."""
    person = get_object_or_404(Staff, pk=staff_id)
    return redirect(f"{reverse('trail-search-leaves')}?{urlencode({'person': person.staff_no})}")


def _begin(day: datetime | None, days: int = 0) -> datetime | None:
    """Midnight at the company of a day, or of a day after it."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=days)


def _found(actor: Actor, criteria: dict[str, Any]) -> list[LeafRow]:
    """One row more than a page, to know whether there is another."""
    return trail_search.search_leaves(
        actor,
        LeafFilter(
            actor_id=str(criteria["person"].id) if criteria.get("person") else "",
            subject=("customer", str(criteria["customer"])) if criteria.get("customer") else None,
            since=_begin(criteria.get("since")),
            until=_begin(criteria.get("until"), days=1),
            event=criteria.get("event", ""),
        ),
        limit=PAGE_ROWS + 1,
        before=criteria.get("before"),
    )


def _about(actor: Actor, rows: Sequence[LeafRow]) -> dict[tuple[str, str], tuple[str, str]]:
    """Address and name of what leaves speak of, where a page is for it and the reader may open that."""
    pages: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, view in naming.SUBJECTS.items():
        ids = frozenset(key for row in rows for subject, key in row.subjects if subject == kind)
        for key, name in naming.of_things(actor, view, ids).items():
            pages[kind, key] = (reverse(view, args=[key]), name)
    return pages


def _lines(actor: Actor, rows: Sequence[LeafRow]) -> list[LeafLine]:
    about = _about(actor, rows)
    names = people.names([row.actor_id for row in rows if row.actor_kind in {"staff", "machine"}])
    return [
        LeafLine(
            row=row,
            who=names.get(row.actor_id) or str(words.ACTORS.get(row.actor_kind, row.actor_id)),
            event=event_words(row.event),
            exposure=str(words.EXPOSURES[row.exposure]),
            purpose=str(LABELS[Purpose(row.purpose)])
            if row.purpose in set(Purpose)
            else row.purpose,
            why=str(words.REFUSALS.get(row.code, "")),
            broken=str(words.BROKEN.get(row.broken, row.broken)),
            about=[page for subject in row.subjects if (page := about.get(subject))],
            customers=[subject for kind, subject in row.subjects if kind == "customer"],
        )
        for row in rows
    ]


@routes.at("trail/<uuid:leaf_id>/note/", "trail-open-note")
@gate.needs(access_permissions.TRAIL_SEARCH)
@require_POST
def open_note(request: StaffRequest, leaf_id: UUID) -> HttpResponse:
    """The reason that somebody stated. It may name a customer, so opening it leaves a leaf."""
    grant = gate.require(request.actor, access_permissions.TRAIL_SEARCH)
    leaf = queries.leaf(leaf_id)
    if leaf is None or not leaf.note:
        raise NotFound
    log.append(
        Leaf(
            event=trail_events.NOTE_OPENED,
            actor=request.actor,
            subjects=tuple(leaf.subjects),
            detail={"leaf": str(leaf_id)},
        )
    )
    return render(request, "console/_note.html", {"note": custody.open_note(leaf.note, grant)})
