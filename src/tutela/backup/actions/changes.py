"""Changes that take two people: one proposes, another approves."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from tutela.access import changes, gate
from tutela.access import queries as access
from tutela.access.errors import PermissionMissing
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.backup import events, notice_kinds, permissions
from tutela.backup.errors import (
    ChangeDecided,
    ChangeProposerGone,
    ChangeSamePerson,
    ChangeUnknown,
)
from tutela.backup.models import Change
from tutela.backup.rules import Decision
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.registry import Registry
from tutela.notices.actions.notices import notify
from tutela.trail.event_specs import EventSpec

Apply = Callable[[Grant, Change], None]
APPLIED: Final = Registry[Apply]("changes of backups")
"""How an approved change of a kind is carried out, in the transaction of the approval; it raises if what it is
about has changed since."""


PAGES: Final = {
    "target": "backup-list-targets",
    "recipient": "backup-list-recipients",
    "policy": "backup-view-policy",
}
"""Where a change of a kind waits, by the view; that of a hold waits at its run."""


def require_manager(actor: Actor) -> tuple[Grant, Staff]:
    """The grant to change backups, and the person who acts; machines are refused."""
    grant = gate.require(actor, permissions.MANAGE)
    if actor.kind != "staff":
        raise PermissionMissing(permission=permissions.MANAGE.name)
    return grant, access.staff_by_id(actor.id)


def store(
    grant: Grant, person: Staff, *, kind: str, verb: str, subject: str, proposed: Mapping[str, Any]
) -> Change:
    """Store a change that waits; whoever else may approve it is told. What is proposed was checked by the
    caller."""
    with transaction.atomic():
        change = Change.objects.create(
            kind=kind,
            verb=verb,
            subject=subject,
            proposed=dict(proposed),
            proposed_by=person,
            proposed_at=clock.now(),
        )
        _record(grant, events.CHANGE_PROPOSED, change)
        notify(
            notice_kinds.BACKUP_CHANGE_WAITS,
            to=[one.id for one in gate.holders(permissions.MANAGE) if one.id != grant.actor.id],
            params={"kind": kind},
            link=reverse(PAGES.get(kind, "backup-list-runs")),
        )
    return change


@transaction.atomic
def approve_change(actor: Actor, change_id: UUID) -> Change:
    """Approve what another person proposed: it holds from now on. ChangeUnknown, ChangeDecided, ChangeSamePerson,
    ChangeProposerGone, and what the change itself refuses."""
    grant, person = require_manager(actor)
    change = _waiting(change_id)
    if change.proposed_by_id == person.pk:
        raise ChangeSamePerson
    proposer = Actor(kind="staff", id=str(change.proposed_by_id), channel=actor.channel)
    if not gate.holds(proposer, permissions.MANAGE):
        raise ChangeProposerGone
    _decide(change, person, Decision.APPROVED)
    _record(grant, events.CHANGE_APPROVED, change)
    APPLIED[change.kind](grant, change)
    return change


@transaction.atomic
def reject_change(actor: Actor, change_id: UUID) -> Change:
    """Reject a change, or take back one's own. ChangeUnknown, ChangeDecided."""
    grant, person = require_manager(actor)
    change = _waiting(change_id)
    is_own = change.proposed_by_id == person.pk
    _decide(change, person, Decision.WITHDRAWN if is_own else Decision.REJECTED)
    _record(grant, events.CHANGE_REJECTED, change)
    return change


def _waiting(change_id: UUID) -> Change:
    change = Change.objects.select_for_update(of=("self",)).filter(id=change_id).first()
    if change is None:
        raise ChangeUnknown
    if change.decision:
        raise ChangeDecided
    return change


def _decide(change: Change, person: Staff, decision: Decision) -> None:
    change.decision, change.decided_by, change.decided_at = decision, person, clock.now()
    change.save(update_fields=["decision", "decided_by", "decided_at"])


def _record(grant: Grant, event: EventSpec, change: Change) -> None:
    changes.record(
        grant,
        event,
        backup_change=str(change.id),
        backup_subject=change.kind,
        backup_verb=change.verb,
    )
