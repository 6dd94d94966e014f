"""A policy as Word opens it: the insurer's name, headings, page numbers, the table of versions."""

from io import BytesIO

import pytest
from docx import Document

from tests.governance_documents import steps
from tutela.governance.documents import actions, export, library
from tutela.governance.documents.models import Version

COMPANY = "江海人寿保险股份有限公司"


@pytest.fixture(scope="module")
def adopted(people) -> list[Version]:
    """All twelve policies, adopted under a real insurer's name."""
    return [
        actions.adopt_template(people.drafter.actor, code=code, company=COMPANY)
        for code in library.CODES
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_policy_names_the_insurer_and_is_built_of_headings(people, adopted, language) -> None:
    """No placeholder is left; chapters are headings of Word, so that its outline shows them."""
    for version in adopted:
        paper = Document(BytesIO(export.export_docx(version, language)))
        told = "\n".join(line.text for line in paper.paragraphs)
        assert COMPANY in told, version.document.code
        assert "{" not in told, version.document.code
        styles = [line.style.name for line in paper.paragraphs if line.style is not None]
        assert styles[0] == "Title"
        assert styles.count("Heading 1") >= 4, version.document.code


def test_pages_are_numbered_and_named(adopted) -> None:
    """The head line says which policy and version a printed sheet is of."""
    version = adopted[0]
    section = Document(BytesIO(export.export_docx(version, "zh"))).sections[0]
    assert version.document.code in section.header.paragraphs[0].text
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith("第")
    assert footer._p.xml.count("fldSimple w:instr") == 2


def test_the_table_of_versions_tells_who_and_when(people) -> None:
    """Both versions with drafter, approvers and what was new; the draft after them is not told."""
    first = steps.published(people)
    draft = steps.draft(text_zh="# 制度\n第二条", text_en="# Policy\nTwo", change="第二条")
    second = actions.draft_version(people.drafter.actor, first.document_id, draft)
    rows = [
        [cell.text for cell in row.cells]
        for row in Document(BytesIO(export.export_docx(second, "en"))).tables[-1].rows
    ]
    names = f"{people.first.staff.name}, {people.second.staff.name}"
    assert rows[0] == ["Version", "In force since", "Drafted by", "Approved by", "What is new"]
    assert rows[1][0::3] == ["1", names]
    assert rows[2] == ["2", "–", people.drafter.staff.name, "–", "第二条"]
    old = Document(BytesIO(export.export_docx(Version.objects.get(id=first.id), "en")))
    assert len(old.tables[-1].rows) == 2


def test_a_draft_says_that_it_is_not_in_force(adopted) -> None:
    """Nobody takes a printed draft for the rule."""
    paper = Document(BytesIO(export.export_docx(adopted[1], "en")))
    assert any("not in force" in line.text for line in paper.paragraphs)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_signs_that_word_cannot_hold_do_not_stop_the_export(people, language) -> None:
    """Text that is pasted brings them."""
    version = steps.drafted(
        people, text_zh="# 制\x02度\n第一\x01条", text_en="# Po\x02licy\nOne\x01"
    )
    paper = Document(BytesIO(export.export_docx(version, language)))
    told = {line.text for line in paper.paragraphs}
    assert {"第一 条", "One"} & told
