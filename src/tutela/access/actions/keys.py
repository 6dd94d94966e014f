"""API keys: created, rotated, revoked, and seen in use. The key's text is returned once and never stored."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tutela.access import events, gate, permissions
from tutela.access.errors import ApiKeyEnded, ApiKeyUnknown, OverlapTooLong, StaffUnknown
from tutela.access.key_text import new_key
from tutela.access.models import ApiKey, Staff
from tutela.access.permission_specs import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf

from .epoch import bump

LIFE: Final = timedelta(days=365)
LONGEST_OVERLAP: Final = timedelta(days=7)
USE_SECONDS: Final = 60.0
_noted: dict[str, float] = {}


@transaction.atomic
def create_api_key(
    actor: Actor, staff: Staff, label: str, expires: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key for a machine account, or a person's own; the row and the key's text.

    Without `expires` it lives a year.
    """
    decision = _decision_to_manage(actor, staff)
    if not staff.is_active:
        raise StaffUnknown(staff=str(staff.id))
    check_free_text(label=label)
    key, text = _create(staff, label, expires or clock.now() + LIFE)
    bump()
    _leaf(events.API_KEY_CREATED, actor, key, decision)
    return key, text


@transaction.atomic
def rotate_api_key(actor: Actor, key_id: UUID, overlap: timedelta) -> tuple[ApiKey, str]:
    """Make a key in place of another, with its label and its length of life; the old one works for
    `overlap` more, at most a week. ApiKeyUnknown, ApiKeyEnded, OverlapTooLong."""
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise OverlapTooLong(days=LONGEST_OVERLAP.days)
    old = _locked(key_id)
    decision = _decision_to_manage(actor, old.staff)
    now = clock.now()
    ended = old.revoked_at is not None or old.expires <= now
    if ended or old.replaced_by_id is not None or not old.staff.is_active:
        raise ApiKeyEnded
    key, text = _create(old.staff, old.label, now + (old.expires - old.created_at))
    old.replaced_by = key
    old.expires = min(old.expires, now + overlap)
    old.save(update_fields=["replaced_by", "expires"])
    bump()
    until = round(old.expires.timestamp() * 1000)
    named: dict[str, str | int] = {"successor": str(key.id), "until_ms": until}
    _leaf(events.API_KEY_ROTATED, actor, old, decision, **named)
    return key, text


@transaction.atomic
def revoke_api_key(actor: Actor, key_id: UUID) -> None:
    """End a key; every process refuses it within a second."""
    key = _locked(key_id)
    decision = _decision_to_manage(actor, key.staff, permissions.API_KEY_REVOKE)
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        bump()
        _leaf(events.API_KEY_REVOKED, actor, key, decision)


def _locked(key_id: UUID) -> ApiKey:
    keys = ApiKey.objects.select_for_update(of=("self",)).select_related("staff")
    key = keys.filter(id=key_id).first()
    if key is None:
        raise ApiKeyUnknown(key=str(key_id))
    return key


def _create(staff: Staff, label: str, expires: datetime) -> tuple[ApiKey, str]:
    new = new_key()
    key = ApiKey.objects.create(
        public_id=new.public_id,
        hash=new.hash,
        staff=staff,
        label=label,
        created_at=clock.now(),
        expires=expires,
    )
    return key, new.text


def note_use(key_id: str) -> None:
    """Remember the last use, at most once a minute a process: reading must not cost a write."""
    now = clock.monotonic()
    if now - _noted.get(key_id, -USE_SECONDS) < USE_SECONDS:
        return
    _noted[key_id] = now
    moment = clock.now()
    older = Q(last_used__isnull=True) | Q(last_used__lt=moment)
    ApiKey.objects.filter(older, id=key_id).update(last_used=moment)


def _decision_to_manage(
    actor: Actor, staff: Staff, permission: Permission = permissions.API_KEY_MANAGE
) -> dict[str, str | int]:
    """For the leaf: people manage their own keys, the holders of the permission all others. Raises as the gate."""
    own = actor.kind == "staff" and actor.id == str(staff.id) and actor.second_factor
    if own:
        gate.check_known(actor)
        return {"outcome": "allow"}
    return gate.require(actor, permission).as_leaf()


def _leaf(
    event: EventSpec, actor: Actor, key: ApiKey, decision: dict[str, str | int], **named: str | int
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("staff", str(key.staff_id)),),
            decision=decision,
            detail={"key": str(key.id), **named},
        )
    )
