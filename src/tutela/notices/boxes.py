"""The addresses of chat robots, sealed: each holds the secret that lets one write to the chat."""

from typing import Final

from django.conf import settings

from tutela.crypto import digest, secretbox

_BOX: Final = "notices.channel"


def seal(address: str) -> bytes:
    """The address as it is stored."""
    return secretbox.seal_with(_key(), _BOX, address.encode())


def opened(blob: bytes | memoryview) -> str:
    """The address of `seal`, or DecryptFailed."""
    return secretbox.open_with(_key(), _BOX, bytes(blob)).decode()


def _key() -> bytes:
    """Derived from the installation's session secret: `keys` stands on the same line as this room."""
    return digest.mac(settings.SECRET_KEY.encode(), b"tutela.notices.channel")
