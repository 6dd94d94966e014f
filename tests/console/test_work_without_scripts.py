"""Where scripts do not run, people find their way, sign out, and have light or dark as their system does."""

import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.console.stage import House, text
from tests.console.test_print_pages import drawn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def inbox(house: House) -> str:
    """A page of the frame, before a browser's event loop begins."""
    return text(house.as_("security_admin").get("/inbox/", headers={"Accept-Language": "en"}))


@pytest.fixture(params=[1280, 390])
def page(inbox: str, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page at two widths in a browser without scripts, on a dark system."""
    context = chromium.new_context(
        java_script_enabled=False,
        color_scheme="dark",
        viewport={"width": request.param, "height": 800},
    )
    yield drawn(context, inbox)
    context.close()


def _width(page: Page) -> int:
    return (page.viewport_size or {})["width"]


def test_the_navigation_opens_and_closes_on_a_phone(page: Page) -> None:
    """By links; on a wide screen it stands there."""
    entry, opener = page.locator('#side-menu a[href="/matrix/"]'), page.locator(".navbar-toggler")
    if _width(page) > 1000:
        assert entry.is_visible()
        assert not opener.is_visible()
        return
    assert not entry.is_visible()
    opener.click()
    assert entry.is_visible()
    page.get_by_text("Close the menu").click()
    assert not entry.is_visible()


def test_people_sign_out(page: Page) -> None:
    """The menu of the account opens, and its button sends the form."""
    page.locator("summary:visible").filter(has_text="My account").click()
    with page.expect_request("**/account/logout/") as sent:
        page.get_by_role("button", name="Sign out").locator("visible=true").click()
    assert sent.value.method == "POST"
    assert "csrfmiddlewaretoken=" in (sent.value.post_data or "")


def test_a_dark_system_has_dark_pages(page: Page) -> None:
    """And a light one light ones; no switch is shown that would do nothing."""
    cards, switches = page.locator(".card").first, page.locator("[data-switch-theme]:visible")
    dark = _ground(page)
    page.emulate_media(color_scheme="light")
    assert max(dark) < 80
    assert min(_ground(page)) > 200
    assert (cards.count(), switches.count()) == (1, 0)


def _ground(page: Page) -> list[int]:
    """The colour at the foot of the page, from a picture of one pixel: scripts cannot be asked for it."""
    shot = page.screenshot(clip={"x": _width(page) - 5, "y": 790, "width": 1, "height": 1})
    begins = shot.index(b"IDAT") + 4
    size = int.from_bytes(shot[begins - 8 : begins - 4])
    return list(zlib.decompressobj().decompress(shot[begins : begins + size])[1:4])


def test_after_an_upgrade_of_scripts_the_choice_still_wins(inbox: str, chromium: Browser) -> None:
    """With scripts, who has chosen light has light on a dark system."""
    context = chromium.new_context(color_scheme="dark")
    page = drawn(context, inbox)
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    context.add_cookies([{"name": "theme", "value": "light", "url": "http://testserver/"}])
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"
    context.close()
