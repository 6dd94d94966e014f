"""The vault's timetable."""

from procrastinate.contrib.django import app

from tutela.base.actor import SYSTEM

from .actions.assignments import put_ripe_in_force
from .actions.counts import count_encryption
from .actions.verify import anchor_older, verify
from .temporary_access.actions import close_run_out
from .undo import tasks as undo_tasks  # noqa: F401 the worker finds its task through here


@app.periodic(cron="7 * * * *", periodic_id="vault")
@app.task(name="vault.count_encryption", queueing_lock="vault.count_encryption")
def count_encryption_hourly(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every hour: count sealed cells anew; returns how many are not sealed."""
    count = count_encryption()
    return count.sensitive - count.sealed


@app.periodic(cron="23 2 * * *", periodic_id="vault-verify")
@app.task(name="vault.verify", queueing_lock="vault.verify")
def verify_nightly(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: anchor, once, what is older than anchoring; then compare the vault with the trail.
    Returns how many faults there are."""
    anchor_older(SYSTEM)
    return verify(SYSTEM).tally.faults


@app.periodic(cron="* * * * *", periodic_id="vault")
@app.task(name="vault.put_assignments_in_force", queueing_lock="vault.put_assignments_in_force")
def put_assignments_in_force(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: assignments whose minutes have passed are in force; how many."""
    return put_ripe_in_force()


@app.periodic(cron="* * * * *", periodic_id="vault-temporary-access")
@app.task(name="vault.close_temporary_access", queueing_lock="vault.close_temporary_access")
def close_temporary_access(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: write down which temporary access has run out, and tell of overdue reviews; how many ended."""
    return close_run_out()
