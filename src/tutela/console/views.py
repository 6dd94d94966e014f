"""The console's own pages: home, the counts behind the encrypted share, one's account, the language."""

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate, queries
from tutela.access import home as home_parts
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.base import clock
from tutela.console import home as house
from tutela.console import people
from tutela.feeds import queries as feeds
from tutela.scorecard import permissions as scorecard_permissions
from tutela.vault import encryption_counts, evidence
from tutela.web import routes

YEAR_SECONDS = 365 * 24 * 3600


@routes.at("", "console-home")
@require_safe
@gate.signed_in()
def home(request: StaffRequest) -> HttpResponse:
    """What the reader's posts find here, and the next steps; each part asks the gate itself."""
    actor, today = request.actor, clock.today()
    person = cast(Staff, request.user)
    parts = home_parts.parts_for(request, set(queries.post_codes(person, today, today)))
    customers = None
    if gate.holds(actor, scorecard_permissions.READ):
        customers = evidence.customers()
    context: dict[str, Any] = {
        "parts": parts,
        "draws": any(part.code.startswith("looks") for part in parts),
        "steps": house.steps(actor, is_mfa_enabled(person), customers),
    }
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
    """One's own account: posts, second factor, quota spent today, and what other systems tell of one: how many
    accesses, under which account, but of no customer."""
    person = cast(Staff, request.user)
    context = {
        "specs": people.posts_of(person),
        "second_factor": is_mfa_enabled(person),
        "quota_used": queries.quota_used(str(person.pk)),
        "told": feeds.told_of(person.pk),
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
