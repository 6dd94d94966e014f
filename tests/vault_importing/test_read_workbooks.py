"""A workbook's cells come in as the file types them, however its XML is spelled."""

from itertools import chain

import openpyxl
import pytest

from tests.vault_importing import workbooks_made as made
from tests.vault_importing.workbooks_made import MAIN, formats, row, workbook
from tutela.vault.importing import errors, targets
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.importing.reading.table import ReadAs

LOST = "6222600098416759787"
SCIENTIFIC = "6.22260009841676E+18"


def table(data: bytes, sheet: str = "", encoding: str = "") -> read.Table:
    asked = ReadAs(sheet=sheet, encoding=encoding)
    return read.open_table(BytesSource("f", data), targets.known, asked)


def chunk(data: bytes, sheet: str = "", encoding: str = "") -> read.Chunk:
    with read.Reading(table(data, sheet, encoding)) as reading:
        [only] = reading.chunks()
    return only


def third(data: bytes) -> str | tuple[str, str]:
    """The third cell of the second row, or ("", code) where it cannot be told."""
    found = chunk(data)
    [cells] = found.rows
    faults = found.faults.get(2, ())
    return ("", faults[0][1]) if faults else cells[2]


@pytest.mark.parametrize("cell", [
    f'<c r="C2"><v>{LOST}</v></c>',
    f'<c r="C2" t="n"><v>{LOST}</v></c>',
    f'<c t="n" r="C2"><v>{LOST}</v></c>',
    f"<c r='C2' t='n'><v>{LOST}</v></c>",
    f'<c\n  r="C2"\n\tt = "n"\n><v\n>{LOST}</v></c>',
    f"<c><v>{LOST}</v></c>",
    f'<c r="C2"><v>\n {LOST}\n</v></c>',
    f'<c r="C2"><f>A1*1</f><v>{LOST}</v></c>',
    f'<c r="C2"><f t="shared" ref="C2:C9" si="0">A1</f><v>{LOST}</v></c>',
    f'<c r="C2"><v><![CDATA[{LOST}]]></v></c>',
    f'<c r="C2"><v>{LOST[:5]}<!-- a -->{LOST[5:]}</v></c>',
    f'<c r="C2"><v>&#54;{LOST[1:]}</v></c>',
    f'<c r="C2" cm="1" ph="0" vm="2"><v>{LOST}</v></c>',
    f'<x:c xmlns:x="{MAIN}" r="C2"><x:v>{LOST}</x:v></x:c>',
    f'<c r="C2"><v>{LOST}</v><extLst><ext><v xmlns="urn:other">1</v></ext></extLst></c>',
    '<c r="C2"><v>6.2226000984167598E+18</v></c>',
    '<c r="C2"><v>6.2226000984167598e18</v></c>',
    '<c r="C2"><v>62226000984167597870E-1</v></c>',
    f'<c r="C2"><v>+{LOST}</v></c>',
    f'<c r="C2"><v>{LOST}.0</v></c>',
    f'<c r="C2" s="1"><v>{LOST}</v></c>',
])  # fmt: skip
def test_a_number_that_has_lost_digits_is_seen_in_every_spelling(cell):
    """Attribute order, quotes, line breaks, prefixes, formulas: the reader is the guard."""
    found = third(workbook(row(2, cell), styles=formats(0, "000")))
    assert found in {SCIENTIFIC, "6.22260009841676E+18"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="C2"><v>13800138000</v></c>', "13800138000"),
        ('<c r="C2"><v>999999999999999</v></c>', "999999999999999"),
        ('<c r="C2"><v>1E+15</v></c>', "1.00000000000000E+15"),
        ('<c r="C2"><v>1.5E+5</v></c>', "150000"),
        ('<c r="C2"><v>1.5E-3</v></c>', "0.0015"),
        ('<c r="C2"><v>12345678.119999999</v></c>', "12345678.12"),
        ('<c r="C2"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="C2"><v>0.1000000000000000055511151231257827021181583404541015625</v></c>', "0.1"),
        ('<c r="C2"><v>123456789012.34</v></c>', "123456789012.34"),
        ('<c r="C2"><v>-12.50</v></c>', "-12.5"),
        ('<c r="C2"><v>007</v></c>', "7"),
        ('<c r="C2"><v>-0</v></c>', "0"),
        ('<c r="C2"><v>.5</v></c>', "0.5"),
        ('<c r="C2"><v> </v></c>', ""),
        ('<c r="C2"/>', ""),
        ('<c r="C2" s="0"></c>', ""),
        ("", ""),
    ],
)
def test_a_number_has_the_digits_a_person_sees(cell, text):
    """Fifteen, as a spreadsheet shows; a double's own writing of 16 and 17 is not what was typed."""
    assert third(workbook(row(2, cell))) == text


