"""The ordinary database without Django's cursors: quick statements, and connections for own threads."""

import select
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection, connections

from . import prepared

_DJANGO_ONLY = {"context", "cursor_factory", "prepare_threshold", "server_side_binding", "pool"}
# The database is near, or the work cannot be done: nobody waits for a lost packet.
_QUICK = {"connect_timeout": 2, "tcp_user_timeout": 3000}
_PREPARE_AFTER = 2
"""Uses of a statement on one connection after which the server keeps its plan."""


def own_connection(name: str, options: str = "") -> psycopg.Connection[Any]:
    """An autocommitting connection as the application's role; `options` are the server's, as `-c x=y`."""
    given = connections["default"].get_connection_params()
    kept = {key: value for key, value in given.items() if key not in _DJANGO_ONLY}
    both = f"{kept.pop('options', '')} {options}".strip()
    return psycopg.connect(
        **{**kept, **_QUICK, "application_name": name}, autocommit=True, options=both
    )


def fetch(statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement on Django's connection, as part of its transaction if one is open.

    The server binds the values and keeps the plan; results come in binary. Errors are Django's.
    """
    _look_alive()
    connection.ensure_connection()
    link = connection.connection
    if link.autocommit:
        with connection.wrap_database_errors:
            return prepared.fetch(link, statement, values)
    # Django turns this off, for poolers of old; its own cursors bind values themselves and never prepare.
    link.prepare_threshold = _PREPARE_AFTER
    with connection.wrap_database_errors, psycopg.Cursor(link) as cursor:
        return cursor.execute(statement, values, binary=True).fetchall()


def _look_alive() -> None:
    """Before a request's first statement Django asks the server whether it is there. A server that went
    away has closed the wire, which is seen without asking; only if there is news, Django asks."""
    django: Any = connection  # its type stubs do not know that it is checked
    link = django.connection
    if link is None or django.health_check_done:
        return
    if link.closed or _has_news(link.fileno()):
        django.close_if_health_check_failed()
    else:
        django.health_check_done = True


def _has_news(file: int) -> bool:
    ear = select.poll()
    ear.register(file, select.POLLIN)
    return bool(ear.poll(0))
