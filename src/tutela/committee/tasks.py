"""The committee's timetable."""

from procrastinate.contrib.django import app

from .actions import meetings


@app.periodic(cron="10 8 * * *", periodic_id="committee-remind")
@app.task(name="committee.remind", queueing_lock="committee.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every day: remind the members of upcoming meetings."""
    return meetings.remind()
