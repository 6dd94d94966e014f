"""The room's timetable."""

from procrastinate.contrib.django import app

from .actions import meetings


@app.periodic(cron="10 8 * * *", periodic_id="committee-remind")
@app.task(name="committee.remind", queueing_lock="committee.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every morning: remind the members of coming meetings."""
    return meetings.remind()
