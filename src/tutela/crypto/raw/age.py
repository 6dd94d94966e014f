"""The age format (age-encryption.org/v1) by pyrage: X25519 recipients, streams of any size."""

from collections.abc import Sequence
from typing import Any

import pyrage
from pyrage import x25519

from tutela.crypto.errors import BadValue, DecryptFailed


def generate() -> tuple[str, str]:
    """A new identity, `AGE-SECRET-KEY-1…`, and its recipient, `age1…`."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient of an identity; BadValue."""
    return str(_identity(identity).to_public())


def check_recipient(text: str) -> None:
    """BadValue unless it is an X25519 recipient."""
    _recipient(text)


def seal(source: Any, sink: Any, recipients: Sequence[str]) -> None:
    """Encrypt what `source.read` gives into `sink.write`; errors of both pass through."""
    pyrage.encrypt_io(source, sink, [_recipient(one) for one in recipients])


def open_into(source: Any, sink: Any, identities: Sequence[str]) -> None:
    """Decrypt; DecryptFailed for a wrong key, a changed byte or a cut end. What was written by then is not to be
    believed."""
    opened = [_identity(one) for one in identities]
    try:
        pyrage.decrypt_io(source, sink, opened)
    except (pyrage.DecryptError, OSError) as error:
        raise DecryptFailed from error


def _recipient(text: str) -> Any:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BadValue("age-recipient") from None


def _identity(text: str) -> Any:
    try:
        return x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise BadValue("age-identity") from None
