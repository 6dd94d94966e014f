"""The log's periodic tasks."""

import contextlib

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import actions, anchors
from .errors import SegmentsBusy
from .tree import asking, thinning


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


@app.periodic(cron="41 * * * *", periodic_id="trail-segments")
@app.task(name="trail.keep_segments", queueing_lock="trail.keep_segments")
def keep_segments(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every hour, what is due by the stored dates: seal months that are over, copy and verify them, give them up,
    remove files of purged ones. How many months were sealed; a tick that was missed is made up for by the next."""
    from .segments import seal

    try:
        sealed = len(seal.work().sealed)
    except SegmentsBusy:
        return 0
    if sealed:
        with contextlib.suppress(AlreadyEnqueued):  # its leaf has its place by then
            ask_witnesses.configure(schedule_in={"seconds": 2}).defer(timestamp=0)
    return sealed


@app.periodic(cron="* * * * *", periodic_id="trail-witnesses")
@app.task(
    name="trail.ask_witnesses", queueing_lock="trail.ask_witnesses", lock="trail.ask_witnesses"
)
def ask_witnesses(timestamp: int = 0) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every minute, and when a segment is sealed: show the newest checkpoint to the witnesses."""
    return asking.ask_all()


@app.periodic(cron="47 2 * * *", periodic_id="trail-thin")
@app.task(name="trail.thin_checkpoints", queueing_lock="trail.thin_checkpoints")
def thin_checkpoints(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every night: old checkpoints and cosignatures that no proof needs go; how many."""
    gone = thinning.thin()
    return gone.checkpoints + gone.cosignatures
