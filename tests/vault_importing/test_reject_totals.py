"""Total and footer rows are no records; a record that only looks like one is."""

import io
from pathlib import Path
from uuid import UUID

import pytest
import xlsxwriter

from tests.vault.factories import id_number
from tests.vault_importing.conftest import Insurer
from tutela.detect.tables.roles import SIMPLIFIED
from tutela.vault.importing import rejected_rows
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.importing.targets import by_code, collections, is_label, targets_of
from tutela.vault.importing.total_rows import is_total, shape_of

CASES = Path(__file__).parent / "cases"
HEADER = "姓名,手机号,证件号码,年收入\n"
FIELDS = ("customer_number", "name", "phone", "id_number", "annual_income", "address")
TOTALS = [
    "合计,,,,200000,",
    "合 计：,,,,200000,",
    ",总计,,,,",
    ",小计(元),,,80000.00,",
    "以上合计3条,,,,,",
    "(共 12 条),,,,,",
    "制表人：张三,,,,,",
    "制表人,张三,,,,",
    "审核:,李四,,,,",
    "打印时间：2026-01-01 10:00,,,,,",
    "Total,,,,200000,",
    "Grand total: 12,,,,,",
    ",Sum,,,12,",
    "Prepared by: Zhang,,,,,",
    "(3 rows),,,,,",
]
RECORDS = [
    "K1,总计,,,,",
    ",总计,,110101199003070011,,",
    ",合计,13800138001,,200000,北京市路1号",
    "K1,小计,13800138001,,,",
    "K1,Sum Wai,,,,",
    ",合计建筑有限公司,,,,",
    "合计,,13800138001,110101199003070011,,",
]


def codes(insurer: Insurer, result: ImportResult) -> list[tuple[object, object]]:
    listed = rejected_rows.rejects_of(insurer.operator, UUID(result.batch))
    return [(one["row"], one["code"]) for one in listed]


@pytest.mark.parametrize(("rows", "told"), [(TOTALS, True), (RECORDS, False)])
def test_a_row_is_told_by_its_label_and_by_what_else_it_holds(rows: list[str], told: bool):
    """A number of its own makes a record of any name."""
    known = by_code(1)
    shape = shape_of([(place, known[code]) for place, code in enumerate(FIELDS)])
    assert [row for row in rows if is_total(row.split(","), shape) is not told] == []


def test_totals_below_a_table_are_rejected_with_a_reason(insurer: Insurer):
    """Case 30b: 合计 and 制表人 stand in the column of names and are no customers."""
    result = insurer.bring_in((CASES / "30b_total_in_name.csv").read_bytes())
    assert (result.created, result.rejected) == (2, 2)
    assert codes(insurer, result) == [(4, "row_total"), (5, "row_total")]


def test_a_customer_called_total_is_a_customer(insurer: Insurer):
    """With an id number it is a record."""
    row = f"总计,,{id_number(701)},\n"
    assert insurer.bring_in((HEADER + row).encode()).created == 1


def test_totals_of_a_workbook_are_rejected_as_well(insurer: Insurer):
    """Whatever wrote the table."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER.strip().split(","))
        sheet.write_row(1, 0, ["林一", "13800138001", id_number(702), 80000])
        sheet.write_row(2, 0, ["合计", None, None, 80000])
        sheet.write_row(3, 0, ["制表人：张三"])
    result = insurer.bring_in(out.getvalue())
    assert (result.created, codes(insurer, result)) == (1, [(3, "row_total"), (4, "row_total")])


def test_a_header_in_the_middle_is_no_record(insurer: Insurer):
    """Two files that were put together."""
    row = f"林三,13800138003,{id_number(703)},\n"
    result = insurer.bring_in((HEADER + row + HEADER).encode())
    assert (result.created, codes(insurer, result)) == (1, [(3, "row_header")])


def test_a_document_of_no_end_comes_in_whole(insurer: Insurer):
    """Case 49: 长期, 长期有效 and a span that ends in 长期."""
    result = insurer.bring_in((CASES / "49_long_term.csv").read_bytes())
    assert (result.rows, result.rejected) == (4, 0)


def test_a_form_about_one_person_brings_in_nobody_called_by_its_labels(insurer: Insurer):
    """A sheet with labels down its side is no table; its labels are no names."""
    form = (
        "姓名,欧阳测试\n证件号码,110101199003070011\n手机号：,13800138001\n*联系地址,北京市路1号\n"
    )
    result = insurer.bring_in(form.encode(), changes={"欧阳测试": ""})
    assert result.created == 0
    assert codes(insurer, result) == [(2, "row_header"), (3, "row_header"), (4, "row_header")]


def test_masked_names_and_addresses_are_rejected(insurer: Insurer):
    """A masked export would replace what is known by less."""
    rows = (
        "KM1,欧阳**,广东省广州市\nKM2,欧阳测试,广东省广州市天河区****\nKM3,欧阳测试,广东省广州市\n"
    )
    result = insurer.bring_in(("客户号,姓名,联系地址\n" + rows).encode())
    assert result.created == 1
    assert codes(insurer, result) == [(2, "value_masked"), (3, "value_masked")]


def test_text_that_was_lost_before_is_rejected(insurer: Insurer):
    """Two replacement characters of UTF-8 that were read as GBK hide what the source had."""
    people = "".join(f"KL{n},欧阳测试\n" for n in range(20))
    lost = b"\xef\xbf\xbd\xef\xbf\xbd".decode("gbk")
    result = insurer.bring_in(f"客户号,姓名\n{people}KL99,{lost}\n".encode())
    assert (result.created, codes(insurer, result)) == (20, [(22, "encoding")])


@pytest.mark.parametrize("mark", ["NaT", "<NA>", "<null>", "(null)", "[NULL]"])
def test_marks_of_pandas_and_database_tools_are_blank(insurer: Insurer, mark: str):
    """As pandas, DataGrip, PL/SQL Developer and DBeaver write an empty cell."""
    rows = f"客户号,姓名,开户日期\nKN{mark.encode().hex()},欧阳测试,{mark}\n"
    result = insurer.bring_in(rows.encode())
    assert (result.created, result.rejected) == (1, 0)


def test_each_chinese_name_of_a_field_is_a_label_also_in_traditional_characters() -> None:
    names = {
        name
        for number, _code in collections()
        for target in targets_of(number)
        for name in target.synonyms
        if 1 < len(name) <= 22 and not name.isascii()
    }
    traditional = str.maketrans({new: chr(old) for old, new in SIMPLIFIED.items()})

    written = {form for name in names for form in (name, f"{name}：", name.translate(traditional))}

    assert len(names) > 200
    assert [name for name in sorted(written) if not is_label(name)] == []
