"""Find customers' values stored in clear: columns and number of rows.

Scans the text columns of all tables, so that new tables are covered; `free_text_exempt` lists the exceptions with
their reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg import sql

from tutela.base.free_text import find_customer_value
from tutela.base.free_text_exempt import EXEMPT

# The shapes of the trail's leaves exclude values; keys and system schemas have no free text.
_SKIPPED: Final = ("trail", "keys", "pg_catalog", "information_schema")
_COLUMNS: Final = """
    SELECT c.table_schema, c.table_name, c.column_name
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE t.table_type = 'BASE TABLE' AND c.table_schema <> ALL(%s)
       AND (c.data_type IN ('text', 'character varying', 'json', 'jsonb')
            OR (c.data_type = 'ARRAY' AND c.udt_name IN ('_text', '_varchar')))
       AND has_column_privilege(
           quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), c.column_name, 'SELECT')
     ORDER BY 1, 2, 3"""
_LEAST: Final = 7
_BATCH_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """A column and the number of its rows with such a value."""

    column: str
    rows: int


def values_in_clear() -> list[ColumnCount]:
    """The columns with customers' values in clear."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(_SKIPPED)])
        columns: list[tuple[str, str, str]] = cursor.fetchall()
    counted = (
        ColumnCount(
            ".".join(column), sum(find_customer_value(text) is not None for text in _texts(column))
        )
        for column in columns
        if not _is_exempt(column)
    )
    return [column for column in counted if column.rows]


def _is_exempt(column: tuple[str, str, str]) -> bool:
    table = f"column {column[0]}.{column[1]}"
    return table in EXEMPT or f"{table}.{column[2]}" in EXEMPT


def _texts(column: tuple[str, str, str]) -> Iterator[str]:
    """The column's texts of at least _LEAST characters, fetched in batches."""
    schema, table, name = column
    statement = sql.SQL("SELECT {0}::text FROM {1}.{2} WHERE length({0}::text) >= %s").format(
        sql.Identifier(name), sql.Identifier(schema), sql.Identifier(table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_LEAST])
        while rows := cursor.fetchmany(_BATCH_ROWS):
            yield from (text for (text,) in rows)
