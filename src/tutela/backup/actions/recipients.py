"""Recipients: public keys to which sets are sealed."""

import io
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from tutela.access import changes as leaves
from tutela.access.gate import Grant
from tutela.backup import events, rules, signing
from tutela.backup.errors import (
    ChangeOvertaken,
    KeyExists,
    KeyIsPrivate,
    KeyWrong,
    NameExists,
    NameWrong,
    OpensUnknown,
    RecipientsMissing,
    RecipientUnknown,
    RoleUnknown,
    WordWrong,
)
from tutela.backup.models import Change, Recipient
from tutela.backup.rules import Opens, RecipientState, Role
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import age, digest
from tutela.crypto.errors import BadValue

from .changes import require_manager, store

KIND: Final = "recipient"


def propose_recipient(
    actor: Actor, *, name: str, role: str, key: str, opens: str = Opens.ALL
) -> Change:
    """Propose a public key; sets are sealed to it once another person approved it."""
    grant, person = require_manager(actor)
    if not rules.NAME.fullmatch(name):
        raise NameWrong
    check_free_text(name=name)
    if role not in set(Role):
        raise RoleUnknown
    if opens not in set(Opens):
        raise OpensUnknown
    public = checked_key(key)
    _check_free(name, public)
    proposed = {"name": name, "role": role, "key": public, "opens": opens}
    return store(grant, person, kind=KIND, verb="add", subject="", proposed=proposed)


def propose_removal(actor: Actor, recipient_id: UUID) -> Change:
    """Propose that new sets are no longer sealed to a key. RecipientUnknown; RecipientsMissing for the last of a
    needed role."""
    grant, person = require_manager(actor)
    recipient = _active(recipient_id)
    _check_others(recipient)
    return store(grant, person, kind=KIND, verb="remove", subject=str(recipient.id), proposed={})


def sealed_sample(actor: Actor, recipient_id: UUID) -> bytes:
    """A small file that is sealed to one key and holds a word: who holds the private half opens it with `age` and
    tells the word the same day. RecipientUnknown."""
    require_manager(actor)
    recipient = _active(recipient_id)
    sink = io.BytesIO()
    with age.seal_stream([recipient.key], sink) as writer:
        writer.write(f"{_word(recipient, clock.today())}\n".encode())
    return sink.getvalue()


@transaction.atomic
def confirm_sample(actor: Actor, recipient_id: UUID, word: str) -> Recipient:
    """The word of a sample of today or yesterday proves that the private half is there and opens.
    RecipientUnknown, WordWrong."""
    grant, _person = require_manager(actor)
    recipient = _active(recipient_id)
    days = (clock.today(), clock.today() - timedelta(days=1))
    told = word.strip().lower().encode()
    if not any(digest.equal(told, _word(recipient, day).encode()) for day in days):
        raise WordWrong
    recipient.escrow_checked_at = clock.now()
    recipient.save(update_fields=["escrow_checked_at"])
    leaves.record(
        grant,
        events.RECIPIENT_CHECKED,
        backup_recipient=str(recipient.id),
        backup_role=recipient.role,
    )
    return recipient


def _active(recipient_id: UUID) -> Recipient:
    found = Recipient.objects.filter(id=recipient_id, state=RecipientState.ACTIVE).first()
    if found is None:
        raise RecipientUnknown
    return found


def _word(recipient: Recipient, day: date) -> str:
    """A word that only this installation can name before the sample was opened: from a signature, which is the
    same each time."""
    text = f"tutela backup sample {recipient.id} {day.isoformat()}"
    return digest.sha256(signing.sign(text.encode())).hex()[:16]


def checked_key(text: str) -> str:
    """The public key without blanks; KeyIsPrivate, KeyWrong."""
    key = text.strip()
    if key.upper().startswith("AGE-SECRET-KEY-"):
        raise KeyIsPrivate
    try:
        age.check_recipient(key)
    except BadValue:
        raise KeyWrong from None
    return key


def apply_change(grant: Grant, change: Change) -> None:
    """Carry out an approved change of a recipient."""
    assert change.decided_by is not None  # noqa: S101 approved
    if change.verb == "remove":
        _remove(grant, change)
        return
    facts = change.proposed
    _check_free(facts["name"], facts["key"])
    try:
        with transaction.atomic():
            made = Recipient.objects.create(
                name=facts["name"],
                role=facts["role"],
                key=facts["key"],
                opens=facts["opens"],
                created_at=clock.now(),
                created_by=change.proposed_by,
                approved_by=change.decided_by,
            )
    except IntegrityError:
        raise ChangeOvertaken from None
    leaves.record(
        grant, events.RECIPIENT_ADDED, backup_recipient=str(made.id), backup_role=made.role
    )


def _remove(grant: Grant, change: Change) -> None:
    found = Recipient.objects.select_for_update(of=("self",)).filter(id=change.subject)
    recipient = found.filter(state=RecipientState.ACTIVE).first()
    if recipient is None:
        raise ChangeOvertaken
    _check_others(recipient)
    recipient.state, recipient.removed_at = RecipientState.REMOVED, clock.now()
    recipient.save(update_fields=["state", "removed_at"])
    leaves.record(
        grant,
        events.RECIPIENT_REMOVED,
        backup_recipient=str(recipient.id),
        backup_role=recipient.role,
    )


def _check_free(name: str, key: str) -> None:
    if Recipient.objects.filter(name=name).exists():
        raise NameExists(name=name)
    if Recipient.objects.filter(key=key, state=RecipientState.ACTIVE).exists():
        raise KeyExists


def _check_others(recipient: Recipient) -> None:
    """RecipientsMissing if no other key of a needed role opens what this one opens."""
    if recipient.role not in rules.NEEDED_ROLES:
        return
    others = Recipient.objects.filter(role=recipient.role, state=RecipientState.ACTIVE)
    others = others.exclude(id=recipient.id)
    covered = {part for one in others for part in rules.opened_by(Opens(one.opens))}
    if not rules.opened_by(Opens(recipient.opens)) <= covered:
        raise RecipientsMissing(roles=recipient.role)
