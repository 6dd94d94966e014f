"""The room's periodic tasks."""

from procrastinate.contrib.django import app

from .actions import sessions


@app.periodic(cron="37 3 * * *", periodic_id="access-sessions")
@app.task(name="access.sweep_sessions", queueing_lock="access.sweep_sessions")
def sweep_sessions(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: delete sessions that have expired."""
    return sessions.sweep_sessions()
