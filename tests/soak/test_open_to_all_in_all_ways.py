"""Everybody can use every page in each of the eight ways of seeing it, with axe."""

import pytest
from playwright.sync_api import Browser

from tests.console import accessible
from tests.console.accessible import WAYS, Way
from tests.journeys.conftest import chromium

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def pages(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What the server says of each page, by language and address; before a browser's event loop begins."""
    house = accessible.furnish(tmp_path_factory.mktemp("insurer"))
    walked = accessible.seen(house)
    return {
        language: {
            accessible.shown(number, page): accessible.drawn(house, page, language)
            for number, page in enumerate(walked.pages.values())
        }
        for language in accessible.LANGUAGES
    }


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_axe_finds_nothing_on_any_page(
    pages: dict[str, dict[str, str]], chromium: Browser, way: Way
) -> None:
    context = accessible.context(chromium, way)
    assert len(pages[way.language]) > 60
    assert list(accessible.faults(context, way.width, pages[way.language])) == []
    context.close()
