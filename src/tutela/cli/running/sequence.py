"""The sequencer of `tutela up`: leads, or stands by for another machine's."""

import signal
import threading
from types import FrameType

from tutela.cli.running import orphans, session


def serve() -> None:
    """Sequence and sign until a signal."""
    from tutela.trail.tree import sequencer

    orphans.end_with_parent()
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
    try:
        sequencer.run(stop)
    finally:
        session.close()
