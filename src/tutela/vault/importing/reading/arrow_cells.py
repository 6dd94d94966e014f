"""Columns of Arrow become cells, type by type. The types are listed: there is none that comes as whatever
Python would print of it.

Bytes are UTF-8 text or cannot be read; a number of single precision that may have lost its end cannot be
read either; moments are floored to microseconds, and an instant becomes the company's time of day
(TUTELA_TIME_ZONE), because a day of the company is what the vault keeps.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from tutela.detect.recogniser import NUMBER_LOSSY

from .cells import DATE_OUT_OF_RANGE, Cell, Unreadable, is_date_in_range

Convert = Callable[[Any], list[Cell]]
"""From an arrow array; pyarrow ships no types."""
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (naive, as what is counted from it)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_A_SECOND = 1_000_000
_A_DAY = 86_400 * _A_SECOND
_MICROSECONDS = {"s": (_A_SECOND, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
"""Unit: what a count is multiplied and then divided by."""
_EXACT_BELOW = {16: 1 << 11, 32: 1 << 24}
"""From here on a number of so many bits stands for several whole numbers."""
_FAR = Unreadable("", DATE_OUT_OF_RANGE)


def converter(kind: Any) -> Convert | None:
    """What makes cells of an arrow type; None for one that is refused."""
    if pa.types.is_dictionary(kind):
        entries = converter(kind.value_type)
        return entries and (lambda column: _entries(column, entries))
    if pa.types.is_run_end_encoded(kind):
        runs = converter(kind.value_type)
        return runs and (lambda column: runs(pc.run_end_decode(column)))
    return next((convert for fits, convert in _TYPES if fits(kind)), None)


def is_text(kind: Any) -> bool:
    """Whether the cells of an arrow type are texts, with nothing among them that cannot be read."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return _is_string(kind) or pa.types.is_null(kind)


def is_long(kind: Any) -> bool:
    """Whether cells of an arrow type are texts or bytes, of any length."""
    if pa.types.is_dictionary(kind):
        return is_long(kind.value_type)
    return _is_string(kind) or _is_bytes(kind)


def is_bytes(kind: Any) -> bool:
    """Whether cells of an arrow type are bytes."""
    return is_bytes(kind.value_type) if pa.types.is_dictionary(kind) else _is_bytes(kind)


def type_name(kind: Any) -> str:
    """The name of a type without its parts: list, struct, duration."""
    return str(kind).partition("<")[0].partition("[")[0]


def _is_string(kind: Any) -> bool:
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_bytes(kind: Any) -> bool:
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )


def _entries(column: Any, convert: Convert) -> list[Cell]:
    """Cells by their place in the dictionary, which holds those of all batches before, too."""
    used = pc.unique(column.indices).drop_null()
    cells = convert(column.dictionary.take(used))
    known: dict[int | None, Cell] = dict(zip(used.to_pylist(), cells, strict=True))
    known[None] = ""
    return [known[place] for place in column.indices.to_pylist()]


def _blanks(column: Any) -> list[Cell]:
    return [""] * len(column)


def _values(column: Any) -> list[Cell]:
    cells: list[Cell] = column.to_pylist()
    return cells


def _texts(column: Any) -> list[Cell]:
    """Texts; where the file calls something UTF-8 that is none, its bytes are kept as lone surrogates, by
    which `prepare` rejects the row."""
    try:
        return ["" if text is None else text for text in column.to_pylist()]
    except UnicodeDecodeError:  # its message holds the bytes
        wide = column.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
        return ["" if part is None else part.decode("utf-8", "surrogateescape") for part in wide]


def _decoded(column: Any) -> list[Cell]:
    return [_utf8(part) for part in column.to_pylist()]


def _utf8(part: bytes | None) -> Cell:
    if not part:
        return ""
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return Unreadable("")
    controls = any(char < " " and char not in "\t\r\n" for char in text)
    return Unreadable("") if controls else text


def _singles(bits: int) -> Convert:
    """Numbers of less than double precision, by the shortest text that stands for each."""
    limit = _EXACT_BELOW[bits]

    def convert(column: Any) -> list[Cell]:
        wide = column.cast(pa.float32())
        texts = wide.cast(pa.string()).to_pylist()
        return [
            _single(number, text, limit)
            for number, text in zip(wide.to_pylist(), texts, strict=True)
        ]

    return convert


def _single(number: float | None, text: str, limit: int) -> Cell:
    if number is None or number != number:  # noqa: PLR0124 (no number equals itself but NaN)
        return ""
    if abs(number) > limit:
        return Unreadable(text, NUMBER_LOSSY.code)
    return str(int(number)) if number.is_integer() else f"{Decimal(text):f}"


def _days(column: Any) -> list[Cell]:
    days = column.cast(pa.date32()).cast(pa.int32()).to_pylist()
    return [None if day is None else _day(day + _EPOCH_DAY) for day in days]


def _day(ordinal: int) -> Cell:
    if not 0 < ordinal <= date.max.toordinal():
        return _FAR
    return date.fromordinal(ordinal)


def _moments(column: Any) -> list[Cell]:
    times, per = _MICROSECONDS[column.type.unit]
    zone = ZoneInfo(settings.TIME_ZONE) if column.type.tz is not None else None
    counts = column.cast(pa.int64()).to_pylist()
    return [None if count is None else _moment(count * times // per, zone) for count in counts]


def _moment(microseconds: int, zone: ZoneInfo | None) -> Cell:
    try:
        moment = _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return _FAR
    if zone is None or not is_date_in_range(moment):
        return moment
    try:
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # the end of time is as far as a date can say
        return moment


def _times(column: Any) -> list[Cell]:
    times, per = _MICROSECONDS[column.type.unit]
    whole = pa.int32() if pa.types.is_time32(column.type) else pa.int64()
    counts = column.cast(whole).to_pylist()
    return ["" if count is None else _time(count * times // per) for count in counts]


def _time(microseconds: int) -> Cell:
    if not 0 <= microseconds < _A_DAY:
        return Unreadable("")
    return (_EPOCH + timedelta(microseconds=microseconds)).time().isoformat()


_TYPES: tuple[tuple[Callable[[Any], bool], Convert], ...] = (
    (_is_string, _texts),
    (_is_bytes, _decoded),
    (pa.types.is_null, _blanks),
    (pa.types.is_boolean, _values),
    (pa.types.is_integer, _values),
    (pa.types.is_decimal, _values),
    (pa.types.is_float64, _values),
    (pa.types.is_float32, _singles(32)),
    (pa.types.is_float16, _singles(16)),
    (pa.types.is_date, _days),
    (pa.types.is_timestamp, _moments),
    (pa.types.is_time, _times),
)
