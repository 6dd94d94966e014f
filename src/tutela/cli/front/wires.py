"""Which connections to close. Pure rules over TCP_INFO.

The kernel reports how long ago data was received and sent. If the client sent last, its request is incomplete or
being handled; if the server did, the connection is idle.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .limits import Limits

LAG_SECONDS = 5.0
"""Longest time between receipt of a body's last bytes by the kernel and the request being complete."""
FULL = 0.75
CLOCK_SECONDS = 0.01


@dataclass(slots=True, eq=False)
class Wire:
    """One connection. `turn` is when the server last sent, `base` the bytes received until then, `heard` when
    the client last sent; times are monotonic."""

    address: str
    turn: float
    received: int = 0
    base: int = 0
    heard: float = 0.0

    def note(self, now: float, sent_ago: float, heard_ago: float, received: int) -> None:
        """Update from TCP_INFO."""
        turn = now - sent_ago
        if turn > self.turn + CLOCK_SECONDS:
            self.turn, self.base = turn, self.received
        self.received, self.heard = received, now - heard_ago

    @property
    def speaking(self) -> bool:
        """Whether the client sent last, within the resolution of the kernel's clock."""
        return self.heard >= self.turn - CLOCK_SECONDS


def closing(
    wires: Iterable[Wire], whole: Sequence[tuple[str, float]], now: float, limits: Limits
) -> set[Wire]:
    """Connections that exceed a limit. `whole` are (address, time) of the requests being handled."""
    waiting = [wire for wire in wires if not _is_handled(wire, whole)]
    over = {wire for wire in waiting if _over(wire, now, limits)}
    rest = [wire for wire in waiting if wire not in over]
    return over | _crowding(rest, len(whole), limits)


def _is_handled(wire: Wire, whole: Sequence[tuple[str, float]]) -> bool:
    """Whether its last byte arrived when a request of its address became complete, or shortly before."""
    return wire.speaking and any(
        address == wire.address and -0.5 < moment - wire.heard < LAG_SECONDS
        for address, moment in whole
    )


def _over(wire: Wire, now: float, limits: Limits) -> bool:
    if not wire.received:
        return now - wire.turn > limits.body_seconds
    if not wire.speaking:
        return now - max(wire.turn, wire.heard) > limits.idle_seconds
    if now - wire.heard > limits.body_seconds:
        return True
    owed = (now - wire.turn - limits.body_seconds) * limits.body_rate
    return wire.received - wire.base < owed


def _crowding(wires: Sequence[Wire], busy: int, limits: Limits) -> set[Wire]:
    """The longest waiting connections above the limit per address, and above the total limit."""
    oldest_first = sorted(wires, key=lambda wire: wire.turn)
    by_address: dict[str, list[Wire]] = defaultdict(list)
    for wire in oldest_first:
        by_address[wire.address].append(wire)
    closed: set[Wire] = set()
    for group in by_address.values():
        closed.update(group[: max(0, len(group) - limits.connections_an_address)])
    left = [wire for wire in oldest_first if wire not in closed]
    too_many = len(left) + busy - int(limits.connections * FULL)
    return closed.union(left[: max(0, too_many)])


def freeing(wires: Iterable[Wire], reading: int, limits: Limits) -> list[Wire]:
    """The slowest senders, if too many threads are reading bodies."""
    too_many = reading - int(limits.readers * FULL)
    if too_many <= 0:
        return []
    return sorted((w for w in wires if w.speaking), key=lambda wire: wire.turn)[:too_many]
