"""Days and times of workbooks: what a spreadsheet shows, or a cell that cannot be told."""

from datetime import date

import pytest
import xlsxwriter

from tests.vault_importing.test_read_workbooks import chunk, third
from tests.vault_importing.workbooks_made import formats, row, workbook
from tutela.vault.importing import prepare, targets
from tutela.vault.importing.reading.workbooks import styles

FROM_1904 = '<workbookPr date1904="1"/>'
GONE = ("", "date_out_of_range")


def shown(number: str, style: int | str, properties: str = "") -> str | tuple[str, str]:
    cell = f'<c r="C2" s="1"><v>{number}</v></c>'
    return third(workbook(row(2, cell), styles=formats(0, style), properties=properties))


@pytest.mark.parametrize("style", [
    14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58, 34, 35, 55, 56,
    "yyyy-mm-dd", "yyyy/m/d", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "[$-804]yyyy年m月d日;@", "e.m.d",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "m&quot;月&quot;d&quot;日&quot;", "mmm-yy", "[DBNum1]yyyy年m月", "[Red]d/m/yy", "M",
    "yyyy\\-mm\\-dd\\ hh:mm:ss", "yyyy-mm-dd;;;@",
])  # fmt: skip
def test_a_number_in_a_format_of_days_is_a_day(style):
    """Built-in formats of Chinese and Japanese offices have no text in the file."""
    assert shown("32939", style) == "1990-03-07"


@pytest.mark.parametrize("style", [
    0, 1, 2, 9, 10, 37, 44, 49, "General", "0.00E+00", "G/通用格式", "#,##0.00&quot;元&quot;", "0.0&quot; days&quot;",
    "[Red]0", "0\\d", "_d0", "0.00;[Red]-0.00", "#,##0 _€", "@", "&quot;yes&quot;;&quot;no&quot;", "[&lt;=9]0;0.0", "0;d",
])  # fmt: skip
def test_other_formats_leave_a_number(style):
    """Letters in quotes, brackets, escapes and later sections make no day."""
    assert shown("32939", style) == "32939"


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        ("0.5", 20, "12:00:00"),
        ("0.5", "h:mm", "12:00:00"),
        ("0.999994", 21, "23:59:59"),
        ("0.25", "[$-409]h:mm AM/PM", "06:00:00"),
        ("0.0625", "mm:ss", "01:30:00"),
        ("1.5", 46, "36:00:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("0.0625", "[mm]:ss", "1:30:00"),
        ("32939.5625", 22, "1990-03-07 13:30:00"),
        ("32939.5625", 20, "1990-03-07 13:30:00"),
        ("32939.9999999999", 14, "1990-03-08"),
        ("32939.999999", 14, "1990-03-07 23:59:59.914000"),
        ("1", 14, "1900-01-01"),
        ("59", 14, "1900-02-28"),
        ("60", 14, GONE),
        ("61", 14, "1900-03-01"),
        ("0", 14, GONE),
        ("0.5", 14, GONE),
        ("-1", 14, GONE),
        ("10294", 31, "1928-03-07"),
        ("73050", 57, "2099-12-31"),
        ("109574", 14, "2199-12-31"),
        ("109575", 14, GONE),
        ("2958465", 14, GONE),
        ("19900307", 14, GONE),
        ("1E+300", 14, GONE),
        ("3.2939E+4", 14, "1990-03-07"),
        ("abc", 14, GONE),
    ],
)
def test_a_day_is_the_one_a_spreadsheet_shows(number, style, text):
    """From 1900 to 2199; 29 February 1900 never was."""
    assert shown(number, style) == text


@pytest.mark.parametrize("style", [14, 27, 31, 57, 58])
def test_a_workbook_that_counts_from_1904_says_so(style):
    """Four years and a day would be lost."""
    assert shown("31477", style, FROM_1904) == "1990-03-07"
    assert shown("0", style, FROM_1904) == "1904-01-01"
    assert shown("31477", style, '<workbookPr date1904="false"/>') == "1986-03-06"


@pytest.mark.parametrize(("properties", "day"), [(FROM_1904, "1990-03-07"), ("", "1986-03-06")])
def test_a_bare_number_in_a_column_of_days_counts_as_the_workbook_does(properties, day):
    """Without a format it is a day only where its column is one, and then by the workbook's count."""
    cell = '<c r="C2"><v>31477</v></c>'
    found = chunk(workbook(row(2, cell), name="出生日期", properties=properties))
    fields = {target.code: target for target in targets.targets_of(1)}
    columns = prepare.Columns(
        ("客户号", "姓名", "出生日期"),
        [(0, fields["customer_number"]), (1, fields["name"]), (2, fields["birth_date"])],
        2,
    )
    done = prepare.prepare(found, columns, date(2026, 11, 30))
    [only] = done.rows
    assert only.values[fields["birth_date"].id] == date.fromisoformat(day)
    assert found.rows == [["K2", "欧阳测试", "31477"]]


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        ("10010", "000000", "010010"),
        ("123", "&quot;K&quot;00000", "K00123"),
        ("123", "\\K00000", "K00123"),
        ("1234567", "000000", "1234567"),
        ("-5", "000", "-5"),
        ("1.5", "000", "1.5"),
        ("7", "0", "7"),
    ],
)
def test_leading_zeros_of_a_format_belong_to_the_number(number, style, text):
    """A postcode or customer number kept as a number is what the cell shows."""
    assert shown(number, style) == text


def test_a_format_of_a_million_letters_is_no_trouble():
    """Only its beginning is looked at."""
    assert styles.shape_of_code('"' * 1_000_000) is None
    assert styles.shape_of_code("[" * 1_000_000) is None


def test_days_as_xlsxwriter_writes_them(tmp_path):
    """In both counts."""
    for from_1904 in (False, True):
        path = tmp_path / f"{from_1904}.xlsx"
        book = xlsxwriter.Workbook(str(path), {"date_1904": from_1904})
        sheet, form = book.add_worksheet(), book.add_format({"num_format": 14})
        sheet.write_row(0, 0, ["客户号", "姓名", "出生日期"])
        sheet.write_row(1, 0, ["K1", "欧阳测试"])
        sheet.write_datetime(1, 2, date(1990, 3, 7), form)
        book.close()
        assert third(path.read_bytes()) == "1990-03-07"
