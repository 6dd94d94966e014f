"""The room's periodic tasks."""

from procrastinate.contrib.django import app

from . import spool, trail_check


@app.periodic(cron="41 3 * * *", periodic_id="keys-spool")
@app.task(name="keys.sweep_spool", queueing_lock="keys.sweep_spool")
def sweep_spool(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: delete expired uploads."""
    return spool.sweep()


@app.periodic(cron="23 2 * * *", periodic_id="keys-verify-trail")
@app.task(name="keys.verify_trail", queueing_lock="keys.verify_trail")
def verify_trail(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: verify the access log; returns the number of faults."""
    return trail_check.verify_nightly().walk.broken
