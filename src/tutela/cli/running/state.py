"""`tutela status`: processes and basic counts."""

import socket
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from tutela.base import clock
from tutela.cli.running import layout, session, supervisor

WORKERS = (
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s'"
)


_JOBS = """
    SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
        count(*) FILTER (WHERE status = 'failed' AND ended > now() - interval '1 day'),
        array_remove(array_agg(DISTINCT task_name) FILTER (
            WHERE status = 'failed' AND ended > now() - interval '1 day'), NULL),
        count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS (SELECT FROM procrastinate_workers w
            WHERE w.id = worker_id AND w.last_heartbeat > now() - interval '60 s')),
        coalesce(extract(epoch FROM now() - min(coalesce(scheduled_at, deferred)) FILTER (
            WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())) / 60, 0)::int
    FROM (SELECT j.*,
        (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS ended,
        (SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS deferred
        FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing', 'failed')) AS jobs"""


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the queue holds. `failed`: within a day; `stalled`: begun by a worker that is gone; `late_minutes`:
    for how long the oldest that is due has waited."""

    waiting: int
    running: int
    failed: int
    failed_names: tuple[str, ...]
    stalled: int
    late_minutes: int


def jobs() -> Jobs:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        waiting, running, failed, names, stalled, late = cursor.fetchone()
    return Jobs(waiting, running, failed, tuple(names or ()), stalled, late)


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
