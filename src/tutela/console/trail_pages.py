"""What one person has seen, and who has seen one customer: counts, pictures and the newest entries."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate, people_search, trail_search
from tutela.access import permissions as access_permissions
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.access.posts import POSTS
from tutela.access.trail_search import Span
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import NotFound
from tutela.base.language import name_of
from tutela.feeds import events as feed_events
from tutela.trail.figures import Tally
from tutela.trail.queries import LeafFilter, LeafRow
from tutela.vault import events as vault_events
from tutela.web import routes
from tutela.web.figures import Beside, Calendar, beside, calendar
from tutela.web.form_pages import Crumb, crumb
from tutela.web.lists import Empty, Listing

from . import event_groups, leaf_lines, leaves, words
from .forms import DaysAsk
from .looks import KINDS
from .trail_figures import Sums, sums

ROWS: Final = 50
READ: Final = 300
"""So many of a customer's newest entries are opened to say which fields somebody saw."""
PEER_DAYS: Final = 30
YEAR: Final = 365
CLEAR: Final = frozenset(KINDS.clear)
MASKED: Final = frozenset(KINDS.masked)
OUTSIDE: Final = frozenset({feed_events.LOOK_REPORTED.name})


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """One person on the page of a customer. `in_clear` and `masked` are names of fields, of the newest entries."""

    actor_id: str
    has_page: bool
    name: str
    posts: Sequence[str]
    sums: Sums
    purposes: Sequence[tuple[str, int]]
    in_clear: Sequence[str]
    masked: Sequence[str]
    last: date

    @property
    def first_masked(self) -> Sequence[str]:
        return self.masked[: leaf_lines.FIELDS_SHOWN]

    @property
    def more_masked(self) -> int:
        return max(0, len(self.masked) - leaf_lines.FIELDS_SHOWN)


