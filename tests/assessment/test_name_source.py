"""A reading says where it comes from: seen by Tutela itself, or reported by another system."""

from collections.abc import Iterator, Sequence

import pytest

from tests.access.cast import Member
from tests.console.stage import browser, text
from tutela.assessment import live
from tutela.assessment.actions import assessments
from tutela.base import clock
from tutela.base.readings import Ask, Reading

YEAR = clock.today().year
# What each target reads, and how much of what is behind it another system reported.
READ = {"trainings": (2.0, 2), "encryption-rate": (100.0, 0)}


@pytest.fixture
def page(people: dict[str, Member]) -> Iterator[str]:
    """This year's assessment: one control read from outside, one by Tutela, the others not at all."""
    officer = people["compliance_officer"]
    assessments.open_assessment(officer.actor, YEAR)
    before = live.provide(_read)
    address = f"/assessments/{YEAR}/"
    yield text(browser(officer.staff).get(address, headers={"Accept-Language": "en"}))
    live.provide(before)


def _read(asks: Sequence[Ask]) -> dict[Ask, Reading]:
    return {
        ask: Reading(
            target=ask.target, begins=ask.begins, ends=ask.ends, value=READ[ask.target][0],
            numerator=2, denominator=2, unit="count", evidence=2, newest=clock.now(),
            outside=READ[ask.target][1],
        )
        for ask in asks if ask.target in READ
    }  # fmt: skip


def test_a_reading_names_its_source_and_no_data_names_none(page: str) -> None:
    """TRN-01 comes from outside, ENC-01 is live, and BAK-01 without data claims to be neither."""
    assert _badge(page, "TRN-01") == "external"
    assert _badge(page, "ENC-01") == "live"
    assert _badge(page, "BAK-01") == ""


def _badge(page: str, control: str) -> str:
    """The words of the badge in a control's row of the table."""
    row = page.partition(f">{control}</a>")[2].partition("</tr>")[0]
    return row.partition("badge")[2].partition(">")[2].partition("<")[0]
