"""From a refusal to a value and back: asked for, approved by two, seen in clear, ended; and by break-glass."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House, sign_in, unused_code
from tests.journeys.stock import Case, find_by_id_number, open_case

pytestmark = pytest.mark.browser
REFUSED = "access.no_cell"
WHY = "The customer is at the counter and cannot wait."


@pytest.fixture
def case(house: House, customers: None) -> Case:
    return open_case(house.files, house.people["service_agent"][0])


def _as(page: Page, house: House, post: str) -> None:
    page.context.clear_cookies()
    sign_in(page, house, post)


def _customer(page: Page, case: Case, purpose: str) -> str:
    """Find the customer by id number; the address of the page."""
    find_by_id_number(page, case.id_number)
    expect(page.locator("table tbody tr")).to_have_count(1)
    page.locator("table a[href*='purpose=service']").first.click()
    expect(page.locator("dl.fields").first).to_be_visible()
    address = page.url.partition("?")[0]
    page.goto(f"{address}?purpose={purpose}")
    return address


def _masked_only(page: Page, case: Case) -> None:
    """No phone can be asked for in clear."""
    assert case.phone not in page.content()
    expect(page.locator("[data-choose-one$=':phone']")).to_have_count(0)


def _reveal(page: Page) -> None:
    page.locator("[data-choose-one$=':phone']").click()
    page.fill("#id_reveal-reason", "回访 call back")
    page.click("#reveal-send")


def _decide(page: Page, house: House, post: str, address: str, step: str) -> None:
    _as(page, house, post)
    page.goto(address)
    page.locator(f"main button[value={step}]").last.click()
    expect(page.locator("#notices .alert")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_refusal_leads_to_a_request_that_two_approve(
    page: Page, house: House, case: Case, language: str, width: int
) -> None:
    """Identity is sensitive, so two of two posts; then the value, then the end, then the refusal again."""
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, house, "service_agent")
    customer = _customer(page, case, "complaint")
    _masked_only(page, case)
    page.locator("details.lacks > summary").click()
    page.locator("a[href^='/temporary-access/request/']").click()
    for name in ("1", "2"):
        page.check(f"input[name=classes][value='{name}']")
    page.fill("textarea[name=reason]", WHY)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/temporary-access/[0-9a-f-]{36}/$"))
    access = page.url
    for post in ("branch_manager", "compliance_officer"):
        _decide(page, house, post, access, "approve")
    _as(page, house, "service_agent")
    page.goto(f"{customer}?purpose=complaint")
    expect(page.locator(".access-clock")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _reveal(page)
    expect(page.locator("[id$='-phone'] .is-clear").first).to_contain_text(case.phone)
    page.locator(".access-clock button[value=give_back]").click()
    expect(page.locator("#notices .alert")).to_be_visible()
    page.goto(f"{customer}?purpose=complaint")
    _masked_only(page, case)


def test_break_glass_is_seen_at_once_ended_with_one_button_and_reviewed(
    page: Page, house: House, case: Case, language: str
) -> None:
    """The security administrator's open page shows it within five seconds."""
    sign_in(page, house, "security_admin")
    watching = page.context.browser.new_context(
        base_url=house.address, locale=language, ignore_https_errors=True
    )
    watching.add_cookies(house.cookies["security_admin"])
    watch = watching.new_page()
    watch.goto("/me/")
    _as(page, house, "service_agent")
    customer = _customer(page, case, "service")
    page.goto(f"{customer}?purpose=complaint")
    page.locator("details.lacks > summary").click()
    page.locator("a[href^='/temporary-access/break-glass/']").click()
    page.check("input[name=classes][value='2']")
    page.fill("textarea[name=reason]", WHY)
    page.fill("input[name=code]", unused_code(house, "service_agent"))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/temporary-access/[0-9a-f-]{36}/$"))
    access = page.url
    expect(watch.locator(".access-clock.alert-danger")).to_be_visible(timeout=5_000)
    page.goto(f"{customer}?purpose=complaint")
    _reveal(page)
    expect(page.locator("[id$='-phone'] .is-clear").first).to_contain_text(case.phone)
    watch.locator(".access-clock button[value=end]").click()
    expect(watch.locator("#notices .alert")).to_be_visible()
    watching.close()
    page.goto(f"{customer}?purpose=complaint")
    _masked_only(page, case)
    _as(page, house, "compliance_officer")
    page.goto(access)
    page.fill("textarea[name=note]", "The hospital confirmed it.")
    page.locator("main button[value=justified]").click()
    expect(page.locator("#notices .alert")).to_be_visible()
    expect(page.locator("textarea[name=note]")).to_have_count(0)
