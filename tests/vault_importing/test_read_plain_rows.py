"""Rows and strings that are read without the parser are what the parser would have read."""

import io
import zipfile
from random import Random

import pytest

from tests.vault_importing import workbooks_made as made
from tutela.vault.importing.errors import BadFile, CellTooLarge, SheetBroken
from tutela.vault.importing.reading.cells import Unreadable
from tutela.vault.importing.reading.workbooks import sheet_rows, strings
from tutela.vault.importing.reading.workbooks.plain_rows import PlainRows
from tutela.vault.importing.reading.workbooks.xlsx import Xlsx

STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="1"/></cellXfs>'
STRINGS = (
    "<si><t>客户</t></si>", '<si><t xml:space="preserve"> 两 </t></si>', "<si><t> 一 </t></si>", "<si><t/></si>", "<si/>",
    "<si><r><t>甲</t></r><r><t>乙</t></r></si>", "<si><t>王</t><rPh><t>wang</t></rPh></si>", "<si><t>a&amp;b</t></si>",
    "<si><t>_x000D_</t></si>", "<!-- <si><t>x</t></si> -->", "<si><t>a\rb</t></si>", "<si><t>\ufffe</t></si>",
    "<si><t><![CDATA[</t></si>]]></t></si>", "<si><t>" + "长" * 1200 + "</t></si>", "\n", '<x xmlns="u"><si><t>0</t></si></x>',
    '<si xmlns="u"><t>0</t></si>', "<si><t>]]></t></si>", "<si><t>a</t>", "<si><t>b</t></si>",
)  # fmt: skip
CELLS = (
    ' t="s"><v>0</v>', ' t="s"><v>1</v>', ' t="s"><v> 2 </v>', ' t="s"><v>99</v>', ' t="s"><v>x</v>', ' t="s"/>', "/>", " />",
    "><v>12</v>", "><v>1.50</v>", "><v>12345678901234567</v>", ' s="1"><v>25044</v>', ' s="1" t="n"><v>0</v>', ' s="2"/>',
    ' t="inlineStr"><is><t>内</t></is>', ' t="inlineStr"><is><t xml:space="preserve"> a </t></is>', "><is><t>7</t></is>",
    ' t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>', ' t="str"><v>_x0041_</v>', ' t="str"><v></v>', ' t="b"><v>1</v>',
    ' t="e"><v>#REF!</v>', ' t="e"/>', ' t="d"><v>2020-01-02</v>', "><f>A1</f><v>3</v>", "><f>A1</f>", ' t="zz"><v>1</v>',
    ' t="str"><v>a&lt;b</v>', ' t="str"><v>a\rb</v>', ' t="str"><v>\uffff</v>', ' t="str"><v>a>b</v>', ' s="1" s="2"><v>1</v>',
    ' t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is>', ' x:y="1"><v>1</v>', ' t="str"><v><!-- 1 -->2</v>',
    ' t="str"><v>' + "长" * 700 + "</v>", ' t="str"><v>1</v><v>2</v>', ' q="1"><v>1</v>', ' t="inlineStr"><is></is>',
)  # fmt: skip
BETWEEN = (
    '<row r="{n}"/>', '<row r="{n}" spans="1:3" />', "<row/>", '<!-- <row r="{n}"><c r="A{n}"><v>1</v></c></row> -->',
    '<row r="{n}" xmlns="u"><c r="A{n}"><v>1</v></c></row>', '<x xmlns="u"><row r="{n}"><c r="A{n}"><v>1</v></c></row></x>',
    "<x><!-- </row> --></x>", "\n", "<?row?>", "<row><row></row>", '<row r="{n}"/><!-- </row> -->', "<f/>", "<c><is><t>", "</row>",
    "<x>", "</x>", "</sheetData><sheetData>", '<x xmlns="u">', "<![CDATA[</row>]]>", '<row r="{n}"><c r="A{n}"><f>', "text",
)  # fmt: skip
HEADS = (' r="{n}"', ' r="{n}" spans="1:3"', ' r="{n}" ht="{h}" x14ac:dyDescent="0.2"', "", ' spans="1:3"', ' r="0{n}"', ' r="{n}" r="{n}"')  # fmt: skip


def outcome(data: bytes):
    """The rows of the sheet with the types of their cells, or that it is refused."""
    try:
        book = Xlsx(io.BytesIO(data))
        runs = list(book.runs(book.sheets[0]))
        # Strings are read as far as they are named; here all of them.
        if "sharedStrings" in book._by_kind:
            book._needed().strings.find("999999")
    except BadFile:
        return "refused"
    return [
        (n, [(type(cell).__name__, cell) for cell in row])
        for run in runs
        for n, row in zip(run.numbers, run.rows, strict=True)
    ]


def by_parser(data: bytes, patched: pytest.MonkeyPatch):
    with patched.context() as only:
        only.setattr(sheet_rows._Rows, "_first", lambda *_given: -1)
        only.setattr(strings._Items, "_first", lambda *_given: -1)
        return outcome(data)


def some_cells(draw: Random, n: int, odd: float) -> str:
    cells = []
    for place, name in enumerate("ABCDE"):
        if draw.random() < 0.1:
            continue
        inner = draw.choice(CELLS) if draw.random() < odd else CELLS[place % 2]
        reference = (
            f' r="{name}{n}"'
            if draw.random() > odd / 20
            else draw.choice(["", f' r="B{n}"', ' r="C1"'])
        )
        cells.append(f"<c{reference}{inner}" + ("" if inner.endswith("/>") else "</c>"))
    return (
        draw.choice(["", "", "", " ", "\n"]).join(cells) if draw.random() < odd else "".join(cells)
    )


