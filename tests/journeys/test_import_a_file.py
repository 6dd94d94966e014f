"""A branch manager imports a file whose mapping was wrong at first, and leaves and finds the progress."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.browser


def test_a_bad_mapping_is_refused_mended_and_imported(page, house, customers, language):
    """Leaving out a mandatory column is said before anything is written; mended, all rows come in."""
    sign_in(page, house, "branch_manager")
    page.goto("/imports/upload/")
    page.set_input_files("input[type=file]", str(house.files / "customers.xlsx"))
    page.select_option("select[name=collection]", "customer")
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url("**/imports/**")
    name = page.locator("tr:has(strong:text-is('姓名')) select")
    name.select_option("")
    page.locator("button[value=start]").click()
    expect(page.locator("main")).to_contain_text("vault.import.field_missing")
    name.select_option("name")
    page.locator("button[value=start]").click()
    expect(page.locator("main .btn-list a[href='/imports/']")).to_be_visible(timeout=60_000)
    page.goto("/imports/")
    first = page.locator("table tbody tr").first
    expect(first.locator("[data-label='行数'], [data-label='Rows']")).to_have_text("297")


def test_a_picture_named_csv_gets_one_sentence(page, house, customers, tmp_path, language):
    """The wrong file is named as such, and nothing else happens."""
    wrong = tmp_path / "picture.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    sign_in(page, house, "branch_manager")
    page.goto("/imports/upload/")
    page.set_input_files("input[type=file]", str(wrong))
    page.select_option("select[name=collection]", "customer")
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("vault.import.")
    assert "Traceback" not in page.content()


def test_a_service_agent_may_not_import(page, house, customers, language):
    """The page is refused in a sentence with the code, and the refusal is in the trail."""
    sign_in(page, house, "service_agent")
    answer = page.goto("/imports/upload/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("access.permission_missing")
