"""Writers of the files, with the looks that real exports have."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sample.papers import POLICY_GROUPS, POLICY_HEADER
from sample.people import Row
from sample.spoil import BAD_BYTE, BARE_QUOTE

RAW = "\xff".encode("latin-1")  # Never valid, neither in UTF-8 nor in GB18030.
BOM = b"\xef\xbb\xbf"
CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # Fixed, so that the same seed gives the same bytes.
Place = tuple[int, int]  # row and column of a sheet, from 0

POLICY_HEAD_ROWS = 3  # title, groups, names
DATES = ("投保日期", "生效日", "终止日")
AMOUNTS = ("保额", "保费")


def write_csv(
    path: Path, header: Sequence[str], rows: Sequence[Row], *, encoding: str = "utf-8",
    bom: bool = False, end: str = "\n",
) -> list[int]:  # fmt: skip
    """Write a file and answer the line on which each row begins."""
    lines, at, text = [], 2, [",".join(header) + end]
    for row in rows:
        line = ",".join([cell(row[name]) for name in header]) + end
        text.append(line)
        lines.append(at)
        at += line.count("\n")
    # Split before encoding: in GB18030 the mark's bytes also occur across two characters.
    raw = RAW.join(part.encode(encoding) for part in "".join(text).split(BAD_BYTE))
    path.write_bytes((BOM if bom else b"") + raw)
    return lines


def cell(text: str) -> str:
    """A value as CSV: quoted where it must be, but for the fault that leaves a quote bare."""
    if '"' in text or "," in text or "\n" in text:
        text = '"' + text.replace('"', '""') + '"'
    return text.replace(BARE_QUOTE, '"')


def write_customers_xlsx(path: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    """One header row, every cell text: what an office keeps so that no digit is lost."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("客户")
        sheet.write_row(0, 0, header)
        for at, row in enumerate(rows, start=1):
            for column, name in enumerate(header):
                sheet.write_string(at, column, row[name])


def write_policies(path: Path, rows: Sequence[Row], today: date, rng: Random) -> list[int]:
    """The policy list with title, merged groups and mixed looks; answers each row's sheet row."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("保单清单")
        bold = book.add_format({"bold": True, "align": "center", "border": 1})
        day = book.add_format({"num_format": "yyyy/m/d"})
        write_head(sheet, bold, today)
        for at, row in enumerate(rows, start=POLICY_HEAD_ROWS):
            write_policy(sheet, at, row, day, rng)
    first = POLICY_HEAD_ROWS + 1
    return list(range(first, first + len(rows)))


def write_head(sheet: Worksheet, bold: Format, today: date) -> None:
    """A title over all columns, then groups over their columns; lone columns merge downward."""
    sheet.merge_range(0, 0, 0, len(POLICY_HEADER) - 1, f"示例人寿保单清单（{today}）", bold)
    column = 0
    for group, names in POLICY_GROUPS:
        if group:
            sheet.merge_range(1, column, 1, column + len(names) - 1, group, bold)
        for name in names:
            if group:
                sheet.write_string(2, column, name, bold)
            else:
                sheet.merge_range(1, column, 2, column, name, bold)
            column += 1


def write_policy(sheet: Worksheet, at: int, row: Row, day: Format, rng: Random) -> None:
    """One policy; dates in one of six shapes, amounts as number, text or scientific text."""
    for column, name in enumerate(POLICY_HEADER):
        text = row[name]
        if name in DATES:
            write_date(sheet, (at, column), text, day, rng)
        elif name in AMOUNTS:
            write_amount(sheet, at, column, text, rng)
        elif text:
            sheet.write_string(at, column, text)


def write_date(sheet: Worksheet, where: Place, text: str, day: Format, rng: Random) -> None:
    """A true date cell or one of the five texts."""
    at, column = where
    shape = rng.randrange(6)
    if text.startswith(("0000", "9999")):  # Not a day that a spreadsheet can hold as a number.
        sheet.write_string(at, column, text)
    elif shape == 0:
        sheet.write_datetime(at, column, datetime.fromisoformat(text), day)
    else:
        sheet.write_string(at, column, date_text(date.fromisoformat(text), shape))


def date_text(value: date, shape: int) -> str:
    """Shapes 1 to 5; shape 0 is a true date cell."""
    return (
        "",
        value.isoformat(),
        f"{value.year}/{value.month}/{value.day}",
        f"{value:%Y%m%d}",
        f"{value.year}年{value.month}月{value.day}日",
        f"{value} 00:00:00",
    )[shape]


def write_amount(sheet: Worksheet, at: int, column: int, text: str, rng: Random) -> None:
    """No look loses a digit: scientific only where the figures say it all."""
    if not text.isascii():
        sheet.write_string(at, column, text)
        return
    shape, value = rng.randrange(4), float(text)
    short = f"{value:.2E}"
    if shape == 0:
        sheet.write_number(at, column, value)
    elif shape == 1 and float(short) == value:
        sheet.write_string(at, column, short)
    elif shape == 2:
        sheet.write_string(at, column, f"{value:,.2f}")
    else:
        sheet.write_string(at, column, text)


def as_rows(header: Sequence[str], tuples: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Tuples as rows by column name."""
    return (dict(zip(header, values, strict=True)) for values in tuples)
