"""The console's own pages: home, the counts behind the encrypted share, one's account, the language."""

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate, queries
from tutela.access import permissions as access_permissions
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.base import clock
from tutela.console import home as house
from tutela.console import looks, people
from tutela.scorecard import missing
from tutela.scorecard import permissions as scorecard_permissions
from tutela.scorecard.board import board
from tutela.scorecard.register import PROOF
from tutela.vault import encryption_counts, evidence, work_items
from tutela.vault import permissions as vault_permissions
from tutela.web import routes

TREND_DAYS = 14
WORK_SHOWN = 8
YEAR_SECONDS = 365 * 24 * 3600


@routes.at("", "console-home")
@require_safe
@gate.signed_in()
def home(request: StaffRequest) -> HttpResponse:
    """Figures, health and next steps; each part only for those whose post includes it."""
    actor = request.actor
    person = cast(Staff, request.user)
    second_factor = is_mfa_enabled(person)
    context: dict[str, Any] = {}
    customers = None
    if gate.holds(actor, scorecard_permissions.READ):
        customers = evidence.customers()
        lines = board(clock.now())
        context |= {"lines": lines, "counts": missing.counts(lines), "customers": bool(customers)}
        if any(gate.holds(actor, permission) for permission in PROOF):
            # Whoever watches the number learns when somebody becomes a customer.
            context["total"] = customers
        trend = looks.by_day(TREND_DAYS)
        context |= {"trend": trend, "looked": any(day.total for day in trend)}
        context["unreadable"] = sum(day.unreadable for day in trend)
    if gate.holds(actor, access_permissions.HEALTH_READ):
        context["checks"] = house.checks()
    if gate.holds(actor, vault_permissions.CUSTOMER_VIEW):
        context["work"] = work_items.open_of(person.pk, WORK_SHOWN)
    context["steps"] = house.steps(actor, second_factor, customers)
    return render(request, "console/home.html", context)


@routes.at("encryption/", "console-encryption")
@require_safe
@gate.needs(scorecard_permissions.READ)
def encryption(request: StaffRequest) -> HttpResponse:
    """The rows behind the encrypted share: counts by collection and field, and earlier counts."""
    context = {"counted": encryption_counts.by_field(), "earlier": encryption_counts.earlier()}
    return render(request, "console/encryption.html", context)


@routes.at("me/", "console-me")
@require_safe
@gate.signed_in()
def me(request: StaffRequest) -> HttpResponse:
    """One's own account: posts, second factor, quota spent today, what one did lately."""
    person = cast(Staff, request.user)
    context = {
        "specs": people.posts_of(person),
        "second_factor": is_mfa_enabled(person),
        "quota_used": queries.quota_used(str(person.pk)),
    }
    return render(request, "console/me.html", context)


@routes.at("language/", "console-language")
@require_POST
@gate.open_to_public("anybody may choose a language")
def language(request: StaffRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    back = request.POST.get("next", "/")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    if not known or not back.startswith("/"):
        # Without its stroke it would be taken for the name of a page of ours, or for a place beside this one.
        back = "/"
    response = redirect(back)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.POST["language"],
            max_age=YEAR_SECONDS,
            secure=request.is_secure(),
            samesite="Lax",
        )
    return response
