"""The timetable of the watch: canaries that are due, those to be rotated, and whether it stands still."""

from procrastinate.contrib.django import app

from .actions import canaries, silence


@app.periodic(cron="* * * * *", periodic_id="watch-plant")
@app.task(name="watch.plant_canaries", queueing_lock="watch.plant_canaries")
def plant_canaries(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: replace canaries that an import has met, and plant what is due beside a real customer; how
    many."""
    canaries.replace_met()
    return canaries.plant_due()


@app.periodic(cron="20 17 * * *", periodic_id="watch-canaries")
@app.task(name="watch.keep_canaries", queueing_lock="watch.keep_canaries")
def keep_canaries(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Once a day: plan for new branches, growth and the quarterly rotation; how many."""
    return canaries.keep_up()


@app.periodic(cron="*/5 * * * *", periodic_id="watch-silent")
@app.task(name="watch.tell_silent", queueing_lock="watch.tell_silent")
def tell_silent(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: tell people if the watch stands still; how many."""
    return silence.tell_silent()
