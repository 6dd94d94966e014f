"""The verbs that programs call all day, answered without the general handlers of Django and of the API's library.

Nothing is decided here: key, permission, body, verb and answer are checked, run and encoded by the functions that
the general way uses. Before the verb runs nothing has happened, so whatever is unusual goes the general way from
the beginning. What the verb refuses goes it too, with the refusal (`call.Settled`), to be traced and told there.
The headers of an answer are those that the general way gave to an earlier request that was alike (`READ`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, NamedTuple, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connections
from django.urls.resolvers import RoutePattern
from django.utils import translation
from pydantic import BaseModel, ConfigDict, create_model

from tutela.access import gate, sign_in
from tutela.access.middleware import client_address
from tutela.base.actor import Actor, Channel

from . import answers, customers
from .bearer import key_of
from .call import SETTLED, Settled
from .frame import ADDRESS, VERBS, Verb, read_json

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

FUNCTIONS: Final = (customers.find_customers, customers.reveal_fields)
READ: Final = (
    "REQUEST_METHOD", "SCRIPT_NAME", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "CONTENT_TYPE",
    "wsgi.url_scheme", "HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "SCRIPT_URL", "REDIRECT_URL",
)  # fmt: skip
"""What the general way reads of a request beside path, body, key and the sender's address."""
LONGEST: Final = 64 * 1024
KINDS: Final = 256
"""Kinds of requests that are remembered at once."""
_OK: Final = "200 OK"
_LENGTH: Final = "Content-Length"


class Kind(NamedTuple):
    """How the general way answered a request of a kind: the headers around the length, and the language."""

    before: Headers
    after: Headers
    language: str


@dataclass(frozen=True, slots=True)
class DirectCall:
    """What a verb's function is given in the place of a request."""

    actor: Actor


class _Route:
    """A verb that takes posts and has one kind of answer, at its address."""

    def __init__(self, verb: Verb) -> None:
        path = f"{ADDRESS}{verb.path}".removeprefix("/").replace("{", "<").replace("}", ">")
        self.match = RoutePattern(path, is_endpoint=True).match
        self.needs, self.function = verb.needs, verb.function
        self.body = _plain(get_type_hints(verb.function)["body"])
        (self.answer,) = verb.kinds.values()


def _plain(shape: type[BaseModel]) -> type[BaseModel]:
    """The same fields and rules, without the library's wrapper around what is given, which is for rows of tables
    and costs as much as the check."""
    fields: dict[str, Any] = {
        name: (field.annotation, field) for name, field in shape.model_fields.items()
    }
    return create_model(shape.__name__, __config__=ConfigDict(**shape.model_config), **fields)


class _Answer(list[bytes]):
    """The body of an answer, as a server of WSGI wants it."""

    def close(self) -> None:
        """Nothing is open."""


class Direct:
    """The WSGI application before the general one."""

    def __init__(self, general: Application) -> None:
        self._general = general
        self._routes = [_Route(VERBS[function.__name__]) for function in FUNCTIONS]
        self._kinds: dict[tuple[Any, ...], Kind] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].removeprefix("/")
        for route in self._routes:
            if found := route.match(path):
                return self._answer(environ, start, route, found[2])
        return self._general(environ, start)

    def _answer(
        self, environ: Environ, start: Start, route: _Route, places: dict[str, Any]
    ) -> Iterable[bytes]:
        name = (route, *map(environ.get, READ))
        kind = self._kinds.get(name)
        if kind is None:
            return self._general(environ, self._learning(start, name))
        checked = _checked(environ, route)
        if checked is None:
            return self._general(environ, start)
        actor, body = checked
        try:
            # As at the start of a request of Django's.
            connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
            with translation.override(kind.language):
                given = route.function(DirectCall(actor), body=body, **places)
                told = answers.encode(route.answer, given)
        except Exception as error:  # whatever it is, the general way tells it
            environ[SETTLED] = Settled(error, actor, body.purpose.value)
            return self._general(environ, start)
        start(_OK, [*kind.before, (_LENGTH, str(len(told))), *kind.after])
        return _Answer([told])

    def _learning(self, start: Start, name: tuple[Any, ...]) -> Start:
        """The same, and remember the headers of a 200."""

        def started(status: str, headers: Headers, *rest: Any) -> Any:
            names = [header for header, _ in headers]
            if status == _OK and _LENGTH in names:
                if len(self._kinds) >= KINDS:
                    self._kinds.clear()
                at, language = names.index(_LENGTH), dict(headers)["Content-Language"]
                self._kinds[name] = Kind(headers[:at], headers[at + 1 :], language)
            return start(status, headers, *rest)

        return started


def _checked(environ: Environ, route: _Route) -> tuple[Actor, Any] | None:
    """Who calls and what is asked; None where the general way has to say what is wrong."""
    try:
        source = client_address(environ)
        actor = sign_in.authenticate_key(key_of(environ), channel=Channel.API, source=source)
        if actor.kind != "machine":
            return None
        gate.require(actor, route.needs)
        return actor, route.body.model_validate(read_json(_whole(environ)))
    except Exception:  # it comes again there: nothing has happened yet
        return None


def _whole(environ: Environ) -> bytes:
    """The body, which the general way may read again; ValueError for one that is long, or has no length."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if not 0 < length <= LONGEST:
        raise ValueError
    body: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(body)
    if len(body) < length:
        raise ValueError
    return body
