"""Hashes, MACs and random bytes for the other rooms, which import no hash library."""

from .parts import join
from .raw.hashing import equal, hmac_sha256, sha256
from .raw.hashing import keyed_sha256 as keyed
from .raw.randomness import random_bytes

__all__ = ["equal", "join", "keyed", "mac", "random_bytes", "sha256"]


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA256 over the parts, each with its 4-byte length; 32 bytes."""
    return hmac_sha256(key, join(*parts))
