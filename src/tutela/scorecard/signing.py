"""The key that signs evidence packs: `evidence.key` in the data directory, sealed under the house's keys.

Machines that share a database share this file too. The database knows its public half, so that a machine
without the file, or with another, signs nothing: see operations.md and `actions_key.py`.
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
    """The 32 bytes by which outsiders check this machine's packs; SigningKeyMissing if it has no key."""
    return ed25519.public_of(_private())


def key_id(public: bytes) -> str:
    """The short name of a public key, by which a pack says who signed: 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign(message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return ed25519.sign(_private(), message)


def known() -> bytes | None:
    """The installation's public key as the database has it; None before its first use."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        found = cursor.fetchone()
    return bytes.fromhex(found[0]) if found else None


def must_match(here: bytes, known: bytes) -> None:
    """SigningKeyForeign when this machine's key is not the installation's."""
    if here != known:
        raise SigningKeyForeign(here=key_id(here), known=key_id(known))


def is_here() -> bool:
    """Whether this machine has a key at all."""
    return _path().exists()


def make() -> None:
    """Make this machine's key if it has none. Written whole or not at all; of two processes at once the
    first one's key stands."""
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
    """The private key, opened for one use and not kept; KeyDamaged if the file is not as written."""
    try:
        sealed = _path().read_bytes()
    except FileNotFoundError:
        raise SigningKeyMissing from None
    return custody.open_secret(NAME, sealed)
