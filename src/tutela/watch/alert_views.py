"""Pages of alerts: the list, and one alert with the leaves that made it."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import cases, leaf_lines, permissions, reading, words
from .actions import triage
from .errors import AlertInCase
from .forms import AlertFilter
from .models import Alert
from .rules import RULES
from .tabs import tabs

LEAVES_OF_PAGE: Final = 50
COLUMNS: Final = (
    Column("at", gettext_lazy("Time"), "text-nowrap"),
    Column("rule", gettext_lazy("Rule")),
    Column("person", gettext_lazy("About")),
    Column("measured", gettext_lazy("Measured"), "num"),
    Column("points", gettext_lazy("Points"), "num"),
    Column("case", gettext_lazy("Case")),
)
LEAF_COLUMNS: Final = (
    Column("at", gettext_lazy("Time"), "text-nowrap"),
    Column("event", gettext_lazy("What happened"), "watch-event"),
    Column("fields", gettext_lazy("Fields")),
    Column("customers", gettext_lazy("Customers")),
    Column("purpose", gettext_lazy("Purpose")),
    Column("door", gettext_lazy("Through")),
)


@routes.at("watch/alerts/", "watch-list-alerts")
@require_safe
@gate.needs(permissions.ALERT_READ)
def list_alerts(request: StaffRequest) -> HttpResponse:
    """Alerts, newest first, by rule, post, branch and state of their case."""
    filters = AlertFilter(request.GET)
    asked = filters.asked()
    page = page_of(request, cases.alerts(**asked))
    rows = [line(request, alert) for alert in page.object_list]
    reading.note(request.actor, rows=len(rows), rule=asked["rule"])
    listing = Listing(
        title=_("Alerts"),
        intro=_("What the rules of the watch found in the access trail, newest first."),
        columns=COLUMNS,
        rows=rows,
        page=page,
        filters=filters,
        empty=Empty("shield-check", _("No matching alerts")),
    )
    return lists.show(
        request, listing, "watch/list_alerts.html", {"tab": "alerts", **tabs(request)}
    )


@routes.at("watch/alerts/<uuid:alert_id>/", "watch-view-alert")
@require_safe
@gate.needs(permissions.ALERT_READ)
def view_alert(request: StaffRequest, alert_id: UUID) -> HttpResponse:
    """One alert: what was compared, and the leaves that made it."""
    alert = cases.alert(alert_id)
    page = page_of(request, alert.leaf_ids, LEAVES_OF_PAGE)
    reading.note(
        request.actor,
        *reading.about("alert", alert.id, alert.person_id),
        rows=len(page.object_list),
    )
    listing = Listing(
        title=_("Entries that made it"),
        columns=LEAF_COLUMNS,
        rows=leaf_lines.lines(
            request.actor, list(page.object_list), with_customers=not alert.facts.get("listed")
        ),
        page=page,
        empty=Empty("eye-off", _("No entries: the rule judged a state of the trail")),
    )
    context: dict[str, Any] = {
        "row": line(request, alert),
        "rule": RULES.get(alert.rule),
        "facts": _facts(alert),
        "trail": _trail(request, alert),
        "open_case": _open_case(request, alert),
        "shown": len(alert.leaf_ids),
        "counted": alert.facts.get("leaves", len(alert.leaf_ids)),
        "crumbs": [crumb(_("Alerts"), "watch-list-alerts")],
    }
    return lists.show(request, listing, "watch/view_alert.html", context)


@routes.at("watch/alerts/<uuid:alert_id>/open-case/", "watch-open-case")
@require_POST
@gate.needs(permissions.CASE_HANDLE)
def open_case(request: StaffRequest, alert_id: UUID) -> HttpResponse:
    """A case by hand, before the points open one."""
    try:
        case = triage.open_case(request.actor, alert_id)
    except AlertInCase as error:
        refusals.tell(request, error)
        return redirect("watch-view-alert", alert_id)
    messages.success(request, _("Case %(number)s opened.") % {"number": case.number})
    return redirect("watch-view-case", case.id)


def line(request: StaffRequest, alert: Alert) -> dict[str, Any]:
    """An alert as a list shows it."""
    customer = str(alert.customer_id) if alert.customer_id else ""
    measured, threshold = words.sides(alert.rule, alert.facts, alert.measured, alert.threshold)
    return {
        "alert": alert,
        "measured": measured,
        "threshold": threshold,
        "name": words.rule_words(alert.rule),
        "customer": leaf_lines.short(customer) if customer else "",
        "customer_page": leaf_lines.customer_page(request.actor, customer) if customer else "",
        "person_page": reverse("watch-view-person", args=[alert.person_id])
        if alert.person_id
        else "",
        "trail_page": leaf_lines.person_page(request.actor, alert.person_id)
        if alert.person_id
        else "",
        "state": words.STATES.get(alert.case.state, "") if alert.case else "",
    }


def _trail(request: StaffRequest, alert: Alert) -> str:
    """All entries of the person on the days of the alert, for who may search the trail; else empty."""
    address = leaf_lines.trail_page(request.actor)
    if not address or alert.person is None:
        return ""
    day = timezone.localtime(alert.at).date()
    days = {"since": min(day, alert.day).isoformat(), "until": day.isoformat()}
    return f"{address}?{urlencode({'person': alert.person.staff_no, **days})}"


def _facts(alert: Alert) -> list[tuple[str, str]]:
    """What the rule compared; ids of people stay out of it."""
    return [
        (str(words.FACTS[key]), words.said(key, value))
        for key, value in sorted(alert.facts.items())
        if key in words.FACTS
    ]


def _open_case(request: StaffRequest, alert: Alert) -> Confirm | None:
    """The question before a case by hand; None where the reader may not, or a case has the alert."""
    may = gate.holds(request.actor, permissions.CASE_HANDLE)
    if not may or alert.case_id or not cases.can_handle(UUID(request.actor.id), alert.person_id):
        return None
    return Confirm(
        code="open-case",
        title=_("Open a case?"),
        texts=[_("It takes up every alert of this person that no case has yet.")],
        action=reverse("watch-open-case", args=[alert.id]),
        submit=_("Open case"),
        icon="folder-plus",
    )
