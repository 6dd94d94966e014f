"""A document that is a file: opened on its page, and confirmed only by who has opened it."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.console.stage import browser, text
from tests.documents import steps
from tutela.documents import errors, queries
from tutela.documents.actions import drafts, readings
from tutela.documents.models import Opening

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def version(people):
    """A PDF file in force."""
    return steps.in_force(people, steps.filed(people))


def test_unopened_it_cannot_be_confirmed(people, version):
    """Nobody has read what nobody has opened."""
    with pytest.raises(errors.NotOpened):
        readings.attest(people.clerk.actor, version.id)
    readings.open_file(people.clerk.actor, version)
    readings.attest(people.clerk.actor, version.id)
    assert queries.has_attested(people.clerk.actor, version)


def test_another_s_opening_does_not_count(people, version):
    """By person."""
    readings.open_file(people.first.actor, version)
    with pytest.raises(errors.NotOpened):
        readings.attest(people.clerk.actor, version.id)


def test_an_earlier_version_s_opening_does_not_count(people, version):
    """By version."""
    readings.open_file(people.clerk.actor, version)
    own = steps.draft(text_zh="", text_en="", file=steps.PDF + b"\n", file_name="two.pdf")
    new = drafts.draft_version(people.drafter.actor, version.document_id, own)
    steps.in_force(people, new)
    with pytest.raises(errors.NotOpened):
        readings.attest(people.clerk.actor, new.id)


def test_it_is_kept_once_and_for_good(people, version):
    """Opening it again adds nothing, and the application's role cannot take it away."""
    for _time in range(2):
        readings.open_file(people.clerk.actor, version)
    (made,) = Opening.objects.filter(version=version, staff=people.clerk.staff)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_opening WHERE id = %s", [made.pk])


def test_a_text_is_confirmed_as_before(people):
    """It stands on the page."""
    version = steps.published(people)
    readings.attest(people.clerk.actor, version.id)
    assert not version.openings.exists()


def test_the_page_opens_the_file_where_it_asks_to_read_it(people, version):
    """The name is a link, and the sentence speaks of a file, not of a text below."""
    client, page = browser(people.clerk.staff), f"/documents/{version.document_id}/"
    file = f"/documents/versions/{version.id}/file/"
    shown = text(client.get(page, headers=ENGLISH))
    assert f'<a href="{file}">own.pdf</a>' in shown
    assert "Open the file, read it, then confirm." in shown
    assert "Read the document below" not in shown
    assert client.get(file).content == steps.PDF
    assert "You have opened the file." in text(client.get(page, headers=ENGLISH))


def test_the_page_tells_who_confirms_too_early(people, version):
    """On the document's page, where the file is at hand."""
    client = browser(people.clerk.staff)
    attest = f"/documents/versions/{version.id}/attest/"
    refused = client.post(attest)
    shown = text(refused)
    assert (refused.status_code, "documents.not_opened" in shown) == (409, True)
    assert f"/documents/versions/{version.id}/file/" in shown
    client.get(f"/documents/versions/{version.id}/file/")
    assert client.post(attest).status_code == 302
