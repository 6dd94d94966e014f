"""Key states of SP 800-57 part 1, section 7, and what may be done. Pure."""

from enum import IntEnum

from .errors import PassphraseWeak


class KeyState(IntEnum):
    """What a key may be used for."""

    PRE_ACTIVE = 0
    ACTIVE = 1
    DECRYPT_ONLY = 2
    COMPROMISED = 3
    DESTROYED = 4


OPENS = frozenset({KeyState.ACTIVE, KeyState.DECRYPT_ONLY, KeyState.COMPROMISED})
"""States in which what was sealed may still be read."""

PASSPHRASE_LEAST = 12
NOTE_LIMIT = 2_000
"""Longest note, in characters."""


def may_lock(passphrase: str) -> None:
    """Return if the passphrase is long enough to lock the root key; PassphraseWeak if not."""
    if len(passphrase) < PASSPHRASE_LEAST or len(set(passphrase)) < PASSPHRASE_LEAST // 2:
        raise PassphraseWeak(least=PASSPHRASE_LEAST)
