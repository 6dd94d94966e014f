"""An auditor asks who looked at a customer, and why, and what a person has seen; from a number and a name."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House, sign_in
from tests.journeys.stock import Case, find_by_id_number, open_case

pytestmark = pytest.mark.browser
OPEN = {"zh-CN": "打开理由", "en-GB": "Open the reason"}
NOBODY = {"zh-CN": "没有人使用此姓名", "en-GB": "Nobody has this name"}
PHONE = {"zh-CN": "手机号", "en-GB": "Mobile phone"}
REASON = "核对来电 call checked"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def case(house: House, customers: None) -> Case:
    return open_case(house.files, house.people["service_agent"][0])


def _look(page: Page, house: House, case: Case) -> None:
    """The agent sees the customer's telephone number in clear, with a reason."""
    sign_in(page, house, "service_agent")
    find_by_id_number(page, case.id_number)
    expect(page.locator("table tbody tr")).to_have_count(1)
    page.locator("table a[href*='purpose=service']").first.click()
    page.locator("[data-choose-one$=':phone']").click()
    page.fill("#id_reveal-reason", REASON)
    page.click("#reveal-send")
    expect(page.locator("[id$='-phone'] .is-clear").first).to_contain_text(case.phone)
    page.context.clear_cookies()


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


def _ask_customer(page: Page, by: str, value: str) -> None:
    page.goto("/trail/")
    page.select_option("#ask_by", by)
    page.fill("#ask_value", value)
    page.keyboard.press("Enter")


def test_who_looked_at_a_customer_and_why_is_answered_from_a_name(page, house, case, language):
    """With the keyboard alone: name, page of the customer, the person, the reason."""
    _look(page, house, case)
    sign_in(page, house, "auditor")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        _ask_customer(page, "name", case.name)
        page.wait_for_url(re.compile("/trail/customers/"))
        main = page.locator("main")
        expect(main).to_contain_text(PHONE[language])
        assert case.name not in main.inner_text()
        assert case.phone not in page.content()
        assert _fits(page)
    page.get_by_role("button", name=OPEN[language]).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(REASON)


def test_a_person_is_found_while_the_name_is_typed(page, house, case, language):
    """Suggestions come from the server; the page of the person has pictures with a table for each."""
    sign_in(page, house, "auditor")
    page.goto("/trail/")
    login = house.people["service_agent"][0]
    page.locator("#ask_person").press_sequentially(login[:4])
    expect(page.locator("#people-suggested option")).not_to_have_count(0)
    page.fill("#ask_person", login)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/trail/people/"))
    expect(page.locator(".figure-calendar svg[role=img]")).to_be_visible()
    expect(page.locator(".figure-beside[role=img]").first).to_be_visible()
    page.set_viewport_size(NARROW)
    assert _fits(page)


def test_nobody_of_that_name_is_said_at_the_field(page, house, language):
    """The field is named by the error, and what was typed stands there to be mended."""
    sign_in(page, house, "auditor")
    page.goto("/trail/")
    page.fill("#ask_person", "nobody-of-that-name")
    page.keyboard.press("Enter")
    expect(page.locator("#ask_person_error")).to_contain_text(NOBODY[language])
    assert page.locator("#ask_person").input_value() == "nobody-of-that-name"


def test_the_list_of_events_is_narrowed_by_typing(page, house, language):
    """What is typed there is no part of the link."""
    sign_in(page, house, "auditor")
    page.goto("/trail/")
    options = page.locator("#id_event option")
    before = options.count()
    assert before > 100
    page.locator("#id_event + input").fill("vault.import")
    assert 1 < options.count() < 25
    page.select_option("#id_event", "vault.import.finished")
    page.locator("form.toolbar button[type=submit]").click()
    page.wait_for_url(re.compile("event=vault.import.finished"))
    assert "narrow" not in page.url
    expect(page.locator("table tbody tr").first).to_be_visible()
