"""The watcher: follows the trail and raises alerts, in a process of its own. Beside it, every five minutes, it
looks for backups that did not start: a dead worker tells of none."""

import logging
import signal
from threading import Event, Thread
from types import FrameType

from tutela.cli.running import orphans, session

BACKUP_SECONDS = 300.0
_log = logging.getLogger("tutela.backup")


def serve(*, rebuild: bool = False) -> None:
    """Follow until a signal. With `rebuild` all counters are made anew from the first leaf; alerts stay."""
    orphans.end_with_parent()
    from tutela.watch import watcher
    from tutela.watch.actions import counters

    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        if rebuild:
            counters.forget()
        Thread(target=_watch_backups, args=(stopping,), name="backups", daemon=True).start()
        watcher.run(stopping)
    finally:
        session.close()


def _watch_backups(stopping: Event) -> None:
    """Write down missed backups until a signal. What fails once is tried again the next time."""
    from django.db import connections

    from tutela.backup.actions import planning
    from tutela.base.actor import SYSTEM

    while not stopping.wait(BACKUP_SECONDS):
        try:
            planning.watch(SYSTEM)
        except Exception as error:
            _log.warning("backup.watch_failed kind=%s", type(error).__name__)
        finally:
            connections.close_all()
