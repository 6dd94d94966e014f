"""People and their posts: made, changed, disabled. Each act is asked of the gate and traced."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf

from . import events, gate, permissions, queries, rules
from .actions_epoch import bump
from .actions_import import import_branches, import_staff
from .actions_keys import create_api_key, revoke_api_key, rotate_api_key
from .actions_matrix import publish_matrix
from .errors import (
    AssignmentExists,
    OwnRecordTaken,
    PasswordWeak,
    PermissionMissing,
    SignInNeeded,
    StaffExists,
    StaffUnknown,
)
from .links import make_link_token, staff_of_token
from .models import Assignment, Staff

__all__ = [
    "assign_post", "change_own_password", "change_staff", "create_api_key", "create_password_link",
    "create_staff", "disable_staff", "enable_staff", "end_sessions", "import_branches", "import_staff",
    "publish_matrix", "remove_second_factor", "revoke_api_key", "rotate_api_key", "set_password",
    "set_password_by_link",
]  # fmt: skip

CHANGEABLE = frozenset({"name", "email", "department", "branch", "customer_id"})


@transaction.atomic
def create_staff(
    *,
    actor: Actor,
    staff_no: str,
    login: str,
    name: str,
    post: str = "",
    department: str = "",
    branch: str = "",
    email: str = "",
    kind: str = Staff.Kind.STAFF,
    customer_id: UUID | None = None,
) -> Staff:
    """Make an account, and give it its first post at its branch, all named by their codes.

    It has no password: a person sets one by `create_password_link`, a machine uses an API key.
    """
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    check_free_text(staff_no=staff_no, name=name)
    staff = Staff(
        staff_no=staff_no.strip(),
        login=rules.clean_login(login),
        name=name.strip(),
        email=email.strip(),
        kind=kind,
        department=queries.department(department) if department else None,
        branch=queries.branch(branch) if branch else None,
        customer_id=customer_id,
        created_at=clock.now(),
    )
    staff.set_unusable_password()
    _insert(staff)
    _leaf(events.STAFF_CREATED, actor, staff, grant)
    bump()
    if post:
        assign_post(actor=actor, staff=staff, post=post, branch=branch)
    return staff


def _insert(staff: Staff) -> None:
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError as error:
        raise StaffExists from error


@transaction.atomic
def change_staff(*, actor: Actor, staff: Staff, **changes: Any) -> Staff:
    """Change some of name, email, department (code), branch (code), customer_id."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"change_staff does not change {sorted(unknown)}")
    check_free_text(name=changes.get("name"))
    held = _locked(staff)
    for field, value in changes.items():
        setattr(held, field, _meant(field, value))
    try:
        with transaction.atomic():
            held.save(update_fields=sorted(changes))
    except IntegrityError as error:
        raise OwnRecordTaken from error
    for field in sorted(changes):
        _leaf(events.STAFF_CHANGED, actor, held, grant, field=field)
    bump()
    return held


def _meant(field: str, value: Any) -> Any:
    """A department or branch is named by its code; an empty code means none."""
    if field == "department":
        return queries.department(value) if value else None
    if field == "branch":
        return queries.branch(value) if value else None
    return value


@transaction.atomic
def disable_staff(*, actor: Actor, staff: Staff) -> None:
    """Close an account: its sessions end at once, its rights within a second everywhere."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    held = _locked(staff)
    held.is_active = False
    held.session_epoch += 1
    held.save(update_fields=["is_active", "session_epoch"])
    _leaf(events.STAFF_DISABLED, actor, held, grant)
    bump()


@transaction.atomic
def enable_staff(*, actor: Actor, staff: Staff) -> None:
    """Open a closed account again; old sessions stay dead."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    held = _locked(staff)
    held.is_active = True
    held.save(update_fields=["is_active"])
    _leaf(events.STAFF_CHANGED, actor, held, grant, field="is_active")
    bump()


@transaction.atomic
def remove_second_factor(*, actor: Actor, staff: Staff) -> None:
    """For a person who has lost the device and the recovery codes; ends all sessions of the account."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    held = _locked(staff)
    Authenticator.objects.filter(user=held).delete()
    held.session_epoch += 1
    held.save(update_fields=["session_epoch"])
    _leaf(events.SECOND_FACTOR_REMOVED, actor, held, grant)


@transaction.atomic
def assign_post(
    *,
    actor: Actor,
    staff: Staff,
    post: str,
    branch: str = "",
    starts: date | None = None,
    ends: date | None = None,
) -> Assignment:
    """Give a post at a branch, from today unless `starts` says else; PostsIncompatible."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    held, wanted = _locked(staff), queries.post(post)
    first = starts or clock.today()
    rules.posts_go_together(held.kind, queries.post_codes(held, first, ends), wanted.code)
    made = Assignment(staff=held, post=wanted, starts=first, ends=ends)
    made.branch = queries.branch(branch) if branch else None
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise AssignmentExists from error
    place: dict[str, str | int] = {"branch": made.branch_id} if made.branch_id else {}
    _leaf(events.ASSIGNMENT_CHANGED, actor, held, grant, post=wanted.code, **place)
    bump()
    return made


@transaction.atomic
def create_password_link(*, actor: Actor, staff: Staff) -> str:
    """The token of a one-time link, good for a day, by which the person sets a password."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    if staff.kind != Staff.Kind.STAFF or not staff.is_active:
        raise StaffUnknown(staff=str(staff.id))
    _leaf(events.PASSWORD_LINK_CREATED, actor, staff, grant)
    return make_link_token(staff)


@transaction.atomic
def set_password_by_link(*, token: str, password: str, source: str = "") -> Staff:
    """Set the password of the account a link was made for; LinkInvalid, PasswordWeak."""
    held = _locked(staff_of_token(token))
    # Asked again under the lock: two browsers may hold the same link.
    staff_of_token(token)
    actor = Actor(kind="staff", id=str(held.id), channel=Channel.PAGE, source=source)
    _set(held, password)
    _leaf(events.PASSWORD_SET, actor, held)
    return held


@transaction.atomic
def change_own_password(*, staff: Staff, password: str) -> Staff:
    """Set the password of whoever has just given the old one; ends the account's sessions and makes its
    devices unknown. SignInNeeded when the account is closed meanwhile."""
    held = _locked(staff)
    if not held.is_active:
        raise SignInNeeded
    _set(held, password)
    return held


@transaction.atomic
def end_sessions(staff: Staff) -> int:
    """End the account's sessions, also those that have only begun, and make its devices unknown; the new epoch."""
    held = _locked(staff)
    held.session_epoch += 1
    held.save(update_fields=["session_epoch"])
    return held.session_epoch


@transaction.atomic
def set_password(*, actor: Actor, staff: Staff, password: str) -> None:
    """Set a password without a link: the installation itself does so for a demo's people only."""
    if actor != SYSTEM:
        raise PermissionMissing(permission=permissions.STAFF_MANAGE.name)
    held = _locked(staff)
    _set(held, password)
    _leaf(events.PASSWORD_SET, actor, held)


def _set(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise PasswordWeak from error
    staff.set_password(password)
    staff.session_epoch += 1
    staff.save(update_fields=["password", "session_epoch"])


def _locked(staff: Staff) -> Staff:
    held = Staff.objects.select_for_update().filter(id=staff.id).first()
    if held is None:
        raise StaffUnknown(staff=str(staff.id))
    return held


def _leaf(
    event: EventSpec,
    actor: Actor,
    staff: Staff,
    grant: gate.Grant | None = None,
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("staff", str(staff.id)),),
            decision=grant.as_leaf() if grant else {},
            detail=detail,
        )
    )
