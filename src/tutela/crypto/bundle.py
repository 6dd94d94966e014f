"""The plaintext of a bundle: the fields of one data class in ascending order.

Each is field(2) | length(4) | value, big-endian, values as in `values.py`. An empty bundle has no bytes.
"""

import struct
from collections.abc import Mapping, Sequence
from struct import Struct

from .errors import BadValue
from .values import Value, decode, encode

HIGHEST_FIELD = 0x7FFF
_entry = Struct(">HI")
_pack = _entry.pack


def pack(values: Mapping[int, Value]) -> bytes:
    """The plaintext of a bundle; BadValue for a field id outside 0 to 0x7FFF."""
    fields = sorted(values)
    return pack_encoded(fields, [encode(values[field]) for field in fields])


def pack_encoded(fields: Sequence[int], plains: Sequence[bytes]) -> bytes:
    """`pack` for encoded values, in ascending order of field id."""
    return b"".join([part for (part,) in _parts(fields, [[plain] for plain in plains])])


def pack_columns(fields: Sequence[int], columns: Sequence[Sequence[bytes]]) -> list[bytes]:
    """`pack_encoded` for many bundles of the same fields, from one column of encoded values for each field."""
    parts = _parts(fields, columns)
    return parts[0] if len(parts) == 1 else list(map(b"".join, zip(*parts, strict=True)))


def _parts(fields: Sequence[int], columns: Sequence[Sequence[bytes]]) -> list[list[bytes]]:
    if fields and (fields[0] < 0 or fields[-1] > HIGHEST_FIELD):
        raise BadValue("field-id")
    return [
        [_pack(field, len(plain)) + plain for plain in column]
        for field, column in zip(fields, columns, strict=True)
    ]


def unpack(plain: bytes) -> dict[int, Value]:
    """The values of a bundle; BadValue for any other order, length or encoding."""
    values: dict[int, Value] = {}
    at, last, end = 0, -1, len(plain)
    while at < end:
        try:
            field, size = _entry.unpack_from(plain, at)
        except struct.error:
            raise BadValue("bundle-form") from None
        start = at + _entry.size
        at = start + size
        if at > end or not last < field <= HIGHEST_FIELD:
            raise BadValue("bundle-form")
        values[field] = decode(plain[start:at])
        last = field
    return values
