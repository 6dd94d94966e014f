"""Passwords and sessions of staff accounts: set by a one-time link, by their owner, or for a demo."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tutela.access import changes, events, gate, permissions
from tutela.access.errors import PasswordWeak, PermissionMissing, SignInNeeded, StaffUnknown
from tutela.access.links import make_link_token, staff_of_token
from tutela.access.models import Staff
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail import log
from tutela.trail.leaves import Leaf

from .people import locked, subject


@transaction.atomic
def create_password_link(actor: Actor, staff: Staff) -> str:
    """The token of a one-time link, good for a day, by which the person sets a password. StaffUnknown."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    if staff.kind != Staff.Kind.STAFF or not staff.is_active:
        raise StaffUnknown(staff=str(staff.id))
    changes.record(grant, events.PASSWORD_LINK_CREATED, subject(staff))
    return make_link_token(staff)


@transaction.atomic
def set_password_by_link(*, token: str, password: str, source: str = "") -> Staff:
    """Set the password of the account a link was made for; LinkInvalid, PasswordWeak. `source`: the
    address that used the link."""
    account = locked(staff_of_token(token))
    # Asked again under the lock: two browsers may hold the same link.
    staff_of_token(token)
    actor = Actor(kind="staff", id=str(account.id), channel=Channel.PAGE, source=source)
    _set(account, password)
    _record(actor, account)
    return account


@transaction.atomic
def change_own_password(staff: Staff, password: str) -> Staff:
    """Set the password of whoever has just given the old one; ends the account's sessions and makes its
    devices unknown. SignInNeeded when the account is closed meanwhile, PasswordWeak."""
    account = locked(staff)
    if not account.is_active:
        raise SignInNeeded
    _set(account, password)
    return account


@transaction.atomic
def end_sessions(staff: Staff) -> int:
    """End the account's sessions, also those that have only begun, and make its devices unknown; the new epoch."""
    account = locked(staff)
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    return account.session_epoch


@transaction.atomic
def set_password(actor: Actor, staff: Staff, password: str) -> None:
    """Set a password without a link: the installation itself does so for a demo's people only."""
    if actor != SYSTEM:
        raise PermissionMissing(permission=permissions.STAFF_MANAGE.name)
    account = locked(staff)
    _set(account, password)
    _record(actor, account)


def _set(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise PasswordWeak from error
    staff.set_password(password)
    staff.session_epoch += 1
    staff.save(update_fields=["password", "session_epoch"])


def _record(actor: Actor, staff: Staff) -> None:
    """No grant stands behind it: the link, or the installation itself, is the permission."""
    leaf = Leaf(event=events.PASSWORD_SET, actor=actor, subjects=(subject(staff),))
    log.append_with_change(leaf)
