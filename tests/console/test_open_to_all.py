"""Everybody can use every page: axe finds nothing of WCAG 2.2 A and AA, in eight ways of seeing it.

The pages come from the route registry. Here each is seen in one of the eight ways; `make soak` sees all in all.
"""

import pytest
from playwright.sync_api import Browser

from tests.console import accessible, walk
from tests.console.accessible import WAYS, Way

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(900)]
NOT_WALKED = {
    "trail-read-checkpoint": "a text for monitors",
    "trail-read-tile": "bytes for monitors",
    **dict.fromkeys(
        ("account_signup", "account_set_password"), "nobody signs up: they answer that there is nothing"
    ),
    **dict.fromkeys(
        ("account_reauthenticate", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        "steps behind a second sign-in, built of the parts of the sign-in page",
    ),
    "vault-read-file": "shown for a file that cannot be read; a readable one goes on to its mapping",
    **dict.fromkeys(
        ("console-health-slow", "trail-suggest-people", "vault-temporary-access-clock"), "parts of pages"
    ),
    **dict.fromkeys(
        (
            "account_logout", "access-open-link", "assessment-report", "backup-read-report",
            "documents-export-docx", "documents-open-file",
            "governance-withdraw-attachment", "mfa_download_recovery_codes", "scorecard-hand-verifier",
            "trail-open-note", "trail-read-segment", "vault-download-rejects",
        ),
        "acts and files, no pages",
    ),
}  # fmt: skip
"""Addresses that the walk does not see, and why."""


@pytest.fixture(scope="module")
def house(database: str, tmp_path_factory: pytest.TempPathFactory):
    return accessible.furnish(tmp_path_factory.mktemp("insurer"))


@pytest.fixture(scope="module")
def walked(house) -> walk.Walk:
    return accessible.seen(house)


@pytest.fixture(scope="module")
def pages(house, walked: walk.Walk) -> dict[Way, dict[str, str]]:
    """What the server says of each page, by the way in which it is seen here; before a browser's event loop begins."""
    found: dict[Way, dict[str, str]] = {way: {} for way in WAYS}
    for number, page in enumerate(walked.pages.values()):
        way = WAYS[number % len(WAYS)]
        found[way][accessible.shown(number, page)] = accessible.drawn(house, page, way.language)
    return found


def test_the_walk_sees_every_page(house, walked: walk.Walk) -> None:
    """An address that is no page leads elsewhere; all others were seen."""
    client = house.as_("security_admin")
    missing = {
        name
        for name, parameters in walk.routes().items()
        if name not in walked.names and walk.takes_looks(name, parameters, client)
    }
    assert sorted(missing - set(NOT_WALKED)) == []
    assert sorted(set(NOT_WALKED) & walked.names) == []


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_axe_finds_nothing(pages, chromium: Browser, way: Way) -> None:
    context = accessible.context(chromium, way)
    assert list(accessible.faults(context, way.width, pages[way])) == []
    context.close()
