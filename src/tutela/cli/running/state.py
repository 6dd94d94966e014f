"""`tutela status`: processes and basic counts."""

import socket
from typing import Any

from django.conf import settings

from tutela.cli.running import layout, session, supervisor

COUNTS = """
SELECT (SELECT count(*) FROM vault.customer WHERE state = 1), (SELECT count(*) FROM vault.record),
       (SELECT count(*) FROM trail.leaf WHERE at > now() - interval '24 hours'),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s')
"""


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


def _counts() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        counts = cursor.fetchone()
    return dict(zip(("customers", "records", "leaves_24h", "workers"), counts, strict=True))
