"""Rows in PostgreSQL's binary COPY format, packed here: one call a row instead of one a value.

Each function gives one row as bytes; `copy_rows` sends many with their header and trailer. The
format is that of the PostgreSQL manual, page COPY, "Binary Format".
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from struct import Struct

from django.db import connection
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
_TRAILER = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_INT2_OID, _INT8_OID, _BYTEA_OID, _BYTEA_ARRAY_OID = 21, 20, 17, 1001
_SENT_AT_ONCE = 1 << 20

_int4 = Struct(">i").pack
_two = Struct(">h").pack
_array_head = Struct(">iiiii").pack  # dimensions, has nulls, element type, length, lower bound
_list_head = _cells_head = Struct(">iiiiii").pack  # the same after the size of all of it
_HEAD_SIZE = 20
_NO_TAGS = Struct(">iiii").pack(12, 0, 0, _INT8_OID)
_EIGHT, _SIXTEEN, _THIRTY_TWO = map(Struct(">i").pack, (8, 16, 32))
_customer = Struct(">h i16s ii").pack
_TAG_HEAD = Struct(">h i").pack(6, 8)
_tag_middle = Struct(">ih ih ih").pack
UUID_SIZE = b"\0\0\0\x10"
_record_head = Struct(">h i16s i16s ih ii ii").pack


def customer(customer_id: bytes, branch: int, identity_tag: bytes | None) -> bytes:
    """A row of vault.customer (customer_id, branch_id, identity_tag)."""
    return _customer(3, 16, customer_id, 4, branch) + _bytes(identity_tag)


def tags(place: tuple[int, int, int], tags8: Iterable[bytes], ids: Iterable[bytes]) -> list[bytes]:
    """Rows of vault.tag of one place (field, transform, version), from tags of 8 bytes and texts
    "customer id, UUID_SIZE, record id"."""
    field, transform, version = place
    middle = _tag_middle(2, field, 2, transform, 2, version) + UUID_SIZE
    return [_TAG_HEAD + tag + middle + text for tag, text in zip(tags8, ids, strict=True)]


RECORD_COLUMNS = (
    "customer_id, record_id, collection, version, generation,"
    " source_tag, row_mac, fields, cells, manifest, batch"
)
"""What a record and each of its old versions have in common."""


def record(
    ids: tuple[bytes, bytes, int, int, int],
    marks: tuple[bytes | None, bytes],
    sealed: tuple[Sequence[int], bytes, bytes],
    batch: bytes,
) -> bytes:
    """A row of vault.record in the order of RECORD_COLUMNS, still without its last column, the
    `tag_list`: ids (customer, record, collection, version, generation), marks (source tag, row MAC),
    sealed (fields, cells as `crypto.sealing.listed` gives them, manifest)."""
    customer_id, record_id, collection, version, generation = ids
    source, mac = marks
    fields, listed, manifest = sealed
    return b"".join(
        (
            _record_head(
                12, 16, customer_id, 16, record_id, 2, collection, 4, version, 4, generation
            ),
            _NULL if source is None else _SIXTEEN + source,
            _SIXTEEN,
            mac,
            _numbers(tuple(fields)),
            _cells_head(_HEAD_SIZE + len(listed), 1, 0, _BYTEA_OID, len(fields), 1),
            listed,
            _THIRTY_TWO,
            manifest,
            _SIXTEEN,
            batch,
        )
    )


def tag_list(tags8: Sequence[bytes]) -> bytes:
    """The last column of a row of vault.record, from tags of 8 bytes."""
    if not tags8:
        return _NO_TAGS
    head = _list_head(_HEAD_SIZE + 12 * len(tags8), 1, 0, _INT8_OID, len(tags8), 1)
    return head + _EIGHT + _EIGHT.join(tags8)


def anchor(root: bytes, entries: bytes) -> bytes:
    """A row of vault.anchor (root, entries)."""
    return _two(2) + _bytes(root) + _bytes(entries)


def copy_rows(table: str, columns: str, rows: Iterable[bytes]) -> None:
    """Send packed rows into a table on the current transaction. The names are this package's own."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)") as copy,
    ):
        parts, size = [_HEADER], 0
        for row in rows:
            parts.append(row)
            size += len(row)
            if size > _SENT_AT_ONCE:
                copy.write(b"".join(parts))
                parts, size = [], 0
        copy.write(b"".join([*parts, _TRAILER]))


def _bytes(value: bytes | None) -> bytes:
    return _NULL if value is None else _int4(len(value)) + value


@cache
def _numbers(fields: tuple[int, ...]) -> bytes:
    """A smallint[]; the rows of one file have few different ones."""
    element = Struct(">ih").pack
    body = b"".join([element(2, field) for field in fields])
    return _bytes(_array_head(1, 0, _INT2_OID, len(fields), 1) + body)


def _array(cells: Collection[bytes]) -> bytes:
    body = b"".join([part for cell in cells for part in (_int4(len(cell)), cell)])
    return _array_head(1, 0, _BYTEA_OID, len(cells), 1) + body


class Blobs(list[bytes]):
    """Many short byte strings as one parameter: packed here, as psycopg would, but at once."""


class BlobsDumper(Dumper):
    """How psycopg sends `Blobs`: a bytea[] in binary."""

    format = Format.BINARY
    oid = _BYTEA_ARRAY_OID

    def dump(self, obj: Blobs) -> bytes:
        return _array(obj)
