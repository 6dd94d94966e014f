"""The room's timetable."""

from procrastinate.contrib.django import app

from .actions import reminders


@app.periodic(cron="10 8 * * *", periodic_id="documents-remind")
@app.task(name="documents.remind", queueing_lock="documents.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every morning: remind the owners of documents whose review date is near, and a week after a version
    came into force, and every week again, those who have not read it."""
    return reminders.remind()
