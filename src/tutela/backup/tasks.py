"""The timetable of backups in the worker."""

import threading
from collections.abc import Callable
from typing import Literal
from uuid import UUID

from django.db import connections
from procrastinate.contrib.django import app

from tutela.base.actor import SYSTEM, Actor, Channel

from .actions import (
    copies,
    drills,
    duties,
    journals,
    physical,
    planning,
    targets,
    verifications,
)
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


@app.task(name="backup.verify_copy")
def verify_copy(
    copy: str, level: int, actor_kind: Literal["staff", "machine"], actor_id: str
) -> int:
    """Verify a copy that somebody asked for; what it showed is kept with it."""
    actor = Actor(kind=actor_kind, id=actor_id, channel=Channel.JOB)
    return in_background(lambda: verifications.verify(actor, UUID(copy), level).level)


@app.periodic(cron="25 * * * *", periodic_id="backup-verify")
@app.task(name="backup.verify_oldest", queueing_lock="backup.verify_oldest")
def verify_oldest(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every hour: verify the copies that were not read for longest."""
    return in_background(lambda: verifications.verify_oldest(SYSTEM))


@app.task(name="backup.run_drill", queueing_lock="backup.run_drill")
def run_drill(drill: str) -> int:
    """Carry out a declared restore drill."""
    return in_background(lambda: int(drills.run_drill(SYSTEM, UUID(drill)).state == "passed"))


@app.periodic(cron="40 17 * * *", periodic_id="backup-drill")
@app.task(name="backup.plan_drill", queueing_lock="backup.plan_drill")
def plan_drill(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: declare the quarter's drill when it is due."""
    return int(drills.plan(SYSTEM))


@app.periodic(cron="*/5 * * * *", periodic_id="backup-carry")
@app.task(name="backup.carry_journal", queueing_lock="backup.carry_journal")
def carry_journal(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: give the targets what was destroyed since, and end drills whose process is gone."""
    drills.abort_broken(SYSTEM)
    return journals.carry(SYSTEM)


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
