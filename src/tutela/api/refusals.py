"""The trace of a refused request. The refused act's own transaction is gone, so its leaf stands alone."""

from typing import Final

from django.http import HttpRequest

from tutela.base.actor import ANONYMOUS, Actor, Channel
from tutela.base.errors import NotAllowed, TutelaError, Unavailable
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

NAMES: Final[dict[tuple[str, str], str]] = {}
"""Verb by (name of its address, method): verbs of one path share the address's name."""


def keep(request: HttpRequest, error: NotAllowed) -> TutelaError:
    """Append the leaf of a refusal; give the error to tell: the refusal, or that the trail is closed."""
    leaf = Leaf(
        event=Event.ACCESS_REQUEST_REFUSED,
        actor=actor_of(request),
        subjects=_subjects(request),
        purpose=getattr(request, "stated_purpose", ""),
        decision=getattr(error, "decision", None) or {"outcome": "deny", "code": error.code},
        detail={"view": verb_of(request)},
    )
    try:
        log.append(leaf)
    except Unavailable as closed:
        return closed
    return error


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


def _subjects(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    match = request.resolver_match
    customer = match.kwargs.get("customer_id") if match else None
    return (("customer", str(customer)),) if customer else ()
