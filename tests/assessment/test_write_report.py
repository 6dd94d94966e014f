"""The report as Word opens it: cover, scope, measures, live readings, risks, comparison, signatures."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from io import BytesIO

import pytest
from django.test import override_settings
from django.utils import translation
from docx import Document
from docx.document import Document as Paper

from tests.access import cast
from tests.assessment.test_close_assessment import answer, rate_all
from tutela.assessment import live, queries, report
from tutela.assessment.actions import assessments, ratings, risks
from tutela.assessment.actions.risks import RiskText
from tutela.base import clock
from tutela.proof.actions.attachments import Upload

YEAR = clock.today().year
COMPANY = "江海人寿保险股份有限公司"
RISK = RiskText(
    title="Old fax", likelihood=2, impact=3, treatment="accept", owner="compliance_officer"
)
HEADINGS = {
    "en": ["1  Scope and method", "2  Summary", "3  Results by measure", "4  Live readings",
           "5  Gaps", "6  Open risks", "7  Compared with the last closed assessment",
           "8  All controls", "9  Clause numbers to verify", "10  Signatures"],
    "zh-hans": ["一、范围与方法", "二、总体情况", "三、各措施结果", "四、自动读数", "五、差距清单",
                "六、未关闭的风险", "七、与上次已关闭评估的对比", "八、全部控制项", "九、待核对的标准编号",
                "十、签署"],
}  # fmt: skip


@pytest.fixture(scope="module")
def years(people: dict[str, cast.Member]) -> dict[str, cast.Member]:
    """Last year closed, this year handed in; one control worse, one risk borne, one file."""
    officer, auditor = people["compliance_officer"].actor, people["auditor"].actor
    before = live.provide(answer(100.0))
    for year in (YEAR - 1, YEAR):
        assessments.open_assessment(officer, year)
        rate_all(people, year)
        if year == YEAR:
            ratings.rate_control(
                officer, year, "ISMS-04", ratings.NewRating(verdict="not_met", note="No officer")
            )
            day = clock.today() - timedelta(days=9)
            proof = Upload(name="minutes.txt", file=BytesIO(b"m"), evidence_date=day)
            ratings.attach_proof(officer, year, "ISMS-05", [proof])
        assessments.submit_assessment(officer, year)
        if year < YEAR:
            assessments.close_assessment(auditor, year)
    risk = risks.register_risk(officer, RISK)
    until = clock.today() + timedelta(days=90)
    manager = people["branch_manager"].actor
    risks.accept_risk(manager, risk.id, reason="Line ends soon", until=until)
    live.provide(before)
    return people


@cache
def paper(year: int, language: str) -> Paper:
    """The report as read back, written once for all tests that look at it: nothing changes meanwhile."""
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
    assert held.paragraphs[0].text == COMPANY
    assert held.paragraphs[1].style.name == "Title"
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
    assert {"Management system established", "Verified weekly backup"} <= {row[1] for row in read}


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
    assert any(text.startswith("minutes.txt · dated ") and "SHA-256 " in text for text in told)


def test_the_signatures_name_both_people_or_nobody_yet(years: dict[str, cast.Member]) -> None:
    """A closed year has two names; one that waits says that it is not final."""
    names = [row[1] for row in rows(paper(YEAR - 1, "en"), ["Role"])]
    officer, auditor = years["compliance_officer"].staff.name, years["auditor"].staff.name
    assert names == [officer, auditor, ""]
    waiting = paper(YEAR, "en")
    assert [row[1] for row in rows(waiting, ["Role"])] == [officer, "", ""]
    assert any("not the final report" in p.text for p in waiting.paragraphs)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_cover_lists_the_chapters_and_bears_no_head_line(
    years: dict[str, cast.Member], language: str
) -> None:
    """What follows is told on the first page; the first chapter begins on the next."""
    held = paper(YEAR, language)
    told = [p.text for p in held.paragraphs if p.style is not None and p.style.name == "Normal"]
    first = told.index(HEADINGS[language][0])
    assert told[first : first + 10] == HEADINGS[language]
    assert held.sections[0].different_first_page_header_footer
    assert held.sections[0].first_page_header.paragraphs[0].text == ""
    begins = [p for p in held.paragraphs if p.text == HEADINGS[language][0]][-1]
    assert begins.paragraph_format.page_break_before


def test_each_sheet_tells_the_year_and_whether_it_is_final(years: dict[str, cast.Member]) -> None:
    """A draft that is handed round is known as one."""
    marks = [paper(year, "en").sections[0].header.paragraphs[0].text for year in (YEAR - 1, YEAR)]
    assert marks[0].endswith(f"\t{YEAR - 1}")
    assert marks[1].endswith(f"\t{YEAR}, not final")


def test_a_control_is_not_torn_between_two_pages(years: dict[str, cast.Member]) -> None:
    """Its name, its text and its facts stand together."""
    held = paper(YEAR, "en")
    (table,) = (t for t in held.tables if any("minutes.txt" in c.text for c in t._cells))
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True] * (len(kept) - 1) + [False]
    assert any(cell.text.startswith("GB/T 22239 ") for cell in table._cells)


def test_there_is_room_for_a_hand_s_signature(years: dict[str, cast.Member]) -> None:
    """Half an inch and more for each of the three."""
    table = paper(YEAR, "en").tables[-1]
    assert [row.height is not None and row.height.cm > 1.2 for row in table.rows[1:]] == [True] * 3
