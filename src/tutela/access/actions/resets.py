"""Reset a password or a second factor by two administrators: one proposes, another confirms.

Either alone could become the person: so the link by which a new password is set is told to the second one only,
and neither may be the person whose sign-in it is.
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tutela.access import accounts, changes, events, gate, permissions, rules, telling
from tutela.access.errors import (
    OwnAccount,
    ResetDecided,
    ResetIsOwn,
    ResetNotNeeded,
    ResetProposerGone,
    ResetUnknown,
    ResetWaiting,
    SignInNeeded,
)
from tutela.access.links import make_link_token
from tutela.access.models import Reset, Staff
from tutela.access.telling import Happening, News
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.trail.event_specs import EventSpec

from .people import drop_second_factor, forget_sessions, locked, subject

PAGE = "/resets/"
Kind, State = Reset.Kind, Reset.State


@transaction.atomic
def propose_reset(actor: Actor, staff: Staff, kind: str, ground: str) -> Reset:
    """Propose a reset, of `Reset.Kind`, on one of `rules.GROUNDS`. It changes nothing yet.

    OwnAccount, ResetNotNeeded, ResetWaiting; SignInNeeded for the installation itself, which is no person.
    """
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    if actor.kind != "staff":
        raise SignInNeeded
    account = locked(staff)
    if actor.id == str(account.id):
        raise OwnAccount
    if kind not in Kind.values or ground not in rules.GROUNDS or not _is_needed(account, kind):
        raise ResetNotNeeded
    now = clock.now()
    old = Reset.objects.filter(state=State.WAITING, proposed_at__lte=now - rules.RESET_LIFE)
    old.filter(staff=account, kind=kind).update(state=State.EXPIRED, decided_at=now)
    reset = Reset(
        staff=account, kind=kind, ground=ground, proposed_by_id=UUID(actor.id), proposed_at=now
    )
    try:
        with transaction.atomic():
            reset.save(force_insert=True)
    except IntegrityError as error:
        raise ResetWaiting from error
    _record(grant, events.RESET_PROPOSED, reset)
    apart = {actor.id, str(account.id)}
    others = {person.id for person in gate.holders(permissions.ACCOUNT_MANAGE)} - apart
    telling.tell(News(Happening.RESET_WAITS, others, PAGE))
    return reset


@transaction.atomic
def confirm_reset(actor: Actor, reset_id: UUID) -> str:
    """The second person's word. For a password: the token of a link by which the person sets a new one; the
    old one is void. For a second factor: "", it is off. Sessions end.

    ResetUnknown, ResetDecided, ResetIsOwn, OwnAccount, ResetProposerGone, ResetNotNeeded.
    """
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    reset = _locked(reset_id)
    if actor.id == str(reset.proposed_by_id):
        raise ResetIsOwn
    if actor.id == str(reset.staff_id):
        raise OwnAccount
    if actor.kind != "staff":
        raise SignInNeeded
    proposer = Actor(kind="staff", id=str(reset.proposed_by_id), channel=Channel.PAGE)
    if not gate.holds(proposer, permissions.ACCOUNT_MANAGE):
        raise ResetProposerGone
    account = locked(reset.staff)
    if not _is_needed(account, reset.kind):
        raise ResetNotNeeded
    _decide(reset, actor, State.CONFIRMED)
    _record(grant, events.RESET_CONFIRMED, reset)
    if reset.kind == Kind.SECOND_FACTOR:
        drop_second_factor(grant, account)
        telling.tell(News(Happening.SECOND_FACTOR_REMOVED, [str(account.id)], "/me/"))
        return ""
    account.set_unusable_password()
    account.session_epoch += 1
    account.save(update_fields=["password", "session_epoch"])
    forget_sessions(account)
    changes.record(grant, events.PASSWORD_LINK_CREATED, subject(account))
    telling.tell(News(Happening.PASSWORD_RESET, [str(account.id)], "/me/"))
    return make_link_token(account)


@transaction.atomic
def reject_reset(actor: Actor, reset_id: UUID) -> None:
    """Reject one, or withdraw one's own. ResetUnknown, ResetDecided."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    reset = _locked(reset_id)
    _decide(reset, actor, State.REJECTED)
    _record(grant, events.RESET_REJECTED, reset)


def _is_needed(account: Staff, kind: str) -> bool:
    """A person who is active, and has what is to be reset; a first password counts as a reset, too."""
    if account.kind != Staff.Kind.STAFF or not account.is_active:
        return False
    return kind == Kind.PASSWORD or Authenticator.objects.filter(user=account).exists()


def _locked(reset_id: UUID) -> Reset:
    rows = Reset.objects.select_for_update(of=("self",)).select_related("staff")
    reset = rows.filter(id=reset_id).first()
    if reset is None:
        raise ResetUnknown
    if reset.state != State.WAITING or accounts.expires_at(reset) <= clock.now():
        raise ResetDecided
    return reset


def _decide(reset: Reset, actor: Actor, state: str) -> None:
    reset.state, reset.decided_at = state, clock.now()
    reset.decided_by_id = UUID(actor.id) if actor.kind == "staff" else None
    reset.save(update_fields=["state", "decided_at", "decided_by"])
    telling.tell(
        News(Happening.RESET_WAITS, link=PAGE, settled=not accounts.waiting_resets().exists())
    )
    if actor.id != str(reset.proposed_by_id):
        telling.tell(News(Happening.RESET_DECIDED, [str(reset.proposed_by_id)], PAGE))


def _record(grant: gate.Grant, event: EventSpec, reset: Reset) -> None:
    detail = {"reset": str(reset.id), "factor": reset.kind, "field": reset.ground}
    changes.record(grant, event, ("staff", str(reset.staff_id)), **detail)
