"""Workbooks for tests, written by XlsxWriter."""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

import xlsxwriter

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows], hidden: Collection[str] = ()) -> bytes:
    """A workbook with these sheets, in this order."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def people(letter: str, count: int = 3, start: int = 0) -> Rows:
    """Customers with numbers that begin with a letter; all invented."""
    phones = range(start, start + count)
    rows = [[f"{letter}{n}", "欧阳测试", f"1380013{n:04d}"] for n in phones]
    return [["客户号", "姓名", "手机号"], *rows]
