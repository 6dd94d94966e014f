"""Once the minutes are closed, two people correct the attendance, or nobody does."""

import pytest
from django.db import DatabaseError, transaction

from tests.committee.test_correct_attendance import ALL, ONE, close, correct
from tests.races import Meanwhile
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.committee import errors, queries
from tutela.committee.actions import corrections
from tutela.committee.models import Correction
from tutela.notices.models import Notice
from tutela.trail import queries as trail


def test_a_closed_meeting_is_corrected_by_two(table, held):
    """The draft does not count; its drafter cannot sign it; the other can, once."""
    close(table, held)
    draft = correct(table, held, *ONE)
    assert queries.record(held).count() == 2
    with pytest.raises(errors.SecondPersonMissing):
        corrections.sign_correction(table.chair.actor, draft.id)
    assert draft in queries.to_sign(table.compliance.staff.id)
    assert draft not in queries.to_sign(table.chair.staff.id)
    corrections.sign_correction(table.compliance.actor, draft.id)
    assert queries.record(held).count() == 1
    with pytest.raises(errors.CorrectionPassed):
        corrections.sign_correction(table.compliance.actor, draft.id)
    events = [
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(subject=("meeting", str(held.id))), limit=2)
    ]
    assert events == ["governance.meeting.corrected", "governance.meeting.correction_drafted"]


def test_the_second_person_is_told_and_the_drafter_is_not(table, held):
    """With the way to the meeting; while its minutes are open nobody need sign."""
    told = Notice.objects.filter(kind="attendance_to_sign", link=f"/committee/meetings/{held.id}/")
    correct(table, held, *ONE)
    assert not told.exists()
    close(table, held)
    correct(table, held, *ALL)
    people = {one.recipient for one in told}
    assert table.compliance.staff in people
    assert table.chair.staff not in people


@pytest.mark.parametrize("verb", ["sign_correction", "drop_correction"])
def test_once_it_is_settled_nobody_is_asked_to_sign_any_more(table, held, verb):
    """Signed or set aside: the notice counts as read."""
    close(table, held)
    draft = correct(table, held, *ONE)
    told = Notice.objects.filter(kind="attendance_to_sign", link=f"/committee/meetings/{held.id}/")
    assert told.filter(read_at=None).exists()
    getattr(corrections, verb)(table.compliance.actor, draft.id)
    assert not told.filter(read_at=None).exists()


def test_a_newer_draft_takes_the_place_of_one_that_nobody_signed(table, held):
    """What was passed over stays to be read, and can never be signed."""
    close(table, held)
    first = correct(table, held, *ONE)
    second = correct(table, held, *ALL, by=table.compliance)
    told = Notice.objects.filter(kind="attendance_to_sign", link=f"/committee/meetings/{held.id}/")
    asked = {one.recipient for one in told.filter(read_at=None)}
    assert table.chair.staff in asked
    assert table.compliance.staff not in asked
    with pytest.raises(errors.CorrectionPassed):
        corrections.sign_correction(table.compliance.actor, first.id)
    corrections.sign_correction(table.chair.actor, second.id)
    assert [one.state for one in queries.records(held)] == ["in_force", "passed_over", "replaced"]
    assert queries.record(held).count() == 3


def test_a_draft_is_set_aside_by_either_and_stays_to_be_read(table, held):
    """The drafter withdraws, the second person declines; what counts is what counted before."""
    close(table, held)
    for person in (table.chair, table.compliance):
        draft = correct(table, held, *ONE)
        corrections.drop_correction(person.actor, draft.id)
        for settle in (corrections.drop_correction, corrections.sign_correction):
            with pytest.raises(errors.CorrectionPassed):
                settle(table.compliance.actor, draft.id)
    assert [one.state for one in queries.records(held)] == ["dropped", "dropped", "in_force"]
    assert not queries.to_sign().filter(meeting=held).exists()
    (leaf,) = trail.leaves(trail.LeafFilter(event="governance.meeting.correction_dropped"), limit=1)
    assert (leaf.detail["before"], leaf.detail["after"]) == (2, 2)


def test_of_two_people_at_once_one_settles_the_draft(table, held):
    """One sets it aside while the other signs: whoever comes second is told that it is passed."""
    close(table, held)
    draft = correct(table, held, *ONE)
    aside = Meanwhile(lambda: corrections.drop_correction(table.chair.actor, draft.id))
    with aside, pytest.raises(errors.CorrectionPassed):
        corrections.sign_correction(table.compliance.actor, draft.id)
    assert queries.record(held).count() == 2


def test_every_verb_asks_the_gate(table, held):
    """A clerk corrects and signs nothing, whatever the page showed."""
    with pytest.raises(PermissionMissing):
        correct(table, held, *ONE, by=table.clerk)
    close(table, held)
    draft = correct(table, held, *ONE)
    with pytest.raises(PermissionMissing):
        corrections.sign_correction(table.clerk.actor, draft.id)
    with pytest.raises(PermissionMissing):
        corrections.drop_correction(table.clerk.actor, draft.id)
    with pytest.raises(errors.CorrectionUnknown):
        corrections.sign_correction(table.chair.actor, 10**9)


def test_the_database_asks_for_the_second_person_too(table, held):
    """Raw SQL cannot let the drafter sign a closed meeting."""
    close(table, held)
    draft = correct(table, held, *ONE)
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.filter(id=draft.id).update(
            signed_by=table.chair.staff, signed_at=clock.now()
        )
