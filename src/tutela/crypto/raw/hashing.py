"""Hashes, HMACs, HKDF-Expand and Argon2id as plain functions over bytes."""

import hashlib
import hmac
from collections.abc import Callable

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

Digest = Callable[[bytes], bytes]
Mac = Callable[[bytes, bytes], bytes]

equal = hmac.compare_digest
_SM3 = SM3()
_sha256 = hashlib.sha256
_BLOCK = 64
_INNER_PAD = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD = bytes(byte ^ 0x5C for byte in range(256))


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return _sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """SM3 (GB/T 32905), 32 bytes."""
    context = Hash(_SM3)
    context.update(data)
    return context.finalize()


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104), 32 bytes; faster than `hmac.digest`, which looks the hash up by name each time."""
    block = (key if len(key) <= _BLOCK else sha256(key)).ljust(_BLOCK, b"\0")
    inner = _sha256(block.translate(_INNER_PAD) + data).digest()
    return _sha256(block.translate(_OUTER_PAD) + inner).digest()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """HMAC-SM3, 32 bytes."""
    context = HMAC(key, _SM3)
    context.update(data)
    return context.finalize()


def keyed_sha256(key: bytes) -> Digest:
    """HMAC-SHA256 (RFC 2104) under one key with both pads hashed in advance, faster for many messages."""
    block = (key if len(key) <= _BLOCK else sha256(key)).ljust(_BLOCK, b"\0")
    inside = _sha256(block.translate(_INNER_PAD)).copy
    outside = _sha256(block.translate(_OUTER_PAD)).copy

    def digest(data: bytes) -> bytes:
        inner, outer = inside(), outside()
        inner.update(data)
        outer.update(inner.digest())
        return outer.digest()

    return digest


def keyed_sm3(key: bytes) -> Digest:
    """HMAC-SM3 under one key, faster for many messages."""
    copy = HMAC(key, _SM3).copy

    def digest(data: bytes) -> bytes:
        context = copy()
        context.update(data)
        return context.finalize()

    return digest


def argon2id(passphrase: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """A 32-byte key from a passphrase (RFC 9106)."""
    return Argon2id(
        salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib
    ).derive(passphrase)