def test_more_digits_than_a_double_has_are_not_rounded_away():
    """Twenty digits with a fraction: whoever wrote them did not mean fifteen."""
    cell = '<c r="C2"><v>123456789012.12345678</v></c>'
    assert third(workbook(row(2, cell))) == ("", "number_lossy")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="C2" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="C2" t="inlineStr"><is><r><t>甲</t></r><r><rPr/><t>乙</t></r></is></c>', "甲乙"),
        (
            '<c r="C2" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>',
            "甲",
        ),
        ('<c r="C2" t="str"><f>B2</f><v>甲</v></c>', "甲"),
        ('<c r="C2" t="str"><f>B2</f><v></v></c>', ""),
        ('<c r="C2" t="str"><v>a&#10;b</v></c>', "a\nb"),
        ('<c r="C2" t="str"><v>a_x000D__x000A_b</v></c>', "a\r\nb"),
        ('<c r="C2" t="str"><v>_x005F_x000D_</v></c>', "_x000D_"),
        ('<c r="C2" t="str"><v>_xD83D__xDE00_</v></c>', "😀"),
        ('<c r="C2" t="str"><v>_xD83D_</v></c>', "_xD83D_"),
        ('<c r="C2" t="str"><v>#3 Building</v></c>', "#3 Building"),
        ('<c r="C2" t="s"><v/></c>', ""),
        ('<c r="C2" t="str">\n<v> a </v>\n</c>', " a "),
        ('<c r="C2" t="b"><v>1</v></c>', "true"),
        ('<c r="C2" t="d"><v>1990-03-07</v></c>', "1990-03-07"),
        ('<c r="C2" t="d"><v>1990-03-07T00:00:00</v></c>', "1990-03-07"),
        ('<c r="C2" t="d"><v>1990-03-06T16:00:00.000Z</v></c>', "1990-03-07"),
        ('<c r="C2" t="d"><v>1990-03-07T13:30:00</v></c>', "1990-03-07 13:30:00"),
    ],
)
def test_a_text_is_read_as_it_stands(cell, text):
    """Rich text is joined, readings above Chinese are left out, escapes become characters."""
    assert third(workbook(row(2, cell))) == text


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2" t="e"><v>#REF!</v></c>',
        '<c r="C2" t="e"><f>VLOOKUP(A2,[1]x!A:B,2,0)</f><v>#N/A</v></c>',
        '<c r="C2" t="e"/>',
        '<c r="C2"><f>A1</f></c>',
        '<c r="C2"><f>A1</f><v/></c>',
        '<c r="C2"><f t="shared" si="0"/></c>',
        '<c r="C2" t="s"><v>99</v></c>',
        '<c r="C2" t="s"><v>-1</v></c>',
        '<c r="C2" t="s"><v>a</v></c>',
        '<c r="C2" t="unheard"><v>1</v></c>',
        '<c r="C2"><v>NaN</v></c>',
        '<c r="C2"><v>1,5</v></c>',
        '<c r="C2" t="b"><v>maybe</v></c>',
        '<c r="C2" t="d"><v>7.3.1990</v></c>',
    ],
)
def test_what_cannot_be_told_is_not_blank(cell):
    """Errors, formulas that nobody computed, values of no known type."""
    data = workbook(row(2, cell), strings="<si><t>甲</t></si>")
    assert third(data) == ("", "cell_unreadable")


def test_a_formula_that_waits_for_its_computation_has_no_value():
    """XlsxWriter writes 0 for it and asks the next program to compute; 0 is no sum insured."""
    cells = '<c r="C2"><f>A1*2</f><v>0</v></c>', '<c r="C2"><f>A1*2</f><v>5</v></c>'
    waits = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    found = [third(workbook(row(2, cell), calculation=waits)) for cell in cells]
    assert found == [("", "cell_unreadable"), "5"]
    assert third(workbook(row(2, cells[0]))) == "0"


def test_openpyxl_formulas_have_no_value(tmp_path):
    """As a library really writes them."""
    book = openpyxl.Workbook()
    book.active.append(["客户号", "姓名", "备注"])
    book.active.append(["K1", "欧阳测试", "=1+1"])
    book.save(tmp_path / "f.xlsx")
    assert third((tmp_path / "f.xlsx").read_bytes()) == ("", "cell_unreadable")


