"""Parquet: read batch by batch, every cell as the file types it (`arrow_cells`), and of the columns only
those that are wanted.

`footer` and `pages` say first whether it is encrypted and what the pages unpack to. Texts are read as
dictionaries, so that one long text that stands in many rows lies in memory once, and are refused when the
rows together are too long. Lists, structs and other types that are no cells are refused by name when they
are mapped; so is a column of bytes that are mostly no UTF-8.
"""

from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tutela.vault.importing.errors import CellTooLarge, NoRows, SheetBroken, ZipBomb

from . import arrow_cells, pages
from .cells import Run, Runs, Unreadable, Wanted
from .footer import check_footer
from .header import Header, Known, named

_RUN_ROWS = 500
_CELL_CHARS = 1 << 20
_PREFIXED = "DELTA_BYTE_ARRAY"
"""Texts kept as the end of the one before: a page of them unpacks to any length."""
_NO_DICTIONARY = frozenset({_PREFIXED, "DELTA_LENGTH_BYTE_ARRAY"})
"""pyarrow 26.0.1 cannot read these as dictionaries ("not yet implemented")."""
_REFUSED = Unreadable("")
_NUMBER_CHARS = 16
"""What a cell that is no text counts among the texts of a batch."""
NOT_TEXT = ""
"""What `refused` says of bytes that are no UTF-8."""


class ParquetReader:
    """The table of a Parquet file. Its names stand beside the rows, not above them."""

    delimiter = sheet = ""
    left_out: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        check_footer(stream)
        self._file = _open(stream)
        self.height: int = self._file.metadata.num_rows
        self._names: list[str] = self._file.schema_arrow.names
        self._kinds = [field.type for field in self._file.schema_arrow]
        self._converters = [arrow_cells.converter(kind) for kind in self._kinds]
        self._long = [arrow_cells.is_long(kind) for kind in self._kinds]
        self._broken: dict[int, int] = {}
        """By place of a column of bytes: how many more cells were no text than text."""

    @property
    def typed(self) -> frozenset[int]:
        return frozenset(
            place for place, kind in enumerate(self._kinds) if not arrow_cells.is_text(kind)
        )

    def refused(self) -> dict[str, str]:
        """The columns that cannot be mapped, by the name of their type, or NOT_TEXT: for bytes most of which,
        in the rows that were read, are no UTF-8."""
        refused = {
            name.strip(): arrow_cells.type_name(kind)
            for name, kind, convert in zip(self._names, self._kinds, self._converters, strict=True)
            if convert is None
        }
        return refused | {
            self._names[place].strip(): NOT_TEXT for place, more in self._broken.items() if more > 0
        }

    def header(self, known: Known) -> Header:  # noqa: ARG002 (the file says which are its names)
        if not self.height:
            raise NoRows(row=0)
        return named(self._names)

    def runs(self, wanted: Wanted = None) -> Runs:
        number = 0
        try:
            size = self._stream.seek(0, 2)
            flat = _flat(self._file, wanted)
            largest = pages.check_pages(
                self._stream, self._file.metadata, size, list(flat.values())
            )
            reading = _open(self._stream, _dictionaries(self._file, flat))
            for batch in reading.iter_batches(
                batch_size=_batch_rows(self._file, largest, list(flat.values())),
                columns=list(flat),
                use_threads=False,
            ):
                columns = self._columns(batch, wanted, number)
                _check_texts(columns, self._long, size)
                cells = zip(*columns, strict=True)
                while rows := list(map(list, islice(cells, _RUN_ROWS))):
                    yield Run(range(number + 1, number + 1 + len(rows)), rows)
                    number += len(rows)
        except (pa.ArrowException, OSError):
            raise SheetBroken(kind="Parquet") from None

    def bytes_read(self) -> int:
        return self._stream.tell()

    def _columns(self, batch: Any, wanted: Wanted, before: int) -> list[list[Any]]:
        """The cells of a batch, column by column in the file's order; those that are not wanted blank."""
        there = dict(zip(batch.schema.names, batch.columns, strict=True))
        columns: list[list[Any]] = []
        for place, name in enumerate(self._names):
            convert = self._converters[place]
            if wanted is not None and place not in wanted:
                columns.append([""] * batch.num_rows)
            elif convert is None or name not in there:
                columns.append([_REFUSED] * batch.num_rows)
            else:
                cells = convert(there[name])
                self._look(place, cells, before)
                columns.append(cells)
        return columns

    def _look(self, place: int, cells: list[Any], before: int) -> None:
        if not self._long[place]:
            return
        longest = max(map(len, filter(None, cells)), default=0)
        if longest > _CELL_CHARS:
            row = next(row for row, cell in enumerate(cells) if cell and len(cell) > _CELL_CHARS)
            raise CellTooLarge(row=before + row + 1, limit=_CELL_CHARS)
        if arrow_cells.is_bytes(self._kinds[place]):
            broken = sum(type(cell) is Unreadable for cell in cells)
            readable = sum(map(bool, cells)) - broken
            self._broken[place] = self._broken.get(place, 0) + broken - readable


def _flat(file: Any, wanted: Wanted) -> dict[str, int]:
    """The wanted columns that are not nested, by their name in the file: their place among its leaves."""
    names = file.schema_arrow.names
    flat = {}
    for index in range(len(file.schema)):
        column = file.schema.column(index)
        is_flat = column.max_repetition_level == 0 and column.path == column.name
        if is_flat and (wanted is None or names.index(column.name) in wanted):
            flat[column.name] = index
    return flat


def _dictionaries(file: Any, flat: dict[str, int]) -> list[str]:
    """The columns that are read as dictionaries."""
    return [
        name
        for name, index in flat.items()
        if file.schema.column(index).physical_type == "BYTE_ARRAY"
        and _NO_DICTIONARY.isdisjoint(_encodings(file, index))
    ]


def _encodings(file: Any, index: int) -> set[str]:
    meta = file.metadata
    groups = range(meta.num_row_groups)
    return {name for group in groups for name in meta.row_group(group).column(index).encodings}


def _batch_rows(file: Any, largest: int, leaves: list[int]) -> int:
    """How many rows are decoded at once: fewer where each can be as long as a page, or has a fixed length."""
    fixed = sum(max(0, file.schema.column(index).length) for index in leaves)
    if fixed > pages.MOST_FIXED:
        raise ZipBomb(limit=pages.MOST_FIXED)
    prefixed = any(_PREFIXED in _encodings(file, index) for index in leaves)
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
