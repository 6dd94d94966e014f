"""Proof attached by mistake: withdrawn with a reason, never taken away."""

from uuid import UUID

from django.db import transaction

from tutela.access import changes, gate
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.programme import errors, events, queries, rules
from tutela.programme.models import (
    Attachment,
    AttachmentWithdrawal,
    DutyOccurrence,
    Task,
)

from .attachments import holder_of, permission

LETTERS = 400


@transaction.atomic
def withdraw_attachment(*, actor: Actor, attachment_id: UUID, reason: str) -> Attachment:
    """A file of a task or a duty was the wrong one. It can still be opened; it proves nothing."""
    held = queries.attachment(attachment_id)
    to = held.task or held.occurrence
    if to is None:
        raise errors.AttachmentUnknown
    grant = gate.require(actor, permission(to))
    staff = holder_of(actor, to)
    return _withdrawn(grant, staff, held, reason, needed=_needs(to))


@transaction.atomic
def withdraw_held(
    *, actor: Actor, grant: gate.Grant, held: Attachment, reason: str, needed: bool
) -> Attachment:
    """A file of what another part holds. That part has asked the gate and its own rules, has locked what
    the file proves, and knows whether it rests on this file alone."""
    return _withdrawn(grant, queries.staff_of(actor), held, reason, needed=needed)


def _needs(to: Task | DutyOccurrence) -> bool:
    """Whether a closed duty rests on its last file. Locked: two files cannot go at once."""
    if isinstance(to, Task):
        Task.objects.select_for_update().get(pk=to.pk)
        return False
    duty = DutyOccurrence.objects.select_for_update().get(pk=to.pk)
    rests = duty.state == DutyOccurrence.State.DONE and not duty.evidence
    return rests and queries.standing(duty.attachments.all()).count() < 2


def _withdrawn(
    grant: gate.Grant,
    staff: Staff | None,
    held: Attachment,
    reason: str,
    *,
    needed: bool,
) -> Attachment:
    if staff is None:
        raise errors.NotYours
    check_free_text(reason=reason)
    # Asked again under the lock of what the file proves.
    gone = AttachmentWithdrawal.objects.filter(attachment=held).exists()
    rules.may_withdraw(withdrawn=gone, needed=needed, reason=reason)
    said = reason.strip()[:LETTERS]
    AttachmentWithdrawal.objects.create(attachment=held, reason=said, at=clock.now(), by=staff)
    changes.record_with_note(
        grant,
        events.ATTACHMENT_WITHDRAWN,
        custody.seal_note(said),
        attachment=str(held.id),
        file_hash=held.sha256,
    )
    return held