STRINGS = (
    '<si><t>客户号</t></si><si><t>姓名</t></si><si><r><t xml:space="preserve">甲 </t></r><r><t>乙</t></r></si>'
    '<si><t>东京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000A_b</t></si>'
    "<si/><si><t/></si><si><t>\n 丙 \n</t></si>"
)


@pytest.mark.parametrize(
    ("place", "text"),
    [(0, "客户号"), (2, "甲 乙"), (3, "东京"), (4, "a\nb"), (5, ""), (6, ""), (7, "丙")],
)
def test_shared_strings_are_found_by_their_place(place, text):
    """Also the empty ones count."""
    cell = f'<c r="C2" t="s"><v>{place}</v></c>'
    assert third(workbook(row(2, cell), strings=STRINGS)) == text


def test_many_shared_strings_are_found_in_any_order():
    """More than one block of them, asked for from the last to the first."""
    texts = [f"文字{number}" for number in range(2_000)]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    rows = "".join(
        row(at, f'<c r="C{at}" t="s"><v>{place}</v></c>')
        for at, place in enumerate(range(1_999, -1, -1), 2)
    )
    cells = chunk(workbook(rows, strings=strings)).rows
    assert [line[2] for line in cells] == texts[::-1]


def test_cells_without_places_follow_each_other():
    """Neither rows nor cells need to say where they stand."""
    rows = "<row><c t='str'><v>K2</v></c><c t='str'><v>王五</v></c></row><row/><row r='5'><c/><c t='str'><v>赵六</v></c></row>"
    found = chunk(workbook(rows))
    assert found.row_numbers == [2, 5]
    assert found.rows == [["K2", "王五", ""], ["", "赵六", ""]]


def test_a_cell_without_a_value_has_none_of_its_neighbours():
    """Neither the value before it nor the blanks between the tags."""
    cells = '<c r="A2"><v>1</v></c>\n <c r="B2"/>\n <c r="C2" t="str"/>\n <c r="D2"><f>A1</f></c> <c r="E2"><v>2</v></c>'
    found = chunk(workbook(f'<row r="2">\n {cells}\n</row>\n'))
    assert found.rows == [["1", "", "", "", "2"]]


def test_blank_cells_between_and_behind_are_filled():
    """A row is as wide as the header; what stands beyond it is seen."""
    rows = '<row r="2"><c r="C2" t="str"><v>x</v></c></row><row r="3" spans="1:5"><c r="E3"><v>1</v></c></row>'
    assert chunk(workbook(rows)).rows == [["", "", "x"], ["", "", "", "", "1"]]


@pytest.mark.parametrize("space", [made.STRICT, "", MAIN])
def test_every_namespace_of_spreadsheets_is_read(space):
    """Strict OOXML, the usual one, and none at all; the root may carry a prefix."""
    files = made.parts({"S": made.sheet_xml(made.NAMES.format(name="备注") + row(2, ""))})
    for name, xml in files.items():
        if "xl/" in name and "rels" not in name:
            files[name] = str(xml).replace(MAIN, space)
    assert chunk(made.zipped(files)).rows == [["K2", "欧阳测试", ""]]


