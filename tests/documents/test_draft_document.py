"""Drafts: what they must hold, and when a next one may begin."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.documents import steps
from tutela.base import clock
from tutela.documents import errors
from tutela.documents.actions import documents, drafts, readings, reviews
from tutela.documents.models import Version


def test_a_version_in_review_blocks_the_next_draft(people):
    """Finish one before the other."""
    version = steps.submitted(people)
    with pytest.raises(errors.OpenVersionExists):
        drafts.draft_version(people.drafter.actor, version.document_id, steps.draft())


def test_a_published_version_gets_a_successor(people):
    """The one in force stays in force until the next is published."""
    old = steps.published(people)
    new = drafts.draft_version(people.drafter.actor, old.document_id, steps.draft())
    reviews.submit(people.drafter.actor, new.id)
    for who in (people.first, people.second):
        reviews.approve(who.actor, new.id)
    assert Version.objects.get(id=old.id).state == Version.State.PUBLISHED
    reviews.publish(people.first.actor, new.id)
    old.refresh_from_db()
    assert (old.state, new.number) == (Version.State.SUPERSEDED, 2)


def test_a_text_with_gaps_cannot_be_handed_in(people):
    """No placeholder is left."""
    version = steps.drafted(people)
    gap = steps.draft(text_en="Of {company}")
    drafts.draft_version(people.drafter.actor, version.document_id, gap)
    with pytest.raises(errors.PlaceholderLeft):
        reviews.submit(people.drafter.actor, version.id)


@pytest.mark.parametrize("gap", ["text_zh", "text_en"])
def test_a_draft_without_one_of_its_texts_is_not_kept(people, gap):
    """Staff read both languages: what would be handed in empty is refused when it is saved."""
    version = steps.drafted(people)
    with pytest.raises(errors.TextMissing) as refused:
        drafts.draft_version(people.drafter.actor, version.document_id, steps.draft(**{gap: " "}))
    assert refused.value.params["field"] == gap
    assert Version.objects.get(id=version.id).text_en


def test_the_next_version_of_a_file_needs_its_own_file(people):
    """Else it would hold nothing; an open draft keeps the one it has."""
    version = steps.filed(people)
    none = steps.draft(text_zh="", text_en="")
    drafts.draft_version(people.drafter.actor, version.document_id, none)
    steps.in_force(people, version)
    with pytest.raises(errors.FileMissing):
        drafts.draft_version(people.drafter.actor, version.document_id, none)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_the_review_date_lies_within_a_year(people, days):
    """Neither past nor far away."""
    when = clock.today() + timedelta(days=days)
    version = steps.drafted(people)
    with pytest.raises(errors.ReviewDateWrong):
        drafts.draft_version(people.drafter.actor, version.document_id, steps.draft(review_on=when))


def test_a_machine_drafts_nothing(people):
    """Its posts do not have the function."""
    with pytest.raises(errors.NotAllowed):
        documents.adopt_template(people.machine.actor, code="access-control", company="A")


def test_a_published_text_cannot_be_changed_by_raw_sql(people):
    """The trigger holds what was approved."""
    version = steps.published(people)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_version SET text_en = 'else' WHERE id = %s", [version.id])


def test_an_own_file_is_sealed_and_comes_back(people):
    """What lies in the table is not what was put in; what comes out is."""
    draft = steps.draft(text_zh="", text_en="", file=steps.PDF, file_name="own.pdf")
    version = documents.add_document(
        people.drafter.actor, code="own-file", names=("文件", "File"), owner="auditor", draft=draft
    )
    assert steps.PDF not in bytes(version.file)
    assert readings.open_file(people.first.actor, version) == steps.PDF
