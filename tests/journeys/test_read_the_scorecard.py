"""An auditor opens the home page, walks from a figure to its rows, and takes a pack away."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

import tutela_verify
from tests.journeys.conftest import House, sign_in

pytestmark = pytest.mark.browser
NO_DATA = {"zh-CN": "暂无数据", "en-GB": "no data yet"}


def test_a_figure_opens_its_rows(page: Page, house: House, language: str) -> None:
    """Fourteen honest lines; the log's line leads to the leaf it is counted from."""
    sign_in(page, house, "auditor")
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
    assert page.locator("#scorecard tbody tr").count() >= 14
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_a_pack_is_taken_away_and_verifies(page: Page, house: House, tmp_path: Path) -> None:
    """What an outsider is handed is equal to its rows."""
    sign_in(page, house, "auditor")
    page.goto("/scorecard/packs/")
    with page.expect_download() as taken:
        page.click("main form button[type=submit]")
    path = tmp_path / "pack.zip"
    taken.value.save_as(path)
    assert tutela_verify.main(["pack", str(path)]) == 0
