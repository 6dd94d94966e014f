"""Encrypt the addresses of chat robots: each contains the secret that allows writing to the chat."""

from typing import Final

from django.conf import settings

from tutela.crypto import digest, secretbox

_BOX: Final = "notices.channel"


def seal(address: str) -> bytes:
    """The encrypted form, as stored."""
    return secretbox.seal_with(_key(), _BOX, address.encode())


def opened(blob: bytes | memoryview) -> str:
    """Undo `seal`; DecryptFailed."""
    return secretbox.open_with(_key(), _BOX, bytes(blob)).decode()


def _key() -> bytes:
    """Derived from the session secret, because this room must not import `keys` (same level)."""
    return digest.mac(settings.SECRET_KEY.encode(), b"tutela.notices.channel")
