"""A connection to the ordinary database that is not Django's, for threads of our own."""

from typing import Any

import psycopg
from django.db import connections

_DJANGO_ONLY = {"context", "cursor_factory", "prepare_threshold", "server_side_binding", "pool"}
# The database is near, or the work cannot be done: nobody waits for a lost packet.
_QUICK = {"connect_timeout": 2, "tcp_user_timeout": 3000}


def own_connection(name: str, options: str = "") -> psycopg.Connection[Any]:
    """An autocommitting connection as the application's role; `options` are the server's, as `-c x=y`."""
    given = connections["default"].get_connection_params()
    kept = {key: value for key, value in given.items() if key not in _DJANGO_ONLY}
    both = f"{kept.pop('options', '')} {options}".strip()
    return psycopg.connect(
        **{**kept, **_QUICK, "application_name": name}, autocommit=True, options=both
    )