def some_sheet(draw: Random, odd: float) -> str:
    rows, n = [], 1
    for _row in range(draw.randint(1, 9)):
        n += draw.choice([1, 1, 1, 1, 1, 3]) if draw.random() > odd / 30 else draw.choice([0, -1])
        if draw.random() < odd / 3:
            rows.append(draw.choice(BETWEEN).format(n=n))
            n += 1
        head = draw.choice(HEADS) if draw.random() < odd else HEADS[1]
        rows.append(
            f"<row{head.format(n=n, h=draw.randint(9, 11))}>{some_cells(draw, n, odd)}</row>"
        )
    return "".join(rows)


def some_book(draw: Random) -> bytes:
    odd = draw.choice([0.02, 0.1, 0.3])
    texts = "".join(
        draw.choice(STRINGS) if draw.random() < odd else STRINGS[at % 3]
        for at in range(draw.randint(1, 90))
    )
    sheet = made.sheet_xml(some_sheet(draw, odd))
    if draw.random() < 0.5:
        sheet = sheet.replace("<worksheet ", '<worksheet xmlns:x14ac="u" xmlns:x="v" ')
    if draw.random() < 0.1:
        name = draw.choice(["UTF-8", "utf-8", "ISO-8859-1", "GBK"])
        sheet = f'<?xml version="1.0" encoding="{name}"?>{sheet}'
    if draw.random() < 0.1:
        at = draw.randrange(len(sheet))
        sheet = sheet[:at] + draw.choice(["<", ">", '"', "", "&", "<!--", "\x01"]) + sheet[at + 1 :]
    return made.zipped(made.parts({"一": sheet}, styles=STYLES, strings=texts))


def test_no_book_is_read_otherwise_than_by_the_parser(monkeypatch):
    draw = Random("books")
    plain, whole = 0, 0
    read = PlainRows.read

    def counted(self, xml):
        nonlocal plain
        is_plain = read(self, xml)
        plain += is_plain
        return is_plain

    monkeypatch.setattr(PlainRows, "read", counted)
    for _book in range(2_500):
        data = some_book(draw)
        found = outcome(data)
        whole += found != "refused"
        assert found == by_parser(data, monkeypatch), made_xml(data)
    assert plain > 1_500
    assert whole > 700


def made_xml(data: bytes) -> str:
    """The sheet, for whoever must find out."""

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode("utf-8", "replace")


def test_a_row_in_a_comment_is_none():
    comment = (
        '<!-- <row r="9"><c r="A9"><v>9</v></c></row><row r="10"><c r="A10"><v>9</v></c></row> -->'
    )
    rows = [made.row(n, f'<c r="C{n}"><v>1</v></c>') for n in (2, 3, 4)]
    found = outcome(made.workbook(*rows, comment, made.row(5, "")))
    assert [number for number, _row in found] == [1, 2, 3, 4, 5]


def test_a_row_of_another_vocabulary_is_none():
    other = '<x xmlns="urn:x"><row r="9"><c r="A9"><v>9</v></c></row></x>'
    rows = [made.row(n, f'<c r="C{n}"><v>1</v></c>') for n in (2, 3, 4)]
    assert len(outcome(made.workbook(*rows, other, other, made.row(5, "")))) == 5


def test_rows_that_go_back_are_refused_where_they_are_plain():
    rows = [made.row(n, f'<c r="C{n}"><v>1</v></c>') for n in (2, 3, 4, 3)]
    book = Xlsx(io.BytesIO(made.workbook(*rows)))
    with pytest.raises(SheetBroken):
        list(book.runs(book.sheets[0]))


def test_long_strings_are_weighed_where_rows_are_plain():
    """Each names the same four strings of nearly a mebibyte."""
    text = "<si><t>" + "长" * ((1 << 20) - 1) + "</t></si>"
    cells = "".join(f'<c r="{name}2" t="s"><v>{at}</v></c>' for at, name in enumerate("ABCDE"))
    xml = f'<row r="1"><c r="A1" t="s"><v>9</v></c></row><row r="2">{cells}</row>'
    later = f'<row r="3">{cells.replace("2", "3")}</row>'
    sheet = made.sheet_xml(xml + later)
    book = Xlsx(io.BytesIO(made.zipped(made.parts({"一": sheet}, strings=text * 5))))
    with pytest.raises(CellTooLarge):
        list(book.runs(book.sheets[0]))


def test_a_place_without_a_string_is_unreadable_where_rows_are_plain():
    rows = [made.row(n, f'<c r="C{n}" t="s"><v>{n}</v></c>') for n in (2, 3, 4)]
    found = outcome(made.workbook(*rows, strings="<si><t>a</t></si>" * 4))
    assert found[-1][1][2] == (Unreadable.__name__, "4")


@pytest.mark.parametrize("name", ["GBK", "x-nobody"])
def test_xml_in_an_encoding_that_is_not_read_is_refused(name):
    sheet = f'<?xml version="1.0" encoding="{name}"?>{made.sheet_xml(made.row(1, ""))}'
    assert outcome(made.zipped(made.parts({"一": sheet}))) == "refused"
