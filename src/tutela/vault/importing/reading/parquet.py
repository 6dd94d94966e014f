"""Parquet: read batch by batch, every cell as the file types it.

`pages` says first what the pages unpack to. Texts are read as dictionaries, so that one long
text that stands in many rows lies in memory once, and are refused when the rows together are too long.
Nested columns are no cells and come as ones that cannot be read.
"""

import re
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tutela.vault.importing.errors import CellTooLarge, NoRows, SheetBroken, ZipBomb

from . import pages
from .cells import Rows, Unreadable, Wanted
from .header import Header, Known, named

_CELL_CHARS = 1 << 20
_PREFIXED = "DELTA_BYTE_ARRAY"
"""Texts kept as the end of the one before: a page of them unpacks to any length."""
_NO_DICTIONARY = frozenset({_PREFIXED, "DELTA_LENGTH_BYTE_ARRAY"})
"""pyarrow 26.0.1 cannot read these as dictionaries ("not yet implemented")."""


_NO_TIME = re.compile(r"(?: 00:00:00)?\.0+$")


_NESTED = Unreadable("nested")
_NUMBER_CHARS = 16
"""What a cell that is no text counts among the texts of a batch."""


class ParquetReader:
    """The table of a Parquet file. Its names stand beside the rows, not above them."""

    delimiter = sheet = ""
    left_out: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._file = _open(stream)
        self.height: int = self._file.metadata.num_rows

        kinds = [_plain_type(field.type) for field in self._file.schema_arrow]
        self.typed = frozenset(
            place for place, kind in enumerate(kinds) if not pa.types.is_string(kind)
        )
        self._long = [_is_long(kind) for kind in kinds]

    def header(self, known: Known) -> Header:  # noqa: ARG002 (the file says which are its names)
        if not self.height:
            raise NoRows(row=0)
        return named(self._file.schema_arrow.names)

    def rows(self, wanted: Wanted = None) -> Rows:  # noqa: ARG002 (all are read)
        number = 0
        try:
            size = self._stream.seek(0, 2)
            largest = pages.check_pages(self._stream, self._file.metadata, size)
            flat = _flat(self._file)
            reading = _open(self._stream, [name for name, text in flat.items() if text])
            for batch in reading.iter_batches(
                batch_size=_batch_rows(self._file, largest),
                columns=list(flat),
                use_threads=False,
            ):
                columns = _columns(self._file, batch, number)
                _check_texts(columns, self._long, size)
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, list(cells)
        except (pa.ArrowException, OSError):
            raise SheetBroken(kind="Parquet") from None

    def bytes_read(self) -> int:
        return self._stream.tell()


def _plain_type(kind: Any) -> Any:  # an arrow type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_long(kind: Any) -> bool:
    """Whether cells of an arrow type are texts or bytes."""
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )


def _flat(file: Any) -> dict[str, bool]:
    """The columns that are not nested, by their name in the file; True for those read as dictionaries."""
    flat = {}
    for index in range(len(file.schema)):
        column = file.schema.column(index)
        if column.max_repetition_level == 0 and column.path == column.name:
            text = column.physical_type == "BYTE_ARRAY"
            flat[column.name] = text and _NO_DICTIONARY.isdisjoint(_encodings(file, index))
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


def _check_texts(columns: list[list[Any]], long: list[bool], size: int) -> None:
    """Refuse rows that are much longer than the file: texts that stand in it once, named by all of them."""
    limit = max(pages.BATCH_BYTES, size)
    length = sum(
        sum(map(len, filter(None, column))) if can_be_long else _NUMBER_CHARS * len(column)
        for column, can_be_long in zip(columns, long, strict=True)
    )
    if length > limit:
        raise ZipBomb(limit=limit)


def _open(stream: BinaryIO, texts: list[str] | None = None) -> Any:  # pyarrow ships no types
    try:
        return pq.ParquetFile(stream, pre_buffer=False, read_dictionary=texts)
    except (pa.ArrowException, OSError):
        raise SheetBroken(kind="Parquet") from None


def _columns(file: Any, batch: Any, before: int) -> list[list[Any]]:
    """The cells of a batch, column by column in the file's order."""
    there = dict(zip(batch.schema.names, batch.columns, strict=True))
    nested = [_NESTED] * batch.num_rows
    return [
        _column(there[name], before) if name in there else nested
        for name in file.schema_arrow.names
    ]


def _column(column: Any, before: int) -> list[Any]:
    kind = _plain_type(column.type)
    cells = _entries(column) if kind is not column.type else _plain(column)
    if _is_long(kind) and max(map(len, filter(None, cells)), default=0) > _CELL_CHARS:
        row = next(row for row, cell in enumerate(cells) if cell and len(cell) > _CELL_CHARS)
        raise CellTooLarge(row=before + row + 1, limit=_CELL_CHARS)
    return cells


def _plain(column: Any) -> list[Any]:
    """Moments that Python cannot hold (nanoseconds, years past 9999) come as pyarrow writes them."""
    try:
        cells = column.to_pylist()
    except (ValueError, OverflowError):  # their messages name the value
        written = column.cast(pa.string()).to_pylist()
        return [None if text is None else _NO_TIME.sub("", text) for text in written]
    return (
        ["" if cell is None else cell for cell in cells]
        if pa.types.is_string(column.type)
        else cells
    )


def _entries(column: Any) -> list[Any]:
    """Cells by their place in the dictionary, which holds those of all batches before, too."""
    used = pc.unique(column.indices).drop_null()
    cells = column.dictionary.take(used).to_pylist()
    known: dict[int | None, Any] = dict(zip(used.to_pylist(), cells, strict=True))
    known[None] = ""
    return [known[place] for place in column.indices.to_pylist()]
