"""The page of one person's pattern beside colleagues, with the alerts about them."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate, people_search
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.access.purposes import LABELS, Purpose
from tutela.web import lists, routes
from tutela.web.form_pages import crumb
from tutela.web.lists import Empty, Listing

from . import alert_views, leaf_lines, patterns, permissions, reading
from .forms import DaysForm

DAYS: Final = 90
ALERTS: Final = 20


@routes.at("watch/people/<uuid:staff_id>/", "watch-view-person")
@require_safe
@gate.needs(permissions.ALERT_READ)
def view_person(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """By day, by purpose, by hour, and beside colleagues of the same post; no customer is named."""
    person = get_object_or_404(Staff, pk=staff_id)
    asked = DaysForm(request.GET)
    days = (asked.cleaned_data["days"] if asked.is_valid() else None) or DAYS
    reading.note(request.actor, ("staff", str(staff_id)))
    pattern = patterns.of(staff_id, patterns.last_days(days))
    listing = Listing(
        title=_("Newest alerts"),
        columns=[one for one in alert_views.COLUMNS if one.code != "person"],
        rows=[alert_views.line(request, one) for one in patterns.alerts_of(staff_id, ALERTS)],
        empty=Empty("shield-check", _("No alerts about this person")),
    )
    context: dict[str, Any] = {
        "person": people_search.listed([person])[0],
        "pattern": pattern,
        "calendar": pattern.calendar,
        "beside": pattern.beside,
        "peer_days": days,
        "purposes": [(_purpose(code), number) for code, number in pattern.purposes],
        "looks": sum(number for _code, number in pattern.purposes),
        "asked": asked,
        "days": days,
        "trail_page": leaf_lines.person_page(request.actor, staff_id),
        "crumbs": [crumb(_("Watch"), "watch-list-cases")],
    }
    return lists.show(request, listing, "watch/view_person.html", context)


def _purpose(code: str) -> str:
    return str(LABELS[Purpose(code)]) if code in set(Purpose) else code or _("Without a purpose")
