"""Small secrets of people, sealed before they are stored or wait in a session.

`what` names the kind of secret: each kind has a key of its own, and one cannot be put in another's
place. The keys are derived from the installation's session secret: `keys` lies above this room.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings

from tutela.crypto import digest, secretbox
from tutela.crypto.errors import DecryptFailed


def seal(what: str, text: str) -> str:
    return urlsafe_b64encode(secretbox.seal_with(_key(what), what, text.encode())).decode()


def unseal(what: str, sealed: str) -> str:
    """The text of `seal`, or DecryptFailed: altered, of another kind, or under another secret."""
    try:
        blob = urlsafe_b64decode(sealed.encode())
    except ValueError as error:
        raise DecryptFailed from error
    return secretbox.open_with(_key(what), what, blob).decode()


def _key(what: str) -> bytes:
    return digest.mac(settings.SECRET_KEY.encode(), b"tutela." + what.encode())
