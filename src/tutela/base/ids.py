"""UUIDv7 (RFC 9562 section 5.7): time-ordered ids made in the application, so that indexes grow at
their right edge and an id is known, and can be bound to a sealed value, before its row exists."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_counter = 0


def _after_fork() -> None:
    """A fork may catch the lock held by a thread that the child does not have."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)


def _claim(count: int) -> tuple[int, int]:
    """The millisecond and the first of `count` values of the 12-bit counter within it."""
    global _last_ms, _counter
    with _lock:
        ms = time.time_ns() // 1_000_000
        if ms > _last_ms:
            _last_ms, _counter = ms, 0
        first = (_last_ms << 12) + _counter
        _counter += count
        _last_ms += _counter >> 12
        _counter &= 0xFFF
        return first, count


def uuid7s(count: int) -> list[UUID]:
    """`count` ids in rising order. Within one process no two are equal or out of order."""
    first, _ = _claim(count)
    noise = os.urandom(8 * count)
    return [_make(first + n, noise[8 * n : 8 * n + 8]) for n in range(count)]


def uuid7() -> UUID:
    """One id."""
    first, _ = _claim(1)
    return _make(first, os.urandom(8))


def _make(stamp: int, noise: bytes) -> UUID:
    tail = int.from_bytes(noise) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | tail)
