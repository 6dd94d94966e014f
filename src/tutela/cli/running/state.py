"""`tutela status`: processes and basic counts."""

import socket
from datetime import timedelta
from typing import Any

from django.conf import settings

from tutela.base import clock
from tutela.cli.running import layout, session, supervisor

WORKERS = (
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s'"
)


def now() -> dict[str, Any]:
    """Version, home, processes, database, counts and state of the trail."""
    from tutela.trail import queries

    up = supervisor.running(settings.TUTELA_HOME)
    facts: dict[str, Any] = {
        "version": settings.VERSION,
        "home": str(settings.TUTELA_HOME),
        "running": up,
        "address": f"https://localhost:{settings.TUTELA_HTTPS_PORT}/",
        "web": _answers(settings.TUTELA_HTTPS_PORT),
        "database": "embedded" if layout.embedded() else "external",
        "demo": settings.TUTELA_DEMO,
    }
    with session.database():
        return {**facts, **_counts(), "trail": queries.health().state}


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def workers() -> int:
    """How many workers gave a sign of life within the last minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WORKERS)
        return int(cursor.fetchone()[0])


def _counts() -> dict[str, int]:
    from tutela.trail import queries as trail
    from tutela.vault import queries as vault

    return {
        "customers": vault.count_customers(),
        "records": vault.count_records(),
        "leaves_24h": trail.count_since(clock.now() - timedelta(days=1)),
        "workers": workers(),
    }
