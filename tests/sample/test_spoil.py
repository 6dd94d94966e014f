"""spoilt.json tells the truth about every row that it names."""

import re

import polars as pl
import pytest

from sample.spoil import CLAIMS, CUSTOMERS, POLICIES
from tests.sample.conftest import read

BAD = {
    "wrong_check_digit": lambda v: len(v) == 18,
    "missing_mandatory": lambda v: v in ("", None),
    "short_phone": lambda v: re.fullmatch(r"1\d{9}", v),
    "full_width_digits": lambda v: re.fullmatch(r"[０-９．]+", v),
    "lower_case_x": lambda v: re.fullmatch(r"\d{17}x", v),
    "zero_date": lambda v: v == "0000-00-00",
    "newline_in_cell": lambda v: "\n" in v,
    "stray_quote": lambda v: v.count('"') == 1,
    "lost_digits": lambda v: re.fullmatch(r"\d\.\d{5}E\+\d\d", v),
    "trailing_spaces": lambda v: v.endswith("  "),
    "mixed_encoding": lambda v: "\ufffd" in v,
    "unknown_customer": lambda v: v == "C999999999",
    "swapped_columns": lambda v: not v.isascii(),
}
POLICY_COLUMNS = {"保单号": 0, "险种": 1, "客户号": 2, "生效日": 9, "保额": 11}


@pytest.fixture(scope="session")
def rows(exports, customers):
    """Data rows by file, each row as a function from column to value."""
    sheet = pl.read_excel(exports / "policies.xlsx", has_header=False, infer_schema_length=0)
    policies = [
        {name: row[at] for name, at in POLICY_COLUMNS.items()} for row in sheet[3:].iter_rows()
    ]
    claims = read(exports / "claims.csv", "utf-8-sig")
    return {"customers.csv": customers, "policies.xlsx": policies, "claims.csv": claims}


def test_every_listed_fault_stands_where_it_is_said_to(rows, spoilt):
    """The value in that row and column is bad in that way."""
    for entry in spoilt:
        if entry["kind"] != "doubled_row":
            value = rows[entry["file"]][entry["row"] - 1][entry["field"]]
            assert BAD[entry["kind"]](value), entry


def test_a_doubled_row_repeats_the_one_before(rows, spoilt):
    """The second of the pair is listed."""
    doubled = [s for s in spoilt if s["kind"] == "doubled_row" and s["file"].endswith("csv")]
    assert doubled
    for entry in doubled:
        own, at = rows[entry["file"]], entry["row"] - 1
        assert own[at] == own[at - 1]


@pytest.mark.parametrize("kind", ["zero_date", "trailing_spaces", "lost_digits", "mixed_encoding"])
def test_no_fault_goes_unlisted(rows, spoilt, kind):
    """Rows of customers.csv that look so are exactly those listed."""
    listed = {s["row"] for s in spoilt if s["kind"] == kind and s["file"] == "customers.csv"}
    seen = {
        n
        for n, row in enumerate(rows["customers.csv"], start=1)
        if any(BAD[kind](value) for value in row.values())
    }
    assert seen == listed


def test_lines_point_at_the_row_in_the_file(exports, spoilt):
    """A break inside a cell moves the lines after it; the list counts that."""
    lines = (exports / "claims.csv").read_bytes().split(b"\n")
    numbered = [s for s in spoilt if s["file"] == "claims.csv" and s["kind"] != "missing_mandatory"]
    assert any(s["line"] != s["row"] + 1 for s in numbered)
    assert all(lines[s["line"] - 1].startswith(b"CL") for s in numbered)


def test_one_row_in_a_hundred_is_spoilt_in_every_way(manifest, spoilt):
    """The share, and each kind in each file."""
    for file, kinds, rows in (
        ("customers.csv", CUSTOMERS, 4000), ("policies.xlsx", POLICIES, 3000), ("claims.csv", CLAIMS, 2200),
    ):  # fmt: skip
        own = [s for s in spoilt if s["file"] == file]
        assert len(own) == manifest["files"][file]["spoilt"] == rows // 100
        assert {s["kind"] for s in own} == {kind.name for kind in kinds}


def test_papers_hang_on_no_spoilt_customer(rows, spoilt):
    """So that one fault counts once: a refused customer takes no policy along."""
    faulty = {
        rows["customers.csv"][s["row"] - 1]["客户号"]
        for s in spoilt
        if s["file"] == "customers.csv" and s["refuse"]
    }
    for file in ("policies.xlsx", "claims.csv"):
        assert faulty.isdisjoint(row["客户号"] for row in rows[file])


def test_the_list_holds_no_values(spoilt):
    """Only the place, the kind and the verdict."""
    names = {"file", "row", "line", "field", "kind", "refuse"}
    assert all(set(entry) == names for entry in spoilt)
