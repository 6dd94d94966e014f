"""Random bytes, and nonces from a small buffer.

The buffer is a list because `list.pop` is atomic, so no two threads get the same nonce. A forked child clears it,
or parent and child would use the same nonces.
"""

import os
from collections.abc import Callable
from struct import Struct

NONCE_SIZE = 12
_BATCH = 64

_split: Callable[[bytes], tuple[bytes, ...]] = Struct(f"{NONCE_SIZE}s" * _BATCH).unpack
_pool: list[bytes] = []
pop_nonce = _pool.pop


def random_bytes(size: int) -> bytes:
    """`size` bytes from the operating system."""
    return os.urandom(size)


def refill() -> bytes:
    """Generate a batch of nonces; returns one and adds the others to the buffer."""
    first, *rest = _split(os.urandom(NONCE_SIZE * _BATCH))
    _pool.extend(rest)
    return first


os.register_at_fork(after_in_child=_pool.clear)
