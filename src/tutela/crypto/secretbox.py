"""Small secrets of the installation, such as one-time-password seeds, under a 32-byte key."""

from .parts import need_key
from .suites import Suite
from .wrapping import Kind, box_header, shut, unshut

_HEAD = box_header(Suite.AES, Kind.SMALL_SECRET, 0)


def seal_with(key: bytes, label: str, data: bytes) -> bytes:
    """Encrypt for the purpose named by the label, which is needed to open."""
    return shut(Suite.AES, _HEAD, need_key(key), (label.encode(),), data)


def open_with(key: bytes, label: str, blob: bytes) -> bytes:
    """Undo `seal_with`; DecryptFailed."""
    return unshut(Suite.AES, _HEAD, need_key(key), (label.encode(),), blob)
