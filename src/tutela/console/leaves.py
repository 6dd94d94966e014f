"""The pages of the access trail. Reading the trail is itself a look, so it leaves its own leaf."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tutela.access import gate, people_search, trail_search
from tutela.access import permissions as access_permissions
from tutela.access.errors import StaffUnknown
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.errors import NotFound
from tutela.keys import custody
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.figures import Known
from tutela.trail.leaves import Leaf
from tutela.trail.queries import LeafFilter, LeafRow
from tutela.trail.segments.rows import Segment
from tutela.vault import trace
from tutela.vault.errors import BadFieldValue
from tutela.web import lists, refusals, routes
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing

from . import event_groups, leaf_lines, trail_files
from .forms import CustomerAsk, KeepSearchForm, PersonAsk, TrailFilter
from .segment_forms import BASIS_WORDS

PAGE_ROWS: Final = 50
BOUND_DAYS: Final = 92
"""What has no index of its own is looked for in so many days, unless the question names others."""
_PEOPLE: Final = (
    Column("person", gettext_lazy("Person")),
    Column("number", gettext_lazy("Staff number")),
    Column("login", gettext_lazy("Login name")),
    Column("post", gettext_lazy("Post")),
    Column("branch", gettext_lazy("Branch")),
    Column("account", gettext_lazy("Account")),
)
_CUSTOMERS: Final = (
    Column("customer", gettext_lazy("Customer")),
    Column("entries", gettext_lazy("Entries"), "num"),
    Column("first", gettext_lazy("First entry"), "text-nowrap"),
    Column("last", gettext_lazy("Last entry"), "text-nowrap"),
)


@routes.at("trail/", "trail-search-leaves")
@gate.needs(access_permissions.TRAIL_SEARCH)
def search_leaves(request: StaffRequest) -> HttpResponseBase:
    """Leaves by person, customer, event and time, newest first, page by page; or as a file."""
    form = TrailFilter(request.GET or None)
    criteria = form.cleaned_data if form.is_valid() else {}
    wanted = wanted_of(criteria)
    file_format = request.GET.get("export", "")
    if file_format in trail_files.LIMITS and not form.errors:
        return trail_files.answer(request.actor, wanted, file_format)
    rows = None if form.errors else _found(request, wanted, criteria.get("before"))
    return _page(request, form, rows, wanted)


def _page(
    request: StaffRequest,
    form: TrailFilter,
    rows: list[LeafRow] | None,
    wanted: LeafFilter,
    **forms: PersonAsk | CustomerAsk | KeepSearchForm,
) -> HttpResponse:
    """The page; `rows` None when the question was refused before anything was searched."""
    shown = (rows or [])[:PAGE_ROWS]
    more = shown[-1].id if len(rows or []) > PAGE_ROWS else None
    criteria = getattr(form, "cleaned_data", {})
    del form.fields["before"]  # where a page begins is no filter
    listing = Listing(
        title=_("Access trail"),
        columns=leaf_lines.COLUMNS,
        rows=leaf_lines.lines(request.actor, shown),
        filters=form,
        empty=_nothing_found() if rows is not None else _nothing_searched(),
    )
    context: dict[str, Any] = {
        "listing": listing,
        "more": more,
        "oldest": queries.oldest_at(),
        "purged": [] if more else purged_of(wanted),
        "person": criteria.get("person"),
        "customer": criteria.get("customer"),
        "bound": wanted.since if wanted.since and not criteria.get("since") else None,
        "person_ask": PersonAsk(auto_id="ask_%s"),
        "customer_ask": CustomerAsk(auto_id="ask_%s"),
        "kept": trail_search.kept_filters(request.actor),
        "keep_form": KeepSearchForm(auto_id="keep_%s"),
        "limits": trail_files.LIMITS,
        "ocsf": trail_files.OCSF,
    }
    return refusals.page(request, "console/leaves.html", context | forms, *forms.values())


def purged_of(wanted: LeafFilter) -> list[tuple[Segment, str]]:
    """Months of the time wanted that were purged, and on what basis: no list says by
    silence that nobody looked."""
    return [(one, str(BASIS_WORDS.get(one.basis, one.basis))) for one in queries.purged(wanted)]


def _nothing_found() -> Empty:
    about = _("An empty result only means that nothing in the retained log matches.")
    return Empty("eye-off", _("No matching entries"), about)


def _nothing_searched() -> Empty:
    return Empty("alert-circle", _("Nothing was searched"), _("Correct what is marked above."))


def wanted_of(criteria: Mapping[str, Any]) -> LeafFilter:
    """The filter of the trail that the page's form asks for."""
    person, customer = criteria.get("person"), criteria.get("customer")
    events = event_groups.names_of(criteria.get("event", ""))
    since = _begin(criteria.get("since"))
    purpose, outcome = criteria.get("purpose", ""), criteria.get("outcome", "")
    if (purpose or outcome) and not (person or customer or since):
        since = _begin(clock.today() - timedelta(days=BOUND_DAYS))
    return LeafFilter(
        actor_id=str(person.id) if person else "",
        subject=("customer", str(customer)) if customer else None,
        since=since,
        until=_begin(criteria.get("until"), days=1),
        events=events,
        purpose=purpose,
        outcome=outcome,
    )


