"""Health of the log as one process sees it: its writer, and the tree behind all writers. Pure but for locks."""

import math
import threading
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

STRAINED_SECONDS = 0.25
"""The log is strained if the p99 of acknowledgement is above this."""
CLOSED_SECONDS = 1.0
"""The log is closed after appending has failed for this long."""
PROBE_SECONDS = 1.0
"""While closed, one append per interval is let through as a probe."""
WINDOW_SECONDS = 30.0
FEWEST_WAITS = 100
"""Of fewer acknowledgements a 99th percentile says nothing."""
TREE_STRAINED_SECONDS, TREE_CLOSED_SECONDS = 5.0, 60.0
"""How far the tree may be behind."""
TREE_FRESH_SECONDS, TREE_STALE_SECONDS = 2.0, 10.0
"""The tree is looked at again after the first, and what was seen counts for nothing after the second."""


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
    BEHIND = "behind"
    CHAIN = "chain"
    ROOT = "root"
    SIGNER = "signer"
    QUORUM = "quorum"


@dataclass(frozen=True, slots=True)
class Tree:
    """What was seen of the tree: seconds that it is behind, and the fault that closes the log."""

    at: float
    lag: float
    fault: Why


class Pulse:
    """Updated by the writer, read by any thread. Times are seconds of the monotonic clock.

    `strained` is the state as of the last acknowledgement or look at the tree, for who asks at every decision.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waits: deque[tuple[float, float]] = deque(maxlen=2048)
        self._why = Why.NONE
        self._next_probe = 0.0
        self._next_judged = 0.0
        self.forget_tree()

    def acknowledged(self, now: float, waited: float) -> None:
        """Record that a batch is durable; `waited` is the longest wait in it, in seconds."""
        with self._lock:
            self._waits.append((now, waited))
            self._why = Why.NONE
        if now >= self._next_judged:
            self._judge(now)

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

    def forget_tree(self) -> None:
        """Nothing has been seen of the tree: the next who asks looks."""
        self._tree = Tree(-math.inf, 0.0, Why.NONE)
        self.strained = False

    def tree_seen(self, now: float) -> float:
        """How many seconds ago the tree was looked at."""
        return now - self._tree.at

    def saw_tree(self, now: float, lag: float, fault: Why) -> None:
        """Record a look at the tree."""
        self._tree = Tree(now, lag, fault)
        self._judge(now)

    def tree_closed(self, now: float) -> Why:
        """Why the tree closes the log for customers' data, or Why.NONE."""
        if self.tree_seen(now) > TREE_STALE_SECONDS:
            return Why.NONE
        if self._tree.fault is not Why.NONE:
            return self._tree.fault
        return Why.BEHIND if self._tree.lag > TREE_CLOSED_SECONDS else Why.NONE

    def state(self, now: float) -> tuple[State, Why]:
        """The state and its reason."""
        if self._why is not Why.NONE:
            return State.CLOSED, self._why
        if (why := self.tree_closed(now)) is not Why.NONE:
            return State.CLOSED, why
        if self.tree_seen(now) <= TREE_STALE_SECONDS and self._tree.lag > TREE_STRAINED_SECONDS:
            return State.STRAINED, Why.BEHIND
        with self._lock:
            is_judged = sum(now - at <= WINDOW_SECONDS for at, _ in self._waits) >= FEWEST_WAITS
        if is_judged and self.p99(now) > STRAINED_SECONDS:
            return State.STRAINED, Why.SLOW
        return State.OPEN, Why.NONE

    def _judge(self, now: float) -> None:
        self._next_judged = now + PROBE_SECONDS
        self.strained = self.state(now)[0] is not State.OPEN
