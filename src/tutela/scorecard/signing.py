"""The key that signs evidence packs: `evidence.key` in the data directory, sealed under the house's keys.

Machines that share a database share this file too, or each signs with a key of its own: see operations.md.
"""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

from django.conf import settings

from tutela.crypto import sign as ed25519
from tutela.keys import custody

NAME: Final = "evidence.key"


def public_key() -> bytes:
    """The 32 bytes by which outsiders check packs; the key is made when there is none."""
    return ed25519.public_of(_private())


def key_id(public: bytes) -> str:
    """The short name of a public key, by which a pack says who signed: 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign(message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return ed25519.sign(_private(), message)


def _private() -> bytes:
    """The private key, opened for one use and not kept; KeyDamaged if the file is not as written."""
    path = Path(settings.TUTELA_HOME) / NAME
    if not path.exists():
        _make(path)
    return custody.open_secret(NAME, path.read_bytes())


def _make(path: Path) -> None:
    """Written whole or not at all; of two processes at once the first one's key stands."""
    sealed = custody.seal_secret(NAME, ed25519.generate())
    draft = path.with_name(f"{NAME}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
