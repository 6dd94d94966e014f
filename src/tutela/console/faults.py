"""The page for what broke. It needs nothing that may be broken: no session, no database."""

import logging
import sys
from typing import Final

from django.db import InterfaceError as DjangoInterfaceError
from django.db import OperationalError as DjangoOperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from psycopg import InterfaceError, OperationalError

from tutela.base.errors import Unavailable
from tutela.console import refusals

_GONE: Final = (OperationalError, InterfaceError, DjangoOperationalError, DjangoInterfaceError)
_log = logging.getLogger("tutela.console")


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault, or the database's: then 503, because it will pass and nothing was done."""
    error = sys.exc_info()[1]
    if isinstance(error, _GONE):
        error = Unavailable()
    if not isinstance(error, Unavailable):
        _log.error("page broken: %s", type(error).__name__)
        return refusals.broken(request)
    _log.error("page closed: %s", error.code)
    part = request.headers.get("HX-Request") == "true"
    page = get_template("web/_refusal.html" if part else "503.html")
    facts = {"error": error, "sentence": error.text(), "code": error.code}
    return HttpResponse(page.render(facts), status=error.http_status)
