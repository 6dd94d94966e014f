"""Small secrets of the installation, such as one-time-password seeds, under a 32-byte key."""

from .parts import need_key
from .suites import Suite
from .wrapping import Kind, box_header, shut, unshut

_HEAD = box_header(Suite.AES, Kind.SMALL_SECRET, 0)


def seal_with(key: bytes, label: str, data: bytes) -> bytes:
    """Seal for one purpose: the label must be the same to open."""
    return shut(Suite.AES, _HEAD, need_key(key), (label.encode(),), data)


def open_with(key: bytes, label: str, blob: bytes) -> bytes:
    """The data of `seal_with`, or DecryptFailed."""
    return unshut(Suite.AES, _HEAD, need_key(key), (label.encode(),), blob)
