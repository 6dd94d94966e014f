"""Who asked for what, in the trace of a refused request."""

from typing import Final

from django.http import HttpRequest

from tutela.access import refused
from tutela.base.actor import ANONYMOUS, Actor, Channel
from tutela.base.errors import TutelaError

NAMES: Final[dict[tuple[str, str], str]] = {}
"""Verb by (name of its address, method): verbs of one path share the address's name."""


def keep(request: HttpRequest, error: TutelaError) -> TutelaError:
    """Append the leaf of a refusal; give the error to tell: the refusal, or that the trail is closed."""
    return refused.keep(
        actor_of(request),
        error,
        view=verb_of(request),
        subjects=refused.subjects_of(request),
        purpose=getattr(request, "stated_purpose", ""),
    )


def actor_of(request: HttpRequest) -> Actor:
    """Whose key it is; someone unknown at an address when there was none."""
    return getattr(request, "actor", None) or stranger(request)


def stranger(request: HttpRequest) -> Actor:
    """Nobody known, at a network address."""
    source = str(request.META.get("REMOTE_ADDR", ""))
    return Actor(kind="anonymous", id=ANONYMOUS.id, channel=Channel.API, source=source)


def verb_of(request: HttpRequest) -> str:
    """The name of the verb, never its address: an address can hold what somebody typed."""
    match = request.resolver_match
    place = (match.url_name or "" if match else "", request.method or "")
    return f"api:{NAMES.get(place, place[0] or 'unknown')}"
