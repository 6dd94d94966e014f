"""The API itself: how a verb is registered, read and answered.

Every verb names the permission it needs, so that none can be left bare; `POLICIES` lists them for the
test that walks the addresses.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar, get_type_hints

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.params.models import Query as QueryMark
from ninja.parser import Parser

from tutela.access import gate
from tutela.access.permission_specs import Permission

from . import answers, problems, refusals
from .bearer import ApiKey
from .call import Call

ADDRESS: Final = "/api/v1"
POLICIES: Final[dict[str, gate.Policy]] = {}
VERBS: Final[dict[str, "Verb"]] = {}
_PLACES: Final[dict[str, str]] = {}
View = Callable[..., HttpResponseBase]
A = TypeVar("A")
_OK: Final = 200
_FILE: Final = {"type": "string", "format": "binary"}


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no Infinity, no name twice in an object."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        read: dict[str, Any] = read_json(request.body)
        return read


def _refuse(_: str) -> None:
    raise ValueError


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read


_decode = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_once_each).decode


def read_json(body: bytes) -> Any:
    """A body as RFC 8259 has it; ValueError, and RecursionError for one that is too deep."""
    return _decode(body.decode(json.detect_encoding(body), "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as it was registered: its function, what it needs, and its kinds of answers by status."""

    method: str
    path: str
    needs: Permission
    function: Callable[..., Any]
    kinds: Mapping[int, Any]


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
    answer: type[A] | Mapping[int, Any],
    extra: dict[str, Any] | None = None,
) -> Callable[[Callable[..., A | tuple[Any, int]]], View]:
    """Register a function as a verb. Its first line of text is the summary, the rest the description.

    It returns its answer, one of the kinds of `answers.py`; where there is one kind for each status, the answer
    and the status.
    """
    kinds = answer if isinstance(answer, Mapping) else {_OK: answer}

    def register(view: Callable[..., A | tuple[Any, int]]) -> View:
        guarded = _only_known(gate.needs(needs)(_encoded(view, kinds)))
        summary, _, description = (view.__doc__ or "").strip().partition("\n")
        name = view.__name__
        api.api_operation(
            [method],
            path,
            response=dict(kinds),
            operation_id=name,
            url_name=name,
            summary=summary,
            description=description.strip() or None,
            openapi_extra=extra,
        )(guarded)
        POLICIES[name] = gate.Policy(permission=needs)
        VERBS[name] = Verb(method, path, needs, view, kinds)
        refusals.NAMES[_PLACES.setdefault(path, name), method] = name
        return guarded

    return register


def file_verb(
    path: str, needs: Permission, content_type: str
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Register a verb that hands out a file, as its function makes it."""

    def register(view: Callable[..., HttpResponseBase]) -> View:
        guarded = _only_known(gate.needs(needs)(view))
        summary, _, description = (view.__doc__ or "").strip().partition("\n")
        name = view.__name__
        file = {"description": "The file", "content": {content_type: {"schema": _FILE}}}
        api.api_operation(
            ["GET"],
            path,
            response={_OK: None},
            operation_id=name,
            url_name=name,
            summary=summary,
            description=description.strip() or None,
            openapi_extra={"responses": {str(_OK): file}},
        )(guarded)
        POLICIES[name] = gate.Policy(permission=needs)
        VERBS[name] = Verb("GET", path, needs, view, {})
        refusals.NAMES[_PLACES.setdefault(path, name), "GET"] = name
        return guarded

    return register


def public(path: str, reason: str, answer: type[A]) -> Callable[[Callable[..., A]], View]:
    """Register a verb that needs no key; the reason is for the reader."""

    def register(view: Callable[..., A]) -> View:
        guarded = gate.open_to_public(reason)(_encoded(view, {_OK: answer}))
        api.api_operation(
            ["GET"],
            path,
            auth=None,
            response={_OK: answer},
            operation_id=view.__name__,
            url_name=view.__name__,
            summary=view.__doc__,
        )(guarded)
        POLICIES[view.__name__] = gate.Policy(public=reason)
        return guarded

    return register


def _encoded(view: Callable[..., Any], kinds: Mapping[int, Any]) -> View:
    """The view with its answer as JSON."""

    @wraps(view)
    def answering(request: Call, *args: Any, **kwargs: Any) -> HttpResponse:
        result = view(request, *args, **kwargs)
        answer, status = result if isinstance(result, tuple) else (result, _OK)
        body = answers.encode(kinds[status], answer)
        return HttpResponse(body, status=status, content_type="application/json")

    return answering


def _only_known(view: View) -> View:
    """A filter that is misspelt would show more than was meant, so it is refused."""
    known = frozenset(_filters(view))

    @wraps(view)
    def checked(request: Call, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            raise ValidationError([{"type": "extra_forbidden", "loc": ("query", "")}])
        given = next((v for v in kwargs.values() if hasattr(v, "purpose")), None)
        request.stated_purpose = given.purpose.value if given is not None else ""
        return view(request, *args, **kwargs)

    return checked


def _filters(view: View) -> list[str]:
    """The names that may stand in the address, by the view's `Query` parameter."""
    hints = get_type_hints(view, include_extras=True).values()
    kinds = [hint.__origin__ for hint in hints if _is_query(hint)]
    return [name for kind in kinds for name in kind.model_fields]


def _is_query(hint: Any) -> bool:
    return any(isinstance(mark, QueryMark) for mark in getattr(hint, "__metadata__", ()))
