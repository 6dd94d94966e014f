"""Key states of NIST SP 800-57 part 1, section 7, and the strength of a passphrase. Pure."""

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
"""States in which a key may still decrypt."""

PASSPHRASE_LEAST = 12
NOTE_LIMIT = 2_000
"""Characters of the longest note."""


def check_passphrase(passphrase: str) -> None:
    """PassphraseWeak under PASSPHRASE_LEAST characters, or with fewer than half as many different ones."""
    if len(passphrase) < PASSPHRASE_LEAST or len(set(passphrase)) < PASSPHRASE_LEAST // 2:
        raise PassphraseWeak(least=PASSPHRASE_LEAST)
