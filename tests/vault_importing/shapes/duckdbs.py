"""Files that DuckDB writes by COPY: Parquet with its types, and CSV."""

from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from . import delimited
from .parquets import DAYS, columns_of, lossy_of
from .rows import HEADERS, Customer, customers
from .shape import Shape

DAY_TYPES = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "VARCHAR")
MONEY_TYPES = ("DECIMAL(18, 2)", "DECIMAL(38, 6)", "DOUBLE", "VARCHAR")
TEXT_TYPES = ("VARCHAR", "VARCHAR", "BLOB")


def parquet_by_duckdb(dice: Random, folder: Path, count: int = 40) -> Shape:
    """Parquet of both versions, with DuckDB's types."""
    people = customers(dice, count)
    texts, days, money = dice.choice(TEXT_TYPES), dice.choice(DAY_TYPES), dice.choice(MONEY_TYPES)
    options = (
        f"FORMAT PARQUET, COMPRESSION {dice.choice(('snappy', 'zstd', 'gzip', 'uncompressed', 'lz4_raw', 'brotli'))},"
        f" PARQUET_VERSION {dice.choice(('V1', 'V2'))}, ROW_GROUP_SIZE {dice.choice((2048, 122880))}"
    )
    path = folder / "customers.parquet"
    _copy(people, _selected(texts, days, money), path, options)
    style = f"DuckDB texts={texts} days={days} money={money} {options}"
    return Shape(
        path.read_bytes(), style, people, range(1, count + 1), lossy_of(people, money.lower())
    )


def csv_by_duckdb(dice: Random, folder: Path, count: int = 40) -> Shape:
    """CSV as DuckDB quotes it; a blank is nothing, or NULL in words."""
    people = customers(dice, count)
    delimiter, quoted = dice.choice((",", ";", "\t", "|")), dice.choice(("", ", FORCE_QUOTE *"))
    options = f"FORMAT CSV, HEADER, DELIMITER '{delimiter}'{quoted}"
    path = folder / "customers.csv"
    _copy(
        people,
        _selected("VARCHAR", dice.choice(("DATE", "TIMESTAMP")), "DECIMAL(18, 2)"),
        path,
        options,
    )
    return Shape(
        path.read_bytes(),
        f"DuckDB {options}",
        people,
        range(2, count + 2),
        delimited.lossy_of(people),
    )


def _copy(people: list[Customer], selected: str, path: Path, options: str) -> None:
    with duckdb.connect() as connection:
        connection.register("people", _table(people))
        connection.execute(f"COPY (SELECT {selected} FROM people) TO '{path}' ({options})")


def _selected(texts: str, days: str, money: str) -> str:
    def kind(field: str) -> str:
        return days if field in DAYS else money if field == "annual_income" else texts

    def cast(field: str) -> str:
        return (
            f'encode("{field}")' if kind(field) == "BLOB" else f'CAST("{field}" AS {kind(field)})'
        )

    return ", ".join(f'{cast(field)} AS "{header}"' for field, header in HEADERS.items())


def _table(people: list[Customer]) -> Any:
    types = dict.fromkeys(DAYS, pa.date32()) | {"annual_income": pa.decimal128(18, 2)}
    return pa.table(
        {
            field: pa.array(cells, types.get(field, pa.string()))
            for field, cells in columns_of(people).items()
        }
    )
