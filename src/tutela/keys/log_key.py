"""The key with which the access log signs its tree: `trail.key` in the data directory, sealed.

It is not the company's key for evidence packs: that one signs when a person asks, this one every second. Machines
that share a database share the file. It is made at the first signature; its public half names the log for ever, so
a machine without the file, while the log has checkpoints, must get it from a backup and makes no other.
"""

import base64
import contextlib
import os
from pathlib import Path
from typing import Final

from django.conf import settings

from tutela.crypto import notes, sign
from tutela.crypto.digest import sha256
from tutela.trail.tree import second_place, state

from . import custody
from .errors import LogKeyMissing

NAME: Final = "trail.key"


class Ed25519:
    """Signature type 0x01 of C2SP signed notes."""

    def line(self, text: str, origin: str) -> str:
        return notes.sign_line(text, origin, _private())

    def vkey(self, origin: str) -> str:
        packed = b"\x01" + public_key()
        key_id = sha256(origin.encode() + b"\n" + packed)[:4]
        return f"{origin}+{key_id.hex()}+{base64.b64encode(packed).decode()}"


def public_key() -> bytes:
    """The 32 bytes of the public key; made with the private one if there is none yet."""
    return sign.public_of(_private())


def _path() -> Path:
    return Path(settings.TUTELA_HOME) / NAME


def _private() -> bytes:
    """The private key; KeyDamaged if the file was altered, LogKeyMissing if the log has signed with another."""
    if not _path().exists():
        if state.newest() is not None or second_place.path().exists():
            raise LogKeyMissing
        _make()
    return custody.open_secret(NAME, _path().read_bytes())


def _make() -> None:
    """Create the key. Written whole or not at all; of two processes at the same time the first one's remains."""
    path, sealed = _path(), custody.seal_secret(NAME, sign.generate())
    draft = path.with_name(f"{NAME}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
