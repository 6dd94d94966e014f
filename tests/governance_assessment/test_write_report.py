"""The report as Word opens it: cover, scope, measures, live readings, risks, comparison, signatures."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import override_settings
from django.utils import translation
from docx import Document
from docx.document import Document as Paper

from tests.access import cast
from tests.governance_assessment.test_close_assessment import answer, rate_all
from tutela.base import clock
from tutela.governance.actions.attachments import Upload
from tutela.governance.assessment import actions, live, queries, report
from tutela.governance.assessment.actions_risk import RiskText

YEAR = clock.today().year
COMPANY = "江海人寿保险股份有限公司"
RISK = RiskText(
    title="Old fax", likelihood=2, impact=3, treatment="accept", owner="compliance_officer"
)
HEADINGS = {
    "en": ["Scope and method", "Summary", "Results by measure", "Live readings", "What is missing",
           "Open risks", "Compared with the last closed assessment", "All controls", "Signatures"],
    "zh-hans": ["范围与方法", "总体情况", "各措施结果", "自动读数", "差距清单", "未关闭的风险",
                "与上次已关闭评估的对比", "全部控制项", "签署"],
}  # fmt: skip


@pytest.fixture(scope="module")
def years(people: dict[str, cast.Member]) -> dict[str, cast.Member]:
    """Last year closed, this year handed in; one control worse, one risk borne, one file."""
    officer, auditor = people["compliance_officer"].actor, people["auditor"].actor
    before = live.provide(answer(100.0))
    for year in (YEAR - 1, YEAR):
        actions.open_assessment(officer, year)
        rate_all(people, year)
        if year == YEAR:
            actions.rate_control(officer, year, "ISMS-04", verdict="not_met", note="No officer")
            day = clock.today() - timedelta(days=9)
            proof = Upload(name="minutes.pdf", file=BytesIO(b"m"), evidence_date=day)
            actions.attach_proof(officer, year, "ISMS-05", [proof])
        actions.submit_assessment(officer, year)
        if year < YEAR:
            actions.close_assessment(auditor, year)
    risk = actions.register_risk(officer, RISK)
    until = clock.today() + timedelta(days=90)
    manager = people["branch_manager"].actor
    actions.accept_risk(manager, risk.id, reason="Line ends soon", until=until)
    live.provide(before)
    return people


def paper(year: int, language: str) -> Paper:
    with override_settings(TUTELA_COMPANY=COMPANY), translation.override(language):
        return Document(BytesIO(report.docx_of(queries.assessment(year))))


def headings(of: Paper) -> list[str]:
    return [p.text for p in of.paragraphs if p.style is not None and p.style.name == "Heading 1"]


def rows(of: Paper, first: Sequence[str]) -> list[list[str]]:
    """The lines of the table whose head line begins so."""
    for table in of.tables:
        told = [[cell.text for cell in row.cells] for row in table.rows]
        if told[0][: len(first)] == list(first):
            return told[1:]
    raise AssertionError(first)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_report_has_all_its_parts(years: dict[str, cast.Member], language: str) -> None:
    """In order, under headings that Word's outline shows; the company on the cover and on each page."""
    held = paper(YEAR, language)
    assert headings(held) == HEADINGS[language]
    assert held.paragraphs[0].style.name == "Title"
    assert held.paragraphs[1].text == COMPANY
    assert COMPANY in held.sections[0].header.paragraphs[0].text
    footer = held.sections[0].footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_each_measure_and_each_live_reading_has_its_line(years: dict[str, cast.Member]) -> None:
    """Fourteen readings with the moment of reading; seven measures with their share."""
    held = paper(YEAR - 1, "en")
    assert [row[0][:2] for row in rows(held, ["Measure"])] == [f"M{n}" for n in range(1, 8)]
    read = rows(held, ["Control item", "Target"])
    assert len(read) == 14
    closed = queries.assessment(YEAR - 1).closed_at
    assert closed is not None
    assert {row[4][:10] for row in read} == {report._moment(closed)[:10]}
    assert {row[2] for row in read} == {"100 % (3 of 4)"}


def test_risks_and_the_year_before_are_told(years: dict[str, cast.Member]) -> None:
    """The risk with its grade and end of acceptance; the control that became worse."""
    held = paper(YEAR, "en")
    (risk,) = rows(held, ["Risk"])
    assert risk[0].endswith("Old fax")
    assert risk[4] == str(clock.today() + timedelta(days=90))
    changes = {row[0]: row[2:] for row in rows(held, ["Control item", "Name of the control", str(YEAR - 1)])}  # fmt: skip
    assert changes["ISMS-04"] == ["Met", "Not met", "worse"]


def test_files_are_told_with_their_hash(years: dict[str, cast.Member]) -> None:
    """Name, day and SHA-256, so that an outsider can hold a copy against it."""
    told = [cell.text for table in paper(YEAR, "en").tables for cell in table._cells]
    assert any(text.startswith("minutes.pdf · of ") and "SHA-256 " in text for text in told)


def test_the_signatures_name_both_people_or_nobody_yet(years: dict[str, cast.Member]) -> None:
    """A closed year has two names; one that waits says that it is not final."""
    names = [row[1] for row in rows(paper(YEAR - 1, "en"), ["Role"])]
    officer, auditor = years["compliance_officer"].staff.name, years["auditor"].staff.name
    assert names == [officer, auditor, ""]
    waiting = paper(YEAR, "en")
    assert [row[1] for row in rows(waiting, ["Role"])] == [officer, "", ""]
    assert any("not the final report" in p.text for p in waiting.paragraphs)
