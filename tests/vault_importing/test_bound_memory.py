"""Memory grows with the file and not with what the file asks for."""

import io
import subprocess
import sys
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tutela.vault.importing import targets
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.sources import BytesSource

pytestmark = pytest.mark.slow
MEASURE = """
import resource, sys, django
django.setup()
from tutela.vault.importing import errors, targets
from tutela.vault.importing.reading import read, sheets, parquet
from tutela.vault.importing.reading.sources import BytesSource

read.open_table(BytesSource("f", b"a,b\\n1,2\\n"), targets.known)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    try:
        with read.Reading(read.open_table(BytesSource("f", data), targets.known)) as reading:
            print(sum(len(chunk.rows) for chunk in reading.chunks()))
    except errors.BadFile as refused:
        print(refused.code)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
"""Reads files one after the other; prints what came of each, and by how many MiB the peak has grown."""


def workbook(cells):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, column, value in chain([(0, 0, "客户号"), (0, 1, "姓名")], cells):
        sheet.write(row, column, value)
    book.close()
    return held.getvalue()


def parquet(columns, **how):
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held, compression="zstd", **how)
    return held.getvalue()


def files():
    """Small files that ask for much: each with the reason it stands for."""
    long = ["x" * 20_000] * 50_000
    yield "a cell in the last corner", workbook([(1, 0, "1"), (1_048_575, 16_383, "x")])
    yield "a long text in many cells", workbook((row, 1, "王" * 30_000) for row in range(1, 1_000))
    yield "a long text in many rows", parquet({"客户号": long})
    yield (
        "one large page",
        parquet({"客户号": long[:5_000]}, use_dictionary=False, data_page_size=1 << 30),
    )
    yield "rows of nothing", parquet({"客户号": pa.nulls(20_000_000, pa.string())})


def measured(folder, files):
    paths = [folder / str(place) for place in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    command = [sys.executable, "-c", MEASURE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *outcomes, megabytes = done.stdout.split()
    return outcomes, int(megabytes)


def test_small_files_that_ask_for_much_are_refused(tmp_path):
    """In less than 64 MB; before, each took a gigabyte or more, or never ended."""
    asking = dict(files())
    assert max(map(len, asking.values())) < 64 * 1024
    outcomes, megabytes = measured(tmp_path, list(asking.values()))
    expected = dict.fromkeys(asking, "vault.import.zip_bomb")
    expected["a cell in the last corner"] = "vault.import.columns_too_many"
    assert dict(zip(asking, outcomes, strict=True)) == expected
    assert megabytes < 64


def test_ends_of_texts_kept_apart_stay_within_memory(tmp_path):
    """Texts kept as the end of the one before unpack to any length: fewer are decoded at once."""
    how = {"use_dictionary": False, "column_encoding": {"客户号": "DELTA_BYTE_ARRAY"}}
    data = parquet({"客户号": ["x" * 100_000] * 400, "姓名": ["y"] * 400}, **how)
    outcomes, megabytes = measured(tmp_path, [data])
    assert outcomes == ["400"]
    assert megabytes < 128


def test_a_workbook_is_read_in_flat_memory(tmp_path):
    """Strings of its own in every cell: the rows are never all in memory."""
    lines = (
        (row, column, f"文字{row}-{column}") for row in range(1, 30_001) for column in range(8)
    )
    columns = [(0, column, f"列{column}") for column in range(2, 8)]
    outcomes, megabytes = measured(tmp_path, [workbook(chain(columns, lines))])
    assert outcomes == ["30000"]
    assert megabytes < 64


def rows(data):
    with read.Reading(read.open_table(BytesSource("f", data), targets.known)) as reading:
        return list(chain.from_iterable(chunk.rows for chunk in reading.chunks()))


def test_honest_files_come_in_whole():
    """A repeated text, an empty one, a dictionary that grows over batches, a nested column beside."""
    keys = [f"K{number}" for number in range(20_000)]
    data = parquet({"客户号": keys, "姓名": ["欧阳测试", None] * 10_000, "标签": [["a"]] * 20_000})
    assert rows(data) == [[key, ("", "欧阳测试")[at % 2 == 0], ""] for at, key in enumerate(keys)]
    lines = [(row, column, f"v{row}-{column}") for row in range(1, 3_000) for column in range(12)]
    data = workbook([(0, column, f"列{column}") for column in range(2, 12)] + lines)
    assert len(rows(data)) == 2_999


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN"])
def test_every_encoding_of_texts_is_read(encoding):
    """Two of them cannot be read as dictionaries."""
    how = {"use_dictionary": False, "column_encoding": {"客户号": encoding}}
    assert rows(parquet({"客户号": ["K1", "K12", None], "姓名": ["a", "b", "c"]}, **how)) == [
        ["K1", "a"], ["K12", "b"], ["", "c"],
    ]  # fmt: skip


def test_formatted_cells_without_content_weigh_nothing():
    """Whole columns are given a format down to the last row, and still hold twenty people."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write_row(0, 0, ["客户号", "姓名"])
    sheet.write_row(1, 0, ["K1", "欧阳测试"])
    sheet.write_blank(1_048_575, 50, None, bold)
    book.close()
    assert rows(held.getvalue()) == [["K1", "欧阳测试"]]
