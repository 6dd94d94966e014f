"""Refusals at the door: the trace of a refused attempt, and the pages for what Django itself refuses."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from tutela.access import attempts, refused
from tutela.base.actor import ANONYMOUS, Actor
from tutela.base.errors import TutelaError

STRANGERS_LEAVES: Final = 20
_MINUTE: Final = 60.0


def keep(request: HttpRequest, error: TutelaError) -> TutelaError:
    """Append the leaf of a refusal; give the error to tell: the refusal, or that the trail is closed.

    Of strangers at one address only so many a minute are kept: nobody fills the trail without an account.
    """
    actor = actor_of(request)
    if actor.kind == ANONYMOUS.kind and _too_many(actor.source):
        return error
    return refused.keep(
        actor,
        error,
        view=_view(request),
        subjects=refused.subjects_of(request),
        purpose=_purpose(request),
    )


def _too_many(source: str) -> bool:
    count, _left = attempts.count(f"console.refused.{source}", _MINUTE)
    return count > STRANGERS_LEAVES


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; someone unknown when the request failed before anybody was known."""
    return getattr(request, "actor", ANONYMOUS)


def _view(request: HttpRequest) -> str:
    """The name of the page, never its address: an address can hold what somebody typed."""
    match = request.resolver_match
    return (match.view_name if match else "") or "unknown"


def _purpose(request: HttpRequest) -> str:
    purpose = request.POST.get("purpose", "")
    return (
        purpose
        if purpose.isascii() and purpose.replace("_", "").isalpha() and len(purpose) <= 20
        else ""
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    """What was sent cannot be read; nothing of it is repeated."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    """The address is not repeated: somebody may have typed a customer's number into it."""
    return render(request, "404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Our fault. The page must not need anything that may be broken: no session, no database."""
    return HttpResponse(get_template("500.html").render(), status=500)