@routes.at("trail/people/<uuid:staff_id>/", "trail-view-person")
@require_safe
@gate.needs(access_permissions.TRAIL_SEARCH)
def view_person(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """What this person has seen: by day, by purpose, beside peers of the same post, and the newest entries."""
    person = get_object_or_404(Staff, pk=staff_id)
    asked = DaysAsk(request.GET)
    days = days_of(asked)
    span = last_days(days)
    read = trail_search.read_of_person(request.actor, staff_id, span, ROWS)
    context = {
        "person": people_search.listed([person])[0],
        "beside": _beside(request.actor, staff_id),
        "peer_days": PEER_DAYS,
        **_pictures(read.tallies, span),
        **_entries(request.actor, read.rows, "person"),
        "purged": leaves.purged_of(LeafFilter(since=span.since, until=span.until)),
    }
    return render(request, "console/trail_person.html", context | _frame(asked, days))


@routes.at("trail/customers/<uuid:traced_id>/", "trail-view-customer")
@require_safe
@gate.needs(access_permissions.TRAIL_SEARCH)
def view_customer(request: StaffRequest, traced_id: UUID) -> HttpResponse:
    """Who has seen this customer, which fields and what for. One whom the trail does not name is not there."""
    asked = DaysAsk(request.GET)
    days = days_of(asked)
    span = last_days(days)
    if not trail_search.names_customer(request.actor, traced_id):
        raise NotFound
    # The auditors' own questions are counted, but do not stand between the accesses.
    asked_for = event_groups.all_but("trail", vault_events.CUSTOMER_TRACED.name)
    read = trail_search.read_of_customer(request.actor, traced_id, span, READ, asked_for)
    context = {
        "customer": str(traced_id),
        "lookers": _lookers(read.tallies, read.rows),
        "read": READ if len(read.rows) == READ else None,
        **_pictures(read.tallies, span),
        **_entries(request.actor, read.rows[:ROWS], ""),
        "purged": leaves.purged_of(LeafFilter(since=span.since, until=span.until)),
    }
    return render(request, "console/trail_customer.html", context | _frame(asked, days))


def days_of(asked: DaysAsk) -> int:
    """The days asked for; a year for anything else."""
    return (asked.cleaned_data["days"] if asked.is_valid() else None) or YEAR


def last_days(days: int) -> Span:
    """So many days of the company, today the last of them."""
    zone = timezone.get_default_timezone()
    after = clock.today() + timedelta(days=1)
    until = datetime.combine(after, time.min, tzinfo=zone)
    since = datetime.combine(after - timedelta(days=days), time.min, tzinfo=zone)
    return Span(since=since, until=until, zone=str(zone))


def _frame(asked: DaysAsk, days: int) -> dict[str, Any]:
    crumbs: list[Crumb] = [crumb(_("Access trail"), "trail-search-leaves")]
    return {"asked": asked, "days": days, "crumbs": crumbs}


def _pictures(tallies: Sequence[Tally], span: Span) -> dict[str, Any]:
    """The calendar of looks, their sums, and what they were for."""
    by_day: Counter[date] = Counter()
    purposes: Counter[str] = Counter()
    for tally in tallies:
        if tally.outcome != "deny" and tally.event in CLEAR | MASKED | OUTSIDE:
            by_day[tally.day] += tally.leaves
        if tally.outcome != "deny" and tally.event in CLEAR | MASKED:
            purposes[tally.purpose] += tally.leaves
    last = timezone.localtime(span.until - timedelta(microseconds=1)).date()
    drawn: Calendar = calendar(by_day, timezone.localtime(span.since).date(), last)
    return {
        "calendar": drawn,
        "sums": sums(tallies, CLEAR, MASKED, OUTSIDE),
        "purposes": [
            (leaf_lines.purpose_of(code) or _("Without a purpose"), number)
            for code, number in purposes.most_common()
        ],
        "looks": sum(purposes.values()),
    }


def _entries(actor: Actor, rows: Sequence[LeafRow], without: str) -> dict[str, Any]:
    columns = [column for column in leaf_lines.COLUMNS if column.code != without]
    listing = Listing(
        title=_("Newest entries"),
        columns=columns,
        rows=leaf_lines.lines(actor, rows),
        empty=Empty("eye-off", _("No entries in this period")),
        look="trail-rows",
    )
    return {"listing": listing, "without": without}


def _beside(actor: Actor, staff_id: UUID) -> list[tuple[str, Beside]]:
    """By post: this person's looks in clear beside those of the others who hold it."""
    span = last_days(PEER_DAYS)
    counted = trail_search.count_of_peers(actor, staff_id, tuple(KINDS.clear), span)
    drawn = ((post, beside(str(staff_id), numbers)) for post, numbers in counted.items())
    return [(name_of(POSTS[post]), one) for post, one in drawn if one and post in POSTS]


def _lookers(tallies: Sequence[Tally], rows: Sequence[LeafRow]) -> list[Looker]:
    """Everybody who did anything with a customer: who saw most in clear first."""
    by_actor: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        by_actor[tally.actor_id].append(tally)
    in_clear: dict[str, dict[str, None]] = defaultdict(dict)
    masked: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if row.outcome != "deny" and row.event in CLEAR | MASKED | OUTSIDE:
            seen = masked if row.event in MASKED else in_clear
            seen[row.actor_id] |= dict.fromkeys(leaf_lines.fields_of(row))
    ids = [key for key, own in by_actor.items() if own[0].actor_kind in {"staff", "machine"}]
    listed = {str(one.id): one for one in people_search.listed(Staff.objects.filter(pk__in=ids))}
    outside = leaf_lines.names_outside(list(by_actor))
    found = [
        _looker(key, own, listed.get(key), outside.get(key, "")) for key, own in by_actor.items()
    ]
    found = [
        replace(one, in_clear=list(in_clear[one.actor_id]), masked=list(masked[one.actor_id]))
        for one in found
    ]
    return sorted(
        found,
        key=lambda one: (-one.sums.clear - one.sums.outside, -one.sums.masked, -one.sums.total),
    )


def _looker(
    actor_id: str, tallies: Sequence[Tally], person: people_search.Found | None, outside: str
) -> Looker:
    purposes: Counter[str] = Counter()
    for tally in tallies:
        if tally.purpose and tally.outcome != "deny":
            purposes[tally.purpose] += tally.leaves
    kind = tallies[0].actor_kind
    return Looker(
        actor_id=actor_id,
        has_page=person is not None,
        name=person.name if person else outside or str(words.ACTORS.get(kind, actor_id)),
        posts=person.post_names if person else (),
        sums=sums(tallies, CLEAR, MASKED, OUTSIDE),
        purposes=[(leaf_lines.purpose_of(code), number) for code, number in purposes.most_common()],
        in_clear=(),
        masked=(),
        last=max(tally.day for tally in tallies),
    )
