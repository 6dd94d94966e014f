"""Refusals as RFC 9457 problem documents. One table of errors for the whole door.

A problem carries codes, ids, places and counts; what the caller sent is never repeated.
"""

import json
import logging
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError as DjangoInterfaceError
from django.db import OperationalError as DjangoOperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja.errors import AuthenticationError, HttpError, ValidationError
from psycopg import InterfaceError, OperationalError
from typing_extensions import is_typeddict

from tutela.base.errors import Conflict, Invalid, NotFound, TutelaError, Unavailable
from tutela.vault import catalogue

from . import answers, errors, refusals, shapes

CONTENT_TYPE: Final = "application/problem+json"
_TYPE: Final = "urn:tutela:problem:"
_PLACES: Final = 50
_TITLES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    411: "Length Required",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
_FRAME: Final[tuple[tuple[type[Exception], type[TutelaError]], ...]] = (
    (AuthenticationError, errors.KeyMissing),
    (Http404, errors.AddressUnknown),
    (HttpError, errors.BodyUnreadable),
    (SuspiciousOperation, errors.BodyUnreadable),
    (UnreadablePostError, errors.BodyUnreadable),
)
"""What the frame raises by itself, the more special before the more general."""
_GONE: Final = (OperationalError, InterfaceError, DjangoOperationalError, DjangoInterfaceError)
_OURS: Final = frozenset(
    {"kind", "column", "first", "second", "part", "event"}
    | {"looks", "encoding", "names", "seen", "delimiter", "sheets", "type"}
)
"""Parameters that name parts of a file, how it is read, or words of our own: never what stood in a request as it
stood there. Delimiters have no letters and no digits, encodings are of our list."""
_log = logging.getLogger("tutela.api")


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem of any exception; a refusal's trace is kept first."""
    refusal = known(error)
    if refusal.traced and refusal.http_status != 401:
        refusal = refusals.keep(request, refusal)
    if isinstance(refusal, Unavailable):
        _log.error("api closed: %s", refusal.code)
    response = tell(request, _without_echo(refusal), _places(error))
    if isinstance(refusal, errors.TooManyFailures):
        response.headers["Retry-After"] = str(refusal.params["seconds"])
    return response


def known(error: Exception) -> TutelaError:
    """The refusal that an exception of the frame or of a library means."""
    if isinstance(error, TutelaError):
        return error
    if isinstance(error, ValidationError):
        return errors.FieldsInvalid(count=len(error.errors))
    if isinstance(error, RequestDataTooBig):
        return errors.BodyTooLarge(limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    for kind, meaning in _FRAME:
        if isinstance(error, kind):
            return meaning()
    # The text of an unknown exception may hold a value, so only where it came from is told.
    _log.error("api broken: %s at %s", type(error).__name__, _origin(error))
    return Unavailable() if isinstance(error, _GONE) else errors.Broken()


def _without_echo(error: TutelaError) -> TutelaError:
    """The refusal without text that the caller chose: a misspelt code may be a customer's name."""
    if not isinstance(error, Invalid | NotFound | Conflict):
        return error
    kept = {
        name: text if isinstance(text, int) or name in _OURS or text in _known_names() else "*"
        for name, text in error.params.items()
    }
    return error if kept == error.params else type(error)(**kept)


def tell(
    request: HttpRequest, error: TutelaError, places: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """The document itself."""
    status = error.http_status
    params: dict[str, Any] = dict(error.params)
    if places:
        params["places"] = places
    document = {
        "type": _TYPE + error.code,
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "detail": error.text(),
        "code": error.code,
        "params": params,
        "instance": refusals.verb_of(request),
    }
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="tutela"'
    return response


def _places(error: Exception) -> list[dict[str, Any]]:
    """Where the request is wrong, and the kind of fault. The given value stays out, and so does any
    name that the caller chose: an unknown key of an object may be a customer's value."""
    if not isinstance(error, ValidationError):
        return []
    return [_place(fault) for fault in error.errors[:_PLACES]]


def _place(fault: dict[str, Any]) -> dict[str, Any]:
    kind = str(fault.get("type", ""))
    # The second part is the name of our function's parameter, which the caller does not know.
    loc = [part for place, part in enumerate(fault.get("loc", ())) if place != 1 or part != "body"]
    if kind == "extra_forbidden":
        loc = loc[:-1]
    return {
        "at": [part if isinstance(part, int) else _name(str(part)) for part in loc],
        "fault": kind,
    }


def _name(part: str) -> str:
    """A name of our own description, or a star: whatever else stands there is the caller's."""
    return part if part in _known_names() else "*"


@cache
def _known_names() -> frozenset[str]:
    sent = [kind.model_fields for kind in vars(shapes).values() if hasattr(kind, "model_fields")]
    given = [kind.__annotations__ for kind in vars(answers).values() if is_typeddict(kind)]
    fields = {name for names in (*sent, *given) for name in names}
    return frozenset(
        {*fields, *catalogue.BY_CODE, "body", "query", "path", "header", "idempotency_key"}
    )


def _origin(error: Exception) -> str:
    trace = error.__traceback__
    place = "unknown"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
