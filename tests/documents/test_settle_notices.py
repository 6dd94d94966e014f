"""A notice of a document that asks for something is settled when nothing is asked any more."""

from datetime import timedelta

from tests.documents import steps
from tutela.base import clock
from tutela.documents.actions import drafts, readings, reminders, reviews
from tutela.notices.models import Notice


def waiting(kind: str, version, member=None) -> int:
    """Unread notices of a document, of everybody or of one person."""
    rows = Notice.objects.filter(kind=kind, params__document=version.document.code, read_at=None)
    return (rows.filter(recipient=member.staff) if member else rows).count()


def test_who_has_approved_is_not_asked_again(people):
    """The others still are."""
    version = steps.submitted(people)
    reviews.approve(people.first.actor, version.id)
    assert waiting("approval_wanted", version, people.first) == 0
    assert waiting("approval_wanted", version, people.second) == 1


def test_the_second_approval_ends_the_wait_for_all(people):
    """A third person is not asked for what two have said."""
    version = steps.submitted(people)
    assert waiting("approval_wanted", version) >= 2
    reviews.approve(people.first.actor, version.id)
    reviews.approve(people.second.actor, version.id)
    assert waiting("approval_wanted", version) == 0


def test_sent_back_it_waits_for_nobody_until_it_is_handed_in_again(people):
    """The new round asks everybody anew, whoever said what before."""
    version = steps.submitted(people)
    reviews.send_back(people.first.actor, version.id, "Chapter 2")
    assert waiting("approval_wanted", version) == 0
    assert waiting("document_returned", version, people.drafter) == 1
    reviews.submit(people.drafter.actor, version.id)
    assert waiting("document_returned", version) == 0
    assert waiting("approval_wanted", version, people.first) == 1


def test_another_document_s_notices_stay(people):
    """Only the page that the act was about."""
    other = steps.submitted(people)
    steps.approved(people)
    assert waiting("approval_wanted", other, people.first) == 1


def test_who_has_confirmed_is_not_asked_to_read(people):
    """Neither by the first notice nor by the reminder; the others are."""
    version = steps.published(people)
    reminders.remind_readers(people.drafter.actor, version.id)
    readings.attest(people.clerk.actor, version.id)
    for kind in ("document_published", "document_unread"):
        assert waiting(kind, version, people.clerk) == 0
        assert waiting(kind, version, people.auditor) == 1


def test_the_next_version_settles_what_asked_for_the_one_before(people):
    """One notice to read is left, of the version in force, and the owner's review is done."""
    old = steps.published(people, review_on=clock.today() + timedelta(days=20))
    reminders.remind_owners()
    assert waiting("review_due", old) == 1
    new = drafts.draft_version(people.drafter.actor, old.document_id, steps.draft())
    steps.in_force(people, new)
    left = Notice.objects.get(
        kind="document_published",
        params__document=old.document.code,
        recipient=people.clerk.staff,
        read_at=None,
    )
    assert left.params["version"] == "2"
    assert waiting("review_due", old) == 0


def test_the_drafter_learns_that_it_is_approved_until_it_is_published(people):
    """Nobody has to look again and again whether the second yes is there."""
    version = steps.approved(people)
    assert waiting("document_approved", version, people.drafter) == 1
    reviews.publish(people.drafter.actor, version.id)
    assert waiting("document_approved", version) == 0
