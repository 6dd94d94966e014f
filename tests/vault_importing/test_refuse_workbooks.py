"""Workbooks that are broken, or ask for much, are refused in one sentence while they are read."""

import io
import struct
import zipfile

import pytest

from tests.vault_importing import workbooks_made as made
from tests.vault_importing.test_read_workbooks import chunk, table
from tests.vault_importing.workbooks_made import row, workbook
from tutela.vault.importing import errors

GOOD = workbook(row(2, ""))


def patched(data: bytes, part: str, offset: int, form: str, value: int) -> bytes:
    """A zip whose directory says something else of a part."""
    changed, at = bytearray(data), data.index(part.encode(), data.index(b"PK\x01\x02")) - 46
    struct.pack_into(form, changed, at + offset, value)
    return bytes(changed)


def without(part: str) -> bytes:
    return made.zipped({name: xml for name, xml in parts().items() if name != part})


def parts() -> dict[str, str | bytes]:
    return made.parts({"S": made.sheet_xml(made.NAMES.format(name="备注") + row(2, ""))})


def replaced(part: str, old: str, new: str) -> bytes:
    return made.zipped(
        {name: str(xml).replace(old, new) if name == part else xml for name, xml in parts().items()}
    )


def with_method(method: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as book:
        for name, xml in parts().items():
            book.writestr(name, xml)
    return held.getvalue()


def twice() -> bytes:
    """The same part under two spellings: two programs would read two sheets."""
    files = parts()
    return made.zipped(files | {"xl/Worksheets/Sheet1.xml": files["xl/worksheets/sheet1.xml"]})


SHEET = "xl/worksheets/sheet1.xml"
BROKEN = {
    "cut off": GOOD[: len(GOOD) // 2],
    "cut within its directory": GOOD[:-30],
    "no workbook": without("xl/workbook.xml"),
    "no such part": without(SHEET),
    "a password": patched(GOOD, SHEET, 8, "<H", 1),
    "a smaller size than it has": patched(GOOD, SHEET, 24, "<I", 100),
    "another check sum": patched(GOOD, SHEET, 16, "<I", 1),
    "an unheard way to compress": patched(GOOD, SHEET, 10, "<H", 93),
    "lzma, which inflates without a bound": with_method(zipfile.ZIP_LZMA),
    "a part twice": twice(),
    "an entity": replaced(SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
    "an entity in the list of sheets": replaced(
        "xl/workbook.xml", "<workbook", "<!DOCTYPE x><workbook"
    ),
    "no end of a tag": replaced(SHEET, "</sheetData>", ""),
    "another vocabulary": replaced(SHEET, made.MAIN, "urn:other"),
    "a row that goes back": replaced(SHEET, '<row r="2"', '<row r="1"'),
    "a row without a number": replaced(SHEET, '<row r="2"', '<row r="x"'),
    "a row beyond the last": replaced(SHEET, '<row r="2"', '<row r="9999999"'),
    "a cell of another row": replaced(SHEET, 'r="B2"', 'r="B3"'),
    "a cell that goes back": replaced(SHEET, 'r="B2"', 'r="A2"'),
    "a cell without a column": replaced(SHEET, 'r="B2"', 'r="2"'),
    "two sheets of a name": made.zipped(
        {
            name: str(xml).replace("一", "二")
            for name, xml in made.parts({"一": made.sheet_xml(""), "二": ""}).items()
        }
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_is_refused(name):
    """Before any of its rows come in, and with nothing of its content."""
    with pytest.raises((errors.SheetBroken, errors.FileEmpty)) as refused:
        table(BROKEN[name])
    assert "欧阳" not in refused.value.text()


def test_a_second_half_that_is_missing_is_seen_before_the_first_comes_in():
    """The sheet is looked through when its header is found."""
    rows = "".join(row(at, f'<c r="C{at}"><v>{at}</v></c>') for at in range(2, 9_000))
    xml = made.sheet_xml(made.NAMES.format(name="备注") + rows)
    with pytest.raises(errors.SheetBroken):
        table(made.zipped(made.parts({"S": xml[:-100]})))


def long_sheet(cell: str) -> bytes:
    return made.zipped(
        made.parts({"S": made.sheet_xml(made.NAMES.format(name="备注") + row(2, cell))})
    )


NOISE = "".join(f"{number:x}" for number in range(400_000))
ASKING = {
    "a cell of two million letters": (
        workbook(row(2, f'<c r="C2" t="str"><v>{NOISE[: 2 << 20]}</v></c>')),
        errors.CellTooLarge,
    ),
    "a shared string of two million letters": (
        workbook(
            row(2, '<c r="C2" t="s"><v>0</v></c>'),
            strings=f"<si><t>{NOISE[: 2 << 20]}</t></si>",
        ),
        errors.CellTooLarge,
    ),
    "a row of many long cells": (
        workbook(
            row(2, '<c t="s"><v>0</v></c>' * 500), strings=f"<si><t>{NOISE[:10_000]}</t></si>"
        ),
        errors.CellTooLarge,
    ),
    "a rich text of a million runs": (
        workbook(row(2, f'<c r="C2" t="inlineStr"><is>{"<r><t>xy</t></r>" * 1_000_000}</is></c>')),
        errors.CellTooLarge,
    ),
    "a cell in the last corner": (
        workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        errors.TooManyColumns,
    ),
    "a million columns": (
        workbook(row(2, "<c><v>1</v></c>" * 1_000_000)),
        errors.TooManyColumns,
    ),
    "a name of a column that no sheet has": (
        workbook(row(2, '<c r="ZZZ2"><v>1</v></c>')),
        errors.TooManyColumns,
    ),
    "a long string in many rows": (
        workbook(
            *(row(at, f'<c r="C{at}" t="s"><v>0</v></c>') for at in range(2, 9_000)),
            strings=f"<si><t>{NOISE[:32_000]}</t></si>",
        ),
        errors.ZipBomb,
    ),
    "blanks that inflate": (replaced(SHEET, "<sheetData>", " " * (64 << 20)), errors.ZipBomb),
    "blanks that inflate, under a small size": (
        patched(replaced(SHEET, "<sheetData>", " " * (64 << 20)), SHEET, 24, "<I", 1000),
        (errors.ZipBomb, errors.SheetBroken),
    ),
    "a directory of many parts": (
        made.zipped(parts() | {f"{at:0200}": "" for at in range(20_000)}),
        errors.ZipBomb,
    ),
    "many sheets": (
        made.zipped(made.parts({f"S{at}": made.sheet_xml("") for at in range(600)})),
        errors.SheetBroken,
    ),
}


@pytest.mark.parametrize("name", ASKING)
def test_a_workbook_that_asks_for_much_is_refused(name):
    """Within the bounds of a cell, a row, a sheet and the file."""
    data, expected = ASKING[name]
    with pytest.raises(expected) as refused:
        chunk(data)
    assert "%(" not in refused.value.text()


def test_a_million_blank_cells_are_no_trouble():
    """Formatted cells without content, in the last row and column too."""
    blank = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert chunk(workbook(row(2, "<c/>" * 1_000_000), blank)).rows == [["K2", "欧阳测试", ""]]


def test_parts_in_other_encodings_are_read():
    """XML says its encoding itself."""
    files = parts()
    files[SHEET] = f'<?xml version="1.0" encoding="UTF-16"?>{files[SHEET]}'.encode("utf-16")
    assert chunk(made.zipped(files)).rows == [["K2", "欧阳测试", ""]]
