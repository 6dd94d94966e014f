"""Puts `request.actor` on each request, so that every door asks the gate about the same actor."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from .gate import StaffRequest
from .sign_in import actor_of

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Stands after Django's and the sign-in library's own middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(StaffRequest, request).actor = actor_of(request)
        return self.get_response(request)
