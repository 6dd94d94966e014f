"""A draft that was never handed in can be thrown away; nothing that anybody was asked about can."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.console.stage import browser, text
from tests.documents import steps
from tests.races import Meanwhile
from tutela.access.errors import PermissionMissing
from tutela.documents import errors, rules
from tutela.documents.actions import documents, drafts, reviews
from tutela.documents.actions.drafts import discard
from tutela.documents.models import Document, Version
from tutela.trail import queries as trail


def test_a_first_draft_goes_with_its_document(people):
    """Its code is free again, and a leaf says who did it."""
    version = steps.drafted(people)
    code, document = version.document.code, version.document_id
    assert discard(people.drafter.actor, version.id) is None
    assert not Document.objects.filter(id=document).exists()
    (leaf,) = trail.leaves(trail.LeafFilter(event="governance.document.discarded"), limit=1)
    assert (leaf.actor_id, leaf.detail["version"]) == (people.drafter.actor.id, 1)
    documents.add_document(
        people.drafter.actor,
        code=code,
        names=("制度", "Policy"),
        owner="auditor",
        draft=steps.draft(),
    )


def test_the_version_in_force_stays(people):
    """Only the draft beside it goes, and the next one takes its number."""
    old = steps.published(people)
    new = drafts.draft_version(people.drafter.actor, old.document_id, steps.draft())
    assert discard(people.drafter.actor, new.id) == old.document_id
    assert Version.objects.get(id=old.id).state == Version.State.PUBLISHED
    again = drafts.draft_version(people.drafter.actor, old.document_id, steps.draft())
    assert again.number == 2


def test_who_publishes_documents_may_throw_away_what_another_drafted(people):
    """The drafter may have left."""
    assert discard(people.first.actor, steps.drafted(people).id) is None


def test_of_those_who_only_draft_none_but_the_drafter_may():
    """The rule, for a post that drafts and does not publish."""
    with pytest.raises(errors.NotYourDraft):
        rules.check_discard(number=1, state="draft", rounds=0, own=False, keeper=False)
    rules.check_discard(number=1, state="draft", rounds=0, own=True, keeper=False)


def test_other_posts_may_not(people):
    """The gate refuses a clerk, an auditor and a branch's manager."""
    version = steps.drafted(people)
    for who in (people.clerk, people.auditor, people.second):
        with pytest.raises(PermissionMissing):
            discard(who.actor, version.id)


def test_what_was_sent_back_stays(people):
    """What people said to it is kept for good."""
    version = steps.submitted(people)
    reviews.send_back(people.first.actor, version.id, "Chapter 2")
    with pytest.raises(errors.SubmittedAlready):
        discard(people.drafter.actor, version.id)


def test_what_is_in_review_or_in_force_stays(people):
    """Neither is a draft."""
    for version in (steps.submitted(people), steps.published(people)):
        with pytest.raises(errors.StateWrong):
            discard(people.drafter.actor, version.id)


@pytest.mark.parametrize("step", ["submitted", "published"])
def test_the_database_keeps_what_was_handed_in(people, step):
    """Raw SQL cannot do what the verb does not."""
    version = getattr(steps, step)(people)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_version WHERE id = %s", [version.id])


def test_who_hands_in_meanwhile_is_told_that_it_is_gone(people):
    """The second writer waits for the first, and finds nothing."""
    version = steps.drafted(people)
    with (
        Meanwhile(lambda: discard(people.drafter.actor, version.id)),
        pytest.raises(errors.DocumentUnknown),
    ):
        reviews.submit(people.first.actor, version.id)


def test_the_page_offers_it_where_it_can_be_done(people):
    """The draft has the button and says what goes; what was handed in has none."""
    client = browser(people.drafter.staff)
    draft, kept = steps.drafted(people), steps.submitted(people)
    address = f"/documents/versions/{draft.id}/discard/"
    shown = text(client.get(f"/documents/{draft.document_id}/"))
    assert address in shown
    assert "/discard/" not in text(client.get(f"/documents/{kept.document_id}/"))
    done = client.post(address, follow=True)
    assert done.redirect_chain[-1][0] == "/documents/"
    assert draft.document.code not in text(done)


def test_a_refusal_is_told_on_the_document_s_page(people):
    """Somebody has handed it in while the page was open."""
    version = steps.submitted(people)
    refused = browser(people.drafter.staff).post(f"/documents/versions/{version.id}/discard/")
    assert refused.status_code == 409
    assert version.document.code in text(refused)
