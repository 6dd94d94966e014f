"""The API itself: how a verb is registered, read and answered.

Every verb names the permission it needs, so that none can be left bare; `POLICIES` lists them for the
test that walks the addresses.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from tutela.access import gate
from tutela.access.permission_specs import Permission

from . import problems, refusals
from .bearer import ApiKey
from .call import Call

ADDRESS: Final = "/api/v1"
POLICIES: Final[dict[str, gate.Policy]] = {}
_PLACES: Final[dict[str, str]] = {}
View = Callable[..., HttpResponseBase]


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no Infinity, no name twice in an object."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(
            request.body, parse_constant=_refuse, object_pairs_hook=_once_each
        )
        return read


def _refuse(_: str) -> None:
    raise ValueError


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made


api = NinjaAPI(
    title="Tutela",
    version="1",
    description=(
        "The machine door of Tutela, the customer information protection platform. Every call acts as "
        "the machine account of its key, states a purpose, and leaves a trace before a value leaves."
    ),
    openapi_url=None,
    docs_url=None,
    auth=ApiKey(),
    urls_namespace="api",
    parser=StrictParser(),
)


def _problem(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The library's type allows a class of exceptions as well; it never gives one."""
    return problems.answer(request, error if isinstance(error, Exception) else error())


for _kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(_kind, _problem)


def verb(
    method: str,
    path: str,
    needs: Permission,
    answer: type[Schema] | dict[int, type[Schema]],
    *,
    query: type[Schema] | None = None,
    extra: dict[str, Any] | None = None,
) -> Callable[[View], View]:
    """Register a function as a verb. Its first line of text is the summary, the rest the description."""

    def register(view: View) -> View:
        guarded = _only_known(gate.needs(needs)(view), query)
        summary, _, description = (view.__doc__ or "").strip().partition("\n")
        name = view.__name__
        api.api_operation(
            [method],
            path,
            response=answer if isinstance(answer, dict) else {200: answer},
            operation_id=name,
            url_name=name,
            summary=summary,
            description=description.strip() or None,
            openapi_extra=extra,
        )(guarded)
        POLICIES[name] = gate.Policy(permission=needs)
        refusals.NAMES[_PLACES.setdefault(path, name), method] = name
        return guarded

    return register


def public(path: str, reason: str, answer: type[Schema]) -> Callable[[View], View]:
    """Register a verb that needs no key; the reason is for the reader."""

    def register(view: View) -> View:
        guarded = gate.open_to_public(reason)(view)
        api.api_operation(
            ["GET"],
            path,
            auth=None,
            response={200: answer},
            operation_id=view.__name__,
            url_name=view.__name__,
            summary=view.__doc__,
        )(guarded)
        POLICIES[view.__name__] = gate.Policy(public=reason)
        return guarded

    return register


def _only_known(view: View, query: type[Schema] | None) -> View:
    """A filter that is misspelt would show more than was meant, so it is refused."""
    known = frozenset(query.model_fields) if query else frozenset[str]()

    @wraps(view)
    def checked(request: Call, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            raise ValidationError([{"type": "extra_forbidden", "loc": ("query", "")}])
        given = next((v for v in kwargs.values() if hasattr(v, "purpose")), None)
        request.stated_purpose = given.purpose.value if given is not None else ""
        return view(request, *args, **kwargs)

    return checked


def reply(told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(_encode(told), status=status, content_type="application/json")


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(type(value).__name__)


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_plain, check_circular=False
).encode
