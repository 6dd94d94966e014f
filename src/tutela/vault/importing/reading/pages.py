"""How much memory the pages of a Parquet file take, read from their headers before one is decoded.

The file's metadata only claims what its pages unpack to; a reader makes room for what each page's own
header says. Headers are Thrift structures in the compact protocol, of which only the numbers are read.
Format: apache/parquet-format, `parquet.thrift`, PageHeader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from tutela.vault.importing.errors import SheetBroken, ZipBomb

from .thrift import Compact

LEAST_MEMORY = 16 << 20
MEMORY_RATIO = 32
"""All columns' largest pages together may take so many times the file's size."""
LEAST_ROWS, ROWS_A_BYTE = 1_000_000, 64
MOST_FIXED = 1 << 20
BATCH_BYTES = 16 << 20
MOST_BATCH = 16_384
_HEADER = 64 << 10
_UNCOMPRESSED, _COMPRESSED = 2, 3


@dataclass(frozen=True, slots=True)
class PageSizes:
    """One page: its bytes unpacked and in the file, and the bytes of its header."""

    unpacked: int
    packed: int
    header: int


def check_pages(stream: BinaryIO, metadata: Any, size: int, columns: Sequence[int]) -> int:
    """The largest page of these columns in bytes, unpacked; ZipBomb when reading would take too much memory,
    SheetBroken when a header is none. `metadata` is pyarrow's FileMetaData; `size` the file's in bytes."""
    limit = max(LEAST_MEMORY, MEMORY_RATIO * size)
    if metadata.num_rows > max(LEAST_ROWS, ROWS_A_BYTE * size):
        raise ZipBomb(limit=limit)
    largest = claimed = 0
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        together = 0
        for index in columns:
            column = row_group.column(index)
            # Chunks that lie over each other, which no program writes, would be walked through as often.
            claimed += max(0, column.total_compressed_size)
            if claimed > size:
                raise SheetBroken(kind="Parquet")
            page = max((sizes.unpacked for sizes in _pages(stream, column, size)), default=0)
            largest, together = max(largest, page), together + page
        if together > limit:
            raise ZipBomb(limit=limit)
    return largest


def _pages(stream: BinaryIO, column: Any, size: int) -> Iterator[PageSizes]:
    first = column.data_page_offset
    if column.dictionary_page_offset is not None and 0 < column.dictionary_page_offset < first:
        first = column.dictionary_page_offset
    end = first + column.total_compressed_size
    if first < 4 or column.total_compressed_size < 0 or end > size:
        raise SheetBroken(kind="Parquet")
    while first < end:
        stream.seek(first)
        page = _read_header(stream.read(min(_HEADER, end - first)))
        yield page
        first += page.header + page.packed


def _read_header(data: bytes) -> PageSizes:
    reader = Compact(data)
    try:
        numbers = reader.struct()
    except (IndexError, RecursionError):
        raise SheetBroken(kind="Parquet") from None
    unpacked, packed = numbers.get(_UNCOMPRESSED, -1), numbers.get(_COMPRESSED, -1)
    if unpacked < 0 or packed < 0:
        raise SheetBroken(kind="Parquet")
    return PageSizes(unpacked, packed, reader.place)
