"""What a Parquet file's footer says before a library is asked for its columns: whether any is encrypted.

pyarrow 26.0.1 is not to be asked for the metadata of an encrypted column. Only the numbers of fields are
read, in Thrift's compact protocol. Format: apache/parquet-format, `parquet.thrift`, FileMetaData,
RowGroup, ColumnChunk.
"""

from typing import BinaryIO

from tutela.detect.file_kinds import PARQUET_ENDS
from tutela.vault.importing.errors import ParquetEncrypted, SheetBroken, ZipBomb

from .thrift import LIST, STRUCT, Compact

_TAIL = 8
MOST_FOOTER = 8 << 20
_ROW_GROUPS, _ENCRYPTION = 4, 8
_CHUNKS = 1
_CRYPTO, _SEALED = 8, 9


def check_footer(stream: BinaryIO) -> None:
    """ParquetEncrypted; SheetBroken where the footer is none; ZipBomb for one that nobody needs."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    if tail[4:] == PARQUET_ENDS.encrypted:
        raise ParquetEncrypted
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != PARQUET_ENDS.plain or length > size - _TAIL:
        raise SheetBroken(kind="Parquet")
    if length > MOST_FOOTER:
        raise ZipBomb(limit=MOST_FOOTER)
    stream.seek(size - _TAIL - length)
    try:
        encrypted = _is_encrypted(Compact(stream.read(length)))
    except (IndexError, RecursionError):
        raise SheetBroken(kind="Parquet") from None
    if encrypted:
        raise ParquetEncrypted


def _is_encrypted(footer: Compact) -> bool:
    for field, kind in footer.fields():
        if field == _ENCRYPTION and kind == STRUCT:
            return True
        if field == _ROW_GROUPS and kind == LIST:
            if any(_has_encrypted(footer) for _group in range(footer.length())):
                return True
        else:
            footer.skip(kind)
    return False


def _has_encrypted(group: Compact) -> bool:
    """Whether a row group, which is read to its end, has an encrypted column."""
    encrypted = False
    for field, kind in group.fields():
        if field == _CHUNKS and kind == LIST:
            for _chunk in range(group.length()):
                encrypted |= _chunk_is_encrypted(group)
        else:
            group.skip(kind)
    return encrypted


def _chunk_is_encrypted(chunk: Compact) -> bool:
    encrypted = False
    for field, kind in chunk.fields():
        encrypted |= field in (_CRYPTO, _SEALED)
        chunk.skip(kind)
    return encrypted
