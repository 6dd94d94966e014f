"""UUIDv7 (RFC 9562 section 5.7): time-ordered ids made in the application, so that indexes grow at
their right edge and an id is known, and can be bound to a sealed value, before its row exists."""

import os
import threading
import time
from struct import Struct
from uuid import UUID

_two_words = Struct(">QQ").pack
# Noise for single ids. Asking the system for each would give up Python's lock each time, which costs
# more than the id where many threads run. `list.pop` is atomic: no two ids get the same bytes.
_POOLED = 256
_pool: list[bytes] = []
_lock = threading.Lock()
_last_ms = 0
_counter = 0


def _after_fork() -> None:
    """A fork may catch the lock held by a thread that the child does not have."""
    global _lock
    _lock = threading.Lock()
    _pool.clear()


os.register_at_fork(after_in_child=_after_fork)


def _claim(count: int) -> int:
    """The millisecond, and below it the first of `count` values of the 12-bit counter within it."""
    global _last_ms, _counter
    with _lock:
        ms = time.time_ns() // 1_000_000
        if ms > _last_ms:
            _last_ms, _counter = ms, 0
        first = (_last_ms << 12) + _counter
        _counter += count
        _last_ms += _counter >> 12
        _counter &= 0xFFF
        return first


def uuid7s(count: int) -> list[UUID]:
    """`count` ids in rising order. Within one process no two are equal or out of order."""
    return [UUID(bytes=made) for made in uuid7s_bytes(count)]


def uuid7s_bytes(count: int) -> list[bytes]:
    """`uuid7s` as 16 bytes each, for who makes many and writes them in binary."""
    first = _claim(count)
    noise = os.urandom(8 * count)
    return [_make(first + n, noise[8 * n : 8 * n + 8]) for n in range(count)]


def uuid7() -> UUID:
    """One id."""
    try:
        noise = _pool.pop()
    except IndexError:
        noise = _refill()
    return UUID(bytes=_make(_claim(1), noise))


def _refill() -> bytes:
    fresh = os.urandom(8 * _POOLED)
    first, *rest = (fresh[at : at + 8] for at in range(0, len(fresh), 8))
    _pool.extend(rest)
    return first


def _make(stamp: int, noise: bytes) -> bytes:
    head = (stamp >> 12) << 16 | 0x7000 | stamp & 0xFFF
    tail = int.from_bytes(noise) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return _two_words(head, tail)
