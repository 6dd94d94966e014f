"""A duty is made once a period, and ends done, moved, skipped or missed."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.programme import stage
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.programme import errors
from tutela.programme.actions import attachments, duties
from tutela.programme.actions.duties import Work
from tutela.programme.models import DutyOccurrence
from tutela.programme.seed import seed
from tutela.proof.actions.attachments import Upload
from tutela.proof.errors import EvidenceInFuture, ReasonMissing
from tutela.trail import queries as trail


def test_periods_are_made_once_however_often_they_are_asked_for(crew):
    """The nightly job may run twice; a period counts once."""
    before = DutyOccurrence.objects.count()
    seed()
    assert before > 100
    assert DutyOccurrence.objects.count() == before


def test_the_database_refuses_a_period_twice(crew):
    """Whoever writes past the verbs meets the table's own rule."""
    one = DutyOccurrence.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO governance_duty_occurrence (template_id, begins, ends, due, state, reason, evidence)"
            " SELECT template_id, begins, ends, due, 'open', '', '' FROM governance_duty_occurrence"
            " WHERE id = %s", [one.pk],
        )  # fmt: skip


def test_a_duty_done_in_time_is_closed_with_day_and_person(crew):
    """And leaves its leaf."""
    one = stage.open_one()
    done = duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk, evidence="Log 7")
    assert (done.state, done.done_on, done.done_by) == ("done", clock.today(), crew.it_person.staff)
    assert (
        trail.leaves(trail.LeafFilter(event="governance.occurrence.closed"))[0].detail["duty"]
        == "offsite-check"
    )


def test_proof_from_the_future_is_refused(crew):
    """Nobody has done tomorrow's work."""
    one = stage.open_one()
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(EvidenceInFuture) as refused:
        duties.close_occurrence(
            crew.it_person.actor, occurrence_id=one.pk, done_on=tomorrow, evidence="Log"
        )
    assert tomorrow.isoformat() in refused.value.text()


def test_proof_of_an_earlier_period_does_not_count(crew):
    """A week has its own backup."""
    one = stage.open_one()
    early = one.begins - timedelta(days=1)
    with pytest.raises(errors.EvidenceTooEarly):
        duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk, done_on=early)


def test_a_missed_duty_stays_missed(crew):
    """Before the nightly job and after it."""
    one = stage.past(stage.open_one())
    for _ in range(2):
        with pytest.raises(errors.OccurrenceMissed):
            duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk)
        duties.mark_missed(SYSTEM)
    one.refresh_from_db()
    assert one.state == "missed"


@pytest.mark.parametrize("state", ["open", "done"])
def test_the_database_keeps_a_missed_duty_missed(crew, state):
    """Raw SQL cannot paint it green either."""
    one = stage.past(stage.open_one())
    duties.mark_missed(SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE governance_duty_occurrence SET state = %s WHERE id = %s", [state, one.pk]
        )


def test_a_duty_is_moved_only_with_a_reason_and_not_far(crew):
    """To a later day within the next period."""
    one, actor = stage.open_one("tls-check"), crew.officer.actor
    for to, reason, error in (
        (clock.today() + timedelta(days=9), "  ", ReasonMissing),
        (clock.today() + timedelta(days=400), "Vendor is late", errors.MoveRefused),
        (clock.today() - timedelta(days=1), "Vendor is late", errors.MoveRefused),
    ):
        with pytest.raises(error):
            duties.move_occurrence(actor, occurrence_id=one.pk, to=to, reason=reason)


def test_a_moved_duty_keeps_where_it_came_from(crew):
    """And can still be done."""
    one, actor = stage.open_one("tls-check"), crew.officer.actor
    was, to = one.due, clock.today() + timedelta(days=5)
    moved = duties.move_occurrence(actor, occurrence_id=one.pk, to=to, reason="Vendor is late")
    assert (moved.state, moved.due, moved.moved_from) == ("moved", to, was)
    assert duties.close_occurrence(actor, occurrence_id=one.pk, evidence="Log 8").state == "done"


def test_a_skipped_duty_is_settled(crew):
    """With its reason, once."""
    one, actor = stage.open_one("channel-check"), crew.officer.actor
    duties.skip_occurrence(actor, occurrence_id=one.pk, reason="Channel is rebuilt")
    with pytest.raises(errors.OccurrenceSettled):
        duties.close_occurrence(actor, occurrence_id=one.pk)


def test_another_department_cannot_close_a_duty(crew):
    """Who does not owe it cannot say that it is done."""
    one = stage.open_one("newcomers")
    with pytest.raises(errors.NotYours):
        duties.close_occurrence(crew.outsider.actor, occurrence_id=one.pk)
    assert (
        duties.close_occurrence(crew.trainer.actor, occurrence_id=one.pk, evidence="Log 8").state
        == "done"
    )


def test_a_duty_is_not_closed_without_its_proof(crew):
    """Blank words are none; a file that is attached is."""
    one, actor = stage.open_one("leavers-check"), crew.it_person.actor
    for words in ("", "  "):
        with pytest.raises(errors.ProofMissing):
            duties.close_occurrence(actor, occurrence_id=one.pk, evidence=words)
    upload = Upload(name="log.txt", file=io.BytesIO(b"log"), evidence_date=clock.today())
    attachments.attach(actor=actor, to=one, upload=upload)
    assert duties.close_occurrence(actor, occurrence_id=one.pk).state == "done"


def test_the_installation_closes_only_the_open_period_of_the_work(crew):
    """A missed period is not made good afterwards, and another one's stays open."""
    one, today = stage.open_one("committee-meeting"), clock.today()

    def close(of):
        work = Work(of=of, evidence="Assessment")
        return duties.fulfil_duty(SYSTEM, "committee-meeting", work)

    assert close(one.begins - timedelta(days=1)) is None
    assert close(one.ends) is None
    stage.past(one)
    assert close(today) is None
    DutyOccurrence.objects.filter(pk=one.pk).update(due=today)
    done = close(today)
    assert (done.pk, done.state, done.done_by, done.evidence) == (
        one.pk,
        "done",
        None,
        "Assessment",
    )
    assert (
        trail.leaves(trail.LeafFilter(event="governance.occurrence.closed"))[0].actor_kind
        == "system"
    )


def test_a_duty_with_a_target_is_not_closed_on_somebodys_word(crew):
    """Its target counts nothing of the period: the duty stays open, by hand and by the installation."""
    one, actor = stage.open_one("restore-test"), crew.it_person.actor
    with pytest.raises(errors.TargetEvidenceMissing) as refused:
        duties.close_occurrence(actor, occurrence_id=one.pk, evidence="It went well")
    assert "restore-test" in refused.value.text()
    assert duties.fulfil_duty(SYSTEM, "restore-test", Work(of=clock.today(), evidence="x")) is None
    one.refresh_from_db()
    assert one.state == "open"
