"""UUIDv7 (RFC 9562 section 5.7): time-ordered ids, for index locality. They are generated in the application, so
that a value can be bound to the id before its row exists."""

import os
import threading
import time
from struct import Struct
from uuid import UUID

_two_words = Struct(">QQ").pack
# Random bytes for single ids, because os.urandom releases the GIL, which costs more than the id under many
# threads. `list.pop` is atomic: no two ids get the same bytes.
_POOLED = 256
_pool: list[bytes] = []
_lock = threading.Lock()
_last_ms = 0
_counter = 0


def _after_fork() -> None:
    """The lock may have been held at the fork by a thread that the child does not have."""
    global _lock
    _lock = threading.Lock()
    _pool.clear()


os.register_at_fork(after_in_child=_after_fork)


def _claim(count: int) -> int:
    """Reserve `count` values: the millisecond in the high bits, its 12-bit counter below; returns the first."""
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
    """`count` ids in ascending order, unique and ascending over all calls of a process."""
    return [UUID(bytes=key) for key in uuid7s_bytes(count)]


def uuid7s_bytes(count: int) -> list[bytes]:
    """`uuid7s` as 16 bytes each."""
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
