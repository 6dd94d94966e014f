"""A whole page never stands inside another, and a request without an answer says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.console.stage import House, text
from tests.console.test_print_pages import drawn

pytestmark = pytest.mark.browser
PART = """() => {
  document.querySelector("main .page-body .container-xl").insertAdjacentHTML("beforeend",
    '<div id="part">as before</div><button id="ask" hx-post="/part/" hx-target="#part">ask</button>' +
    '<button id="ask-late" hx-post="/account/login/" hx-target="#part">ask</button>' +
    '<dialog id="asked"><div class="sheet-body"><button id="ask-in" hx-post="/part/" hx-target="#part">ask</button>' +
    "</div></dialog>");
  htmx.process(document.body);
}"""
HTML = {"content_type": "text/html; charset=utf-8"}


@pytest.fixture(scope="module")
def told(house: House) -> dict[str, str]:
    """The inbox and the sign-in, before a browser's event loop begins."""
    english = {"Accept-Language": "en"}
    return {
        "inbox": text(house.as_("auditor").get("/inbox/", headers=english)),
        "sign-in": text(house.as_("").get("/account/login/", headers=english)),
    }


@pytest.fixture
def page(told: dict[str, str], chromium: Browser) -> Iterator[Page]:
    """The inbox, with a part that asks for itself."""
    made = drawn(chromium, told["inbox"])
    made.evaluate(PART)
    yield made
    made.close()


def _ask(page: Page, place: str = "#ask") -> str:
    page.click(place)
    page.wait_for_selector("[data-part-failed]")
    return page.locator("[data-part-failed]").inner_text()


def test_a_part_comes(page: Page) -> None:
    """So that the tests below fail for their own reason."""
    page.route("**/part/", lambda route: route.fulfill(body="<p>new</p>", **HTML))
    page.click("#ask")
    page.wait_for_selector("#part p")
    assert page.locator("[data-part-failed]").count() == 0


@pytest.mark.parametrize("status", [200, 403, 500])
def test_a_whole_page_is_not_taken_in(page: Page, told: dict[str, str], status: int) -> None:
    """Whatever its status. The part stays, the reader is told once and can load the page again."""
    page.route("**/part/", lambda route: route.fulfill(status=status, body=told["sign-in"], **HTML))
    assert "does not belong on this page" in _ask(page)
    _ask(page)
    assert page.locator("#part").inner_text() == "as before"
    assert page.locator("main h1").count() == 1
    assert page.locator("[data-part-failed]").count() == 1
    assert page.locator("#notices [data-load-anew]").is_visible()


def test_what_is_no_page_at_all_is_not_taken_in(page: Page) -> None:
    """A proxy's word between us and the server."""
    page.route(
        "**/part/", lambda route: route.fulfill(status=502, body="bad", content_type="text/plain")
    )
    assert "does not belong" in _ask(page)
    assert page.locator("#part").inner_text() == "as before"


def test_an_ended_session_leads_to_the_sign_in(page: Page, told: dict[str, str]) -> None:
    """As a page of its own, with the way back: the browser has followed the answer to it."""
    page.route("**/account/login/**", lambda route: route.fulfill(body=told["sign-in"], **HTML))
    page.click("#ask-late")
    page.wait_for_url("**/account/login/?next=%2F")
    assert page.locator("input[name=login]").evaluate("field => field === document.activeElement")


def test_a_lost_connection_is_told_until_the_next_answer(page: Page) -> None:
    """At the head of the page, also to who cannot see it."""
    page.route("**/part/", lambda route: route.abort())
    assert "cannot be reached" in _ask(page)
    assert page.locator("#notices [role=alert]").count() == 1
    page.route("**/part/", lambda route: route.fulfill(body="<p>new</p>", **HTML))
    page.click("#ask")
    page.wait_for_selector("#part p")
    assert page.locator("[data-part-failed]").count() == 0


def test_in_a_dialog_it_is_told_in_the_dialog(page: Page) -> None:
    """What lies behind it is not seen."""
    page.evaluate("document.getElementById('asked').showModal()")
    page.route("**/part/", lambda route: route.abort())
    _ask(page, "#ask-in")
    assert page.locator("#asked [data-part-failed]").is_visible()


def test_an_answer_that_does_not_come_is_not_waited_for_without_end(page: Page) -> None:
    """Half a minute."""
    assert page.evaluate("htmx.config.timeout") == 30_000
