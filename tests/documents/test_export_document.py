"""A policy as Word opens it: the insurer's name, headings, page numbers, the table of versions."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.documents import steps
from tutela.documents import export, library
from tutela.documents.actions import documents, drafts, reviews
from tutela.documents.models import Version

COMPANY = "江海人寿保险股份有限公司"


@pytest.fixture(scope="module")
def adopted(people) -> list[Version]:
    """All twelve policies, adopted under a real insurer's name."""
    return [
        documents.adopt_template(people.drafter.actor, code=code, company=COMPANY)
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
    second = drafts.draft_version(people.drafter.actor, first.document_id, draft)
    rows = [
        [cell.text for cell in row.cells]
        for row in Document(BytesIO(export.export_docx(second, "en"))).tables[-1].rows
    ]
    names = f"{people.first.staff.name}, {people.second.staff.name}"
    assert rows[0] == ["Version", "In force since", "Drafted by", "Approved by", "Change summary"]
    assert rows[1][0::3] == ["1", names]
    assert rows[2] == ["2", "–", people.drafter.staff.name, "–", "第二条"]
    old = Document(BytesIO(export.export_docx(Version.objects.get(id=first.id), "en")))
    assert len(old.tables[-1].rows) == 2


def test_a_draft_says_that_it_is_not_in_force(adopted) -> None:
    """Nobody takes a printed draft for the rule."""
    paper = Document(BytesIO(export.export_docx(adopted[1], "en")))
    assert any("not in force" in line.text for line in paper.paragraphs)


def test_every_sheet_of_a_draft_says_so(adopted) -> None:
    """One sheet of it on a desk is no rule either."""
    draft = Document(BytesIO(export.export_docx(adopted[1], "en"))).sections[0]
    assert draft.header.paragraphs[0].text.endswith("version 1 · not in force")


def test_a_version_of_the_past_names_the_one_that_took_its_place(people) -> None:
    """On its first page and above each; the one in force says neither."""
    first = steps.published(people)
    draft = steps.draft(text_zh="# 制度\n第二条", text_en="# Policy\nTwo", change="第二条")
    second = drafts.draft_version(people.drafter.actor, first.document_id, draft)
    reviews.submit(people.drafter.actor, second.id)
    for one in (people.first, people.second):
        reviews.approve(one.actor, second.id)
    reviews.publish(people.drafter.actor, second.id)
    old, new = (
        Document(BytesIO(export.export_docx(Version.objects.get(id=one.id), "en")))
        for one in (first, second)
    )
    assert old.sections[0].header.paragraphs[0].text.endswith("version 1 · Superseded")
    assert any("version 2 superseded it on" in line.text for line in old.paragraphs)
    assert new.sections[0].header.paragraphs[0].text.endswith("version 2")
    assert not any("in force" in line.text for line in new.paragraphs)


def test_the_approvers_are_listed_as_each_language_lists(people) -> None:
    """With its own mark between two names."""
    version = Version.objects.get(id=steps.published(people).id)
    for language, mark in (("zh", "、"), ("en", ", ")):
        table = Document(BytesIO(export.export_docx(version, language))).tables[0]
        told = {row.cells[0].text: row.cells[1].text for row in table.rows}
        names = f"{people.first.staff.name}{mark}{people.second.staff.name}"
        assert names in told.values()


def test_the_letters_of_a_policy_are_chinese_ones(adopted) -> None:
    """Body and headings in fonts that every Chinese office has."""
    file = Document(BytesIO(export.export_docx(adopted[0], "zh")))
    fonts = {
        name: file.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1")
    }
    assert fonts == {"Normal": "宋体", "Title": "黑体", "Heading 1": "黑体"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_signs_that_word_cannot_hold_do_not_stop_the_export(people, language) -> None:
    """Texts of a time when forms let them in."""
    version = steps.drafted(people)
    version.text_zh, version.text_en = "# 制\x02度\n第一\x01条", "# Po\x02licy\nOne\x01"
    version.save(update_fields=["text_zh", "text_en"])
    paper = Document(BytesIO(export.export_docx(version, language)))
    told = {line.text for line in paper.paragraphs}
    assert {"第一 条", "One"} & told
