"""A file of any kind that grows, shrinks or is replaced while it is looked at or brought in."""

import io
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests import imports
from tests.vault_importing.conftest import Insurer
from tutela.vault.importing import errors, targets
from tutela.vault.importing.actions.imports import run_import
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.sources import FileSource

pytestmark = pytest.mark.slow
ROWS = 20_000
HEADER = ("客户号", "姓名", "联系地址")


def people(mark: str, count: int) -> list[tuple[str, str, str]]:
    """Rows that no compression makes short."""
    return [
        (f"{mark}{n}", "欧阳测试", f"建国路{n * 7919 % 99_991}号{n * 104_729 % 9_973}室")
        for n in range(count)
    ]


def as_csv(mark: str, count: int) -> bytes:
    return "".join(",".join(row) + "\n" for row in [HEADER, *people(mark, count)]).encode()


def as_workbook(mark: str, count: int) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate([HEADER, *people(mark, count)]):
        sheet.write_row(at, 0, row)
    book.close()
    return held.getvalue()


def as_parquet(mark: str, count: int) -> bytes:
    held = io.BytesIO()
    columns = zip(*people(mark, count), strict=True)
    pq.write_table(pa.table(dict(zip(HEADER, columns, strict=True))), held, row_group_size=2_000)
    return held.getvalue()


KINDS: dict[str, Callable[[str, int], bytes]] = {
    "csv": as_csv,
    "xlsx": as_workbook,
    "parquet": as_parquet,
}


def harm(data: bytes, other: bytes) -> list[bytes]:
    """Replaced by another whole file, longer by its end, cut, nothing any more."""
    return [other, data + data[-4096:], data[: len(data) * 2 // 3], b""]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_replaced_between_plan_and_run_stores_nothing(
    insurer: Insurer, tmp_path: Path, kind: str
):
    """Small ones: all of it is seen before the first row is stored."""
    path = tmp_path / f"t.{kind}"
    data, other = KINDS[kind](f"{kind}A", 20), KINDS[kind](f"{kind}B", 20)
    before = insurer.count("vault.customer")
    for harmed in harm(data, other):
        path.write_bytes(data)
        order = imports.prepare(insurer.operator, FileSource(path), collection="customer")
        path.write_bytes(harmed)
        with pytest.raises(errors.FileChanged):
            run_import(insurer.operator, order)
    assert insurer.count("vault.customer") == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_changes_while_it_is_read_gives_no_strange_row(tmp_path: Path, kind: str):
    """What was surveyed comes, up to where the file is another one; that is said."""
    path = tmp_path / f"w.{kind}"
    data, other = KINDS[kind]("W", ROWS), KINDS[kind]("V", ROWS)
    expected = [list(row) for row in people("W", ROWS)]
    for harmed in harm(data, other):
        path.write_bytes(data)
        table = read.open_table(FileSource(path), targets.known)
        came: list[list[str]] = []
        with read.Reading(table) as reading:
            chunks = reading.chunks(100)
            for chunk in islice(chunks, 1):
                came += chunk.rows
            path.write_bytes(harmed)
            try:
                for chunk in chunks:
                    came += chunk.rows
            except errors.FileChanged:
                assert len(came) < ROWS
            else:
                # What a reader holds already, or has no need to read, may end as it began.
                assert len(came) == ROWS
        assert came == expected[: len(came)]
