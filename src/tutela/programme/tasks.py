"""The programme's timetable."""

from procrastinate.contrib.django import app

from tutela.base import clock
from tutela.base.actor import SYSTEM

from .actions import duties, news
from .seed import AHEAD


@app.periodic(cron="11 * * * *", periodic_id="governance")
@app.task(name="governance.keep_duties", queueing_lock="governance.keep_duties")
def keep_duties(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every hour, because midnight depends on the time zone: create the occurrences of the year ahead,
    and mark missed ones; how many."""
    duties.make_occurrences(SYSTEM, until=clock.today() + AHEAD)
    return duties.mark_missed(SYSTEM)


@app.periodic(cron="30 22 * * *", periodic_id="governance-remind")
@app.task(name="governance.remind", queueing_lock="governance.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Once a day, before work begins in China (cron is in UTC): remind of what is due; how many."""
    return news.remind()
