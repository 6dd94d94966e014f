"""The description of the API as a document and as a page. Nothing of a customer is in either."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tutela.access import gate

from . import describe
from .frame import ADDRESS

# Explained in the page's own script file; the validator would send the description to a stranger.
_SETTINGS = {
    "layout": "BaseLayout",
    "deepLinking": True,
    "validatorUrl": None,
    "docExpansion": "list",
}


@require_safe
@gate.open_to_public(
    "The description holds no data; whoever writes a client needs it before a key."
)
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django passes it
    """The OpenAPI document."""
    return JsonResponse(describe.document())


@require_safe
@gate.open_to_public("The same description, for reading.")
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page that can try calls out."""
    settings = json.dumps({**_SETTINGS, "url": f"{ADDRESS}/openapi.json"})
    return render(request, "api/docs.html", {"settings": settings})
