"""Files as proof of tasks and duties: whose work it is may attach them, and withdraw wrong ones."""

from django.db import transaction

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.base.actor import Actor
from tutela.programme import errors, permissions, queries
from tutela.programme.models import DutyOccurrence, Task
from tutela.programme.ownership import check_owns_duty, check_owns_task
from tutela.proof.actions import attachments
from tutela.proof.actions.attachments import Upload
from tutela.proof.models import Attachment


@transaction.atomic
def attach(actor: Actor, to: Task | DutyOccurrence, upload: Upload) -> Attachment:
    """Keep a file as proof of a task or a period of a duty."""
    return attachments.attach(_require(actor, to), queries.holder(to), upload)


@transaction.atomic
def withdraw(actor: Actor, attachment: Attachment, reason: str) -> Attachment:
    """Withdraw a file; the last one of a duty closed without words goes only after another has come."""
    of = queries.proven(attachment)
    return attachments.withdraw(_require(actor, of), attachment, reason, needed=_rests_on_one(of))


def _require(actor: Actor, to: Task | DutyOccurrence) -> Grant:
    """The grant of a person whose work it is; NotYours."""
    if isinstance(to, Task):
        grant = gate.require(actor, permissions.TASK_WORK)
        staff = check_owns_task(actor, to)
    else:
        grant = gate.require(actor, permissions.DUTY_CLOSE)
        staff = check_owns_duty(actor, to.template)
    if staff is None:
        raise errors.NotYours
    return grant


def _rests_on_one(of: Task | DutyOccurrence) -> bool:
    """Whether a closed duty rests on its last file. Locked: two files cannot go at once."""
    if isinstance(of, Task):
        Task.objects.select_for_update().get(pk=of.pk)
        return False
    duty = DutyOccurrence.objects.select_for_update().get(pk=of.pk)
    rests = duty.state == DutyOccurrence.State.DONE and not duty.evidence
    return rests and queries.standing_files(duty).count() < 2
