"""Parquet files of pyarrow and polars, with the types in which tables of customers are kept."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from .rows import HEADERS, Customer, customers
from .shape import Shape

DAYS = ("birth_date", "id_valid_until", "opened_on")
CHINA = timezone(timedelta(hours=8))
NANOSECONDS_FROM, NANOSECONDS_TO = date(1677, 9, 22), date(2262, 4, 10)
TEXT_TYPES: dict[str, Callable[[], Any]] = {
    "string": pa.string,
    "large": pa.large_string,
    "view": pa.string_view,
    "dictionary": lambda: pa.dictionary(pa.int32(), pa.string()),
    "binary": pa.binary,
    "large binary": pa.large_binary,
}
DAY_TYPES = (
    "date32",
    "date64",
    "text",
    "s",
    "ms",
    "us",
    "ns",
    "us Asia/Shanghai",
    "ms UTC",
    "int96",
    "yyyymmdd",
    "since 1970",
)
MONEY_TYPES = ("decimal128(18, 2)", "decimal256(38, 4)", "double", "text", "decimal64")
ENCODINGS = ("", "", "PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY")


def columns_of(people: list[Customer]) -> dict[str, list[Any]]:
    return {field: [person.put[field] for person in people] for field in HEADERS}


def by_pyarrow(dice: Random, count: int = 40) -> Shape:
    """pyarrow: every type of text, day and amount; page versions, compressions, row groups, int96."""
    people = customers(dice, count)
    texts, days, money = (
        dice.choice(list(TEXT_TYPES)),
        dice.choice(DAY_TYPES),
        dice.choice(MONEY_TYPES),
    )
    numbers = dice.random() < 0.3
    arrays: dict[str, Any] = {}
    for field, cells in columns_of(people).items():
        if field in DAYS:
            arrays[HEADERS[field]] = _arrow_days(cells, days)
        elif field == "annual_income":
            arrays[HEADERS[field]] = _arrow_money(cells, money)
        elif numbers and field == "phone":
            arrays[HEADERS[field]] = pa.array([cell and int(cell) for cell in cells], pa.int64())
        else:
            arrays[HEADERS[field]] = _arrow_texts(cells, texts)
    options = _options(dice, texts, int96=days == "int96")
    held = io.BytesIO()
    pq.write_table(pa.table(arrays), held, **options)
    style = f"pyarrow texts={texts} days={days} money={money} numbers={numbers} {options}"
    return Shape(held.getvalue(), style, people, range(1, count + 1), lossy_of(people, money, days))


def lossy_of(people: list[Customer], money: str, days: str = "") -> dict[int, set[str]]:
    """A double has fifteen figures, and a bare number does not say what it counts."""
    lossy: dict[int, set[str]] = {}
    for place, person in enumerate(people):
        lost = set(DAYS) if days == "since 1970" else set()
        value = person.put["annual_income"]
        if money == "double" and isinstance(value, Decimal) and len(value.as_tuple().digits) > 15:
            lost.add("annual_income")
        if lost:
            lossy[place] = lost
    return lossy


def _options(dice: Random, texts: str, *, int96: bool) -> dict[str, Any]:
    # pyarrow 26.0.1 writes dictionaries that it cannot read again where their pages are DELTA.
    encoding = dice.choice(ENCODINGS[:3] if texts == "dictionary" else ENCODINGS)
    options: dict[str, Any] = {
        "compression": dice.choice(("snappy", "zstd", "gzip", "lz4", "none", "brotli")),
        "version": dice.choice(("1.0", "2.4", "2.6")),
        "data_page_version": dice.choice(("1.0", "2.0")),
        "row_group_size": dice.choice((7, 16, 1000)),
        "use_deprecated_int96_timestamps": int96,
        "write_statistics": dice.random() < 0.5,
        "store_schema": dice.random() < 0.6,
    }
    if encoding:
        texts = [
            HEADERS[field] for field in HEADERS if field not in {*DAYS, "annual_income", "phone"}
        ]
        options |= {"use_dictionary": False, "column_encoding": dict.fromkeys(texts, encoding)}
    return options


def _arrow_texts(cells: list[Any], kind: str) -> Any:
    array = pa.array(cells, pa.string())
    if kind == "dictionary":
        return array.dictionary_encode()
    return array.cast(TEXT_TYPES[kind]())


def _arrow_days(cells: list[Any], kind: str) -> Any:
    if kind == "text":
        return pa.array([cell and cell.isoformat() for cell in cells], pa.string())
    if kind.startswith("date"):
        return pa.array(cells, pa.date32()).cast(pa.date64() if kind == "date64" else pa.date32())
    if kind == "yyyymmdd":
        return pa.array([cell and int(f"{cell:%Y%m%d}") for cell in cells], pa.int32())
    if kind == "since 1970":
        return pa.array([cell and (cell - date(1970, 1, 1)).days for cell in cells], pa.int32())
    unit, _, zone = kind.partition(" ")
    if zone:
        local = CHINA if zone == "Asia/Shanghai" else UTC
        moments = [cell and _noon(cell, local) for cell in cells]
        return pa.array(moments, pa.timestamp(unit, zone))
    midnights = [cell and datetime.combine(cell, time()) for cell in cells]
    return pa.array(midnights, pa.timestamp("ns" if unit == "int96" else unit))


def _noon(day: date, zone: timezone) -> datetime:
    """A moment of a day that is the same day in China by every rule of its clocks."""
    hour = 12 if zone is CHINA else 4
    return datetime.combine(day, time(hour), zone)


def _arrow_money(cells: list[Any], kind: str) -> Any:
    if kind == "text":
        return pa.array([None if cell is None else f"{cell:f}" for cell in cells], pa.string())
    if kind == "double":
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
    types = {
        "decimal128(18, 2)": pa.decimal128(18, 2),
        "decimal256(38, 4)": pa.decimal256(38, 4),
        "decimal64": pa.decimal64(18, 2),
    }
    return pa.array(cells, types[kind])


def by_polars(dice: Random, count: int = 40) -> Shape:
    """polars: texts, categories and enumerations, days and moments of three units, decimals."""
    people = customers(dice, count)
    texts = dice.choice(("string", "string", "categorical", "enum", "binary"))
    days = dice.choice(("date", "ms", "us", "ns", "us Asia/Shanghai", "text"))
    money = dice.choice(("decimal", "double", "text"))
    columns = []
    for field, cells in columns_of(people).items():
        if field in DAYS:
            columns.append(_polars_days(field, cells, days))
        elif field == "annual_income":
            columns.append(_polars_money(field, cells, money))
        else:
            columns.append(_polars_texts(field, cells, texts))
    options: dict[str, Any] = {
        "compression": dice.choice(("zstd", "snappy", "gzip", "lz4", "uncompressed", "brotli")),
        "row_group_size": dice.choice((7, 1000)),
        "statistics": dice.random() < 0.5,
    }
    held = io.BytesIO()
    pl.DataFrame(columns).write_parquet(held, **options)
    style = f"polars texts={texts} days={days} money={money} {options}"
    return Shape(held.getvalue(), style, people, range(1, count + 1), lossy_of(people, money))


def _polars_texts(field: str, cells: list[Any], kind: str) -> pl.Series:
    column = pl.Series(HEADERS[field], cells, pl.String)
    if kind == "categorical":
        return column.cast(pl.Categorical)
    if kind == "enum":
        return column.cast(pl.Enum(column.drop_nulls().unique()))
    return column.cast(pl.Binary) if kind == "binary" else column


def _polars_days(field: str, cells: list[Any], kind: str) -> pl.Series:
    column = pl.Series(HEADERS[field], cells, pl.Date)
    if kind == "text":
        return column.cast(pl.String)
    if kind == "date":
        return column
    unit, _, zone = kind.partition(" ")
    if zone:
        moments = [cell and _noon(cell, CHINA) for cell in cells]
        return pl.Series(HEADERS[field], moments, pl.Datetime(unit, zone))  # type: ignore[arg-type]
    return column.cast(pl.Datetime(unit))  # type: ignore[arg-type]


def _polars_money(field: str, cells: list[Any], kind: str) -> pl.Series:
    if kind == "text":
        texts = [None if cell is None else f"{cell:f}" for cell in cells]
        return pl.Series(HEADERS[field], texts, pl.String)
    if kind == "double":
        doubles = [None if cell is None else float(cell) for cell in cells]
        return pl.Series(HEADERS[field], doubles, pl.Float64)
    return pl.Series(HEADERS[field], cells, pl.Decimal(18, 2))
