"""Encode values as bytes: a type byte and one canonical form per value.

    1 text     UTF-8                          4 decimal  as Python prints it: -12.50, 1E+3
    2 int      decimal digits, "-" if below 0  5 bytes    as they are
    3 date     YYYY-MM-DD                     6 json     sorted keys, no spaces, UTF-8

`decode` refuses other encodings of the same value, so a value has exactly one.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import Any, TypeVar

from .errors import BadValue

# The contents of JSON values are typed Any.
Value = str | int | date | Decimal | bytes | float | dict[str, Any] | list[Any] | None
"""The types of a field's value. bool, float, None, dict and list are encoded as JSON."""

BUCKETS = (16, 32, 64)
_T = TypeVar("_T")
_INT_DIGITS = 4000  # under the interpreter's own limit for reading digits back


class ValueType(IntEnum):
    """The first byte of every plaintext."""

    TEXT = 1
    INT = 2
    DATE = 3
    DECIMAL = 4
    BYTES = 5
    JSON = 6


def encode(value: Value) -> bytes:
    """Type byte and canonical form; BadValue for an unsupported value."""
    try:
        return _ENCODERS[type(value)](value)
    except KeyError:
        return _slow_encoder(value)(value)
    except (ValueError, TypeError, RecursionError):  # lone surrogates, NaN, too deep
        raise BadValue("value-form") from None


def encode_all(values: Sequence[Value]) -> list[bytes]:
    """`encode` of many; fastest for a column, whose values are of one type."""
    kinds = set(map(type, values))
    try:
        if kinds == {str}:
            return [b"\x01" + value.encode() for value in values]  # type: ignore[union-attr]  # kinds says it is a str
        return [_ENCODERS[type(value)](value) for value in values]
    except (KeyError, ValueError, TypeError, RecursionError):
        return [encode(value) for value in values]


def pad_all(plains: Sequence[bytes], pad_to: int) -> list[bytes]:
    """`pad` of many."""
    if pad_to not in BUCKETS:
        raise BadValue("pad-size")
    fillings = [b"\x80" + bytes(-(size + 1) % pad_to) for size in range(pad_to)]
    return [plain + fillings[len(plain) % pad_to] for plain in plains]


def decode(plain: bytes) -> Value:
    """Undo `encode`; BadValue for bytes that are not canonical."""
    try:
        return _DECODERS[plain[0]](plain)
    except (LookupError, ValueError, InvalidOperation, RecursionError):
        raise BadValue("value-form") from None


def pad(plain: bytes, pad_to: int) -> bytes:
    """Pad to a multiple of 16, 32 or 64 bytes with 0x80 and zeros, at least one byte; BadValue."""
    if pad_to not in BUCKETS:
        raise BadValue("pad-size")
    return plain + b"\x80" + bytes(-(len(plain) + 1) % pad_to)


def unpad(padded: bytes) -> bytes:
    """Undo `pad`; BadValue for a length or padding that `pad` does not produce."""
    plain = padded.rstrip(b"\0")
    filling = len(padded) - len(plain) + 1
    if len(padded) % BUCKETS[0] or plain[-1:] != b"\x80" or filling > BUCKETS[-1]:
        raise BadValue("padding")
    return plain[:-1]


def _text(value: str) -> bytes:
    return b"\x01" + value.encode()


def _int(value: int) -> bytes:
    text = b"\x02%d" % value
    if len(text) > _INT_DIGITS:
        raise BadValue("value-too-long")
    return text


def _date(value: date) -> bytes:
    return b"\x03" + value.isoformat().encode("ascii")


def _decimal(value: Decimal) -> bytes:
    if not value.is_finite():
        raise BadValue("value-form")
    return b"\x04" + str(value).encode("ascii")


def _bytes(value: bytes) -> bytes:
    return b"\x05" + value


def _json(value: object) -> bytes:
    _need_json(value)
    return b"\x06" + _canonical(value)


def _canonical(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _need_json(value: object) -> None:
    """BadValue for what JSON would silently change: keys that are not strings, tuples, large integers."""
    kind = type(value)
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]  # kind says it is a dict
            if type(key) is not str:
                raise BadValue("value-form")
            _need_json(item)
    elif kind is list:
        for item in value:  # type: ignore[attr-defined]  # kind says it is a list
            _need_json(item)
    elif kind is int:
        _int(value)  # type: ignore[arg-type]  # kind says it is an int
    elif kind not in (str, float, bool, type(None)):
        raise BadValue("value-form")


_ENCODERS: dict[type, Callable[[Any], bytes]] = {
    str: _text,
    int: _int,
    date: _date,
    Decimal: _decimal,
    bytes: _bytes,
    dict: _json,
    list: _json,
    bool: _json,
    float: _json,
    type(None): _json,
}


def _slow_encoder(value: object) -> Callable[[Any], bytes]:
    """The encoder for subclasses of the supported types; BadValue, also for datetime."""
    if isinstance(value, str | int | Decimal):
        base = next(kind for kind in (str, int, Decimal) if isinstance(value, kind))
        return lambda item: _ENCODERS[base](base(item))
    if isinstance(value, bytearray | memoryview):
        return lambda item: _bytes(bytes(item))
    if isinstance(value, date) and not isinstance(value, datetime):
        return _date
    raise BadValue("value-type")


def _read_text(plain: bytes) -> str:
    return plain[1:].decode()


def _read_int(plain: bytes) -> int:
    value = int(plain[1:])
    return _same(plain, _int(value), value)


def _read_date(plain: bytes) -> date:
    value = date.fromisoformat(plain[1:].decode("ascii"))
    return _same(plain, _date(value), value)


def _read_decimal(plain: bytes) -> Decimal:
    value = Decimal(plain[1:].decode("ascii"))
    return _same(plain, _decimal(value), value)


def _read_bytes(plain: bytes) -> bytes:
    return plain[1:]


def _read_json(plain: bytes) -> Value:
    value: Value = json.loads(plain[1:])
    return _same(plain, b"\x06" + _canonical(value), value)


def _same(plain: bytes, again: bytes, value: _T) -> _T:
    if again != plain:
        raise BadValue("value-form")
    return value


_DECODERS: dict[int, Callable[[bytes], Value]] = {
    ValueType.TEXT: _read_text,
    ValueType.INT: _read_int,
    ValueType.DATE: _read_date,
    ValueType.DECIMAL: _read_decimal,
    ValueType.BYTES: _read_bytes,
    ValueType.JSON: _read_json,
}
