"""The default database without Django's cursors: fast statements, and connections for background threads."""

import select
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from . import prepared

_DJANGO_ONLY = {"context", "cursor_factory", "prepare_threshold", "server_side_binding", "pool"}
# The database is on a local network: fail fast instead of waiting for lost packets.
_QUICK = {"connect_timeout": 2, "tcp_user_timeout": 3000}
_PREPARE_AFTER = 2
"""Uses of a statement on one connection after which the server keeps its plan."""


def own_connection(name: str, options: str = "") -> psycopg.Connection[Any]:
    """An autocommit connection as the application's role; `options` are server options such as `-c x=y`."""
    parameters = connections["default"].get_connection_params()
    arguments = {key: value for key, value in parameters.items() if key not in _DJANGO_ONLY}
    settings = f"{arguments.pop('options', '')} {options}".strip()
    return psycopg.connect(
        **{**arguments, **_QUICK, "application_name": name}, autocommit=True, options=settings
    )


def fetch(statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement on Django's connection, within its transaction if one is open.

    A prepared statement with server-side binding and binary results. Raises Django's database errors.
    """
    # Once for all: each question of Django's proxy is a search for this thread's connection. The type stubs lack
    # health_check_done.
    django: Any = connections[DEFAULT_DB_ALIAS]
    _check_alive(django)
    if django.connection is None:
        django.ensure_connection()
    link = django.connection
    if link.autocommit:
        with django.wrap_database_errors:
            return prepared.fetch(link, statement, values)
    # Django disables this for connection poolers; its own cursors bind on the client and never prepare.
    link.prepare_threshold = _PREPARE_AFTER
    with django.wrap_database_errors, psycopg.Cursor(link) as cursor:
        return cursor.execute(statement, values, binary=True).fetchall()


def _check_alive(django: Any) -> None:
    """Replaces Django's health check query at the start of a request, a round trip: a server that went away has
    closed the socket, so Django checks only if the socket has data or is closed."""
    link = django.connection
    if link is None or django.health_check_done:
        return
    poll = select.poll()
    if not link.closed:
        poll.register(link.fileno(), select.POLLIN)
    if link.closed or poll.poll(0):
        django.close_if_health_check_failed()
    else:
        django.health_check_done = True
