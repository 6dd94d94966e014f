"""Files as proof: hashed and sealed while they are read, never changed, checked when opened."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from tutela.access import changes, gate, refused
from tutela.access.errors import PermissionMissing
from tutela.access.models import Staff
from tutela.access.permission_specs import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import Unavailable
from tutela.base.free_text import check_free_text
from tutela.detect.file_kinds import FileKind, kind_of
from tutela.keys import custody
from tutela.keys.errors import KeyDamaged
from tutela.programme import errors, events, permissions, queries, registry, rules
from tutela.programme.models import (
    Attachment,
    AttachmentPart,
    DutyOccurrence,
    Task,
)
from tutela.programme.ownership import check_owns_duty, check_owns_task
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf

MEGABYTES: Final = 20
_PART: Final = 512 * 1024
_NAME_LETTERS: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file at the door. `expires` is the first day on which it proves nothing any more."""

    name: str
    file: BinaryIO
    evidence_date: date
    expires: date | None = None


@transaction.atomic
def attach(*, actor: Actor, to: Task | DutyOccurrence, upload: Upload) -> Attachment:
    """Keep a file as proof of a task or a duty. A newer file stands beside an older one: none is replaced."""
    grant = gate.require(actor, permission(to))
    staff = holder_of(actor, to)
    if isinstance(to, Task):
        return _keep(grant, staff, upload, Attachment(task=to))
    return _keep(grant, staff, upload, Attachment(occurrence=to))


@transaction.atomic
def attach_held(
    *, actor: Actor, grant: gate.Grant, holder: tuple[str, str], upload: Upload
) -> Attachment:
    """Keep a file as proof of what a room above holds, as (kind, id). That room has asked the gate and
    its own rules before, and has registered the kind."""
    kind, key = holder[0], holder[1]
    made = Attachment(holder_kind=kind, holder_id=key)
    return _keep(grant, queries.staff_of(actor), upload, made)


def _keep(grant: gate.Grant, staff: Staff | None, upload: Upload, made: Attachment) -> Attachment:
    """The file into its row, which names already what it proves, and into its parts."""
    if staff is None:
        raise errors.NotYours
    check_free_text(file=upload.name)
    rules.may_attach(
        evidence_date=upload.evidence_date, expires=upload.expires, today=clock.today()
    )
    made.name, made.by = _clean(upload.name), staff
    made.evidence_date, made.expires = upload.evidence_date, upload.expires
    made.uploaded_at = clock.now()
    parts = _sealed(made, upload.file)
    beside = queries.standing(
        Attachment.objects.filter(
            task=made.task,
            occurrence=made.occurrence,
            holder_kind=made.holder_kind,
            holder_id=made.holder_id,
        )
    )
    if beside.filter(sha256=made.sha256).exists():
        raise errors.FileTwice
    made.save(force_insert=True)
    AttachmentPart.objects.bulk_create(parts)
    changes.record(
        grant,
        events.ATTACHMENT_ADDED,
        attachment=str(made.id),
        file_hash=made.sha256,
        bytes=made.size,
    )
    return made


def permission(to: Task | DutyOccurrence) -> Permission:
    """What one must be allowed to attach proof, and to withdraw it."""
    if isinstance(to, Task):
        return permissions.TASK_WORK
    return permissions.DUTY_CLOSE


def holder_of(actor: Actor, to: Task | DutyOccurrence) -> Staff | None:
    """The acting person, if the task or the duty is theirs; NotYours."""
    if isinstance(to, DutyOccurrence):
        return check_owns_duty(actor, to.template)
    return check_owns_task(actor, to)


def _clean(name: str) -> str:
    """The last part of a name without signs that a header or a path could mistake."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|;')[
            -_NAME_LETTERS:
        ]
        or "file"
    )


def _sealed(made: Attachment, file: BinaryIO) -> list[AttachmentPart]:
    """The file's parts, each sealed to its place; sets size and hash."""
    kind = kind_of(file)
    if kind is FileKind.EMPTY:
        raise errors.FileEmpty
    rules.check_kind(made.name, kind)
    digest, made.size = hashlib.sha256(), 0
    parts: list[AttachmentPart] = []
    while data := file.read(_PART):
        digest.update(data)
        made.size += len(data)
        if made.size > MEGABYTES * 1024 * 1024:
            raise errors.FileTooLarge(megabytes=MEGABYTES)
        sealed = custody.seal_secret(_label(made.id, len(parts)), data)
        parts.append(AttachmentPart(attachment=made, number=len(parts), sealed=sealed))
    made.sha256 = digest.hexdigest()
    return parts


def _label(attachment: UUID, number: int) -> str:
    return f"governance.attachment/{attachment}/{number}"


def open_attachment(*, actor: Actor, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """A file and its bytes, opened after its trace is durable; FileDamaged if it is not what was uploaded."""
    held, grant = openable(actor, attachment_id)
    log.append(
        Leaf(
            event=events.ATTACHMENT_OPENED,
            actor=actor,
            exposure=Exposure.EXPORT,
            decision=grant.as_leaf(),
            detail={"attachment": str(held.id), "file_hash": held.sha256, "bytes": held.size},
        )
    )
    data = b"".join(_opened(held))
    if hashlib.sha256(data).hexdigest() != held.sha256:
        raise errors.FileDamaged(attachment=str(held.id))
    return held, data


def openable(actor: Actor, attachment_id: UUID) -> tuple[Attachment, gate.Grant]:
    """A file that this person may open by the rule of what it proves. One that is not theirs is answered
    as one that is not there, and both leave the same leaf."""
    held = queries.attachment_or_none(attachment_id)
    wanted = _reading(held) if held else None
    if held is not None and wanted is not None and gate.holds(actor, wanted):
        return held, gate.require(actor, wanted)
    missing = PermissionMissing(permission=permissions.PROGRAMME_READ.name)
    closed = refused.keep(actor, missing, view="governance-open-attachment")
    raise closed if isinstance(closed, Unavailable) else errors.AttachmentUnknown()


def _reading(held: Attachment) -> Permission | None:
    """What one must be allowed to open a file; None while nobody has registered what it proves."""
    if not held.holder_kind:
        return permissions.PROGRAMME_READ
    proof = registry.proof(held.holder_kind)
    return proof.read if proof else None


def _opened(held: Attachment) -> Iterator[bytes]:
    for part in held.parts.order_by("number").iterator():
        try:
            yield custody.open_secret(_label(held.id, part.number), bytes(part.sealed))
        except KeyDamaged:
            raise errors.FileDamaged(attachment=str(held.id)) from None
