"""What cannot be read is not blank: its row is rejected and what is stored stays."""

import csv
from pathlib import Path

import pytest

from tests.vault.factories import id_number
from tests.vault_importing import town as places
from tests.vault_importing.conftest import Insurer
from tutela.keys import custody
from tutela.vault import rows
from tutela.vault.importing import match
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.queries import fetch

CASES = Path(__file__).parent / "cases"
HEADER = "客户号,姓名,证件号码,联系地址\n"
ERRORS = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!",
          "#CALC!", "#FIELD!", "####", "Err:502", " #ref! ", "=A1+B1", '=HYPERLINK("x"; "y")', "=-A1"]  # fmt: skip


def faults(result: ImportResult) -> list[tuple[int, str, str]]:
    """Row, field and code of what was rejected."""
    with Path(result.rejects_file).open(encoding="utf-8-sig") as file:
        return [(int(row["row"]), row["field"], row["code"]) for row in csv.DictReader(file)]


def brought(insurer: Insurer, tmp_path: Path, text: str, **asked: object) -> ImportResult:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    return insurer.bring_in(path, **asked)


@pytest.mark.parametrize("error", ERRORS)
def test_the_text_of_an_error_is_no_value_of_any_field(
    insurer: Insurer, tmp_path: Path, error: str
):
    """Not a name, not an address, not a blank: what is stored stays and is found."""
    good = f"E1,林一,{id_number(901)},北京市路1号\n"
    brought(insurer, tmp_path, HEADER + good)
    quoted = '"' + error.replace('"', '""') + '"'
    for cells in (f"{quoted},,", f"林一,{quoted},", f"林一,,{quoted}"):
        result = brought(insurer, tmp_path, f"{HEADER}E1,{cells}\n")
        ((row, _field, code), *_rest) = faults(result)
        assert (row, code, result.rejected, result.kept) == (2, "cell_unreadable", 1, 0)
    again = brought(insurer, tmp_path, HEADER + good)
    assert (again.unchanged, again.changed) == (1, 0)
    assert places.place(901)


def test_a_sign_before_a_text_is_no_error(insurer: Insurer, tmp_path: Path):
    """`#3 Building` is an address, and a line of equals signs a remark."""
    head = "客户号,姓名,联系地址,备注\n"
    lines = "G1,林一,#3 Building,\nG2,林二,,====\nG3,林三,,#\nG4,林四,,=已核实\n"
    assert brought(insurer, tmp_path, head + lines).created == 4


def test_errors_in_columns_that_nobody_maps_concern_nobody(insurer: Insurer, tmp_path: Path):
    """They are not read at all."""
    columns = {"客户号": "customer_number", "姓名": "name"}
    result = brought(insurer, tmp_path, HEADER + "H1,林一,#N/A,#REF!\n", mapping=columns)
    assert (result.created, result.rejected) == (1, 0)


def test_errors_of_excel_s_csv_are_rejected(insurer: Insurer):
    """Case 10b: #REF! is nobody's name and no address."""
    result = insurer.bring_in((CASES / "10b_errors.csv").read_bytes())
    assert (result.created, result.rejected) == (0, 3)


def test_a_text_that_a_spreadsheet_wrapped_is_unwrapped_in_every_column(insurer: Insurer):
    """Case 23c: names and addresses too, not only codes."""
    file = (CASES / "23c_eq_all_columns.csv").read_bytes()
    result = insurer.bring_in(file)
    assert (result.created, result.rejected) == (4, 0)
    plain = file.decode("gb18030").replace('="', "").replace('"', "").encode()
    assert insurer.bring_in(plain).unchanged == 4


@pytest.mark.parametrize("wrapped", ['"=""0123"""', '="0123"', "'0123", ' ="0123" ', '=\\"0123\\"'])
def test_each_way_of_marking_a_text_is_one_value(insurer: Insurer, tmp_path: Path, wrapped: str):
    """In a column of plain text as well."""
    head = "客户号,姓名,业务员\n"
    brought(insurer, tmp_path, head + "M1,林一,0123\n")
    again = brought(insurer, tmp_path, f"{head}M1,林一,{wrapped}\n")
    assert (again.unchanged, again.rejected) == (1, 0)


def test_a_text_keeps_its_apostrophe(insurer: Insurer, tmp_path: Path):
    """Only before digits is it a mark."""
    head = "客户号,姓名,备注\n"
    brought(insurer, tmp_path, head + "A1,林一,'t Hart\n")
    assert brought(insurer, tmp_path, head + "A1,林一,t Hart\n").changed == 1


def test_a_customer_of_a_chunk_is_found_whatever_its_key_is_wrapped_in(
    insurer: Insurer, tmp_path: Path
):
    """Two chunks that name one key keep their order."""
    lines = '="C1",林一,,北京市路1号\nC1,林一,,北京市路2号\n'
    result = brought(insurer, tmp_path, HEADER + lines, chunk_rows=1)
    assert (result.created, result.changed) == (1, 1)
    assert fetch(
        "SELECT count(*) FROM vault.record WHERE version = 2 AND batch = %s", (result.batch,)
    ) == [(1,)]


def test_a_workbook_whose_look_ups_broke_takes_no_id_number_away(insurer: Insurer):
    """Cases 07a and 07b: the cells are rejected, the stored numbers stay and find their customers."""
    good = (CASES / "07a_good.xlsx").read_bytes()
    assert insurer.bring_in(good).created == 3
    broken = insurer.bring_in((CASES / "07b_error_cached.xlsx").read_bytes())
    assert (broken.rejected, broken.changed) == (3, 0)
    assert insurer.bring_in(good).unchanged == 3
    numbers = ("110101199003070011", "11010119900307002X", "110101199003070038")
    tags = [rows.identity_tag(custody.index_keys(), number) for number in numbers]
    assert len(match.by_identity(tags)) == 3
