"""Files as offices have them are read; files that are none are refused in one sentence."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.detect.files_made import FILES
from tutela.detect.file_kinds import FileKind
from tutela.vault import importing
from tutela.vault.importing import errors, targets
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.read import Reading
from tutela.vault.importing.reading.sources import BytesSource, FileSource
from tutela.vault.importing.reading.table import Table

TEXT = "客户号,姓名,手机号\nK1,欧阳测试,13800138000\n"


def table(data: bytes) -> Table:
    return read.open_table(BytesSource("f", data), targets.known)


def rows(data: bytes) -> list[list[str]]:
    with Reading(table(data)) as reading:
        return list(chain.from_iterable(chunk.rows for chunk in reading.chunks(2)))


def workbook(*lines: Sequence[object], merge: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy/m/d"})
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, datetime):
                sheet.write_datetime(at, column, cell, day)
            elif cell != "":
                sheet.write(at, column, cell)
    for area in merge:
        sheet.merge_range(*area, lines[area[0]][area[1]])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_encoding_and_delimiter_is_found(encoding, mark):
    """Nobody is asked what the file already says."""
    assert rows(TEXT.replace(",", mark).encode(encoding)) == [["K1", "欧阳测试", "13800138000"]]


def test_a_cell_with_a_line_break_is_one_row():
    """Row numbers are those of a spreadsheet, where a blank row counts too."""
    data = '客户号,姓名\nK1,"欧阳\n测试"\n\nK2,王五\n'.encode()
    with Reading(table(data)) as reading:
        assert [number for number, _row, _faults in reading.rows()] == [2, 4]


def test_one_byte_that_fits_no_encoding_does_not_refuse_the_file():
    """Its row is rejected later; the others come in."""
    data = TEXT.encode() * 5 + b"K2,\xff,1\n"
    assert table(data).survey.encoding == "utf-8"


def test_the_header_below_a_title_and_merged_groups_is_found():
    """Names under a group carry the group, so that two columns of names stay apart."""
    lines = (
        ["客户清单"],
        ["客户号", "投保人", "", ""],
        ["", "姓名", "手机号", "地址"],
        ["K", "N", "1", "A"],
    )
    data = workbook(*lines, merge=[(0, 0, 0, 3), (1, 1, 1, 3), (1, 0, 2, 0)])
    found = table(data)
    assert found.columns == ("客户号", "投保人 姓名", "投保人 手机号", "投保人 地址")
    assert found.first_data_row == 4


def test_cells_of_a_workbook_become_the_text_a_person_sees():
    """A true date loses its midnight; a long number kept as a number shows that its end is lost."""
    data = workbook(
        ["姓名", "手机号", "身份证号", "出生日期"],
        ["A", 13800138000, 110101199003078000, datetime.fromisoformat("1990-03-07")],
    )
    assert rows(data) == [["A", "13800138000", "1.10101199003078E+17", "1990-03-07"]]


@pytest.mark.parametrize("amount", [8888888.88, -12345678.12, 99999999.99, 123456789012.34, 4.35])
def test_a_number_of_a_workbook_has_the_digits_a_person_sees(amount):
    """The reader prints nine decimals, 12345678.119999999, which no check of an amount accepts."""
    data = workbook(
        ("客户号", "姓名", "保额"), ("K1", "王五", amount), ("K2", "王五", amount + 2e-8)
    )
    [[_key, _name, first], [_second, _same, second]] = rows(data)
    assert first == str(amount)
    assert float(second) == pytest.approx(amount)


def test_parquet_gives_text():
    """Whole floats, dates and blanks look as they would in a file of text."""
    out = io.BytesIO()
    columns = {
        "姓名": ["A", None],
        "手机号": [13800138000.0, None],
        "出生日期": [date(1990, 3, 7), None],
    }
    pq.write_table(pa.table(columns), out)
    assert rows(out.getvalue()) == [["A", "13800138000", "1990-03-07"]]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", bytes(80 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """The directory claims a small size."""
    data = bytearray(bomb())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


BAD = {
    "empty": (b"", errors.FileEmpty),
    "only a mark": (b"\xef\xbb\xbf\r\n", errors.FileEmpty),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), errors.NotATable),
    "pdf": (b"%PDF-1.7\n", errors.NotATable),
    "web page": (b"<html><table>", errors.NotATable),
    "giant line": (b"x" * (9 << 20), errors.CellTooLarge),
    "no delimiter": ("甲\n乙\n".encode(), errors.DelimiterUnknown),
    "fixed width": ("姓名      手机号\n王试      13800138000\n".encode(), errors.FixedWidth),
    "header twice": ("姓名,手机号,姓名\nA,1,B\n".encode(), errors.HeaderTwice),
    "no header": (b"1,2\n3,4\n", errors.HeaderMissing),
    "no rows": ("姓名,手机号\n".encode(), errors.NoRows),
    "no encoding": (b"name,phone\n\xff\xff\xff\xff\n", errors.EncodingUnknown),
    "zip bomb": (bomb(), errors.ZipBomb),
    "zip bomb that lies": (lying_bomb(), (errors.ZipBomb, errors.SheetBroken)),
    "broken workbook": (b"PK\x03\x04 not a zip", errors.SheetBroken),
    "broken parquet": (b"PAR1 not one", errors.SheetBroken),
    "encrypted parquet": (b"PARE" + bytes(40) + b"PARE", errors.ParquetEncrypted),
}


TABLES = {
    FileKind.TEXT, FileKind.XLSX, FileKind.BROKEN_ZIP, FileKind.PARQUET, FileKind.EMPTY, FileKind.ODS,
    FileKind.XLS, FileKind.DBF, FileKind.LOCKED_PARQUET,
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [name for name, (_data, kind) in FILES.items() if kind not in TABLES]
)
def test_what_is_no_table_is_named_for_what_it_is(name):
    """Every kind of file that is known, and none falls through as text."""
    with pytest.raises(errors.NotATable) as refused:
        rows(FILES[name][0])
    assert refused.value.params["kind"]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence(name):
    """Each with its code; the sentence is filled and holds nothing of the file."""
    data, expected = BAD[name]
    with pytest.raises(expected) as refused:
        rows(data)
    assert refused.value.code.startswith("vault.import.")
    assert "%(" not in refused.value.text()
    assert "xxx" not in refused.value.text()


def test_the_sentence_names_the_place():
    """A person finds the byte and the column."""
    with pytest.raises(errors.EncodingUnknown) as refused:
        table(b"name,phone\n\xff\xff\xff\xff\n")
    assert refused.value.params["byte"] == 11
    with pytest.raises(errors.HeaderTwice) as twice:
        table("姓名,手机号,姓名\nA,1,B\n".encode())
    assert twice.value.params == {"first": "A", "second": "C", "name": "姓名"}


def test_a_missing_file_is_named(tmp_path):
    """The path is the operator's own word."""
    with pytest.raises(errors.FileMissing):
        read.open_table(FileSource(tmp_path / "nothing.csv"), targets.known)


def kinds_of(error: type) -> set[str]:
    """The names of an error and of all that extend it."""
    return {error.__name__}.union(*map(kinds_of, error.__subclasses__()))


def test_files_are_refused_by_readers_alone():
    """Whoever adds a kind of file finds all refusals in one folder."""
    package = Path(importing.__file__).parent
    kinds = kinds_of(errors.BadFile) - {"DelimiterBad"}  # what a person typed, not the file
    refusals = re.compile(rf"raise ({'|'.join(kinds)})\b")
    raising = {path for path in package.rglob("*.py") if refusals.search(path.read_text())}
    assert {path.parent.name for path in raising} == {"reading", "workbooks"}
