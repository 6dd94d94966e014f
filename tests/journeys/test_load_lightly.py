"""What a browser transfers: a first visit, and each further page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import House, sign_in

COLD, WARM, FIRST_PAINT = 300_000, 30_000, 150_000


@pytest.fixture
def language() -> str:
    """One is enough: the texts of the other are no longer."""
    return "zh-CN"


class Wire:
    """Bytes that came over the network, headers too, as the browser counts them."""

    def __init__(self, page: Page) -> None:
        self._page, self.bytes = page, 0
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("Network.enable")
        self._wire.on("Network.loadingFinished", self._add)

    def _add(self, told: dict[str, float]) -> None:
        self.bytes += int(told["encodedDataLength"])

    def visit(self, address: str) -> int:
        """Open a page; what that cost."""
        self.bytes = 0
        self._page.goto(address)
        self._page.wait_for_load_state("networkidle")
        return self.bytes

    def forget(self) -> None:
        self._wire.send("Network.clearBrowserCache")


@pytest.fixture
def wire(page: Page, house: House, customers: None) -> Iterator[Wire]:
    sign_in(page, house, "security_admin")
    return Wire(page)


def test_a_first_visit_and_all_further_pages_are_light(page: Page, wire: Wire) -> None:
    """Home within 150 KB, with its chart; every page of the navigation within 300 KB cold and 30 KB warm."""
    wire.forget()
    first = wire.visit("/")
    pages = page.locator("#side-menu a.nav-link").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(pages) > 10
    warm = {address: wire.visit(address) for address in [*pages, *pages]}
    cold = {}
    for address in pages:
        wire.forget()
        cold[address] = wire.visit(address)
    assert 20_000 < first <= FIRST_PAINT
    assert {one: size for one, size in warm.items() if not 500 < size <= WARM} == {}
    assert {one: size for one, size in cold.items() if not 20_000 < size <= COLD} == {}
