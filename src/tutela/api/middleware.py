"""The short way in: a request below /api/ meets no session, no cookie, no form token and no page.

Stands after the security headers and before everything that only browsers need.
"""

from collections.abc import Callable
from typing import Final, cast

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import resolve
from django.utils import translation

from . import errors, problems, refusals
from .call import SETTLED, Call, Settled

PREFIX: Final = "/api/"
ADDRESSES: Final = "tutela.api.urls"
Answer = Callable[[HttpRequest], HttpResponse]


class MachineDoor:
    """Serves the API by itself and passes everything else on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = _serve(request)
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Accept-Language, Authorization"
        response.headers["Cache-Control"] = "no-store"
        if not response.streaming:  # a file says its own
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _serve(request: HttpRequest) -> HttpResponse:
    """Find the verb and run it; whatever it raises becomes a problem."""
    try:
        request.get_host()
        match = resolve(request.path_info, ADDRESSES)
        request.resolver_match = match
        cast("Call", request).actor = refusals.stranger(request)
        if settled := request.META.get(SETTLED):
            return _told(request, settled)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except DisallowedHost:
        return problems.tell(request, errors.HostUnknown())
    except Exception as error:  # the last resort of the door: a problem without the error's text
        return problems.answer(request, error)
    if isinstance(response, HttpResponseNotAllowed):
        return _not_allowed(request, response)
    return response


def _told(request: HttpRequest, settled: Settled) -> HttpResponse:
    """The problem of a verb that was run already (`direct.py`)."""
    call = cast("Call", request)
    call.actor, call.stated_purpose = settled.actor, settled.purpose
    return problems.answer(request, settled.error)


def _not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    problem = problems.tell(request, errors.MethodClosed())
    problem.headers["Allow"] = response.headers["Allow"]
    return problem
