"""A service agent finds a customer, is refused, is allowed; the auditor sees both in the trail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House, sign_in
from tests.journeys.stock import Case, find_by_id_number, open_case

pytestmark = pytest.mark.browser
LOGGED = {"zh-CN": "已留痕", "en-GB": "This access is logged"}


@pytest.fixture
def case(house: House, customers: None) -> Case:
    return open_case(house.files, house.people["service_agent"][0])


def _open(page: Page, case: Case) -> None:
    find_by_id_number(page, case.id_full_width)
    # Else the click may meet the list that was there before the answer.
    expect(page.locator("table tbody tr")).to_have_count(1)
    page.locator("table a[href*='purpose=service']").first.click()
    expect(page.locator("dl.fields").first).to_be_visible()


def _ask_for_phone(page: Page, work_item: bool) -> None:
    page.locator("[data-choose-one$=':phone']").click()
    if not work_item:
        page.locator("#reveal-form select[name$=work_item]").select_option("")
    page.fill("#id_reveal-reason", "回访 call back")
    page.click("#reveal-send")


def test_a_full_width_id_number_finds_one_masked_customer(page, house, case, language):
    """The value travels in the body, and nothing of it comes back clear."""
    sign_in(page, house, "service_agent")
    find_by_id_number(page, case.id_full_width)
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(1)
    shown = rows.inner_text()
    assert case.id_number not in shown
    assert case.phone not in shown
    assert case.id_number[-4:] in shown
    assert case.id_number not in page.url


def test_a_look_without_a_work_item_is_refused_in_one_sentence(page, house, case, language):
    """The dialog stays, says what is missing and shows nothing."""
    sign_in(page, house, "service_agent")
    _open(page, case)
    _ask_for_phone(page, work_item=False)
    expect(page.locator("#reveal-answer")).to_contain_text("access.work_item_missing")
    assert case.phone not in page.content()


def test_an_allowed_look_shows_the_value_under_a_watermark_and_covers_it_again(
    page, house, case, language
):
    """For sixty seconds, with the reader's name, and only after the trace."""
    sign_in(page, house, "service_agent")
    _open(page, case)
    _ask_for_phone(page, work_item=True)
    cell = page.locator("[id$='-phone'] .is-clear").first
    expect(cell).to_contain_text(case.phone)
    expect(page.locator("#clear-notices")).to_contain_text(LOGGED[language])
    expect(page.locator("#watermark")).to_be_visible()
    page.locator("[data-cover-now]").click()
    expect(cell).to_have_count(0)
    assert case.phone not in page.content()


def test_the_auditor_sees_the_refusal_and_the_look_but_no_value(page, house, case, language):
    """Both leaves, by the person who looked."""
    sign_in(page, house, "service_agent")
    _open(page, case)
    _ask_for_phone(page, work_item=False)
    expect(page.locator("#reveal-answer")).to_contain_text("access.work_item_missing")
    page.context.clear_cookies()
    sign_in(page, house, "auditor")
    page.goto("/trail/")
    text = page.locator("main").inner_text()
    assert "access.work_item_missing" in text
    assert case.phone not in text
    assert case.id_number not in text


def test_pages_fit_a_phone_and_speak_the_language(page, house, case, language):
    """No sideways scrolling at 390 pixels, and the document says its language."""
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, house, "service_agent")
    for path in ("/", "/customers/", "/catalogue/", "/me/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 391, f"{path} is {wide} pixels wide"
    assert re.match(language[:2], page.evaluate("document.documentElement.lang"))
