"""Proof attached by mistake: withdrawn with a reason, kept, and never the last that something rests on."""

import io

import pytest
from django.db import DatabaseError, connection, transaction

from tests.console.stage import browser, text
from tests.programme import stage
from tests.races import Meanwhile
from tutela.base import clock
from tutela.programme import queries as programme
from tutela.programme.actions import attachments, duties, tasks
from tutela.programme.errors import NotYours, ProofMissing
from tutela.proof import errors, queries
from tutela.proof.actions.attachments import Upload, open_attachment
from tutela.trail import queries as trail

WHY = "Wrong month"


def attach(who, to, data=b"log"):
    file = Upload(name="log.txt", file=io.BytesIO(data), evidence_date=clock.today())
    return attachments.attach(who.actor, to, file)


def withdraw(who, held, reason=WHY):
    return attachments.withdraw(who.actor, held, reason)


def task(who):
    return tasks.create_task(
        who.actor, tasks.NewTask(title="Renew the notice", due=clock.today(), department="it")
    )


def test_a_withdrawn_file_stays_with_its_reason_and_opens(crew):
    """Nothing of the past is taken away: who, when and why are told beside it, the reason sealed in the leaf."""
    held = attach(crew.officer, task(crew.officer))
    withdraw(crew.officer, held)
    gone = queries.attachment_or_none(held.id).withdrawal
    assert (gone.reason, gone.by) == (WHY, crew.officer.staff)
    assert open_attachment(crew.officer.actor, held.id)[1] == b"log"
    leaf = trail.leaves(trail.LeafFilter(event="governance.attachment.withdrawn"))[0]
    assert leaf.detail["file_hash"] == held.sha256
    assert WHY not in str(leaf)


def test_a_withdrawn_file_counts_no_more_and_may_come_again(crew):
    """The list of tasks counts what still proves something."""
    of = task(crew.officer)
    withdraw(crew.officer, attach(crew.officer, of))
    assert programme.tasks().get(id=of.id).files == 0
    attach(crew.officer, of)
    assert programme.tasks().get(id=of.id).files == 1


def test_an_open_duty_is_not_closed_with_a_withdrawn_file(crew):
    """It needs another file, or words."""
    one = stage.open_one()
    withdraw(crew.it_person, attach(crew.it_person, one))
    with pytest.raises(ProofMissing):
        duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk)


def test_a_closed_duty_keeps_its_last_proof(crew):
    """The right file comes first, then the wrong one goes."""
    one = stage.open_one()
    wrong = attach(crew.it_person, one, b"wrong")
    duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk)
    with pytest.raises(errors.ProofNeeded):
        withdraw(crew.it_person, wrong)
    attach(crew.it_person, one, b"right")
    withdraw(crew.it_person, wrong)
    assert programme.standing_files(one).count() == 1


def test_of_two_files_not_both_go_at_once(crew):
    """Two people, the same moment, one each: the second meets the rule."""
    one = stage.open_one()
    first, second = (attach(crew.it_person, one, data) for data in (b"1", b"2"))
    duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk)
    with Meanwhile(lambda: withdraw(crew.it_person, first)), pytest.raises(errors.ProofNeeded):
        withdraw(crew.it_person, second)


@pytest.mark.parametrize("reason", ["", "   ", "no"])
def test_a_reason_is_needed(crew, reason):
    """Whoever reads the list later wants to know."""
    held = attach(crew.officer, task(crew.officer))
    with pytest.raises(errors.ReasonMissing):
        withdraw(crew.officer, held, reason)


def test_it_is_withdrawn_once_and_by_whose_work_it_is(crew):
    """Others may read it, no more."""
    held = attach(crew.officer, task(crew.officer))
    with pytest.raises(NotYours):
        withdraw(crew.outsider, held)
    withdraw(crew.officer, held)
    with pytest.raises(errors.FileWithdrawn):
        withdraw(crew.officer, held)


def test_the_database_keeps_a_withdrawal(crew):
    """Past the verbs as well."""
    withdraw(crew.officer, attach(crew.officer, task(crew.officer)))
    for statement in (
        "UPDATE governance_attachment_withdrawal SET reason = 'x'",
        "DELETE FROM governance_attachment_withdrawal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_withdraws_and_the_list_tells_it(crew, language):
    """From the button beside the file to the line with the reason; no button twice."""
    of = task(crew.officer)
    held = attach(crew.officer, of)
    client = browser(crew.officer.staff)
    client.cookies["django_language"] = language
    page = f"/attachments/{held.id}/withdraw/"
    assert page in text(client.get(f"/tasks/{of.id}/"))
    assert held.sha256 in text(client.get(page))
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": WHY}).headers["Location"] == f"/tasks/{of.id}/"
    shown = text(client.get(f"/tasks/{of.id}/"))
    assert WHY in shown
    assert page not in shown
    assert client.post(page, {"reason": WHY}).status_code == 422


def test_who_only_reads_has_no_button(crew):
    """And is refused at the page."""
    of = task(crew.officer)
    held = attach(crew.officer, of)
    client, page = browser(crew.outsider.staff), f"/attachments/{held.id}/withdraw/"
    assert page not in text(client.get(f"/tasks/{of.id}/"))
    assert client.post(page, {"reason": WHY}).status_code in {403, 422}
    assert not hasattr(queries.attachment_or_none(held.id), "withdrawal")
