"""Parquet: read batch by batch, every column as the text that a person would type.

A whole number kept as a float loses its ".0"; a date is YYYY-MM-DD; bytes are not text and are
refused. `pages` says first what the pages unpack to. Texts are read as dictionaries, so that one long
text that stands in many rows lies in memory once, and are refused when the rows together are too long.
Nested columns are no cells and come as empty ones.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from . import pages
from .errors import CellTooLarge, HeaderTwice, SheetBroken, TooManyColumns, ZipBomb
from .header import MOST_COLUMNS, letter

_CELL_CHARS = 1 << 20
_PREFIXED = "DELTA_BYTE_ARRAY"
"""Texts kept as the end of the one before: a page of them unpacks to any length."""
_NO_DICTIONARY = frozenset({_PREFIXED, "DELTA_LENGTH_BYTE_ARRAY"})
"""pyarrow 26.0.1 cannot read these as dictionaries ("not yet implemented")."""


_NO_TIME = re.compile(r"(?: 00:00:00)?\.0+$")


def peek(stream: BinaryIO) -> tuple[tuple[str, ...], int]:
    """Column names and the number of rows."""
    file = _open(stream)
    names = tuple(str(name).strip() for name in file.schema_arrow.names)
    if len(names) > MOST_COLUMNS:
        raise TooManyColumns(columns=len(names), limit=MOST_COLUMNS)
    for index, name in enumerate(names):
        if name in names[:index]:
            raise HeaderTwice(first=letter(names.index(name)), second=letter(index))
    return names, file.metadata.num_rows


def rows(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """(row number from 1, cells as text)."""
    number = 0
    try:
        file = _open(stream)
        size = stream.seek(0, 2)
        largest = pages.check_pages(stream, file.metadata, size)
        flat = _flat(file)
        reading = _open(stream, [name for name, text in flat.items() if text])
        for batch in reading.iter_batches(
            batch_size=_batch_rows(file, largest), columns=list(flat), use_threads=False
        ):
            columns = _columns(file, batch, number)
            _check_texts(columns, size)
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, list(cells)
    except (pa.ArrowException, OSError):
        raise SheetBroken(kind="Parquet") from None


def _flat(file: Any) -> dict[str, bool]:
    """The columns that are not nested, by their name in the file; True for those read as dictionaries."""
    flat = {}
    for index in range(len(file.schema)):
        one = file.schema.column(index)
        if one.max_repetition_level == 0 and one.path == one.name:
            text = one.physical_type == "BYTE_ARRAY"
            flat[one.name] = text and _NO_DICTIONARY.isdisjoint(_encodings(file, index))
    return flat


def _encodings(file: Any, index: int) -> set[str]:
    meta = file.metadata
    groups = range(meta.num_row_groups)
    return {name for group in groups for name in meta.row_group(group).column(index).encodings}


def _batch_rows(file: Any, largest: int) -> int:
    """How many rows are decoded at once: fewer where each can be as long as a page, or has a fixed length."""
    fixed = sum(max(0, file.schema.column(index).length) for index in range(len(file.schema)))
    if fixed > pages.MOST_FIXED:
        raise ZipBomb(limit=pages.MOST_FIXED)
    prefixed = any(
        _PREFIXED in _encodings(file, index) for index in range(file.metadata.num_columns)
    )
    longest = max(fixed, largest if prefixed else 0)
    return int(max(1, min(pages.MOST_BATCH, pages.BATCH_BYTES // max(1, longest))))


def _check_texts(columns: list[list[str]], size: int) -> None:
    """Refuse rows that are much longer than the file: texts that stand in it once, named by all of them."""
    limit = max(pages.BATCH_BYTES, size)
    if sum(sum(map(len, column)) for column in columns) > limit:
        raise ZipBomb(limit=limit)


def _open(stream: BinaryIO, texts: list[str] | None = None) -> Any:  # pyarrow ships no types
    try:
        return pq.ParquetFile(stream, pre_buffer=False, read_dictionary=texts)
    except (pa.ArrowException, OSError):
        raise SheetBroken(kind="Parquet") from None


def _columns(file: Any, batch: Any, before: int) -> list[list[str]]:
    """The cells of a batch, column by column in the file's order."""
    there = dict(zip(batch.schema.names, batch.columns, strict=True))
    empty = [""] * batch.num_rows
    return [
        _column(there[name], before) if name in there else empty for name in file.schema_arrow.names
    ]


def _column(column: Any, before: int) -> list[str]:
    if pa.types.is_dictionary(column.type):
        return _texts(column, before)
    texts = _plain(column)
    for index, text in enumerate(texts):
        if len(text) > _CELL_CHARS:
            raise CellTooLarge(row=before + index + 1, limit=_CELL_CHARS)
    return texts


def _plain(column: Any) -> list[str]:
    """Moments that Python cannot hold (nanoseconds, years past 9999) as pyarrow writes them."""
    try:
        return [_text(value) for value in column.to_pylist()]
    except (ValueError, OverflowError):  # their messages name the value
        written = column.cast(pa.string()).to_pylist()
    return ["" if text is None else _NO_TIME.sub("", text) for text in written]


def _texts(column: Any, before: int) -> list[str]:
    """Texts by their place in the dictionary, which holds those of all batches before, too."""
    places = column.indices.to_pylist()
    used = pc.unique(column.indices).drop_null()
    texts = column.dictionary.take(used).to_pylist()
    if not pa.types.is_string(column.type.value_type):
        texts = [_text(value) for value in texts]
    known: dict[int | None, str] = dict(zip(used.to_pylist(), texts, strict=True))
    known[None] = ""
    if max(map(len, texts), default=0) > _CELL_CHARS:
        row = next(row for row, place in enumerate(places) if len(known[place]) > _CELL_CHARS)
        raise CellTooLarge(row=before + row + 1, limit=_CELL_CHARS)
    return [known[place] for place in places]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _TEXTS.get(type(value), str)(value)


def _float(value: Any) -> str:
    """A float cannot hold more than 15 digits, so a longer one shows that its end is lost."""
    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.14E}"
    return repr(value)


def _moment(value: Any) -> str:
    text: str = value.isoformat(" ")
    return text[:10] if text[10:] == " 00:00:00" else text


def _decimal(value: Any) -> str:
    return format(value, "f")


_TEXTS: dict[type, Callable[[Any], str]] = {float: _float, datetime: _moment, Decimal: _decimal}
