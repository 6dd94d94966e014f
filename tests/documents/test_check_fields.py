"""What people type into the forms of documents is refused at its field, in the form and in the verb."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as some

from tests.console.stage import browser, text
from tests.documents import steps
from tutela.documents import errors, rules
from tutela.documents.actions import documents, drafts, reviews
from tutela.documents.models import Document, Version


def facts(**other: object) -> dict[str, object]:
    """A form for an own file as it should be, but for what is named."""
    file = SimpleUploadedFile("own.pdf", steps.PDF, "application/pdf")
    return {"code": "shelf", "name_zh": "文件", "name_en": "File", "owner": "auditor", "change": "",
            "review_on": str(steps.draft().review_on), "file": file} | other  # fmt: skip


BAD_CODES = ["Bad Code!", "中文代码/../" + "x" * 300, "a", "-ab", "a" * 40, "a12345", "AB",
             "ab/../cd", "\u0430b", ""]  # fmt: skip


@pytest.mark.parametrize("code", [*BAD_CODES, "ab\0"])
def test_a_code_that_is_none_is_told_at_its_field(people, code):
    """It stays for good: links, packs and notices cite it."""
    answer = browser(people.drafter.staff).post("/documents/add/", facts(code=code))
    assert answer.status_code == 422
    assert 'id="id_code_error"' in text(answer)
    assert not Document.objects.filter(code=code.replace("\0", "")).exists()


@pytest.mark.parametrize("code", [*BAD_CODES, "ab\n"])
def test_the_verb_asks_for_a_code_itself(people, code):
    """Whatever door it comes through."""
    with pytest.raises(errors.CodeUnfit):
        documents.add_document(
            people.drafter.actor, code=code, names=("制", "A"), owner="auditor", draft=steps.draft()
        )


@pytest.mark.parametrize("code", ["ab", "a" * 39, "2024-policy-1", "x-"])
def test_a_code_as_the_hint_says_is_taken(code):
    """Two to thirty-nine small letters, digits, hyphens."""
    rules.check_code(code)


@given(some.text(max_size=60))
def test_a_code_is_never_more_than_the_hint_says(code):
    """Whatever is taken fits into links and notices."""
    try:
        rules.check_code(code)
    except errors.CodeUnfit:
        return
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 2 <= len(code) <= 39


@pytest.mark.parametrize("junk", ["a\0b", "a\x07b", "a\nb", "a\u2028b", "a\u202eb", "长" * 301])
@pytest.mark.parametrize("field", ["name_zh", "name_en", "change"])
def test_lines_take_no_control_characters_and_have_an_end(people, field, junk):
    """No fault of ours, and told at the field."""
    answer = browser(people.drafter.staff).post("/documents/add/", facts(**{field: junk}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)


@pytest.mark.parametrize("junk", ["", "  \n ", "a\0b", "a\x1bb"])
@pytest.mark.parametrize("field", ["text_zh", "text_en"])
def test_texts_are_there_and_can_be_shown(people, field, junk):
    """At the field, and nothing is kept."""
    version = steps.drafted(people)
    given = {
        "text_zh": "# 新",
        "text_en": "# New",
        "review_on": str(version.review_on),
        field: junk,
    }
    address = f"/documents/{version.document_id}/draft/"
    answer = browser(people.drafter.staff).post(address, given)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert Version.objects.get(id=version.id).text_zh == version.text_zh


def test_a_word_processor_s_line_ends_become_lines(people):
    """Pasted text brings them, and nobody sees them."""
    version = steps.drafted(people)
    given = {"text_zh": "# 制度\v第一条\f第二条", "text_en": "# A\u2028One", "change": "",
             "review_on": str(version.review_on)}  # fmt: skip
    address = f"/documents/{version.document_id}/draft/"
    assert browser(people.drafter.staff).post(address, given).status_code == 302
    version.refresh_from_db()
    assert (version.text_zh, version.text_en) == ("# 制度\n第一条\n第二条", "# A\nOne")


@pytest.mark.parametrize("text_zh", ["", "a\0", "a\x1b", "x" * (rules.TEXT_MOST + 1)])
def test_the_verb_asks_for_texts_itself(people, text_zh):
    """Whatever door they come through."""
    with pytest.raises((errors.TextMissing, errors.TextUnfit)):
        drafts.draft_version(
            people.drafter.actor, steps.drafted(people).document_id, steps.draft(text_zh=text_zh)
        )


@pytest.mark.parametrize("reason", ["", "a\0b", "a\x1bb", "x" * 501])
def test_a_reason_is_told_at_its_field_on_the_document_s_page(people, reason):
    """What was typed stands on the page, where it can be seen without opening anything."""
    version = steps.submitted(people)
    address = f"/documents/versions/{version.id}/send-back/"
    answer = browser(people.first.staff).post(address, {"reason": reason})
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in text(answer)
    dialog = text(answer).partition('id="send-back"')[2].partition(">")[0]
    assert dialog.rstrip().endswith("open")
    assert version.document.code in text(answer)
    if reason:
        with pytest.raises(errors.LineUnfit):
            reviews.send_back(people.first.actor, version.id, reason)


@pytest.mark.parametrize("company", ["a\0b", "a\x1bb", "公" * 121])
def test_a_company_s_name_is_told_at_its_field(people, company):
    """It goes into twelve texts."""
    given = {"company": company, "codes": ["third-parties"]}
    answer = browser(people.drafter.staff).post("/documents/adopt/", given)
    assert (answer.status_code, 'id="id_company_error"' in text(answer)) == (422, True)
    with pytest.raises(errors.LineUnfit):
        documents.adopt_template(people.drafter.actor, code="third-parties", company=company)


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.4 hello"), ("a" * 250 + ".pdf", None)]
)
def test_a_file_is_told_at_its_field(people, name, data):
    """A file that cannot be opened, and a name that cannot be kept."""
    file = SimpleUploadedFile(name, data or steps.PDF, "application/pdf")
    answer = browser(people.drafter.staff).post("/documents/add/", facts(file=file))
    assert (answer.status_code, 'id="id_file_error"' in text(answer)) == (422, True)


def test_a_code_that_is_taken_is_told_at_its_field(people):
    """And the rest of the form stands as it was typed."""
    code = steps.drafted(people).document.code
    answer = browser(people.drafter.staff).post("/documents/add/", facts(code=code))
    assert (answer.status_code, 'id="id_code_error"' in text(answer)) == (422, True)
