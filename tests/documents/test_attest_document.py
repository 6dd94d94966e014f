"""Read and understood, by person and version."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.documents import steps
from tutela.access.actions.people import disable_staff, enable_staff
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.documents import errors, queries
from tutela.documents.actions import readings, reminders
from tutela.documents.models import Attestation
from tutela.notices.models import Notice
from tutela.trail import queries as trail


def test_everybody_may_confirm_what_is_in_force(people):
    """A clerk confirms, and a leaf says so."""
    version = steps.published(people)
    readings.attest(people.clerk.actor, version.id)
    assert queries.has_attested(people.clerk.actor, version)
    (leaf,) = trail.leaves(trail.LeafFilter(event="governance.document.attested"), limit=1)
    assert leaf.actor_id == people.clerk.actor.id


def test_twice_is_refused(people):
    """One confirmation a person and version."""
    version = steps.published(people)
    readings.attest(people.clerk.actor, version.id)
    with pytest.raises(errors.AttestedAlready):
        readings.attest(people.clerk.actor, version.id)


def test_a_draft_cannot_be_confirmed(people):
    """Only what is in force."""
    with pytest.raises(errors.StateWrong):
        readings.attest(people.clerk.actor, steps.approved(people).id)


def test_a_machine_reads_nothing(people):
    """Neither confirms nor counts among the readers."""
    version = steps.published(people)
    with pytest.raises(errors.PersonNeeded):
        readings.attest(people.machine.actor, version.id)
    assert people.machine.staff not in queries.readers()


def test_the_share_counts_active_staff_only(people):
    """Who has left no longer counts, above or below the line."""
    version = steps.published(people)
    readings.attest(people.auditor.actor, version.id)
    before = (queries.read_counts([version.id])[version.id], queries.staff_count())
    disable_staff(SYSTEM, people.auditor.staff)
    after = (queries.read_counts([version.id]).get(version.id, 0), queries.staff_count())
    enable_staff(SYSTEM, people.auditor.staff)
    assert (after[0], after[1]) == (before[0] - 1, before[1] - 1)


def test_publishing_tells_everybody(people):
    """The inbox of a clerk asks to read the document."""
    version = steps.published(people)
    told = Notice.objects.filter(recipient=people.clerk.staff, kind="document_published")
    assert version.document.code in {notice.params["document"] for notice in told}


def test_a_confirmation_cannot_be_taken_back_by_raw_sql(people):
    """The application's role may only add."""
    made = readings.attest(people.clerk.actor, steps.published(people).id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_attestation WHERE id = %s", [made.pk])
    assert Attestation.objects.filter(id=made.pk).exists()


def test_the_owner_is_reminded_of_the_review_once(people):
    """Thirty days ahead, and not again while the first notice is unread."""
    version = steps.published(people, review_on=clock.today() + timedelta(days=20))
    reminders.remind_owners()
    told = Notice.objects.filter(kind="review_due", recipient=people.drafter.staff)
    assert [one.params["document"] for one in told] == [version.document.code]
    reminders.remind_owners()
    assert told.count() == 1
