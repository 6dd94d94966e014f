"""The vault's timetable."""

from procrastinate.contrib.django import app

from .actions.counts import count_encryption


@app.periodic(cron="7 * * * *", periodic_id="vault")
@app.task(name="vault.count_encryption", queueing_lock="vault.count_encryption")
def count_encryption_hourly(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every hour: count sealed cells anew; returns how many are not sealed."""
    count = count_encryption()
    return count.sensitive - count.sealed
