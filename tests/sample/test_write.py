"""The files: counts, looks, sameness, and papers that fit one another."""

import csv
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from sample.__main__ import main
from sample.house import POSTS
from sample.plain import HEADER, write_plain
from sample.write import Order, write_all
from tests.sample.conftest import read

NAMES = (
    "customers.csv",
    "claims.csv",
    "contacts.csv",
    "workitems.csv",
    "branches.csv",
    "staff.csv",
)
POLICY_HEAD = 3


@pytest.fixture(scope="session")
def policies(exports):
    """policies.xlsx without its three head rows, every cell text."""
    sheet = pl.read_excel(exports / "policies.xlsx", has_header=False, infer_schema_length=0)
    return sheet[POLICY_HEAD:]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    """Every file, workbooks too."""
    for part in ("one", "two"):
        (tmp_path / part).mkdir()
        write_all(Order(out=tmp_path / part, customers=300, policies=300, claims=100))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_another_seed_gives_other_customers(tmp_path):
    """The seed reaches the rows."""
    for seed in (1, 2):
        write_plain(tmp_path / f"{seed}.csv", 50, seed)
    assert (tmp_path / "1.csv").read_bytes() != (tmp_path / "2.csv").read_bytes()


def test_the_manifest_counts_what_is_there(exports, customers, policies, manifest):
    """Rows by file, doubled ones included."""
    rows = {name: entry.get("rows") for name, entry in manifest["files"].items()}
    assert rows["customers.csv"] == len(customers)
    assert rows["policies.xlsx"] == len(policies)
    assert rows["claims.csv"] == len(read(exports / "claims.csv", "utf-8-sig"))


def test_papers_point_at_customers_and_staff_that_exist(exports, customers):
    """Every work item has a known customer and a known member of staff."""
    known = {row["客户号"] for row in customers}
    staff = {row["staff_no"] for row in read(exports / "staff.csv", "utf-8")}
    work = read(exports / "workitems.csv", "utf-8")
    assert {row["customer"] for row in work} <= known
    assert {row["assignee"] for row in work} <= staff
    assert {row["kind"] for row in work} == {"policy", "claim", "case"}


def test_work_items_name_papers_of_the_same_customer(exports, policies):
    """A claim's or call's item and the paper agree on the customer."""
    papers = dict(zip(policies["column_0"], policies["column_2"], strict=True))
    for file, key, text in (("claims", "赔案号", "utf-8-sig"), ("contacts", "工单号", "utf-8")):
        papers |= {row[key]: row["客户号"] for row in read(exports / f"{file}.csv", text)}
    for row in read(exports / "workitems.csv", "utf-8"):
        assert papers[row["number"]] == row["customer"]


def test_the_house_has_a_tree_and_every_post(exports):
    """One root, 8 provinces, 24 cities; every branch of the staff exists."""
    branches = {row["code"]: row["parent"] for row in read(exports / "branches.csv", "utf-8")}
    staff = read(exports / "staff.csv", "utf-8")
    assert sorted(map(len, branches)) == [4] * 9 + [6] * 24
    assert {parent for parent in branches.values() if parent} <= set(branches)
    assert {person["branch"] for person in staff} <= set(branches)
    assert {person["post"] for person in staff} == {post[0] for post in POSTS}
    assert len({person["login"] for person in staff}) == len(staff)


def test_staff_who_are_customers_carry_the_customers_name(exports, customers):
    """The overlay for one's own record needs the link to be true."""
    names = {row["客户号"]: row["姓名"] for row in customers}
    own = [person for person in read(exports / "staff.csv", "utf-8") if person["customer_key"]]
    assert len(own) == 5
    assert all(names[person["customer_key"]].strip() == person["name"] for person in own)


def test_the_policy_list_has_a_title_and_two_header_rows(exports):
    """Groups over names; a lone column's name stands in the upper row."""
    sheet = pl.read_excel(exports / "policies.xlsx", has_header=False, infer_schema_length=0)
    assert "保单清单" in sheet.row(0)[0]
    assert sheet.row(1)[:5] == ("保单号", "险种", "投保人", None, "被保险人")
    assert sheet.row(2)[:4] == (None, None, "客户号", "投保人姓名")


def test_policy_dates_come_in_six_shapes_and_amounts_in_scientific_notation(policies):
    """The looks that an import must read."""
    seen = set(policies["column_8"].str.replace_all(r"\d+", "9"))
    assert seen == {
        "9-9-9",
        "9/9/9",
        "9",
        "9年9月9日",
        "9-9-9 9:9:9",
    }  # true dates look like the last
    assert policies["column_11"].str.contains(r"^\d\.\d\dE\+05$").any()


def test_the_late_batch_overlaps_as_the_manifest_says(exports, customers, manifest):
    """Unchanged, changed and new, counted by comparing the rows."""
    late = pl.read_excel(exports / "customers.xlsx", infer_schema_length=0).fill_null("")
    known = {row["客户号"]: row for row in customers}
    found = {"unchanged": 0, "changed": 0, "new": 0}
    for row in late.iter_rows(named=True):
        old = known.get(row["客户号"])
        found["new" if old is None else "unchanged" if row == old else "changed"] += 1
    assert found == manifest["files"]["customers.xlsx"]


def test_names_outside_the_basic_plane_survive_gb18030(customers):
    """Some real names need four bytes."""
    assert any(ord(c) > 0xFFFF for row in customers for c in row["姓名"])


def test_plain_has_twelve_columns_and_keys_in_order(tmp_path):
    """The benchmark's file: no faults, nothing quoted."""
    main(["--out", str(tmp_path), "--plain", "--staff", "--customers", "500"])
    rows = list(csv.reader((tmp_path / "customers.csv").open(encoding="utf-8")))
    assert rows[0] == list(HEADER)
    assert {len(row) for row in rows} == {12}
    assert all(one[0] < two[0] for one, two in pairwise(rows[1:]))
    assert (tmp_path / "staff.csv").exists()


@pytest.mark.parametrize("count", ["0", "1"])
def test_a_tiny_insurer_is_written_too(tmp_path, count):
    """No count is too small."""
    words = ["--customers", count, "--policies", count, "--claims", count]
    main(["--out", str(tmp_path), *words])
    assert len(read(tmp_path / "customers.csv", "gb18030")) == int(count)


def test_the_sample_needs_nothing_of_tutela():
    """It stands alone: neither the package nor Django is imported."""
    code = (
        "import sample.__main__, sys; print([m for m in sys.modules if m in ('tutela', 'django')])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
