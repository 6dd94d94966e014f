"""The timetable of feeds."""

from procrastinate.contrib.django import app

from .actions import records, silence


@app.periodic(cron="*/5 * * * *", periodic_id="feeds-silent")
@app.task(name="feeds.tell_silent", queueing_lock="feeds.tell_silent")
def tell_silent(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: tell of feeds that fell silent."""
    return silence.tell_silent()


@app.periodic(cron="35 3 * * *", periodic_id="feeds-forget")
@app.task(name="feeds.forget_records", queueing_lock="feeds.forget_records")
def forget_records(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: forget the fingerprints of records too old to be taken again."""
    return records.forget_records()