@pytest.mark.parametrize("change", [
    ('Target="worksheets/', 'Target="/xl/worksheets/'), ('Target="worksheets/', 'Target="../xl/worksheets/'),
    ('Target="worksheets/', 'Target="./Worksheets/'), ('Target="worksheets/', 'Target="worksheets\\'),
    (made.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
])  # fmt: skip
def test_targets_lead_to_parts_however_they_are_written(change):
    """Absolute, relative, in other letters."""
    files = made.parts({"S": made.sheet_xml(made.NAMES.format(name="备注") + row(2, ""))})
    rels = "xl/_rels/workbook.xml.rels"
    files[rels] = str(files[rels]).replace(*change)
    assert chunk(made.zipped(files)).rows == [["K2", "欧阳测试", ""]]


def people(*keys: str) -> str:
    rows = (
        f'<row r="{at}"><c r="A{at}" t="str"><v>{key}</v></c><c r="B{at}" t="str"><v>王五</v></c></row>'
        for at, key in enumerate(keys, 2)
    )
    return made.sheet_xml(made.NAMES.format(name="备注") + "".join(rows))


COVER = made.sheet_xml(
    '<row r="1"><c r="A1" t="str"><v>填表说明</v></c></row>'
    '<row r="3"><c r="A3" t="str"><v>姓名</v></c><c r="B3" t="str"><v>填写客户的全名</v></c></row>'
    '<row r="4"><c r="A4" t="str"><v>联系电话</v></c></row>'
)
NO_ROWS = made.sheet_xml(made.NAMES.format(name="备注"))


@pytest.mark.parametrize(
    ("sheets", "states", "chosen"),
    [
        ({"旧表": people("OLD"), "客户": people("NEW")}, {"旧表": "hidden"}, "客户"),
        ({"旧表": people("OLD"), "客户": people("NEW")}, {"旧表": "veryHidden"}, "客户"),
        ({"一月": people("A"), "二月": people("B")}, {}, "一月"),
        ({"封面": COVER, "客户": people("NEW")}, {}, "客户"),
        ({"空": made.sheet_xml(""), "客户": people("NEW")}, {}, "客户"),
        ({"模板": NO_ROWS, "客户": people("NEW")}, {}, "客户"),
    ],
)
def test_the_sheet_that_is_read_is_the_first_table_to_be_seen(sheets, states, chosen):
    """Hidden sheets, covers and empty forms are passed over, and all are named."""
    found = table(made.zipped(made.parts(sheets, states=states)))
    assert found.sheet == chosen
    assert found.left_out == tuple(name for name in sheets if name != chosen)


def test_a_sheet_is_chosen_by_its_name():
    """A hidden one too, for whoever asks for it; none else than those there are."""
    sheets = {"旧表": people("OLD"), "客户": people("NEW")}
    data = made.zipped(made.parts(sheets, states={"旧表": "hidden"}))
    assert chunk(data, "旧表").rows == [["OLD", "王五", ""]]
    with pytest.raises(errors.SheetMissing) as refused:
        table(data, "新表")
    assert "新表" not in refused.value.text()
    assert "旧表, 客户" in refused.value.text()


def test_a_name_that_holds_a_customers_value_is_a_place():
    """A sheet named after a telephone number is told, kept and chosen by its place."""
    data = made.zipped(made.parts({"客户": people("A"), "13800138017": people("B")}))
    assert table(data).left_out == ("sheet 2",)
    assert chunk(data, "sheet 2").rows == [["B", "王五", ""]]
    with pytest.raises(errors.SheetMissing) as refused:
        table(data, "13800138017")
    assert "13800138017" not in f"{refused.value}{refused.value.text()}"


def test_charts_are_no_sheets():
    """The order in the workbook counts, not the names of its parts."""
    files = made.parts({"图": "<chartsheet/>", "乙": people("B"), "甲": people("A")})
    rels = "xl/_rels/workbook.xml.rels"
    files[rels] = made.links(
        ("chartsheet", "worksheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet3.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
    )
    found = table(made.zipped(files))
    assert (found.sheet, found.left_out) == ("乙", ("甲",))
    assert found.sample == [["A", "王五", ""]]


def test_hidden_rows_are_read():
    """A filter hides rows; who exports the list would lose customers without a word."""
    hidden = row(3, "").replace("<row ", '<row hidden="1" ')
    assert [line[0] for line in chunk(workbook(row(2, ""), hidden)).rows] == ["K2", "K3"]


def test_merged_cells_tell_how_far_a_group_goes():
    """They stand behind all rows of the file."""
    top = (
        '<row r="1"><c r="A1" t="str"><v>客户号</v></c><c r="B1" t="str"><v>投保人</v></c></row>'
        '<row r="2"><c r="B2" t="str"><v>姓名</v></c><c r="C2" t="str"><v>手机号</v></c><c r="D2" t="str"><v>地址</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>K</v></c><c r="D3" t="str"><v>x</v></c></row>'
    )
    merges = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    found = table(made.zipped(made.parts({"S": made.sheet_xml(top, merges)})))
    assert found.columns == ("客户号", "投保人 姓名", "投保人 手机号", "地址")
    assert found.sample == [["K", "", "", "x"]]


def test_all_rows_are_counted_about_right():
    """Of a long workbook the total is estimated by the bytes of the first rows, and exact at the end."""
    rows = "".join(row(at, f'<c r="C{at}"><v>{at}</v></c>') for at in range(2, 6_002))
    found = table(workbook(rows))
    assert found.total.about
    assert 5_400 < found.total.rows < 6_600
    with read.Reading(found) as reading:
        assert sum(len(part.rows) for part in reading.chunks()) == 6_000
        assert (reading.total().rows, reading.total().about) == (6_000, False)


def test_a_row_that_cannot_be_told_keeps_its_neighbours():
    """One fault, one row."""
    data = workbook(row(2, '<c r="C2" t="e"><v>#REF!</v></c>'), row(3, '<c r="C3"><v>7</v></c>'))
    found = chunk(data)
    assert found.faults == {2: ((2, "cell_unreadable"),)}
    assert list(chain.from_iterable(found.rows)) == ["K2", "欧阳测试", "", "K3", "欧阳测试", "7"]
