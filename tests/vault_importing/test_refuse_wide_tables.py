"""A million columns: refused in one sentence, or one row of the file rejected, with no more memory than the file."""

import io
import tracemalloc
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tutela.vault.importing import errors, targets
from tutela.vault.importing.prepare import Columns, prepare
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.sources import BytesSource

from .shapes.rows import TODAY

MILLION = 1_000_000
MOST_MEMORY = 200 << 20
HEADER = "客户号,姓名,手机号码"


def rows(data: bytes) -> list[list[str]]:
    with read.Reading(read.open_table(BytesSource("f", data), targets.known)) as reading:
        return list(chain.from_iterable(chunk.rows for chunk in reading.chunks()))


def wide_parquet(columns: int) -> bytes:
    held = io.BytesIO()
    names = ["客户号", "姓名", *(f"列{n}" for n in range(columns))]
    pq.write_table(pa.table({name: ["1"] for name in names}), held, write_statistics=False)
    return held.getvalue()


WIDE = {
    "names in the header": (
        HEADER + "".join(f",列{n}" for n in range(MILLION)) + "\n1,王五,2\n"
    ).encode(),
    "blank names in the header": (HEADER + "," * MILLION + "列\n1,王五,2\n").encode(),
    "columns of Parquet": wide_parquet(5_000),
}


@pytest.mark.parametrize("name", WIDE)
def test_too_many_columns_are_refused(name: str):
    """With how many there are and how many there may be."""
    tracemalloc.start()
    try:
        with pytest.raises((errors.TooManyColumns, errors.CellTooLarge)) as refused:
            rows(WIDE[name])
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    assert "列" not in str(refused.value.params)


@pytest.mark.parametrize("wide", [",".join("x" * MILLION), "1,王五" + "," * MILLION + "x"])
def test_one_row_of_a_million_cells_is_rejected_alone(wide: str):
    """Its neighbours come in."""
    data = f"{HEADER}\nA1,王五,13800138000\n{wide}\nA2,李四,13900139000\n".encode()
    table = read.open_table(BytesSource("f", data), targets.known)
    by_code = targets.by_code(1)
    places = [(0, by_code["customer_number"]), (1, by_code["name"]), (2, by_code["phone"])]
    with read.Reading(table) as reading:
        prepared = [
            prepare(chunk, Columns(table.columns, places, 2), TODAY) for chunk in reading.chunks()
        ]
    assert [row.key for part in prepared for row in part.rows] == ["A1", "A2"]
    assert [(p.row, p.code) for part in prepared for p in part.problems] == [(3, "row_too_wide")]
