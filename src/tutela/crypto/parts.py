"""Length-prefixed concatenation of byte strings, and checks of ids and keys."""

import struct
from collections.abc import Callable
from struct import Struct

from .errors import BadValue

ID_SIZE = 16
KEY_SIZE = 32
pack32: Callable[[int], bytes] = Struct(">I").pack
"""Four bytes, big-endian, without a range check."""


def u32(number: int) -> bytes:
    """Four bytes, big-endian; BadValue outside 0 to 2**32 - 1."""
    try:
        return pack32(number)
    except struct.error:
        raise BadValue("number-range") from None


def join(*parts: bytes) -> bytes:
    """Each part after its 4-byte length: different lists of parts give different bytes."""
    return b"".join([pack32(len(part)) + part for part in parts])


def need_id(value: bytes) -> bytes:
    """The value as bytes; BadValue unless it has 16."""
    if len(value) != ID_SIZE:
        raise BadValue("id-size")
    return value if type(value) is bytes else bytes(value)


def need_key(value: bytes) -> bytes:
    """The value as bytes; BadValue unless it has 32."""
    if len(value) != KEY_SIZE:
        raise BadValue("key-size")
    return bytes(value)
