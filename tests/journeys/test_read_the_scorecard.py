"""An auditor walks from home to a figure and its rows, and takes a pack away; every page judges the same."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tutela_verify
from tests.journeys.conftest import House, sign_in

pytestmark = pytest.mark.browser
PAGES = ("/scorecard/", "/scorecard/missing/", "/scorecard/departments/", "/programme/", "/duties/")
NO_DATA = {"zh-CN": "暂无数据", "en-GB": "no data yet"}


def test_a_figure_opens_its_rows(page: Page, house: House, language: str) -> None:
    """Fourteen honest lines; the log's line leads to the leaf it is counted from."""
    sign_in(page, house, "auditor")
    page.locator("#scorecard-counts a[href='/scorecard/']").click()
    lines = page.locator("#scorecard tbody tr")
    assert lines.count() >= 14
    trainings = page.locator("tr[data-target=trainings]")
    assert NO_DATA[language] in trainings.inner_text()
    assert trainings.get_attribute("data-status") == "no_data"
    page.locator("tr[data-target=access-log-kept] a").first.click()
    assert page.locator("#rows tbody tr").count() == 2


def test_the_small_screen_shows_every_line(page: Page, house: House) -> None:
    """Nothing is cut off at 390 pixels."""
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, house, "auditor")
    page.goto("/scorecard/")
    assert page.locator("#scorecard tbody tr").count() >= 14
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_a_pack_is_taken_away_and_verifies(page: Page, house: House, tmp_path: Path) -> None:
    """What an outsider is handed is equal to its rows."""
    sign_in(page, house, "auditor")
    page.goto("/scorecard/packs/")
    packs = page.locator("table form[data-pack]")
    before = packs.count()
    with page.expect_download() as taken:
        page.click("main form button[type=submit]")
    path = tmp_path / "pack.zip"
    taken.value.save_as(path)
    assert tutela_verify.main(["pack", str(path)]) == 0
    expect(packs).to_have_count(before + 1)
    with page.expect_download() as again:
        packs.first.locator("button").click()
    again.value.save_as(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_judges_a_target_the_same(
    page: Page, house: House, width: int, theme: str
) -> None:
    """In both languages, wide and narrow, light and dark: one word a target, and nothing cut off."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two
    sign_in(page, house, "security_admin")
    said: dict[str, set[str]] = {}
    for address in ("/", *PAGES):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        shown = page.locator("[data-condition]")
        assert shown.count(), address
        for one in shown.all():
            target = str(one.get_attribute("data-target"))
            word = one.locator(".status").first.inner_text().strip()
            said.setdefault(target, set()).add(word)
    assert len(said) >= 14
    assert {target: words for target, words in said.items() if len(words) > 1} == {}
