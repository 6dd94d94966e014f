"""The rows behind the encrypted share: cells by collection and field, and the counts of earlier days."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tutela.detect.classes import DataClass
from tutela.vault import catalogue
from tutela.vault.catalogue import CollectionInfo, Field

SCAN_RECORDS = 100_000
"""Above so many records a page counts a sample; the figure on the home page always counts all."""
EARLIER = 30
_BY_FIELD = """
    SELECT collection, field, count(*), count(*) FILTER (
        WHERE octet_length(cell) >= 36 AND substring(cell FOR 2) IN ('\\xC101'::bytea, '\\xC102'::bytea))
    FROM vault.record TABLESAMPLE SYSTEM (%s) REPEATABLE (1), unnest(fields, cells) AS held (field, cell)
    GROUP BY collection, field ORDER BY collection, field < 0, abs(field)
"""


@dataclass(frozen=True, slots=True)
class FieldCount:
    """Cells of one field, or of the bundle of one data class (`field` None), in one collection."""

    collection: CollectionInfo
    field: Field | None
    data_class: DataClass
    cells: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Counted:
    """`share` of the records that was counted, in per cent; below 100 the rest is like it, not counted."""

    rows: list[FieldCount]
    share: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """One stored count."""

    at: datetime
    sensitive: int
    sealed: int
    customers: int
    records: int


def by_field() -> Counted:
    """Cells by collection and field, counted now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'vault.record'::regclass"
        )
        share = min(100.0, 100.0 * SCAN_RECORDS / cursor.fetchone()[0])
        cursor.execute(_BY_FIELD, [share])
        return Counted([_row(*row) for row in cursor.fetchall()], share)


def _row(collection: int, field: int, cells: int, sealed: int) -> FieldCount:
    info = next(info for info in catalogue.COLLECTIONS if info.id == collection)
    if field < 0:
        return FieldCount(info, None, DataClass(-field), cells, sealed)
    known = catalogue.by_id(field)
    return FieldCount(info, known, known.data_class, cells, sealed)


def earlier() -> list[Earlier]:
    """The newest stored counts, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT counted_at, sensitive, sealed, customers, records FROM vault.encryption_count"
            " ORDER BY counted_at DESC LIMIT %s",
            [EARLIER],
        )
        return [Earlier(*row) for row in cursor.fetchall()]
