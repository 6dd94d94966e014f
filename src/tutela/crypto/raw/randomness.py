"""Random bytes, and nonces handed out from a small buffer.

The buffer is a list because `list.pop` is atomic, so two threads never get one nonce
twice. A forked child drops what it inherited, or parent and child would repeat nonces.
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
    """Buffer a batch of fresh nonces and return one that was never in the buffer."""
    first, *rest = _split(os.urandom(NONCE_SIZE * _BATCH))
    _pool.extend(rest)
    return first


os.register_at_fork(after_in_child=_pool.clear)
