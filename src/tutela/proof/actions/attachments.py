"""Files as proof: hashed and sealed while they are read, never changed, checked when opened."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from tutela.access import changes, gate, refused
from tutela.access import queries as people
from tutela.access.changes import Subject
from tutela.access.errors import PermissionMissing
from tutela.access.gate import Grant
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import Unavailable
from tutela.base.free_text import check_free_text
from tutela.detect.file_kinds import kind_of
from tutela.keys import custody
from tutela.keys.errors import KeyDamaged
from tutela.keys.spool import SealedUpload
from tutela.proof import errors, events, queries, registry, rules
from tutela.proof.models import Attachment, AttachmentPart, AttachmentWithdrawal
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf

MEGABYTES: Final = 20
_PART: Final = 512 * 1024
_NAME_LETTERS: Final = 160
_REASON_LETTERS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file at the door, as a seekable stream. `expires` is the first day on which it proves nothing any more."""

    name: str
    file: BinaryIO
    evidence_date: date
    expires: date | None = None

    @classmethod
    def of(cls, sent: SealedUpload, evidence_date: date, expires: date | None = None) -> "Upload":
        """A file that a form sent: it lies sealed at the door already, and this opens it."""
        stream = sent.source().open()
        return cls(name=sent.name or "", file=stream, evidence_date=evidence_date, expires=expires)


@transaction.atomic
def attach(grant: Grant, holder: Subject, upload: Upload) -> Attachment:
    """Keep a file as proof of a thing (kind, id), whose room has asked the gate and its own rules. A newer
    file stands beside an older one: none is replaced."""
    check_free_text(file=upload.name)
    rules.check_days(
        evidence_date=upload.evidence_date, expires=upload.expires, today=clock.today()
    )
    attachment = Attachment(
        holder_kind=holder[0],
        holder_id=holder[1],
        name=_clean(upload.name),
        evidence_date=upload.evidence_date,
        expires=upload.expires,
        uploaded_at=clock.now(),
        by=people.staff_by_id(grant.actor.id),
    )
    rules.check_kind(attachment.name, kind_of(upload.file))
    parts = _sealed(attachment, upload.file)
    if queries.standing(*holder).filter(sha256=attachment.sha256).exists():
        raise errors.FileTwice
    attachment.save(force_insert=True)
    AttachmentPart.objects.bulk_create(parts)
    changes.record(
        grant,
        events.ATTACHMENT_ADDED,
        attachment=str(attachment.id),
        file_hash=attachment.sha256,
        bytes=attachment.size,
    )
    return attachment


def _clean(name: str) -> str:
    """The last part of a name without signs that a header or a path could mistake."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|;')[
            -_NAME_LETTERS:
        ]
        or "file"
    )


def _sealed(attachment: Attachment, file: BinaryIO) -> list[AttachmentPart]:
    """The file's parts, each sealed to its place; sets size and hash."""
    digest, attachment.size = hashlib.sha256(), 0
    parts: list[AttachmentPart] = []
    while data := file.read(_PART):
        digest.update(data)
        attachment.size += len(data)
        if attachment.size > MEGABYTES * 1024 * 1024:
            raise errors.FileTooLarge(megabytes=MEGABYTES)
        sealed = custody.seal_secret(_label(attachment.id, len(parts)), data)
        parts.append(AttachmentPart(attachment=attachment, number=len(parts), sealed=sealed))
    attachment.sha256 = digest.hexdigest()
    return parts


def _label(attachment: UUID, number: int) -> str:
    # The name from when files of proof belonged to the programme: stored files are bound to it.
    return f"governance.attachment/{attachment}/{number}"


def open_attachment(actor: Actor, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """A file and its bytes, opened after its trace is durable; FileDamaged if it is not what was uploaded."""
    attachment, grant = openable(actor, attachment_id)
    log.append(
        Leaf(
            event=events.ATTACHMENT_OPENED,
            actor=actor,
            exposure=Exposure.EXPORT,
            decision=grant.as_leaf(),
            detail={
                "attachment": str(attachment.id),
                "file_hash": attachment.sha256,
                "bytes": attachment.size,
            },
        )
    )
    data = b"".join(_opened(attachment))
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise errors.FileDamaged(attachment=str(attachment.id))
    return attachment, data


def openable(actor: Actor, attachment_id: UUID) -> tuple[Attachment, Grant]:
    """A file that this person may open by the rule of what it proves. One that is not theirs is answered
    as one that is not there, and both leave the same leaf."""
    attachment = queries.attachment_or_none(attachment_id)
    holder = registry.HOLDERS.get(attachment.holder_kind) if attachment else None
    if attachment is not None and holder is not None and gate.holds(actor, holder.read):
        return attachment, gate.require(actor, holder.read)
    closed = refused.keep(
        actor, PermissionMissing(permission=""), view="governance-open-attachment"
    )
    raise closed if isinstance(closed, Unavailable) else errors.AttachmentUnknown()


def _opened(attachment: Attachment) -> Iterator[bytes]:
    for part in attachment.parts.order_by("number").iterator():
        try:
            yield custody.open_secret(_label(attachment.id, part.number), bytes(part.sealed))
        except KeyDamaged:
            raise errors.FileDamaged(attachment=str(attachment.id)) from None


@transaction.atomic
def withdraw(grant: Grant, attachment: Attachment, reason: str, *, needed: bool) -> Attachment:
    """Say that a file was the wrong one: it can still be opened, and proves nothing. Its room has asked the
    gate and its own rules, has locked what the file proves, and knows whether that rests on this file alone."""
    check_free_text(reason=reason)
    # Asked again under the lock of what the file proves.
    withdrawn = AttachmentWithdrawal.objects.filter(attachment=attachment).exists()
    rules.check_withdraw(withdrawn=withdrawn, needed=needed, reason=reason)
    reason = reason.strip()[:_REASON_LETTERS]
    AttachmentWithdrawal.objects.create(
        attachment=attachment,
        reason=reason,
        at=clock.now(),
        by=people.staff_by_id(grant.actor.id),
    )
    changes.record_with_note(
        grant,
        events.ATTACHMENT_WITHDRAWN,
        custody.seal_note(reason),
        attachment=str(attachment.id),
        file_hash=attachment.sha256,
    )
    return attachment
