"""The room's timetable."""

from procrastinate.contrib.django import app

from . import spool


@app.periodic(cron="41 3 * * *", periodic_id="keys-spool")
@app.task(name="keys.sweep_spool", queueing_lock="keys.sweep_spool")
def sweep_spool(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: remove uploads that nobody came back for."""
    return spool.sweep()
