"""A control's page in a real browser: nothing of its files is cut off, and they belong to the rating."""

from io import BytesIO

import pytest
from playwright.sync_api import Browser

from tests.access import cast
from tests.console.stage import browser, text
from tests.console.test_print_pages import drawn
from tests.journeys.conftest import chromium
from tutela.assessment.actions import assessments, ratings
from tutela.base import clock
from tutela.programme.actions.attachments import Upload

__all__ = ["chromium"]
YEAR = clock.today().year


@pytest.fixture(scope="module")
def shown(people: dict[str, cast.Member]) -> dict[str, str]:
    """The page of a control with a file, by language, before a browser's event loop begins."""
    officer = people["compliance_officer"]
    assessments.open_assessment(officer.actor, YEAR)
    name = "minutes-of-the-meeting.txt"
    file = Upload(name=name, file=BytesIO(b"text"), evidence_date=clock.today())
    ratings.attach_proof(officer.actor, YEAR, "ISMS-03", [file])
    client, found = browser(officer.staff), {}
    for language in ("en", "zh-hans"):
        client.cookies["django_language"] = language
        found[language] = text(client.get(f"/assessments/{YEAR}/controls/ISMS-03/"))
    return found


@pytest.mark.parametrize("width", [1000, 1200, 1300, 1600])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_button_of_a_file_is_whole(
    shown: dict[str, str], chromium: Browser, language: str, width: int
) -> None:
    """Its right edge lies within the card, whatever the screen's width; both submits are one form."""
    page = drawn(chromium, shown[language])
    page.set_viewport_size({"width": width, "height": 900})
    edges = page.evaluate(
        "() => ['.proof td .btn', '.proof .table-responsive']"
        ".map(one => document.querySelector(one).getBoundingClientRect().right)"
    )
    ids = page.evaluate(
        "() => [...document.querySelectorAll('.proof [form]')].map(one => one.form.id)"
    )
    page.close()
    assert edges[0] <= edges[1]
    assert set(ids) == {"rating"}
