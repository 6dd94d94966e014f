"""The WSGI application that the web server calls, in front of Django's."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from .bodies import Bodies
from .places import Places
from .refusals import Refused, Start, tell

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
Known = Callable[[dict[str, Any]], bool]


class Door:
    """Reads the body, then takes a place and calls Django. The response is collected completely, so that a slow
    reader occupies no place."""

    def __init__(
        self, application: Application, bodies: Bodies, places: Places, known: Known
    ) -> None:
        self._application = application
        self._bodies, self._places, self._known = bodies, places, known
        # The server copies its process's environment into every request.
        self._inherited = [name for name in os.environ if not name.startswith("HTTP_")]

    def __call__(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        for name in self._inherited:
            environ.pop(name, None)
        try:
            body = self._bodies.of(environ, lambda: self._is_known(environ))
            try:
                environ["wsgi.input"] = body
                with self._places.taken(environ["REMOTE_ADDR"]):
                    return [_whole(self._application(environ, start))]
            finally:
                body.close()
        except Refused as refused:
            return tell(refused, environ, start)

    def _is_known(self, environ: dict[str, Any]) -> bool:
        with self._places.taken(environ["REMOTE_ADDR"]):
            return self._known(environ)


def _whole(answer: Any) -> bytes:
    """All bytes of a response, which is then closed to end the request for Django."""
    try:
        return b"".join(answer)
    finally:
        answer.close()
