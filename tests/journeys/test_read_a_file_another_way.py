"""A branch manager brings in files that do not tell how they are read, with the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.books import people, workbook
from tests.journeys.conftest import House, sign_in

pytestmark = pytest.mark.browser

WESTERN = "customer_no,name,phone\nL1,Zoë Müller Testfall,13800132001\n".encode("cp1252")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with the keyboard")


def _upload(page: Page, house: House, name: str, content: bytes) -> None:
    file = house.folder / name
    file.write_bytes(content)
    page.goto("/imports/upload/")
    page.set_input_files("input[type=file]", str(file))
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")


def test_an_encoding_is_given_without_another_upload(
    page: Page, house: House, customers: None, language: str
) -> None:
    """The refusal is the form: one sentence with its code, and the field that mends it."""
    sign_in(page, house, "branch_manager")
    _upload(page, house, "western.csv", WESTERN)
    expect(page.locator("main")).to_contain_text("vault.import.encoding_unknown")
    expect(page.locator("input[type=file]")).to_have_count(0)
    tab_to(page, "select[name=encoding]")
    page.keyboard.type("Windows-1252")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#how-read")).to_contain_text("1252")
    expect(page.locator("table.mapping")).to_contain_text("customer_no")


def test_another_sheet_is_read_and_rehearsed(
    page: Page, house: House, customers: None, language: str, tmp_path: Path
) -> None:
    """Both sheets are named; the other is chosen, a column's blanks clear, and a count leads to its rows."""
    rows = [*people("KJ", 4, 40), ["KJ9", "欧阳测试", "12"], ["KJ8", "欧阳测试", "34"]]
    book = workbook({"Old": people("KO", 2), "New": rows, "Lists": [["x"]]}, hidden={"Lists"})
    sign_in(page, house, "branch_manager")
    _upload(page, house, "two.xlsx", book)
    read = page.locator("#how-read")
    expect(read).to_contain_text("Old")
    expect(read).to_contain_text("New · Lists")
    tab_to(page, "#how-read summary")
    page.keyboard.press("Enter")
    tab_to(page, "#how-read select[name=sheet]")
    page.keyboard.type("New")
    tab_to(page, "#how-read button[type=submit]")
    page.keyboard.press("Enter")
    expect(read).to_contain_text("Old · Lists")
    tab_to(page, "input[name=clears-2]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=rehearse]")
    page.keyboard.press("Enter")
    expect(page.locator("#reject-summary")).to_be_visible(timeout=60_000)
    expect(page.locator("#reject-summary")).to_contain_text("手机号")
    tab_to(page, "#reject-summary a")
    page.keyboard.press("Enter")
    expect(page.locator("#rejects tbody tr")).to_have_count(2)
