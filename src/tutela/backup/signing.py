"""The key that signs manifests: `backup.key` in the data directory, sealed.

Its public half stands in each manifest and on the printed card. Whoever restores compares the two: a set signed by
another key is not this installation's. Once sets are signed, no other key is made in its place.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from django.conf import settings

from tutela.crypto import sign as ed25519
from tutela.keys import custody

from .errors import SigningKeyMissing
from .models import Run

NAME: Final = "backup.key"
PUBLIC: Final = "backup.pub"
"""Its public half in hex, in clear: a restore finds it there when the database that opens `backup.key` is lost."""


def sign(message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes. SigningKeyMissing, KeyDamaged."""
    return ed25519.sign(_private(), message)


def public_key() -> bytes:
    """The 32 bytes of the public key, made with the private one before the first set. SigningKeyMissing."""
    public = ed25519.public_of(_private())
    _remember(public)
    return public


def _remember(public: bytes) -> None:
    """Leave the public half beside the private one, if it is not there."""
    path = _path().with_name(PUBLIC)
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(public.hex() + "\n")


def _path() -> Path:
    return Path(settings.TUTELA_HOME) / NAME


def _private() -> bytes:
    if not _path().exists():
        if Run.objects.filter(manifest__isnull=False).exists():
            raise SigningKeyMissing(name=NAME)
        _make()
    return custody.open_secret(NAME, _path().read_bytes())


def _make() -> None:
    """Create the key. Written whole or not at all; of two processes at the same time the first one's remains."""
    path, sealed = _path(), custody.seal_secret(NAME, ed25519.generate())
    draft = path.with_name(f"{NAME}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
