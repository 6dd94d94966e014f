"""What the journeys know of the sample insurer's files, so that a page can be compared with them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass(frozen=True)
class Case:
    """A customer for whom somebody has an open work item."""

    key: str
    work_item: str
    name: str
    id_number: str
    phone: str

    @property
    def id_full_width(self) -> str:
        return self.id_number.translate(FULL_WIDTH)


def _rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="", errors="replace") as text:
        return list(csv.DictReader(text))


def open_case(files: Path, login: str) -> Case:
    """The first customer with a clean id number for whom this person has an open work item."""
    number = next(r["staff_no"] for r in _rows(files / "staff.csv") if r["login"] == login)
    people = {row["客户号"]: row for row in _rows(files / "customers.csv", "gb18030")}
    for item in _rows(files / "workitems.csv"):
        row = people.get(item["customer"])
        if item["assignee"] != number or item["closed"] or row is None:
            continue
        if len(row["证件号码"]) == 18 and row["证件号码"].isascii() and len(row["手机号码"]) == 11:
            return Case(
                item["customer"], item["number"], row["姓名"].strip(), row["证件号码"].upper(),
                row["手机号码"],
            )  # fmt: skip
    raise AssertionError(f"no open case of {login} in the sample")


def id_numbers_near(files: Path, login: str, most: int) -> list[str]:
    """Clean id numbers of customers whom this person's branch, or one below it, keeps."""
    branch = next(r["branch"] for r in _rows(files / "staff.csv") if r["login"] == login)
    rows = _rows(files / "customers.csv", "gb18030")
    near = [row["证件号码"].upper() for row in rows if row["归属机构"].startswith(branch)]
    clean = dict.fromkeys(one for one in near if len(one) == 18 and one.isascii())
    return list(clean)[:most]


def find_by_id_number(page: Page, number: str) -> None:
    """The form for one field, below the desk's box: found for customer service."""
    page.goto("/customers/")
    page.locator("details:has(select[name=by]) > summary").click()
    page.select_option("select[name=by]", "id_number")
    page.fill("input[name=value]", number)
    page.locator("form:has(input[name=value]) select[name=purpose]").select_option("service")
    page.locator("form:has(input[name=value]) button[type=submit]").click()
