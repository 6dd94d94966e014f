"""OpenDocument and old Excel workbooks, with the guards of XLSX."""

import io
import struct
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt

from tests.vault_importing.test_read_workbooks import chunk, table, third
from tests.vault_importing.workbooks_made import zipped
from tutela.vault.importing import errors
from tutela.vault.importing.reading.workbooks.package import Package

CASES = Path(__file__).parent / "cases"
SPACES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "draw": "drawing",
        }.items()
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
LOST = "6222600098416759787"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(content: str = "", **facts: str) -> str:
    """A cell with attributes like office_value_type."""
    listed = "".join(
        f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in facts.items()
    )
    return f"<table:table-cell{listed}>{content}</table:table-cell>"


def said(text: str) -> str:
    return cell(p(text), office_value_type="string")


NAMES = f"<table:table-row>{said('客户号')}{said('姓名')}{said('备注')}</table:table-row>"


def sheet(name: str, rows: str, style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods(*sheets: str, before: str = "", manifest: str = "<manifest/>") -> bytes:
    styles = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties'
        ' table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    xml = f"<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>{before}{''.join(sheets)}"
    return zipped(
        {
            "mimetype": MIME,
            "content.xml": xml + "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": manifest,
        }
    )


def stored_first(data: bytes) -> bytes:
    """As office programs write it: the type first, not compressed."""
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w", 8) as target:
        for name in source.namelist():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(name, source.read(name), method)
    return held.getvalue()


def people(name: str, *thirds: str, style: str = "ta1") -> str:
    rows = "".join(
        f"<table:table-row>{said(f'K{at}')}{said('王五')}{third}</table:table-row>"
        for at, third in enumerate(thirds, 2)
    )
    return sheet(name, NAMES + rows, style)


def only(third_cell: str, **others: str) -> str | tuple[str, str]:
    return third(stored_first(ods(people("S", third_cell), **others)))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (cell(p(LOST), office_value_type="float", office_value=LOST), "6.22260009841676E+18"),
        (cell(p("x"), office_value_type="float", office_value="6.22260009841676E+018"), "6.22260009841676E+18"),
        (cell(p("1"), office_value_type="float", office_value="12345678.119999999"), "12345678.12"),
        (cell(p("010010"), office_value_type="float", office_value="10010"), "010010"),
        (cell(p("5%"), office_value_type="percentage", office_value="0.05"), "0.05"),
        (cell(p("￥5"), office_value_type="currency", office_value="5"), "5"),
        (cell(p("x"), office_value_type="date", office_date_value="1990-03-07"), "1990-03-07"),
        (cell(p("x"), office_value_type="date", office_date_value="1990-03-07T13:30:00"), "1990-03-07 13:30:00"),
        (cell(p("x"), office_value_type="time", office_time_value="PT13H30M00S"), "13:30:00"),
        (cell(p("TRUE"), office_value_type="boolean", office_boolean_value="true"), "true"),
        (cell(p("甲") + p("乙"), office_value_type="string"), "甲\n乙"),
        (cell(p('甲<text:s text:c="2"/>乙<text:tab/>丙<text:line-break/>丁')), "甲  乙\t丙\n丁"),
        (cell(p("<text:span>甲</text:span>\n   乙"), office_value_type="string"), "甲 乙"),
        (cell("<office:annotation>" + p("note") + "</office:annotation>" + p("甲")), "甲"),
        (cell("<draw:custom-shape>" + p("shape") + "</draw:custom-shape>" + p("甲")), "甲"),
        (
            cell(p("<text:ruby><text:ruby-base>东京</text:ruby-base><text:ruby-text>dong</text:ruby-text></text:ruby>")),
            "东京",
        ),
        (cell(office_value_type="string", office_string_value="甲"), "甲"),
        (cell(p(""), office_value_type="string", table_formula="of:=B2"), ""),
        (cell(p("5"), office_value_type="float", office_value="5", table_formula="of:=B2"), "5"),
        (cell(p("#3 Building"), office_value_type="string"), "#3 Building"),
        (cell(), ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_cell_of_ods_is_what_it_says(xml, text):
    """By its value, not by what is shown; notes, drawings and readings are no part of it."""
    assert only(xml) == text


@pytest.mark.parametrize(
    "xml",
    [
        cell(p("#REF!"), office_value_type="string", calcext_value_type="error", office_string_value="",
             table_formula="of:=A"),
        cell(p("#DIV/0!"), office_value_type="string", calcext_value_type="error"),
        cell(p("Err:508"), office_value_type="float", office_value="0", table_formula="of:=1/"),
        cell(p("#VALUE!"), office_value_type="float", office_value="0", table_formula="of:=A"),
        cell(table_formula="of:=A1"),
        cell(p("x"), office_value_type="float"),
        cell(p("x"), office_value_type="unheard"),
        cell(p("x"), office_value_type="date", office_date_value="7.3.1990"),
        cell(p("x"), office_value_type="time", office_time_value="soon"),
        cell(p("x"), office_value_type="boolean", office_boolean_value="maybe"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_in_ods_is_not_blank(xml):
    """Calamine gives an empty text for all of LibreOffice's error cells."""
    assert only(xml) == ("", "cell_unreadable")


def test_days_out_of_range_in_ods_are_named():
    """As in XLSX."""
    xml = cell(p("x"), office_value_type="date", office_date_value="1899-12-30")
    assert only(xml) == ("", "date_out_of_range")


def test_repeated_cells_and_rows_are_all_there():
    """A row of three that stands once and counts twice, blank rows between, cells that repeat."""
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{said("K1")}'
        + cell(p("王五"), office_value_type="string", table_number_columns_repeated="2")
        + '</table:table-row><table:table-row table:number-rows-repeated="1000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
        + f"<table:table-row>{said('K2')}</table:table-row>"
    )
    found = chunk(stored_first(ods(sheet("S", NAMES + rows))))
    assert found.row_numbers == [2, 3, 1004]
    assert found.rows == [["K1", "王五", "王五"]] * 2 + [["K2", "", ""]]


def test_sheets_of_ods_are_chosen_like_those_of_xlsx():
    """Hidden ones are passed over and named; changes that are only tracked are no cells."""
    tracked = f"<table:tracked-changes><table:table-cell>{p('old')}</table:table-cell></table:tracked-changes>"
    data = stored_first(
        ods(people("旧表", said("old"), style="ta2"), people("客户", said("new")), before=tracked)
    )
    found = table(data)
    assert (found.sheet, found.left_out) == ("客户", ("旧表",))
    assert chunk(data).rows == [["K2", "王五", "new"]]
    assert chunk(data, "旧表").rows == [["K2", "王五", "old"]]


def test_merged_cells_of_ods_tell_how_far_a_group_goes():
    """Spans and the cells that they cover."""
    covered = "<table:covered-table-cell/>"
    rows = (
        f"<table:table-row>{cell(p('客户号'), table_number_rows_spanned='2', table_number_columns_spanned='1')}"
        f"{cell(p('投保人'), table_number_columns_spanned='2', table_number_rows_spanned='1')}{covered}"
        f"{cell()}</table:table-row><table:table-row>{covered}{said('姓名')}{said('手机号')}{said('地址')}"
        f"</table:table-row><table:table-row>{said('K')}{said('王五')}</table:table-row>"
    )
    found = table(stored_first(ods(sheet("S", rows))))
    assert found.columns == ("客户号", "投保人 姓名", "投保人 手机号", "地址")


COUNT = 'table:number-rows-repeated="1000000"'
BAD_ODS = {
    "a row a million times": (
        ods(sheet("S", NAMES + f"<table:table-row {COUNT}>{said('K')}</table:table-row>")),
        errors.ZipBomb,
    ),
    "a cell ten thousand times": (
        ods(people("S", cell(p("x"), table_number_columns_repeated="16000"))),
        errors.TooManyColumns,
    ),
    "long cells repeated": (
        ods(people("S", cell(p("x" * 10_000), table_number_columns_repeated="900"))),
        errors.CellTooLarge,
    ),
    "a million spaces in one mark": (
        ods(people("S", cell(p('<text:s text:c="9999999"/>')))),
        errors.CellTooLarge,
    ),
    "no count": (
        ods(people("S", cell(p("x"), table_number_columns_repeated="-1"))),
        errors.SheetBroken,
    ),
    "a password": (
        ods(
            people("S", said("x")),
            manifest='<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
        ),
        errors.NotATable,
    ),
    "no content": (zipped({"mimetype": MIME}), errors.SheetBroken),
    "an end that is missing": (
        zipped({"mimetype": MIME, "content.xml": f"<a {SPACES}>"}),
        errors.SheetBroken,
    ),
}


@pytest.mark.parametrize("name", BAD_ODS)
def test_ods_that_is_broken_or_asks_for_much_is_refused(name):
    """While it is read."""
    data, expected = BAD_ODS[name]
    with pytest.raises(expected):
        chunk(stored_first(data))


def xls(
    *rows: list[object], sheet: str = "客户", hidden_first: bool = False, from_1904: bool = False
) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = from_1904
    if hidden_first:
        old = book.add_sheet("旧表")
        old.visibility = 1
        old.write(0, 0, "客户号")
        old.write(1, 0, "OLD")
    made = book.add_sheet(sheet)
    book.set_active_sheet(1 if hidden_first else 0)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    zeros = xlwt.easyxf(num_format_str="000000")
    for at, row in enumerate([["客户号", "姓名", "备注"], *rows]):
        for place, value in enumerate(row):
            if isinstance(value, date):
                made.write(at, place, value, day)
            elif value == 10010:
                made.write(at, place, value, zeros)
            elif value == "#REF!":
                made.row(at).set_cell_error(place, "#REF!")
            elif value is not None:
                made.write(at, place, value)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (int(LOST), "6.22260009841676E+18"),
        (13800138000, "13800138000"),
        (12345678.12, "12345678.12"),
        (date(1990, 3, 7), "1990-03-07"),
        (datetime(1990, 3, 7, 13, 30), "1990-03-07 13:30:00"),  # noqa: DTZ001 (a cell has no zone)
        (10010, "010010"),
        (True, "true"),
        ("欧阳测试", "欧阳测试"),
        ("#REF!", ("", "cell_unreadable")),
        (None, ""),
        (0, "0"),
    ],
)
def test_a_cell_of_xls_is_what_it_says(value, text):
    """As xlwt writes it."""
    assert third(xls(["K1", "王五", value])) == text


def test_a_formula_of_xls_with_the_result_0_has_no_stored_value():
    """LibreOffice 7.4 writes it so for every formula of text that it converts; other results stand."""
    data = xls(["K1", "王五", xlwt.Formula('"0012"')])
    empty_text = b"\x03\0\0\0\0\0\xff\xff"
    assert data.count(empty_text) == 1
    assert third(data) == ""
    assert third(data.replace(empty_text, bytes(8))) == ("", "cell_unreadable")
    assert third(data.replace(empty_text, struct.pack("<d", 12.0))) == "12"


def test_sheets_of_xls_are_chosen_like_those_of_xlsx():
    """The hidden one is named and left out; rows are numbered as a person sees them."""
    data = xls(["NEW", "王五"], [], ["NEW2", "赵六"], hidden_first=True)
    found = table(data)
    assert (found.sheet, found.left_out) == ("客户", ("旧表",))
    assert chunk(data).row_numbers == [2, 4]
    assert chunk(data, "旧表").rows == [["OLD"]]


def test_xls_that_counts_from_1904_says_so():
    """Four years and a day would be lost."""
    data = xls(["K1", "王五", date(1990, 3, 7)], from_1904=True)
    assert third(data) in {"1990-03-07", "1994-03-08"}
    assert chunk(data).days_from_1904


def test_a_formula_of_xls_that_keeps_0_has_no_value():
    """LibreOffice writes 0 for every formula of text; a cell that holds 0 itself is one."""
    data = xls(["K1", "王五", xlwt.Formula('"C"&"001"')], ["K2", "赵六", 0])
    nothing = b"\x03\0\0\0\0\0\xff\xff"  # an empty text, as xlwt writes what it cannot compute
    assert data.count(nothing) == 1
    found = chunk(data.replace(nothing, bytes(8)))
    assert found.faults == {2: ((2, "cell_unreadable"),)}
    assert found.rows[1] == ["K2", "赵六", "0"]
    assert chunk(data.replace(nothing, b"\0\0\0\0\0\0\x08@")).rows[0][2] == "3"


def test_xls_whose_rows_would_be_filled_up_is_refused():
    """xlrd fills each row up to its last cell: 20,000 rows with one cell at their end would be five million. Some
    blanks are nothing odd."""
    with pytest.raises(errors.ZipBomb):
        chunk(xls(*[[None] * 250 + ["王五"]] * 20_000))
    assert chunk(xls(*[[None, None, "王五"]] * 300)).rows[299] == ["", "", "王五"]


@pytest.mark.parametrize("cut", [600, 1500, 3000])
def test_xls_that_is_cut_off_is_refused(cut):
    """Whatever xlrd raises."""
    whole = xls(*[[f"K{at}", "王五", "x" * 50] for at in range(200)])
    with pytest.raises((errors.SheetBroken, errors.NotATable)):
        chunk(whole[: len(whole) - cut * 5] if cut * 5 < len(whole) else whole[:cut])


def test_the_first_rows_of_all_sheets_of_ods_are_read_in_one_pass(monkeypatch):
    """One pass for the names, one for the first rows, one for the rows: however many sheets come before."""
    covers = [
        sheet(f"cover {n}", f"<table:table-row>{said('note')}</table:table-row>" * 200)
        for n in range(40)
    ]
    data = stored_first(ods(*covers, people("list", said("x"))))
    opened = []
    blocks = Package.blocks
    monkeypatch.setattr(
        Package, "blocks", lambda self, part: opened.append(part) or blocks(self, part)
    )
    found = table(data)
    assert found.sheet == "list"
    assert opened.count("content.xml") == 3
    assert len(chunk(data).rows) == 1
