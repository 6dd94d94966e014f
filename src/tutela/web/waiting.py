"""The page of work that goes on elsewhere: it asks for its own changing part every second until that is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PART = "web/_waiting.html"


def show(
    request: HttpRequest, template: str, *, part: str, going: bool, context: dict[str, Any]
) -> HttpResponse:
    """The page, or for the page's own asking what changes of it. `template` includes PART, and PART `part`."""
    asks = request.headers.get("HX-Request") == "true"
    page = context | {"part": part, "going": going}
    return render(request, PART if asks else template, page)
