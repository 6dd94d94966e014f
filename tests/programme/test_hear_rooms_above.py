"""The programme imports no room above it: they register what they hold, and the rest is not there."""

import io

import pytest

from tutela.access import gate
from tutela.assessment import permissions as assessment_permissions
from tutela.base import clock
from tutela.programme import errors, registry
from tutela.programme import permissions as programme_permissions
from tutela.programme.actions import attachments
from tutela.programme.actions.attachments import Upload
from tutela.programme.models import DutyOccurrence, DutyTemplate
from tutela.scorecard import permissions as scorecard_permissions

OPENS = {"outside": scorecard_permissions.READ, "rating": assessment_permissions.ASSESSMENT_READ}


@pytest.mark.parametrize("kind", sorted(OPENS))
def test_the_kinds_of_stored_proof_are_registered(kind):
    """Files that older programs kept are opened by the right of their room."""
    assert registry.proof(kind).read == OPENS[kind]


def test_a_file_for_what_nobody_registered_opens_for_nobody(crew):
    """As one that is not there."""
    grant = gate.require(crew.officer.actor, programme_permissions.PROGRAMME_SET)
    upload = Upload(name="a.txt", file=io.BytesIO(b"one"), evidence_date=clock.today())
    held = attachments.attach_held(
        actor=crew.officer.actor, grant=grant, holder=("nobody", "1"), upload=upload
    )
    with pytest.raises(errors.AttachmentUnknown):
        attachments.open_attachment(actor=crew.officer.actor, attachment_id=held.id)


def test_a_duty_or_task_without_a_room_leads_nowhere(crew):
    """No page, no origin, no fault."""
    duty = DutyTemplate.objects.get(code="weekly-backup")
    assert registry.work_page(DutyOccurrence(template=duty)) == ""
    assert registry.origin("nobody", "1") is None
