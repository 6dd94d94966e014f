"""Health of this process's writer: open, strained or closed, and why. Pure apart from the lock."""

import threading
from collections import deque
from enum import StrEnum

STRAINED_SECONDS = 0.25
"""The log is strained if the p99 of acknowledgement is above this."""
CLOSED_SECONDS = 1.0
"""The log is closed after appending has failed for this long."""
PROBE_SECONDS = 1.0
"""While closed, one append per interval is let through as a probe."""
WINDOW_SECONDS = 30.0


class State(StrEnum):
    """State of the log as seen from one process."""

    OPEN = "open"
    STRAINED = "strained"
    CLOSED = "closed"


class Why(StrEnum):
    """Why the log is not open."""

    NONE = ""
    SLOW = "slow"
    DATABASE = "database"
    PARTITION = "partition_missing"
    DISK = "disk_full"
    CLOCK = "clock_skew"
    BACKLOG = "backlog"
    TIMEOUT = "timeout"
    FAULT = "fault"
    STOPPED = "stopped"


class Pulse:
    """Updated by the writer, read by any thread. Times are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waits: deque[tuple[float, float]] = deque(maxlen=2048)
        self._why = Why.NONE
        self._next_probe = 0.0

    def acknowledged(self, now: float, waited: float) -> None:
        """Record that a batch is durable; `waited` is the longest wait in it, in seconds."""
        with self._lock:
            self._waits.append((now, waited))
            self._why = Why.NONE

    def close(self, now: float, why: Why) -> None:
        """Record that the log cannot be written."""
        with self._lock:
            self._why = why
            self._next_probe = now + PROBE_SECONDS

    def refusal(self, now: float) -> Why:
        """Why an append must be refused now, or Why.NONE; lets one probe through per PROBE_SECONDS."""
        if self._why is Why.NONE:
            return Why.NONE
        with self._lock:
            if now < self._next_probe:
                return self._why
            self._next_probe = now + PROBE_SECONDS
        return Why.NONE

    def p99(self, now: float) -> float:
        """Seconds to acknowledge, 99th percentile over WINDOW_SECONDS; 0 if nothing was written."""
        with self._lock:
            waits = sorted(waited for at, waited in self._waits if now - at <= WINDOW_SECONDS)
        return waits[(len(waits) * 99 - 1) // 100] if waits else 0.0

    def state(self, now: float) -> tuple[State, Why]:
        """The state and its reason."""
        if self._why is not Why.NONE:
            return State.CLOSED, self._why
        if self.p99(now) > STRAINED_SECONDS:
            return State.STRAINED, Why.SLOW
        return State.OPEN, Why.NONE
