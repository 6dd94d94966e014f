"""Puts `request.actor` on each request, so that every door asks the gate about the same actor; and the
address of whoever calls through a proxy."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import devices
from .actions.sessions import note_seen
from .gate import StaffRequest
from .models import Staff
from .sign_in import actor_of
from .sign_in_rules import client_of

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Stands after Django's and the sign-in library's own middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(StaffRequest, request).actor = actor_of(request)
        response = self.get_response(request)
        devices.remember(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> None:
        """Note that the session is in use. A page that asks by itself is no sign of it."""
        actor = cast(StaffRequest, request).actor
        if actor.session and isinstance(request.user, Staff):
            policy = getattr(view, "policy", None)
            note_seen(request.user, actor, by_itself=policy is not None and policy.by_itself)


class ClientAddress:
    """Behind a trusted proxy the address is the one that the proxy names; nobody else's word counts.

    Stands before all doors, so that pages, API, limits and leaves know one address.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(request.META)
        return self.get_response(request)


def client_address(meta: Mapping[str, Any]) -> str:
    """The address of whoever calls, by the environment of a request."""
    peer = str(meta.get("REMOTE_ADDR", ""))
    trusted = settings.TUTELA_TRUSTED_PROXIES
    return client_of(peer, meta.get("HTTP_X_FORWARDED_FOR", ""), trusted) if trusted else peer
