"""Texts that lie in clear in the database and hold what looks like a customer's value: counts and places.

Walks every text column of every table outside the vault's sealed ones, so that a new table is read
without being named here. What is exempt is named in `free_text_exempt`, each with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg import sql

from tutela.base.free_text import find_customer_value
from tutela.base.free_text_exempt import EXEMPT

# The trail's leaves hold ids, codes and sealed notes by their own wall; keys and migrations no texts.
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
_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Held:
    """A column and how many of its rows hold such a value."""

    column: str
    rows: int


def values_in_clear() -> list[Held]:
    """Every column in which such values lie, with the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(_SKIPPED)])
        columns: list[tuple[str, str, str]] = cursor.fetchall()
    counted = (
        Held(".".join(column), _count(column)) for column in columns if not _is_exempt(column)
    )
    return [held for held in counted if held.rows]


def _is_exempt(column: tuple[str, str, str]) -> bool:
    table = f"column {column[0]}.{column[1]}"
    return table in EXEMPT or f"{table}.{column[2]}" in EXEMPT


def _count(column: tuple[str, str, str]) -> int:
    return sum(find_customer_value(text) is not None for text in _texts(column))


def _texts(column: tuple[str, str, str]) -> Iterator[str]:
    """The column's texts, a few at a time; what is too short to hold a value is left out."""
    schema, table, name = column
    statement = sql.SQL("SELECT {0}::text FROM {1}.{2} WHERE length({0}::text) >= %s").format(
        sql.Identifier(name), sql.Identifier(schema), sql.Identifier(table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_LEAST])
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from (text for (text,) in rows)
