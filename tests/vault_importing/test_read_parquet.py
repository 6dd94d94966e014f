"""Parquet by its types: a value comes in as it is, cannot be read, or its column is refused by name."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.vault_importing.conftest import Insurer
from tutela.vault.importing import errors
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.footer import check_footer
from tutela.vault.importing.reading.sources import BytesSource

CASES = Path(__file__).parent / "cases"
FAULTY = "cell_unreadable"
FAR = "date_out_of_range"
LOSSY = "number_lossy"
DAY = datetime(1990, 3, 7)  # noqa: DTZ001 (as a file keeps it)
MOMENT = datetime(1990, 3, 7, 1, 2, 3)  # noqa: DTZ001


def parquet(columns: dict[str, Any], **how: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **how)
    return out.getvalue()


def cells(values: Any, **how: Any) -> list[str]:
    """One column as text, by the code of its fault what cannot be read; "" for a blank."""
    data = parquet({"客户号": [f"K{place}" for place in range(len(values))], "列": values}, **how)
    table = read.open_table(BytesSource("f", data), lambda _cell: 0.0)
    with read.Reading(table) as reading:
        return [faults[0][1] if faults else row[1] for _number, row, faults in reading.rows()]


NUMBERS = {
    "int8": (pa.array([1, -1, None], pa.int8()), ["1", "-1", ""]),
    "uint64": (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
    "int64 id number": (pa.array([110101199003070011]), ["110101199003070011"]),
    "bool": (pa.array([True, False, None]), ["true", "false", ""]),
    "double": (pa.array([1.5, 13800138000.0, float("nan"), None]), ["1.5", "13800138000", "", ""]),
    "double of 16 digits": (pa.array([6222600098416759.0]), ["6.22260009841676E+15"]),
    "endless double": (pa.array([float("inf")]), [FAULTY]),
    "float": (pa.array([0.1, 120000.5, None], pa.float32()), ["0.1", "120000.5", ""]),
    "float of a telephone": (pa.array([13800138000.0, 16777216.0], pa.float32()), [LOSSY, "16777216"]),
    "half": (pa.array([1.5, 2049.0, None], pa.float16()), ["1.5", "2048", ""]),
    "decimal32": (pa.array([Decimal("1.50")], pa.decimal32(5, 2)), ["1.50"]),
    "decimal64": (pa.array([Decimal("120000.05")], pa.decimal64(18, 2)), ["120000.05"]),
    "Oracle's number": (pa.array([Decimal(110101199003070011)], pa.decimal128(38, 10)), ["110101199003070011"]),
    "decimal256": (pa.array([Decimal("9" * 60)], pa.decimal256(70, 4)), ["9" * 60]),
    "nothing": (pa.nulls(2), ["", ""]),
}  # fmt: skip
TIMES = {
    "date32": (pa.array([date(1928, 3, 7), date(2199, 12, 31), None]), ["1928-03-07", "2199-12-31", ""]),
    "no end": (pa.array([date(9999, 12, 31)]), ["9999-12-31"]),
    "date64": (pa.array([date(1990, 3, 7)], pa.date64()), ["1990-03-07"]),
    "far dates": (pa.array([4_000_000, -1_000_000, -25_568, 84_006], pa.int32()).cast(pa.date32()),
                  [FAR, FAR, FAR, FAR]),
    "naive": (pa.array([DAY, MOMENT]),
              ["1990-03-07", "1990-03-07 01:02:03"]),
    "nanoseconds": (pa.array([1_700_000_000_123_456_789, -1], pa.timestamp("ns")),
                    ["2023-11-14 22:13:20.123456", "1969-12-31 23:59:59.999999"]),
    "seconds past all years": (pa.array([400_000_000_000 * 10**6], pa.timestamp("us")), [FAR]),
    "an instant": (pa.array([datetime(1990, 3, 6, 16, tzinfo=UTC)], pa.timestamp("ms", "UTC")), ["1990-03-07"]),
    "an instant in summer time": (pa.array([datetime(1988, 6, 30, 15, tzinfo=UTC)], pa.timestamp("us", "+00:00")),
                                  ["1988-07-01"]),
    "the end of time": (pa.array([datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)], pa.timestamp("us", "UTC")),
                        ["9999-12-31 23:59:59"]),
    "time": (pa.array([1_123_456_789, None], pa.time64("ns")), ["00:00:01.123456", ""]),
    "time of seconds": (pa.array([3_661], pa.time32("s")), ["01:01:01"]),
}  # fmt: skip
TEXTS = {
    "string": (pa.array(["甲", None, ""]), ["甲", "", ""]),
    "large": (pa.array(["甲"], pa.large_string()), ["甲"]),
    "view": (pa.array(["甲", "一个比十二字节更长的文本"], pa.string_view()), ["甲", "一个比十二字节更长的文本"]),
    "bytes of UTF-8": (pa.array(["甲".encode(), None, b""]), ["甲", "", ""]),
    "bytes of a fixed length": (pa.array([b"AB12"], pa.binary(4)), ["AB12"]),
    "bytes, one of them no text": (pa.array([b"a", b"b", b"\xff"]), ["a", "b", FAULTY]),
    "bytes with a NUL": (pa.array([b"a", b"b", b"a\0"]), ["a", "b", FAULTY]),
    "a dictionary": (pa.array(["甲", "甲", None]).dictionary_encode(), ["甲", "甲", ""]),
    "a dictionary of dates": (pa.array([date(1990, 3, 7), None]).dictionary_encode(), ["1990-03-07", ""]),
    "errors of a spreadsheet": (pa.array(["#REF!", "#3 Building", "=A1"]), [FAULTY, "#3 Building", "=A1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", [*NUMBERS, *TIMES, *TEXTS])
def test_each_type_comes_as_it_is_or_cannot_be_read(database: str, name: str):
    """Never as whatever Python prints of it."""
    values, shown = (NUMBERS | TIMES | TEXTS)[name]
    assert cells(values) == shown


def test_moments_as_spark_keeps_them(database: str):
    """96 bits, which readers give as nanoseconds."""
    values = pa.array([MOMENT], pa.timestamp("ns"))
    assert cells(values, use_deprecated_int96_timestamps=True) == ["1990-03-07 01:02:03"]


def test_another_writer_s_types_are_read(database: str):
    """polars keeps texts as views, and categories as dictionaries."""
    out = io.BytesIO()
    frame = pl.DataFrame(
        {"客户号": ["K1", "K2"], "职业": ["医生", None], "生日": [date(1990, 3, 7), None]}
    )
    frame.with_columns(pl.col("职业").cast(pl.Categorical)).write_parquet(out)
    table = read.open_table(BytesSource("f", out.getvalue()), lambda _cell: 0.0)
    assert table.sample == [["K1", "医生", "1990-03-07"], ["K2", "", ""]]


REFUSED = {
    "list": pa.array([["13800138000"], None], pa.list_(pa.string())),
    "struct": pa.array([{"a": "1"}, None]),
    "map": pa.array([[("a", "1")], None], pa.map_(pa.string(), pa.string())),
    "duration": pa.array([1, None], pa.duration("s")),
    "extension": pa.array([b"1" * 16, None], pa.uuid()),
}
COLUMNS = {"客户号": "customer_number", "姓名": "name"}


def people(**columns: Any) -> bytes:
    named = {"客户号": ["P1", "P2"], "姓名": ["林一", "林二"]}
    return parquet(named | columns)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_column_that_holds_no_single_values_is_refused_by_name(insurer: Insurer, kind: str):
    """When it is mapped; in a column that nobody maps it concerns nobody."""
    data = people(手机号=REFUSED[kind])
    with pytest.raises(errors.ColumnRefused) as refused:
        insurer.bring_in(data, mapping=COLUMNS | {"手机号": "phone"})
    assert refused.value.params == {"column": "手机号", "type": kind}
    assert insurer.bring_in(data, mapping=COLUMNS, dry_run=True).rejected == 0


def test_bytes_that_are_no_utf_8_are_refused_by_the_column_s_name(insurer: Insurer):
    """Never sealed as they would be printed."""
    before = insurer.count("vault.record")
    with pytest.raises(errors.ColumnNotText) as refused:
        insurer.bring_in(
            CASES / "40b_binary_gbk.parquet",
            mapping={"customer_no": "customer_number", "name": "name"},
        )
    assert refused.value.params == {"column": "name"}
    assert insurer.count("vault.record") == before


def test_a_few_bad_bytes_reject_their_rows(insurer: Insurer):
    """By field; and in a column that claims to be text, as in a file of text."""
    bad = pa.array([b"13800138000", "电话".encode("gbk"), b"13800138002"])
    columns = {"客户号": ["B1", "B2", "B3"], "姓名": ["林一", "林二", "林三"], "手机号": bad}
    result = insurer.bring_in(parquet(columns), mapping=COLUMNS | {"手机号": "phone"})
    assert (result.created, result.rejected) == (2, 1)
    names = pa.array(["林一".encode(), "林二".encode("gbk"), "林三".encode()])
    claimed = pa.Array.from_buffers(pa.string(), 3, names.buffers())
    result = insurer.bring_in(parquet(columns | {"姓名": claimed}), mapping=COLUMNS)
    assert (result.unchanged, result.rejected) == (2, 1)


def test_nanoseconds_in_a_column_that_is_not_mapped_break_nothing(insurer: Insurer):
    """Case 47: all four rows come in."""
    columns = COLUMNS | {"手机号": "phone"}
    result = insurer.bring_in(CASES / "47_ns_unmapped.parquet", mapping=columns)
    assert (result.rows, result.rejected) == (4, 0)


def test_columns_that_are_not_mapped_are_not_read(database: str):
    """Their cells come blank."""
    data = people(备注=["x" * 10, "y"])
    table = read.open_table(BytesSource("f", data), lambda _cell: 0.0)
    with read.Reading(table, frozenset({0, 1})) as reading:
        assert [row for _number, row, _faults in reading.rows()] == [
            ["P1", "林一", ""],
            ["P2", "林二", ""],
        ]


def test_an_encrypted_file_is_named(database: str):
    """Not called damaged."""
    with pytest.raises(errors.ParquetEncrypted):
        read.open_table(BytesSource("f", b"PARE" + bytes(40) + b"PARE"), lambda _cell: 0.0)


def test_a_missing_footer_is_said(database: str):
    """Nor is a cut file called encrypted."""
    whole = people()
    for cut in (whole[:-1], whole[:-8] + b"\xff\xff\xff\x7fPAR1", b"PAR1"):
        with pytest.raises(errors.SheetBroken):
            read.open_table(BytesSource("f", cut), lambda _cell: 0.0)


def test_a_header_that_stands_twice_is_named(database: str):
    """With the letters of both columns."""
    data = "客户号,姓名,手机号,姓名\nK1,林一,,林二\n".encode()
    with pytest.raises(errors.HeaderTwice) as refused:
        read.open_table(BytesSource("f", data), lambda cell: float(cell == "姓名"))
    assert refused.value.params == {"first": "B", "second": "D", "name": "姓名"}
    assert "姓名" in refused.value.text()


VERSION, STOP = b"\x15\x02", b"\x00"
FOOTERS = {
    "of the file": VERSION + b"\x7c" + STOP + STOP,
    "of a column": VERSION + b"\x39\x1c" + b"\x19\x1c" + b"\x8c" + STOP + STOP + STOP + STOP,
}


@pytest.mark.parametrize("name", FOOTERS)
def test_an_encrypted_column_is_told_by_the_footer_alone(name: str):
    """Before anybody asks a library for it; the rest of a file is not needed."""
    footer = FOOTERS[name]
    with pytest.raises(errors.ParquetEncrypted):
        check_footer(io.BytesIO(footer + len(footer).to_bytes(4, "little") + b"PAR1"))


def test_a_footer_without_encryption_passes():
    """One of two row groups with columns, as a writer makes it."""
    data = parquet({"客户号": ["K1", "K2"], "姓名": ["林一", "林二"]}, row_group_size=1)
    check_footer(io.BytesIO(data))
