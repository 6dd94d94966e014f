"""Random bytes, and nonces from a small buffer.

The buffer is a list because `list.pop` is atomic, so no two threads get the same nonce. A forked child clears it,
or parent and child would use the same nonces.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from struct import Struct

NONCE_SIZE = 12
_BATCH = 64

_split: Callable[[bytes], tuple[bytes, ...]] = Struct(f"{NONCE_SIZE}s" * _BATCH).unpack
_pool: list[bytes] = []
pop_nonce = _pool.pop


def random_bytes(size: int) -> bytes:
    """`size` bytes from the operating system."""
    return os.urandom(size)


def nonces(count: int) -> tuple[bytes, ...]:
    """As many nonces, with one system call. They go round the buffer, so no other thread can have them."""
    return _splitter(count)(os.urandom(NONCE_SIZE * count))


@lru_cache(maxsize=256)
def _splitter(count: int) -> Callable[[bytes], tuple[bytes, ...]]:
    return Struct(f"{NONCE_SIZE}s" * count).unpack


def refill() -> bytes:
    """Generate a batch of nonces; returns one and adds the others to the buffer."""
    first, *rest = _split(os.urandom(NONCE_SIZE * _BATCH))
    _pool.extend(rest)
    return first


os.register_at_fork(after_in_child=_pool.clear)
