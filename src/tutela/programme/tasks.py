"""The programme's timetable."""

from procrastinate.contrib.django import app

from tutela.base import clock
from tutela.base.actor import SYSTEM

from .actions import duties, news
from .seed import AHEAD


@app.periodic(cron="11 * * * *", periodic_id="governance")
@app.task(name="governance.keep_duties", queueing_lock="governance.keep_duties")
def keep_duties(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every hour, because midnight is not the same hour everywhere: make the duties of the year ahead
    and mark what was missed; how many those were."""
    duties.make_occurrences(actor=SYSTEM, until=clock.today() + AHEAD)
    return duties.mark_missed(actor=SYSTEM)


@app.periodic(cron="30 22 * * *", periodic_id="governance-remind")
@app.task(name="governance.remind", queueing_lock="governance.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Once a day, before work begins in China (UTC hours): tell people what is due; how many things."""
    return news.remind()
