"""An agent looks many customers up; within seconds the watch opens a case, and the administrator explains it."""

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House, sign_in
from tests.journeys.stock import find_by_id_number, id_numbers_near

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
LOOKS = 20
"""R20 asks for 15 searches with one hit in ten minutes; a customer with the agent's own work counts a tenth."""
SECONDS = 60
"""So long the page is loaded again before the test gives up."""
RAISED_WITHIN = 30
"""Below one second on a machine that does nothing else; here other tests run beside it."""
REASON = "核对停电后的回访名单，经理已批准 call-back list"
WORDS = {
    "zh-CN": {
        "rule": "以检索还原脱敏信息",
        "explain": "说明并认定理由成立",
        "justified": "理由成立",
    },
    "en-GB": {
        "rule": "Unmasking by search",
        "explain": "Explain as justified",
        "justified": "Justified",
    },
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def _look_up_many(page: Page, house: House) -> None:
    sign_in(page, house, "service_agent")
    numbers = id_numbers_near(house.files, house.people["service_agent"][0], LOOKS)
    for number in numbers:
        find_by_id_number(page, number)
        # The next look would cut off a search that has not been answered.
        expect(page.locator("table tbody tr")).to_have_count(1, timeout=60_000)
    page.context.clear_cookies()


def _shot(page: Page, name: str) -> None:
    """A picture, where somebody wants to look at the pages."""
    folder = os.environ.get("PICTURES_IN")
    if folder:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


@pytest.fixture(scope="module")
def told() -> dict[str, float]:
    """When the looks of the module were over; the second language reads what the first one left."""
    return {}


def test_a_mass_lookup_is_a_case_within_seconds_and_is_explained(
    page: Page, house: House, customers: None, language: str, told: dict[str, float]
) -> None:
    """Home, list, case, alert with its entries, the person's pattern, the reason; wide and narrow."""
    words = WORDS[language]
    if not told:
        _look_up_many(page, house)
        told["over"] = time.monotonic()
    sign_in(page, house, "security_admin")
    page.goto("/watch/alerts/?rule=R20")
    while page.locator("table tbody tr").count() == 0 and time.monotonic() - told["over"] < SECONDS:
        page.wait_for_timeout(500)
        page.reload()
    (alert,) = map(
        json.loads, house.tutela("watch", "alerts", "--rule", "R20", "--json").stdout.splitlines()
    )
    at, raised = (datetime.fromisoformat(str(alert[name])) for name in ("at", "raised"))
    assert (raised - at).total_seconds() < RAISED_WITHIN
    row = page.locator("table tbody tr").first
    expect(row).to_contain_text(words["rule"])
    row.locator("a[href*='/watch/alerts/']").click()
    expect(page.locator("table tbody tr")).not_to_have_count(0)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        _shot(page, f"alert-{language}-{size['width']}")
        assert _fits(page)
    page.set_viewport_size(WIDE)
    main = page.locator("main")
    main.locator("a[href*='/watch/people/']").first.click()
    for kind in ("calendar svg", "hours", "beside"):
        expect(page.locator(f".figure-{kind}[role=img]").first).to_be_visible()
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        _shot(page, f"pattern-{language}-{size['width']}")
        assert _fits(page)
    page.set_viewport_size(WIDE)
    page.go_back()
    page.locator("main a[href*='/watch/cases/']").first.click()
    _explain(page, words)


def _explain(page: Page, words: dict[str, str]) -> None:
    """With the keyboard, by the second question; once settled there is no button any more."""
    button = page.get_by_role("button", name=words["explain"]).first
    if button.count():
        button.focus()
        page.keyboard.press("Enter")
        page.fill("#id_explain_reason", REASON)
        _shot(page, "explain")
        page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(REASON)
    expect(page.locator("main")).to_contain_text(words["justified"])
    expect(page.locator("[data-open-dialog=explain]")).to_have_count(0)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        _shot(page, f"case-{words['justified']}-{size['width']}")
        assert _fits(page)


@pytest.mark.parametrize(
    "path", ["/watch/", "/watch/alerts/", "/watch/rules/", "/watch/rules/R1/", "/watch/canaries/"]
)
def test_pages_fit_a_small_screen(
    page: Page, house: House, customers: None, language: str, path: str
) -> None:
    sign_in(page, house, "compliance_officer")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.goto(path)
        _shot(page, f"{path.strip('/').replace('/', '-')}-{language}-{size['width']}")
        assert _fits(page)
