"""Boxes for keys and small secrets: C2 | version 1 | suite | kind | number(4) | nonce | text | tag.

Not for customer values. The opener specifies the first eight bytes, so a box cannot choose its suite, kind or key.
"""

from enum import IntEnum

from .errors import DecryptFailed
from .parts import join, u32
from .raw.aead import Aead
from .suites import ONE_BLOCK, Suite, cipher, expand, kit_of

MAGIC = 0xC2
VERSION = 1
HEADER_SIZE = 8
LABEL = b"vault/wrap/1"


class Kind(IntEnum):
    """The content of a box."""

    CUSTOMER_ROOT = 1
    SIDE_SECRET = 2
    UNDER_ROOT = 3
    LOCKED = 4
    SMALL_SECRET = 5


def box_header(suite: Suite, kind: Kind, number: int) -> bytes:
    """The eight bytes before the nonce; `number` is the version of the wrapping key, or 0."""
    return bytes((MAGIC, VERSION, suite, kind)) + u32(number)


def shut(suite: Suite, head: bytes, key: bytes, ids: tuple[bytes, ...], secret: bytes) -> bytes:
    """Encrypt under a subkey derived for these ids, which are associated data too."""
    derived = expand(suite, key, join(LABEL, *ids))
    return cipher(suite, derived).seal(head, join(LABEL, head, *ids), secret)


class Boxes:
    """`shut` and `unshut` for many boxes with the same head, key and first ids."""

    __slots__ = ("_aad", "_derive", "_head", "_info", "_kit")

    def __init__(self, suite: Suite, head: bytes, key: bytes, ids: tuple[bytes, ...]) -> None:
        self._kit = kit_of(suite)
        self._derive = self._kit.keyed(key)
        self._head, self._info, self._aad = head, join(LABEL, *ids), join(LABEL, head, *ids)

    def shut(self, rest: bytes, secret: bytes) -> bytes:
        """The box of a secret; `rest` are the other ids, as returned by `join`."""
        return self._cipher(rest).seal(self._head, self._aad + rest, secret)

    def unshut(self, rest: bytes, blob: bytes) -> bytes:
        """Undo `shut`; DecryptFailed."""
        if blob[: len(self._head)] != self._head:
            raise DecryptFailed
        return self._cipher(rest).open(blob, self._aad + rest, at=len(self._head))

    def _cipher(self, rest: bytes) -> Aead:
        derived = self._derive(self._info + rest + ONE_BLOCK)
        return self._kit.cipher(derived[: self._kit.key_size])


def unshut(suite: Suite, head: bytes, key: bytes, ids: tuple[bytes, ...], blob: bytes) -> bytes:
    """Undo `shut`; DecryptFailed, also if the header is not `head`."""
    if blob[: len(head)] != head:
        raise DecryptFailed
    derived = expand(suite, key, join(LABEL, *ids))
    return cipher(suite, derived).open(blob, join(LABEL, head, *ids), at=len(head))
