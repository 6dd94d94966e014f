"""The timetable of backups in the worker."""

import threading
from collections.abc import Callable

from django.db import connections
from procrastinate.contrib.django import app

from tutela.base.actor import SYSTEM

from .actions import copies, duties, physical, planning, targets
from .dumping import lower_thread


@app.periodic(cron="* * * * *", periodic_id="backup-work")
@app.task(name="backup.work", queueing_lock="backup.work")
def work(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every minute: make the backups that are due, and carry on what was cut off."""
    return in_background(lambda: planning.work(SYSTEM))


@app.periodic(cron="*/5 * * * *", periodic_id="backup-watch")
@app.task(name="backup.watch", queueing_lock="backup.watch")
def watch(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: write down what was missed."""
    return planning.watch(SYSTEM)


@app.periodic(cron="50 20 * * *", periodic_id="backup-retain")
@app.task(name="backup.retain", queueing_lock="backup.retain")
def retain(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night (20:50 UTC is early morning in China): remove the copies whose time is over."""
    return in_background(lambda: copies.apply_retention(SYSTEM))


@app.periodic(cron="*/5 * * * *", periodic_id="backup-physical")
@app.task(name="backup.physical", queueing_lock="backup.physical")
def take_physical(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: the day's base backup or incremental, and the log when its minutes are over."""
    return in_background(lambda: physical.work(SYSTEM))


@app.periodic(cron="25 * * * *", periodic_id="backup-duties")
@app.task(name="backup.duties", queueing_lock="backup.duties")
def close_duties(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every hour: close the duties that a proven set or a passed drill fulfils."""
    return duties.close_duties(SYSTEM)


@app.periodic(cron="20 21 * * *", periodic_id="backup-probe")
@app.task(name="backup.probe", queueing_lock="backup.probe")
def probe(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: test each active target, and the lock of its newest copy."""
    return in_background(lambda: len(targets.probe_targets(SYSTEM)))


def in_background(do: Callable[[], int]) -> int:
    """Run in a thread of lower priority, which cannot be raised again and so ends with the work."""
    result: list[int] = []
    failed: list[BaseException] = []

    def run() -> None:
        lower_thread()
        try:
            result.append(do())
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name="backup")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return result[0]
