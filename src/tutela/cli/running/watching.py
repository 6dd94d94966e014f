"""The watcher: follows the trail and raises alerts, in a process of its own."""

import signal
from threading import Event
from types import FrameType

from tutela.cli.running import orphans, session


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
        watcher.run(stopping)
    finally:
        session.close()
