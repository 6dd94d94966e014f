"""The log's periodic tasks."""

from procrastinate.contrib.django import app

from . import actions, anchors


@app.periodic(cron="17 2 * * *", periodic_id="trail")
@app.task(name="trail.make_partitions", queueing_lock="trail.make_partitions")
def make_partitions(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every night: create partitions for the months ahead, so that appending does not stop at a month's end."""
    return actions.make_partitions()


@app.periodic(cron="* * * * *", periodic_id="trail-anchor")
@app.task(name="trail.anchor_changes", queueing_lock="trail.anchor_changes")
def anchor_changes(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every minute: anchor the leaves of changes, so that a removal is detected."""
    return anchors.anchor_changes()
