"""The pages of documents as the people who work with them see them."""

import pytest

from tests.console.stage import browser, text
from tests.documents import steps
from tutela.documents import queries
from tutela.documents.actions import drafts, readings


@pytest.fixture
def published(people):
    """A version in force."""
    return steps.published(people)


def test_a_clerk_sees_what_is_in_force_and_no_draft(people, published):
    """Drafts are for those who work on documents."""
    draft = steps.drafted(people)
    client = browser(people.clerk.staff)
    shown = text(client.get("/documents/"))
    assert published.document.code in shown
    assert draft.document.code not in shown
    assert client.get(f"/documents/{draft.document_id}/").status_code == 404


def test_a_clerk_confirms_on_the_page(people, published):
    """One button, once."""
    client = browser(people.clerk.staff)
    done = client.post(f"/documents/versions/{published.id}/attest/", follow=True)
    assert done.status_code == 200
    again = client.post(f"/documents/versions/{published.id}/attest/")
    assert (again.status_code, "documents.attested_already" in text(again)) == (409, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_opens_in_both_languages(people, published, language):
    """The list, one document, its form, the policies to adopt, and the form for an own file."""
    client = browser(people.drafter.staff)
    one = f"/documents/{published.document_id}/"
    pages = ("/documents/", one, f"{one}draft/", f"{one}versions/1/", "/documents/adopt/",
             "/documents/add/", "/documents/policies/access-control/")  # fmt: skip
    for page in pages:
        response = client.get(page, headers={"Accept-Language": language})
        assert response.status_code == 200, page


def test_the_way_from_adoption_to_force_works_on_the_pages(people):
    """Adopt, hand in, approve twice, publish: each by its own person."""
    adopt = {"company": "华安保险", "codes": ["third-parties"]}
    browser(people.drafter.staff).post("/documents/adopt/", adopt)
    from tutela.documents.models import Version

    version = Version.objects.get(document__code="third-parties")
    acts = (("submit", people.drafter), ("approve", people.first), ("approve", people.second),
            ("publish", people.first))  # fmt: skip
    for act, who in acts:
        done = browser(who.staff).post(f"/documents/versions/{version.id}/{act}/")
        assert done.status_code == 302, act
    version.refresh_from_db()
    assert version.state == "published"


def test_an_own_file_is_uploaded_and_opened(people):
    """The bytes go through the sealed spool and come back as an attachment."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = browser(people.drafter.staff)
    facts = {"code": "shelf", "name_zh": "文件", "name_en": "File", "owner": "auditor",
             "review_on": str(steps.draft().review_on)}  # fmt: skip
    file = SimpleUploadedFile("own.pdf", steps.PDF, "application/pdf")
    done = client.post("/documents/add/", facts | {"file": file})
    assert done.status_code == 302, text(done)
    from tutela.documents.models import Version

    version = Version.objects.get(document__code="shelf")
    opened = client.get(f"/documents/versions/{version.id}/file/")
    assert (opened.content, "attachment" in opened["Content-Disposition"]) == (steps.PDF, True)


def test_junk_in_a_form_is_told_at_its_place(people):
    """422 with the form, never a trace back."""
    client = browser(people.drafter.staff)
    assert client.post("/documents/add/", {"code": "A B", "review_on": "x"}).status_code == 422
    assert client.post("/documents/adopt/", {"codes": ["no-such"]}).status_code == 422
    assert client.get("/documents/policies/no-such/").status_code == 404


def test_a_word_file_is_for_whoever_may_see_the_version(people, published):
    """A clerk downloads what is in force, and no draft."""
    client = browser(people.clerk.staff)
    word = client.get(f"/documents/versions/{published.id}/word/zh/")
    assert word.content.startswith(b"PK")
    draft = steps.drafted(people)
    assert client.get(f"/documents/versions/{draft.id}/word/zh/").status_code == 404


def test_a_stranger_is_sent_to_sign_in(published):
    """Nothing opens without a sign-in."""
    assert browser().get(f"/documents/{published.document_id}/").status_code == 302


def test_the_text_is_shown_in_the_chosen_language(people, published):
    """The reader may choose another language than the page's, and sees which one it is."""
    client = browser(people.clerk.staff)
    page = f"/documents/{published.document_id}/"
    for language, words in (("zh", "第一条"), ("en", "Article 1")):
        shown = text(client.get(f"{page}?text={language}"))
        assert words in shown
        assert f'lang="{language}" aria-current="true"' in shown


def test_what_keeps_a_draft_from_review_is_told_on_its_page(people):
    """With the way to mend it, not as a page of its own."""
    version = steps.drafted(people, text_en="Of {company}")
    refused = browser(people.drafter.staff).post(f"/documents/versions/{version.id}/submit/")
    shown = text(refused)
    assert (refused.status_code, "documents.placeholder_left" in shown) == (422, True)
    assert version.document.code in shown
    assert f"/documents/{version.document_id}/draft/" in shown


def test_a_draft_takes_the_text_in_force_again(people, published):
    """Into the form; it is kept only when the draft is."""
    changed = steps.draft(text_zh="# 制度\n改坏的正文", text_en="# Policy\nSpoilt")
    draft = drafts.draft_version(people.drafter.actor, published.document_id, changed)
    client, page = browser(people.drafter.staff), f"/documents/{published.document_id}/draft/"
    shown = text(client.get(page))
    assert ("改坏的正文" in shown, 'href="?text=in-force"' in shown) == (True, True)
    again = text(client.get(f"{page}?text=in-force"))
    assert ("第一条" in again, "改坏的正文" in again) == (True, False)
    draft.refresh_from_db()
    assert "改坏的正文" in draft.text_zh


def test_a_first_draft_has_no_text_in_force_to_take(people):
    """There is no button that does nothing."""
    version = steps.drafted(people)
    page = browser(people.drafter.staff).get(f"/documents/{version.document_id}/draft/")
    assert "text=in-force" not in text(page)


def test_the_list_says_which_version_is_in_force_and_whose_the_share_is(people, published):
    """A draft beside it does not borrow the readers of the version in force."""
    drafts.draft_version(people.drafter.actor, published.document_id, steps.draft())
    readings.attest(people.clerk.actor, published.id)
    shown = text(
        browser(people.drafter.staff).get("/documents/", headers={"Accept-Language": "en"})
    )
    line = next(row for row in shown.split("<tr>") if published.document.code in row)
    in_force, draft = line.index("In force"), line.index(">Draft<")
    assert line.index("Version 1") < in_force < line.index("Version 2") < draft
    assert f"Version 1: 1 / {queries.staff_count()} ·" in line