def _begin(day: date | None, days: int = 0) -> datetime | None:
    """Midnight at the company of a day, or of a day after it."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=days)


def _found(request: StaffRequest, wanted: LeafFilter, before: UUID | None) -> list[LeafRow]:
    """One row more than a page, to know whether there is another."""
    return trail_search.search_leaves(request.actor, wanted, limit=PAGE_ROWS + 1, before=before)


def _refused(
    request: StaffRequest, **forms: PersonAsk | CustomerAsk | KeepSearchForm
) -> HttpResponse:
    """The page of the trail without entries, with the question that was refused."""
    return _page(request, TrailFilter(), None, queries.EVERY_LEAF, **forms)


@routes.at("trail/filters/keep/", "trail-keep-filter")
@require_POST
@gate.needs(access_permissions.TRAIL_SEARCH)
def keep_filter(request: StaffRequest) -> HttpResponse:
    """Keep the filters that are set under a name, for oneself."""
    form = KeepSearchForm(request.POST, auto_id="keep_%s")

    def keep() -> None:
        asked = form.cleaned_data
        trail_search.keep_filter(request.actor, asked["name"].strip(), asked["query"])

    if not refusals.done(form, keep):
        return _refused(request, keep_form=form)
    messages.success(request, _("The filter is kept."))
    return redirect(f"{reverse('trail-search-leaves')}?{form.cleaned_data['query']}")


@routes.at("trail/filters/drop/", "trail-drop-filter")
@require_POST
@gate.needs(access_permissions.TRAIL_SEARCH)
def drop_filter(request: StaffRequest) -> HttpResponse:
    """Forget one of one's own filters."""
    trail_search.drop_filter(request.actor, request.POST.get("name", ""))
    return redirect("trail-search-leaves")


@routes.at("trail/people/find/", "trail-find-person")
@require_POST
@gate.needs(access_permissions.TRAIL_SEARCH)
def find_person(request: StaffRequest) -> HttpResponse:
    """The page of one person; a list where several have the name; nobody is an error."""
    form = PersonAsk(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return _refused(request, person_ask=form)
    try:
        found = people_search.find(form.cleaned_data["person"])
    except StaffUnknown as error:
        nobody = _("Nobody has this name, number or login name.")
        form.add_error("person", f"{nobody} ({error.code})")
        return _refused(request, person_ask=form)
    if len(found) == 1:
        return redirect("trail-view-person", found[0].id)
    listing = _choice(_("Several people match"), _PEOPLE, found)
    return lists.show(request, listing, "console/choose_person.html", {"most": people_search.MOST})


@routes.at("trail/people/suggest/", "trail-suggest-people")
@require_POST
@gate.needs(access_permissions.TRAIL_SEARCH)
def suggest_people(request: StaffRequest) -> HttpResponse:
    """People whose name, number or sign-in name begins with what is being typed."""
    found = people_search.suggest(request.POST.get("person", ""))
    return render(request, "console/_people_suggested.html", {"found": found})


@routes.at("trail/customers/find/", "trail-find-customer")
@require_POST
@gate.needs(access_permissions.TRAIL_SEARCH)
def find_customer(request: StaffRequest) -> HttpResponse:
    """The page of one customer; a list where several have the value. The value is in the body and not repeated."""
    form = CustomerAsk(request.POST, auto_id="ask_%s")

    def found() -> dict[UUID, Known]:
        by = trace.By(form.cleaned_data["by"])
        try:
            return trace.find(request.actor, by, form.cleaned_data["value"])
        except BadFieldValue:
            form.add_error("value", _("The value does not match the format of the chosen field."))
            return {}

    customers = refusals.attempt(form, found, places=_AT_VALUE)
    if not customers:
        form.data = {"by": form.data.get("by", "")}  # the value does not come back
        return _refused(request, customer_ask=form)
    if len(customers) == 1:
        return redirect("trail-view-customer", next(iter(customers)))
    found_last = sorted(customers.items(), key=lambda pair: pair[1].last, reverse=True)
    listing = _choice(_("Several customers match"), _CUSTOMERS, found_last)
    context = {"kind": trace.By(form.cleaned_data["by"]).label}
    return lists.show(request, listing, "console/choose_customer.html", context)


def _choice(title: str, columns: Sequence[Column], rows: Sequence[Any]) -> Listing:
    """What a question that fits several gives to choose from."""
    crumbs = [crumb(_("Access trail"), "trail-search-leaves")]
    return Listing(title=title, columns=columns, rows=rows, crumbs=crumbs, empty=_nothing_found())


_AT_VALUE: Final = {
    "vault.not_in_trail": "value",
    "vault.too_many_hits": "value",
    "vault.search_limit": "value",
}


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
