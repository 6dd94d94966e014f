"""The door's timetable."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="41 * * * *", periodic_id="api")
@app.task(name="api.sweep", queueing_lock="api.sweep")
def sweep(timestamp: int) -> int:  # noqa: ARG001 what the queue passes
    """Every hour: forget idempotency keys that are older than a day."""
    return actions.sweep()
