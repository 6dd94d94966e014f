"""The key that signs evidence packs: `evidence.key` in the data directory, sealed.

Machines that share a database share this file. The database holds the public key, so that a machine
without the file, or with another, does not sign: see operations.md and `actions/keys.py`.
"""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from tutela.crypto import sign as ed25519
from tutela.keys import custody

from .errors import SigningKeyForeign, SigningKeyMissing

NAME: Final = "evidence.key"
_KNOWN = "SELECT public_key FROM scorecard_signing_key ORDER BY number DESC LIMIT 1"


def public_key() -> bytes:
    """The 32 bytes of this machine's public key; SigningKeyMissing."""
    return ed25519.public_of(_private())


def key_id(public: bytes) -> str:
    """The id of a public key that packs cite: 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign(message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return ed25519.sign(_private(), message)


def known() -> bytes | None:
    """The installation's public key in the database; None before its first use."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        row = cursor.fetchone()
    return bytes.fromhex(row[0]) if row else None


def check_match(here: bytes, known: bytes) -> None:
    """This machine's key is the installation's; SigningKeyForeign."""
    if here != known:
        raise SigningKeyForeign(here=key_id(here), known=key_id(known))


def is_here() -> bool:
    """Whether this machine has a key."""
    return _path().exists()


def make() -> None:
    """Create this machine's key if it has none. Written whole or not at all; of two processes at the same
    time, the first one's key remains."""
    if is_here():
        return
    path, sealed = _path(), custody.seal_secret(NAME, ed25519.generate())
    draft = path.with_name(f"{NAME}.{os.getpid()}")
    with open(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb"
    ) as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _path() -> Path:
    return Path(settings.TUTELA_HOME) / NAME


def _private() -> bytes:
    """The private key, opened for one use; KeyDamaged if the file was altered."""
    try:
        sealed = _path().read_bytes()
    except FileNotFoundError:
        raise SigningKeyMissing from None
    return custody.open_secret(NAME, sealed)
