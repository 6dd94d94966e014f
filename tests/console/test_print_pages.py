"""Printed sheets: the paper's size, the insurer's name, page numbers, nothing cut off, nothing to press."""

import mimetypes
import re
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.console.stage import House, text
from tutela.documents import library
from tutela.documents.actions import documents
from tutela.web import static_files

COMPANY = "江海人寿保险股份有限公司"
A4 = (210, 297)
LANGUAGES = ["zh-CN", "en"]
Pages = dict[tuple[str, str], str]
ADDRESSES = {"scorecard": "/scorecard/print/", "year": "/duties/", "matrix": "/matrix/"}


@pytest.fixture(scope="module")
def pages(house: House) -> Pages:
    """What the server says by address and language, before a browser and its event loop begin."""
    drafter = house.people["security_admin"].actor
    version = documents.adopt_template(drafter, code=library.CODES[0], company=COMPANY)
    policy = f"/documents/{version.document_id}/"
    client, found = house.as_("security_admin"), {}
    with override_settings(TUTELA_COMPANY=COMPANY):
        for name, address in (*ADDRESSES.items(), ("policy", policy)):
            for language in LANGUAGES:
                got = client.get(address, headers={"Accept-Language": language})
                assert got.status_code == 200, address
                found[name, language] = text(got)
    return found


def drawn(browser: Browser | BrowserContext, html: str) -> Page:
    """The page in a real browser, with the style sheets that people get."""

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif file := static_files.found(path.removeprefix("/static/")):
            kind = mimetypes.guess_type(path)[0]
            route.fulfill(body=file.whole, content_type=f"{kind}; charset=utf-8")
        else:
            route.abort()

    page = browser.new_page()
    page.route("**/*", serve)
    page.goto("http://testserver/")
    return page


def sheets(page: Page) -> list[tuple[int, int]]:
    """Width and height of each sheet, in millimetres."""
    data = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = re.findall(r"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    return [
        (round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scorecard_fits_one_sheet_lying(pages: Pages, chromium: Browser, language: str) -> None:
    """Fourteen promises on one page for the board, in either language."""
    page = drawn(chromium, pages["scorecard", language])
    assert page.locator("#scorecard tbody tr").count() == 14
    assert sheets(page) == [A4[::-1]]
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_policy_begins_on_its_first_sheet(pages: Pages, chromium: Browser, language: str) -> None:
    """No half-empty page before the text; standing A4; the insurer above; no links and buttons."""
    page = drawn(chromium, pages["policy", language])
    found = sheets(page)
    assert set(found) == {A4}
    assert len(found) <= 4
    page.emulate_media(media="print")
    assert page.locator(".print-head").inner_text() == COMPANY
    assert page.locator("button:visible, .btn:visible").count() == 0
    broken = page.eval_on_selector("article.card", "card => getComputedStyle(card).breakInside")
    assert broken == "auto"
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_s_grid_is_printed_to_december(
    pages: Pages, chromium: Browser, language: str
) -> None:
    """A sheet that ends with November hides what is due."""
    page = drawn(chromium, pages["year", language])
    page.set_viewport_size({"width": 780, "height": 1000})  # A4 where a printer leaves no margins
    page.emulate_media(media="print")
    widest = page.eval_on_selector_all(
        ".year-grid", "grids => Math.max(...grids.map(grid => grid.getBoundingClientRect().right))"
    )
    assert page.locator(".year-grid").count() > 1
    assert 600 < widest <= 781
    page.close()


def test_the_permission_matrix_lies_on_its_side(pages: Pages, chromium: Browser) -> None:
    """Its thirteen classes have no room on a standing sheet."""
    page = drawn(chromium, pages["matrix", "zh-CN"])
    assert {wide > high for wide, high in sheets(page)} == {True}
    page.close()


def test_what_is_printed_in_the_dark_is_light(pages: Pages, chromium: Browser) -> None:
    """Nobody gets pale letters on white paper."""
    page = drawn(chromium, pages["scorecard", "en"])
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.evaluate("""() => window.addEventListener('beforeprint', () => {
        window.printedIn = document.documentElement.getAttribute('data-bs-theme') })""")
    sheets(page)
    assert page.evaluate("window.printedIn") == "light"
    page.close()
