"""The key with which the access log signs its tree: `trail.key` in the data directory, sealed.

With TUTELA_TRAIL_SIGNERS=ed25519,ml-dsa-44 the log signs with ML-DSA-44 (FIPS 204) as well, whose seed is
`trail.mldsa.key`: a cosignature of the log itself (C2SP tlog-cosignature, type 0x06), with its time.

It is not the company's key for evidence packs: that one signs when a person asks, this one every second. Machines
that share a database share the file. It is made at the first signature; its public half names the log for ever, so
a machine without the file, while the log has checkpoints, must get it from a backup and makes no other.
"""

import base64
import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from tutela.base import clock
from tutela.crypto import notes, sign
from tutela.crypto.digest import sha256
from tutela.crypto.errors import BadValue
from tutela.crypto.notes import Kind, NoteKey
from tutela.trail.tree import second_place, state
from tutela.trail.tree.state import TreeHead

from . import custody
from .errors import LogKeyMissing, LogKeyUnfit

NAME: Final = "trail.key"
ML_DSA_NAME: Final = "trail.mldsa.key"


class Ed25519:
    """Signature type 0x01 of C2SP signed notes."""

    def line(self, text: str, origin: str) -> str:
        return notes.sign_line(text, origin, _private())

    def vkey(self, origin: str) -> str:
        packed = b"\x01" + public_key()
        key_id = sha256(origin.encode() + b"\n" + packed)[:4]
        return f"{origin}+{key_id.hex()}+{base64.b64encode(packed).decode()}"


class MlDsa44:
    """Signature type 0x06 of C2SP signed notes: ML-DSA-44, under the log's own name. LogKeyUnfit where the
    installed library cannot."""

    def line(self, text: str, origin: str) -> str:
        at = int(clock.now().timestamp())
        return notes.cosign(text, origin, Kind.ML_DSA, _ml_dsa_seed(), at)

    def vkey(self, origin: str) -> str:
        return str(NoteKey(origin, Kind.ML_DSA, notes.public_of(Kind.ML_DSA, _ml_dsa_seed())))


def public_key() -> bytes:
    """The 32 bytes of the public key; made with the private one if there is none yet."""
    return sign.public_of(_private())


def _path(name: str) -> Path:
    return Path(settings.TUTELA_HOME) / name


def _private() -> bytes:
    """The private key; KeyDamaged if the file was altered, LogKeyMissing if the log has signed with another."""
    if not _path(NAME).exists():
        if state.newest() is not None or second_place.path().exists():
            raise LogKeyMissing(file=NAME)
        _make(NAME, sign.generate)
    return custody.open_secret(NAME, _path(NAME).read_bytes())


def _ml_dsa_seed() -> bytes:
    """The seed of the ML-DSA-44 key; LogKeyMissing if the newest checkpoint was signed with another,
    LogKeyUnfit."""
    if not _path(ML_DSA_NAME).exists():
        newest = state.newest()
        if newest is not None and _is_signed_by_ml_dsa(newest):
            raise LogKeyMissing(file=ML_DSA_NAME)
        try:
            _make(ML_DSA_NAME, lambda: notes.generate(Kind.ML_DSA))
        except BadValue:
            raise LogKeyUnfit from None
    return custody.open_secret(ML_DSA_NAME, _path(ML_DSA_NAME).read_bytes())


def _is_signed_by_ml_dsa(head: TreeHead) -> bool:
    """Whether the log itself signed a checkpoint in this way: a line under its own name, long enough for no
    other."""
    size = notes.SIGNATURE_SIZE[Kind.ML_DSA]
    return any(
        line.name == head.origin and len(line.value) > size
        for line in notes.read_note(head.note).signatures
    )


def _make(name: str, generate: Callable[[], bytes]) -> None:
    """Create a key. Written whole or not at all; of two processes at the same time the first one's remains."""
    path, sealed = _path(name), custody.seal_secret(name, generate())
    draft = path.with_name(f"{name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
