"""The text of an API key: `ttk_<public id>_<secret>`, 256 random bits in the secret. Pure.

The public id finds the key's row and may be shown; the secret exists only in the key's text.
"""

import re
from typing import NamedTuple

from tutela.crypto.digest import random_bytes, sha256

PREFIX = "ttk"
_SHAPE = re.compile(rf"{PREFIX}_([0-9a-f]{{16}})_[0-9a-f]{{64}}")
_PUBLIC = re.compile(r"[0-9a-f]{16}")


class NewKey(NamedTuple):
    """`text` is told once, to the person who made the key; the others are stored."""

    text: str
    public_id: str
    hash: bytes


def new_key() -> NewKey:
    public_id, secret = random_bytes(8).hex(), random_bytes(32).hex()
    text = f"{PREFIX}_{public_id}_{secret}"
    return NewKey(text, public_id, hash_of(text))


def public_id_of(text: str) -> str | None:
    """The public id within a key's text, or None when it has not a key's shape."""
    match = _SHAPE.fullmatch(text)
    return match.group(1) if match else None


def is_public_id(text: str) -> bool:
    return _PUBLIC.fullmatch(text) is not None


def hash_of(text: str) -> bytes:
    """What is stored. The secret is random and long, so a plain hash cannot be searched."""
    return sha256(text.encode())
