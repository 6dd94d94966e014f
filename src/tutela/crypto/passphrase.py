"""Encryption with a passphrase: Argon2id (RFC 9106), with its parameters in the blob.

header(8) | memory in KiB(4) | passes(4) | lanes(4) | salt(16) | nonce(12) | text | tag(16)
"""

from dataclasses import dataclass
from struct import Struct

from .errors import BadValue, DecryptFailed
from .parts import need_key
from .raw.hashing import argon2id
from .raw.randomness import random_bytes
from .suites import Suite
from .wrapping import HEADER_SIZE, Kind, box_header, shut, unshut

_HEAD = box_header(Suite.AES, Kind.LOCKED, 0)
_COSTS = Struct(">III")
_SALT_SIZE = 16
_FRONT_SIZE = HEADER_SIZE + _COSTS.size + _SALT_SIZE
_IDS = (b"passphrase",)


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id parameters; memory in KiB."""

    memory_kib: int
    passes: int
    lanes: int


DEFAULT = Cost(memory_kib=64 * 1024, passes=3, lanes=4)  # RFC 9106, second choice
LOWEST = Cost(memory_kib=8 * 1024, passes=1, lanes=1)
HIGHEST = Cost(memory_kib=1024 * 1024, passes=16, lanes=16)
"""Limits for the parameters in a file, against excessive resource use and against cheap guessing."""


def lock(passphrase: bytes, secret: bytes, cost: Cost = DEFAULT) -> bytes:
    """Encrypt a secret with a passphrase; BadValue."""
    if not passphrase:
        raise BadValue("passphrase-empty")
    if not _is_allowed(cost):
        raise BadValue("passphrase-cost")
    salt = random_bytes(_SALT_SIZE)
    front = _HEAD + _COSTS.pack(cost.memory_kib, cost.passes, cost.lanes) + salt
    return shut(Suite.AES, front, _stretch(passphrase, salt, cost), _IDS, secret)


def unlock(passphrase: bytes, blob: bytes) -> bytes:
    """The secret; DecryptFailed for a wrong passphrase and for a damaged blob alike."""
    front = blob[:_FRONT_SIZE]
    if len(front) < _FRONT_SIZE or front[:HEADER_SIZE] != _HEAD:
        raise DecryptFailed
    cost = Cost(*_COSTS.unpack_from(front, HEADER_SIZE))
    if not _is_allowed(cost):
        raise DecryptFailed
    key = _stretch(passphrase, front[-_SALT_SIZE:], cost)
    return unshut(Suite.AES, front, key, _IDS, blob)


def _stretch(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    return need_key(argon2id(passphrase, salt, cost.memory_kib, cost.passes, cost.lanes))


def _is_allowed(cost: Cost) -> bool:
    return (
        LOWEST.memory_kib <= cost.memory_kib <= HIGHEST.memory_kib
        and LOWEST.passes <= cost.passes <= HIGHEST.passes
        and LOWEST.lanes <= cost.lanes <= HIGHEST.lanes
    )
