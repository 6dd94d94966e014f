"""The twelve policies: whole in both languages, with the company's name, ready to print."""

import re
from io import BytesIO

import docx
import pytest

from tests.documents import steps
from tutela.base.marked_text import blocks
from tutela.documents import errors, export, library, queries
from tutela.documents.actions import documents, reviews

CHAPTERS_ZH = ("总则", "职责", "监督与考核", "附则")


@pytest.mark.parametrize("code", library.CODES)
def test_each_policy_is_whole_in_both_languages(code):
    """40 to 80 lines, the chapters of a company's rules, the same number of articles in both."""
    one = library.template(code)
    for words in (one.text_zh, one.text_en):
        assert 40 <= len(words.strip().splitlines()) <= 80
        assert set(re.findall(r"\{(\w+)\}", words)) == {"company"}
    heads = [block.text for block in blocks(one.text_zh) if block.level == 2]
    assert all(any(chapter in head for head in heads) for chapter in CHAPTERS_ZH), heads
    articles = re.findall(r"^第.{1,3}条", one.text_zh, re.MULTILINE)
    assert len(articles) == len(re.findall(r"^Article \d+", one.text_en, re.MULTILINE)) > 8


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("backup-and-recovery", "每周"),
        ("complaints-and-requests", "48"),
        ("complaints-and-requests", "85%"),
        ("encryption-and-keys", "100%"),
        ("transmission-and-sharing", "95%"),
        ("training-and-awareness", "两次"),
    ],
)
def test_the_numbers_of_the_targets_stand_in_the_policies(code, number):
    """What the scorecard measures is what the policy says."""
    assert number in library.template(code).text_zh


def test_an_adopted_policy_has_the_companys_name(people):
    """And no placeholder left, so that it can be handed in as it is."""
    version = documents.adopt_template(
        people.drafter.actor, code="data-classification", company="  华安 保险 "
    )
    assert version.text_zh.startswith("# 华安 保险")
    assert reviews.submit(people.drafter.actor, version.id).round == 1


def test_a_policy_is_adopted_once(people):
    """The next version is drafted, not adopted."""
    documents.adopt_template(people.drafter.actor, code="access-control", company="A")
    with pytest.raises(errors.DocumentExists):
        documents.adopt_template(people.drafter.actor, code="access-control", company="A")


def test_a_blank_company_is_refused(people):
    """A policy of nobody binds nobody."""
    with pytest.raises(errors.CompanyMissing):
        documents.adopt_template(people.drafter.actor, code="third-parties", company=" ")


def test_an_unknown_policy_is_refused(people):
    """The code comes from a link, so it may be anything."""
    with pytest.raises(errors.TemplateUnknown):
        documents.adopt_template(people.drafter.actor, code="../secret", company="A")


def test_only_published_policies_count(people):
    """Own documents and drafts do not count towards the twelve."""
    before, brought = queries.published_count()
    version = documents.adopt_template(people.drafter.actor, code="incident-response", company="A")
    steps.published(people)
    assert queries.published_count() == (before, brought) == (before, 12)
    reviews.submit(people.drafter.actor, version.id)
    for who in (people.first, people.second):
        reviews.approve(who.actor, version.id)
    reviews.publish(people.first.actor, version.id)
    assert queries.published_count() == (before + 1, 12)


@pytest.mark.parametrize(("language", "word"), [("zh", "总则"), ("en", "General")])
def test_a_version_prints_as_word(people, language, word):
    """The file opens, with its facts as a table and its chapters as headings."""
    code = {"zh": "training-and-awareness", "en": "backup-and-recovery"}[language]
    version = documents.adopt_template(people.drafter.actor, code=code, company="A")
    file = docx.Document(BytesIO(export.export_docx(version, language)))
    assert any(word in one.text for one in file.paragraphs if one.style.name == "Heading 1")
    assert version.document.code in {cell.text for row in file.tables[0].rows for cell in row.cells}
