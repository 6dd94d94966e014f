"""Who may open a file, what it proves says; what nobody declared is not there."""

import io

import pytest

from tests.console.stage import browser
from tests.programme import stage
from tutela.access import gate
from tutela.assessment import permissions as assessment
from tutela.base import clock
from tutela.programme import permissions
from tutela.programme.actions import attachments as programme
from tutela.proof import errors
from tutela.proof.actions.attachments import Upload, attach, open_attachment
from tutela.proof.registry import HOLDERS
from tutela.scorecard import permissions as scorecard
from tutela.trail import queries as trail

OPENS = {
    "task": permissions.PROGRAMME_READ,
    "duty": permissions.PROGRAMME_READ,
    "rating": assessment.ASSESSMENT_READ,
    "outside": scorecard.READ,
}
WITHDRAWS = {
    "task": permissions.TASK_WORK,
    "duty": permissions.DUTY_CLOSE,
    "rating": assessment.ASSESSMENT_RATE,
}


def upload():
    return Upload(name="a.txt", file=io.BytesIO(b"one"), evidence_date=clock.today())


def test_what_holds_proof_is_declared_by_its_room():
    """Files that older programs kept are opened and withdrawn by the right of their room."""
    assert {kind: holder.read for kind, holder in HOLDERS.items()} == OPENS
    withdrawals = {kind: one.withdrawal for kind, one in HOLDERS.items() if one.withdrawal}
    assert {kind: one.permission for kind, one in withdrawals.items()} == WITHDRAWS


@pytest.mark.parametrize("kind", ["nobody", "outside"])
def test_a_file_is_withdrawn_only_where_its_room_says_how(crew, kind):
    """One of what nobody declared opens for nobody; one of a report goes with its row."""
    grant = gate.require(crew.officer.actor, permissions.PROGRAMME_SET)
    attachment = attach(grant, (kind, "1"), upload())
    page = f"/attachments/{attachment.id}/"
    client = browser(crew.officer.staff)
    assert client.post(page).status_code == (404 if kind == "nobody" else 200)
    assert client.get(f"{page}withdraw/").status_code == 404
    assert client.post(f"{page}withdraw/", {"reason": "Wrong one"}).status_code == 404


def test_the_verb_asks_again(crew):
    """As one that is not there, and no opening is noted."""
    grant = gate.require(crew.officer.actor, permissions.PROGRAMME_SET)
    attachment = attach(grant, ("nobody", "2"), upload())
    before = len(trail.leaves(trail.LeafFilter(event="governance.attachment.opened")))
    with pytest.raises(errors.AttachmentUnknown):
        open_attachment(crew.officer.actor, attachment.id)
    assert len(trail.leaves(trail.LeafFilter(event="governance.attachment.opened"))) == before


def test_a_file_of_a_duty_leads_back_to_it(crew):
    """And one of another room is none of the programme's."""
    duty = stage.open_one()
    attachment = programme.attach(crew.it_person.actor, duty, upload())
    assert HOLDERS["duty"].withdrawal.page(attachment) == f"/duties/{duty.pk}/"
    attachment.holder_kind = "rating"
    with pytest.raises(errors.AttachmentUnknown):
        programme.withdraw(crew.it_person.actor, attachment, "Wrong one")
