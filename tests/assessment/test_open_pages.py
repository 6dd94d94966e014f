"""The pages of the assessment and the register, in both languages, for who may and who may not."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.access import cast
from tests.console.stage import browser, text
from tutela.assessment.actions import assessments, risks
from tutela.assessment.actions.risks import RiskText
from tutela.base import clock
from tutela.trail.queries import LeafFilter, leaves

YEAR = clock.today().year
RISK = RiskText(
    title="Laptops leave unlocked", likelihood=4, impact=4, treatment="reduce", owner="system_admin",
    plan="Encrypt them", control="ACC-13",
)  # fmt: skip


@pytest.fixture(scope="module")
def stage(people: dict[str, cast.Member]) -> dict[str, cast.Member]:
    """This year's assessment is open, and one risk registered."""
    officer = people["compliance_officer"].actor
    assessments.open_assessment(officer, YEAR)
    people["risk"] = risks.register_risk(officer, RISK)  # type: ignore[assignment]  # for its id
    return people


def pages(stage: dict[str, cast.Member]) -> list[str]:
    year, risk = f"/assessments/{YEAR}/", f"/risks/{stage['risk'].id}/"  # type: ignore[attr-defined]
    return ["/assessments/", year, f"{year}?measure=M2&verdict=unrated", f"{year}controls/ACC-03/",
            f"{year}controls/ENC-01/", f"{year}compare/", "/risks/", "/risks/?cell=4x4", risk, "/risks/new/"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_the_officer(stage: dict[str, cast.Member], language: str) -> None:
    """In both languages, and none shows a template's fault."""
    client = browser(stage["compliance_officer"].staff)
    client.cookies["django_language"] = language
    for address in pages(stage):
        response = client.get(address)
        assert (response.status_code, address) == (200, address)
        assert "{%" not in text(response)


def test_no_page_opens_without_the_post(stage: dict[str, cast.Member]) -> None:
    """A service agent has no business here, and the attempt is on record."""
    client = browser(stage["service_agent"].staff)
    assert {client.get(address).status_code for address in pages(stage)} == {403}
    assert leaves(LeafFilter(event="access.request.refused"))


def test_a_control_is_rated_on_its_page_and_the_next_follows(stage: dict[str, cast.Member]) -> None:
    """Save and next: the browser lands on the control after."""
    client = browser(stage["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ISMS-03/"
    given = {
        "verdict": "met",
        "evidence": "Policy 2.1",
        "note": "",
        "version": 0,
        "after": "ISMS-04",
    }
    response = client.post(address, given)
    assert (response.status_code, response.url) == (302, f"/assessments/{YEAR}/controls/ISMS-04/")


def test_a_met_control_without_evidence_says_what_is_missing(stage: dict[str, cast.Member]) -> None:
    """The page comes back with the sentence, nothing is kept."""
    client = browser(stage["compliance_officer"].staff)
    client.cookies["django_language"] = "en"
    response = client.post(
        f"/assessments/{YEAR}/controls/ISMS-05/", {"verdict": "met", "version": 0}
    )
    assert "needs evidence" in text(response)


def test_an_unknown_year_and_control_are_not_found(stage: dict[str, cast.Member]) -> None:
    """Addresses typed by hand end in a page that says so."""
    client = browser(stage["compliance_officer"].staff)
    for address in ("/assessments/1999/", f"/assessments/{YEAR}/controls/NOPE-01/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "alone", "none"),
    [
        ("en", "Only one public source", "No public source"),
        ("zh-hans", "仅有一个公开来源", "未在公开来源中查到"),
    ],
)
def test_a_control_tells_which_numbers_to_look_up(
    stage: dict[str, cast.Member], language: str, alone: str, none: str
) -> None:
    """Those of one source, those of none; nothing where two sources agree."""
    client = browser(stage["compliance_officer"].staff)
    client.cookies["django_language"] = language
    masked, sealed, agreed = (
        text(client.get(f"/assessments/{YEAR}/controls/{code}/"))
        for code in ("ACC-08", "ENC-01", "ENC-02")
    )
    assert (alone in masked, none in masked) == (True, False)
    assert (alone in sealed, none in sealed) == (False, True)
    assert (alone in agreed, none in agreed) == (False, False)


def test_the_report_is_a_word_file_in_both_languages(stage: dict[str, cast.Member]) -> None:
    """It opens again, and says the year; its making is a leaf."""
    from io import BytesIO

    from docx import Document

    client = browser(stage["auditor"].staff)
    for language, word in (("zh-hans", "年度评估"), ("en", "Annual assessment")):
        client.cookies["django_language"] = language
        response = client.get(f"/assessments/{YEAR}/report/")
        paper = Document(BytesIO(response.content))
        assert any(word in p.text for p in paper.paragraphs[:2])
    assert leaves(LeafFilter(event="governance.assessment.exported"))[0].detail["year"] == YEAR
    translation.deactivate()


def test_a_control_leads_to_a_risk_that_names_it(stage: dict[str, cast.Member]) -> None:
    """From what is not met to the register in one step; a control that is not there is ignored."""
    client = browser(stage["compliance_officer"].staff)
    link = "/risks/new/?control=ACC-13"
    assert link in text(client.get(f"/assessments/{YEAR}/controls/ACC-13/"))
    assert 'value="ACC-13" selected' in text(client.get(link))
    assert client.get("/risks/new/?control=NOPE").status_code == 200


def test_a_risk_is_registered_changed_and_accepted_on_its_pages(
    stage: dict[str, cast.Member],
) -> None:
    """The whole way with forms; a blank reason comes back with its sentence."""
    officer, manager = (stage[post].staff for post in ("compliance_officer", "branch_manager"))
    form = {"title": "Old keys", "likelihood": 2, "impact": 5, "treatment": "reduce",
            "plan": "Rotate", "owner": "system_admin"}  # fmt: skip
    address = browser(officer).post("/risks/new/", form).url
    assert browser(officer).post(f"{address}change/", {**form, "impact": 4}).status_code == 302
    until = str(clock.today() + timedelta(days=9))
    refused = browser(manager).post(f"{address}accept/", {"reason": "", "until": until})
    done = browser(manager).post(f"{address}accept/", {"reason": "Rotation is set", "until": until})
    assert (refused.status_code, done.status_code) == (422, 302)
    assert until in text(browser(manager).get(address))
