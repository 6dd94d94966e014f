"""The time to read a file grows with its size, not with its square: none of these would end otherwise."""

import io
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.vault_importing import workbooks_made as made
from tests.vault_importing.test_read_workbooks import table
from tests.vault_importing.workbooks_made import row, workbook
from tutela.vault.importing import errors
from tutela.vault.importing.reading import lines, pages
from tutela.vault.importing.reading.cells import rows_of
from tutela.vault.importing.reading.delimited import DelimitedReader
from tutela.vault.importing.reading.dividing import find_delimiter
from tutela.vault.importing.reading.workbooks.styles import shape_of_code

RUNS = 200_000
HEAD = "name,id\n" + "x,y\n" * 20


@pytest.fixture(autouse=True)
def soon():
    """Ten times what each of them takes, a tenth of what it took."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < 15


def reader(text: str) -> DelimitedReader:
    return DelimitedReader(io.BytesIO(text.encode()), "utf-8", ",")


def test_a_shared_string_of_many_pieces_is_read_in_time():
    strings = "<si>" + "<r><t>a</t></r>" * RUNS + "</si>"
    data = workbook(row(2, '<c r="C2" t="s"><v>0</v></c>'), strings=strings)
    assert table(data).sample[0][2] == "a" * RUNS


def test_a_text_of_many_pieces_in_its_cell_is_read_in_time():
    cell = '<c r="C2" t="inlineStr"><is>' + "<r><t>a</t></r>" * RUNS + "</is></c>"
    after = '<c r="C3" t="inlineStr"><is><t>b</t></is></c>'
    found = table(workbook(row(2, cell), row(3, after))).sample
    assert [cells[2] for cells in found] == ["a" * RUNS, "b"]


def test_a_long_format_is_read_in_time():
    for _format in range(500):
        assert shape_of_code("[" * 100_000) is None


def test_quotes_that_never_close_do_not_make_each_line_read_a_thousand():
    """In each line one cell ends and one begins, from wherever it is read."""
    line = 'a","' + "b" * 900 + "\n"
    found = [row for _number, row in rows_of(reader(HEAD + line * 4_000 + "x,y\n").runs())]
    assert len(found) == 4_022
    assert found[-1] == ["x", "y"]


def test_lines_that_were_read_in_vain_are_not_all_held():
    """A quote opens in each, and the row goes on in cells that are short."""
    line = 'a","' + 'x","y,"' * 20_000 + "\n"
    source = lines.Feed(lines.batches(io.BytesIO((line * 200).encode()), "utf-8"))
    assert source.fill()
    taken = sum(map(len, source.from_here(1000)))
    assert taken <= lines.LINE_CHARS + len(line)
    assert sum(map(len, source.lines)) <= taken + len(line)


def test_a_delimiter_is_sought_in_signs_alone_in_time():
    signs = "".join(chr(33 + at * at % 15) * (1 + at % 3) for at in range(200_000))
    with pytest.raises(errors.DelimiterUnknown):
        find_delimiter([signs[at:].replace(",", "!") + "\n" for at in range(5)], lambda _name: 0.0)


def test_one_part_that_stands_as_many_sheets_is_refused():
    parts = made.parts({"一": made.sheet_xml(""), "二": made.sheet_xml("")})
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = str(parts[name]).replace("sheet2.xml", "sheet1.xml")
    with pytest.raises(errors.SheetBroken):
        table(made.zipped(parts))


def test_columns_of_parquet_that_lie_over_each_other_are_refused():
    held = io.BytesIO()
    pq.write_table(pa.table({"客户号": ["K1"], "姓名": ["王"]}), held)
    size = held.getbuffer().nbytes
    metadata = pq.ParquetFile(held).metadata
    assert pages.check_pages(held, metadata, size, [0, 1]) > 0
    with pytest.raises(errors.SheetBroken):
        pages.check_pages(held, metadata, size, [0] * 1000)
