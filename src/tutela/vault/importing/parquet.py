"""Parquet: read batch by batch, every column as the text that a person would type.

A whole number kept as a float loses its ".0"; a date is YYYY-MM-DD; bytes are not text and are
refused. One row group is in memory at a time.
"""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from .errors import CellTooLarge, HeaderTwice, SheetBroken, TooManyColumns
from .header import MOST_COLUMNS, letter

_BATCH = 4096
_CELL_CHARS = 1 << 20


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
        for batch in _open(stream).iter_batches(batch_size=_BATCH, use_threads=False):
            columns = [_column(column, number) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, list(cells)
    except (pa.ArrowException, OSError):
        raise SheetBroken(kind="Parquet") from None


def _open(stream: BinaryIO) -> Any:  # pyarrow ships no types
    try:
        return pq.ParquetFile(stream, pre_buffer=False)
    except (pa.ArrowException, OSError):
        raise SheetBroken(kind="Parquet") from None


def _column(column: Any, before: int) -> list[str]:
    texts = [_text(value) for value in column.to_pylist()]
    for index, text in enumerate(texts):
        if len(text) > _CELL_CHARS:
            raise CellTooLarge(row=before + index + 1, limit=_CELL_CHARS)
    return texts


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
