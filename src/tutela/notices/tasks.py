"""The room's periodic tasks."""

from procrastinate.contrib.django import app

from . import trail_reminders, trail_state_news
from .actions import deliveries, retention


@app.periodic(cron="* * * * *", periodic_id="notices-send")
@app.task(name="notices.send_due", queueing_lock="notices.send_due", lock="notices.send")
def send_due(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: send what is due."""
    return deliveries.send_due()


@app.periodic(cron="*/5 * * * *", periodic_id="notices-digest")
@app.task(name="notices.digest", queueing_lock="notices.digest", lock="notices.send")
def digest(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: send the digests that are due."""
    return deliveries.digest()


@app.periodic(cron="23 19 * * *", periodic_id="notices-sweep")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
def sweep(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night (19:23 UTC is early morning in China): delete old notices."""
    return retention.sweep()


@app.periodic(cron="* * * * *", periodic_id="notices-trail")
@app.task(name="notices.tell_of_trail", queueing_lock="notices.tell_of_trail")
def tell_of_trail(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: tell those in charge if the trail is not open."""
    return trail_state_news.tell()


@app.periodic(cron="7 1 * * *", periodic_id="notices-trail-waits")
@app.task(name="notices.remind_of_trail", queueing_lock="notices.remind_of_trail")
def remind_of_trail(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every morning (01:07 UTC is after nine in China): remind of decisions about the trail that wait."""
    return trail_reminders.remind()
