"""Rejected rows: a list without values for everybody, a sealed copy for the mender."""

import csv
import io
from pathlib import Path
from uuid import UUID

import pytest

from tests.vault_importing.conftest import Insurer
from tutela.access.errors import PermissionMissing
from tutela.crypto.normalise import id_card_18
from tutela.vault.importing import errors, rejected_rows, rejects
from tutela.vault.importing.prepare import Problem
from tutela.vault.importing.rejected_rows import RejectsAsk
from tutela.vault.queries import fetch

CANARY = "金丝雀诺贝尔"
RIGHT = id_card_18("11010119900307123")
WRONG = RIGHT[:17] + ("1" if RIGHT[17] != "1" else "2")
DATA = (
    "客户号,姓名,证件号码,手机号码\n"
    f"K1,{CANARY},{WRONG},13800138000\n"
    f"K2,{CANARY},,1380013\n"
    f"K3,{CANARY},,13800138000,extra\n"
    "客户号,姓名,证件号码,手机号码\n"
    f"K4,{CANARY},,13800138000\n"
).encode()


@pytest.fixture(scope="module")
def listed(insurer: Insurer, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A file with four bad rows of five, and its list of rejects."""
    path = tmp_path_factory.mktemp("bad") / "bad.csv"
    path.write_bytes(DATA)
    result = insurer.bring_in(path)
    assert (result.created, result.rejected) == (1, 4)
    return result.batch, Path(result.rejects_file)


def test_the_list_names_row_field_and_code(listed):
    """What a person needs to find and mend each row."""
    with listed[1].open(encoding="utf-8-sig") as file:
        found = [
            (row["row"], row["column"], row["field"], row["code"]) for row in csv.DictReader(file)
        ]
    assert found == [
        ("2", "证件号码", "id_number", "id_check_digit"),
        ("3", "手机号码", "phone", "phone_form"),
        ("4", "", "", "row_ragged"),
        ("5", "", "", "row_header"),
    ]


def test_the_list_holds_no_values(listed):
    """It lies in a folder, in clear."""
    text = listed[1].read_text("utf-8-sig")
    assert CANARY not in text
    assert "138001" not in text
    assert "19900307" not in text
    assert listed[1].stat().st_mode & 0o077 == 0


def test_the_tables_hold_no_clear_values(listed):
    """Neither rejected nor accepted rows leave a clear byte in the vault's tables."""
    for table in ("import_batch", "import_chunk", "record", "tag", "customer"):
        (text,) = fetch(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM vault.{table} t", [])[
            0
        ]
        raw = text.encode()
        assert CANARY.encode().hex() not in text, table
        assert CANARY.encode() not in raw, table
        assert b"13800138000" not in raw, table


def test_the_sealed_copy_needs_its_own_permission(insurer: Insurer, listed):
    """Whoever imports does not thereby read the rows again."""
    ask = RejectsAsk(purpose="service", reason="Correct the source.")
    with pytest.raises(PermissionMissing):
        rejected_rows.open_rejects(insurer.operator, UUID(listed[0]), ask)
    told = rejected_rows.rejects_of(insurer.operator, UUID(listed[0]))
    assert told[0]["code"] == "id_check_digit"


def test_an_import_that_nobody_made_is_not_found(insurer: Insurer):
    """A wrong id is a sentence."""
    with pytest.raises(errors.BatchMissing):
        rejected_rows.rejects_of(insurer.operator, UUID(int=7))


def test_a_folder_that_cannot_be_written_is_named_before_the_import(insurer: Insurer, tmp_path):
    """Not after an hour."""
    with pytest.raises(errors.RejectsUnwritable):
        insurer.bring_in(DATA, rejects=tmp_path / "nowhere" / "list.csv")


def test_a_heading_is_no_formula_in_the_list():
    """Whoever made the file wrote it, and a spreadsheet opens the list."""
    out = io.StringIO()
    columns = {"=1+1": "mobile", " ＝1+1": "name", "证件号码": "id_number"}
    problems = [Problem(row, field, "value_form") for row, field in enumerate(columns.values(), 2)]
    rejects.write_csv(out, problems, columns)
    named = [row["column"] for row in csv.DictReader(io.StringIO(out.getvalue()))]
    assert named == ["'=1+1", "' ＝1+1", "证件号码"]
