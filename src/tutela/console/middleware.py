"""What holds for every page: security headers, the language, and refusals told as pages."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tutela.base.errors import TutelaError, Unavailable
from tutela.console import refusals
from tutela.web import ways_on

_log = logging.getLogger("tutela.console")

Answer = Callable[[HttpRequest], HttpResponse]
API = "/api/"


class SecurityHeaders:
    """Strict content security policy on every answer; nothing that is not a static file may be stored."""

    POLICY: ClassVar[str] = "; ".join(  # noqa: FLY002 one source a line reads better
        (
            "default-src 'self'",
            "img-src 'self' data:",
            "style-src 'self'",
            "script-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
    PERMISSIONS: ClassVar[str] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.POLICY)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class OtherSites:
    """A page of another site can open an address of ours in the browser of who is signed in. It sees nothing,
    but a look would be traced to that person: so the person is asked first. Forms of other sites are
    refused already, and home and the sign-in pages show no customer.
    """

    OURS: ClassVar[frozenset[str]] = frozenset({"", "none", "same-origin"})
    READS: ClassVar[frozenset[str]] = frozenset({"GET", "HEAD"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = request.headers.get("Sec-Fetch-Site", "")
        if site in self.OURS or request.method not in self.READS or self._is_harmless(request.path):
            return self.get_response(request)
        if refusals.actor_of(request).kind != "staff":
            return self.get_response(request)
        address = request.get_full_path()
        return render(request, "console/from_elsewhere.html", {"address": address})

    def _is_harmless(self, path: str) -> bool:
        return path == "/" or path.startswith(("/account/", settings.STATIC_URL))


class WholeText:
    """No database takes a NUL in a text: an address with one names nothing, in a filter it is junk."""

    JUNK: ClassVar[str] = "%EF%BF%BD"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return refusals.not_found(request, ValueError("NUL"))
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", self.JUNK)
        return self.get_response(request)


class Language:
    """The person's choice (a cookie), else what the browser asks for, else Chinese."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class Refusals:
    """Turns a refusal into one sentence with its code, as a page or as a fragment, after its trace is kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, TutelaError):
            return None
        if error.traced:
            error = refusals.keep(request, error)
        if isinstance(error, Unavailable):
            _log.error("page closed", extra={"code": error.code})
        return refuse(request, error)


def refuse(request: HttpRequest, error: TutelaError) -> HttpResponse:
    """The page or, for a part of a page, the fragment that tells the refusal."""
    fragment = bool(getattr(request, "htmx", False))
    template = "web/_refusal.html" if fragment else "console/refusal.html"
    context = {"error": error, "sentence": error.text(), "code": error.code}
    context["ways"] = ways_on.of(request, error)
    # Who has not signed in has no menu to stand beside.
    known = getattr(request, "user", None) is not None and request.user.is_authenticated
    context["frame_of"] = "web/page.html" if known else "web/entrance.html"
    return render(request, template, context, status=error.http_status)


class WayBack:
    """An address that takes posts only shows its form again when it refuses. Whoever then loads it anew or
    changes the language comes to the page on which the form stood, which is the address above it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        looks = request.method in {"GET", "HEAD"} and not request.path.startswith(API)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and looks:
            return redirect(_above(request.path))
        return response


def _above(path: str) -> str:
    """The next address above that is a page; home at last."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path
