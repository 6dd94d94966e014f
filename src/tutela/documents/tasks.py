"""The timetable of documents."""

from procrastinate.contrib.django import app

from .actions import reminders


@app.periodic(cron="10 8 * * *", periodic_id="documents-remind")
@app.task(name="documents.remind", queueing_lock="documents.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every day: remind owners of reviews due soon, and weekly after a version came into force those who
    have not attested it."""
    return reminders.remind()
