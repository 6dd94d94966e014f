"""The worker: jobs and periodic tasks from the queue in PostgreSQL."""

from typing import cast

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tutela.base import clock
from tutela.cli.running import orphans, session

CONCURRENCY = 2
BEAT_SECONDS = 5.0
SILENT_SECONDS = 20.0
"""A worker without a heartbeat for this long counts as dead, and its jobs are retried."""


@app.periodic(cron="* * * * * */15", periodic_id="running")
@app.task(name="running.take_up", queueing_lock="running.take_up", pass_context=True)
async def take_up(context: JobContext, timestamp: int) -> int:  # noqa: ARG001 the queue gives the due time
    """Every 15 seconds: requeue jobs of dead workers; returns the number."""
    manager = context.app.job_manager
    orphaned = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in orphaned:
        await manager.retry_job(job, clock.now())
    return len(orphaned)


def serve() -> None:
    """Run jobs until a signal."""
    orphans.end_with_parent()
    try:
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        with app.replace_connector(connector) as working:
            working.run_worker(
                concurrency=CONCURRENCY,
                name="tutela",
                delete_jobs="successful",
                update_heartbeat_interval=BEAT_SECONDS,
                stalled_worker_timeout=SILENT_SECONDS,
            )
    finally:
        session.close()
