"""Two people other than the drafter approve, else nothing is published."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.access import cast
from tests.console.stage import browser
from tests.documents import steps
from tutela.access.errors import PermissionMissing
from tutela.documents import errors, queries
from tutela.documents.actions import drafts, reviews
from tutela.documents.models import Version
from tutela.trail import queries as trail

State = Version.State


def test_the_second_approval_makes_it_ready(people):
    """One yes is not enough; two are."""
    version = steps.submitted(people)
    assert reviews.approve(people.first.actor, version.id).state == State.IN_REVIEW
    assert reviews.approve(people.second.actor, version.id).state == State.APPROVED


def test_an_approval_is_of_the_text_that_was_read(people):
    """Sent back, changed and handed in again, it is another text than on the page still open."""
    version = steps.submitted(people)
    read = version.round
    reviews.send_back(people.second.actor, version.id, "one word is wrong")
    reviews.submit(people.drafter.actor, version.id)
    with pytest.raises(errors.SubmittedAnew):
        reviews.approve(people.first.actor, version.id, read)
    page = browser(people.first.staff).get(f"/documents/{version.document_id}/").content.decode()
    assert f'name="round" value="{version.round + 1}"' in page


def test_the_drafter_cannot_approve(people):
    """Who wrote it is not one of the two."""
    with pytest.raises(errors.OwnDraft):
        reviews.approve(people.drafter.actor, steps.submitted(people).id)


def test_whoever_wrote_before_the_last_drafter_cannot_approve(people):
    """A small change by a colleague makes nobody a reader of their own text."""
    version = steps.drafted(people)
    helper = cast.hire("compliance_officer", "HQ")
    drafts.draft_version(helper.actor, version.document_id, steps.draft())
    drafts.draft_version(people.drafter.actor, version.document_id, steps.draft())
    reviews.submit(people.drafter.actor, version.id)
    with pytest.raises(errors.OwnDraft):
        reviews.approve(helper.actor, version.id)
    assert helper.staff not in queries.approvers(Version.objects.get(id=version.id))


def test_one_person_counts_once(people):
    """The same person twice is one approval."""
    version = steps.submitted(people)
    reviews.approve(people.first.actor, version.id)
    with pytest.raises(errors.ApprovedAlready):
        reviews.approve(people.first.actor, version.id)


@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_other_posts_cannot_approve(people, who):
    """The gate refuses posts without the function."""
    with pytest.raises(PermissionMissing):
        reviews.approve(getattr(people, who).actor, steps.submitted(people).id)


def test_a_draft_cannot_be_approved(people):
    """It must be handed in first."""
    with pytest.raises(errors.StateWrong):
        reviews.approve(people.first.actor, steps.drafted(people).id)


def test_one_approval_does_not_publish(people):
    """The sentence says how many are there and how many are needed."""
    version = steps.submitted(people)
    reviews.approve(people.first.actor, version.id)
    with pytest.raises(errors.ApprovalsMissing) as refused:
        reviews.publish(people.drafter.actor, version.id)
    assert refused.value.params == {"have": 1, "need": 2}


def test_sent_back_it_is_a_draft_and_old_approvals_do_not_count(people):
    """A new round begins with the next hand-in."""
    version = steps.approved(people)
    reviews.send_back(people.second.actor, version.id, "Chapter 2 is wrong")
    again = reviews.submit(people.drafter.actor, version.id)
    assert (again.state, again.round) == (State.IN_REVIEW, 2)
    assert reviews.approve(people.first.actor, version.id).state == State.IN_REVIEW


def test_sending_back_needs_a_reason(people):
    """Blank is none."""
    with pytest.raises(errors.ReasonMissing):
        reviews.send_back(people.first.actor, steps.submitted(people).id, "  ")


def test_the_database_refuses_a_publication_without_two(people):
    """Raw SQL cannot do what the verb does not."""
    version = steps.submitted(people)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_version SET state = 'published', published_at = now(),"
            " published_by_id = drafted_by_id WHERE id = %s",
            [version.id],
        )


def test_two_approvals_at_once_make_it_ready(people):
    """Neither overlooks the other: the document's row is held while one is written."""
    version = steps.submitted(people)

    def say(member) -> str:
        try:
            return reviews.approve(member.actor, version.id).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(say, (people.first, people.second)))
    assert said == ["approved", "in_review"]


def test_each_step_leaves_its_leaf(people):
    """Who did what with which version stands in the trail, without a word of the text."""
    version = steps.published(people)
    leaves = trail.leaves(trail.LeafFilter(subject=("document", str(version.document_id))))
    assert [leaf.event.rpartition(".")[2] for leaf in reversed(leaves)] == [
        "drafted", "submitted", "approved", "approved", "published"
    ]  # fmt: skip
    assert "第一条" not in str(leaves)
