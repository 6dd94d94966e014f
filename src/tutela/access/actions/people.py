"""Staff accounts and their posts: created, changed, disabled. Each act is asked of the gate and traced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from tutela.access import changes, events, gate, leaving, permissions, queries, rules
from tutela.access.errors import (
    AssignmentExists,
    LastAdministrator,
    OwnAccount,
    OwnRecordTaken,
    StaffExists,
    StaffUnknown,
)
from tutela.access.models import ApiKey, Assignment, Post, SignedIn, Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text

from .epoch import bump


@dataclass(frozen=True, slots=True)
class Closed:
    """What ended with an account: how many sessions, API keys, and things that it had in hand."""

    sessions: int
    keys: int
    released: int


CHANGEABLE = frozenset({"name", "email", "department", "branch", "customer_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """An account to be. `post` is its first, held at `branch`; post, department and branch are codes.
    `customer_id`: the person's own record, which nobody may open for themselves."""

    staff_no: str
    login: str
    name: str
    post: str = ""
    department: str = ""
    branch: str = ""
    email: str = ""
    kind: str = Staff.Kind.STAFF
    customer_id: UUID | None = None


@transaction.atomic
def create_staff(actor: Actor, new: NewStaff) -> Staff:
    """Create an account and give it its first post. LoginInvalid, StaffExists, and as `assign_post`.

    It has no password: a person sets one by `create_password_link`, a machine uses an API key.
    """
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    check_free_text(staff_no=new.staff_no, name=new.name)
    staff = Staff(
        staff_no=new.staff_no.strip(),
        login=rules.clean_login(new.login),
        name=new.name.strip(),
        email=new.email.strip(),
        kind=new.kind,
        department=queries.department(new.department) if new.department else None,
        branch=queries.branch(new.branch) if new.branch else None,
        customer_id=new.customer_id,
        created_at=clock.now(),
    )
    staff.set_unusable_password()
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError as error:
        raise StaffExists from error
    changes.record(grant, events.STAFF_CREATED, subject(staff))
    bump()
    if new.post:
        assign_post(actor, staff, new.post, new.branch)
    return staff


@transaction.atomic
def change_staff(actor: Actor, staff: Staff, **changed: Any) -> Staff:
    """Change some of name, email, department (code), branch (code), customer_id. OwnRecordTaken."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    unknown = changed.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"change_staff does not change {sorted(unknown)}")
    check_free_text(name=changed.get("name"))
    account = locked(staff)
    for field, value in changed.items():
        setattr(account, field, _resolved(field, value))
    try:
        with transaction.atomic():
            account.save(update_fields=sorted(changed))
    except IntegrityError as error:
        raise OwnRecordTaken from error
    for field in sorted(changed):
        changes.record(grant, events.STAFF_CHANGED, subject(account), field=field)
    bump()
    return account


def _resolved(field: str, value: Any) -> Any:
    """A department or branch is named by its code; an empty code means none."""
    if field == "department":
        return queries.department(value) if value else None
    if field == "branch":
        return queries.branch(value) if value else None
    return value


@transaction.atomic
def disable_staff(actor: Actor, staff: Staff) -> Closed:
    """Close an account: its sessions end at once, its rights and API keys within a second everywhere, and what
    it has in hand is released. Nothing happens to one that is closed. OwnAccount, LastAdministrator."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    lock_administrators()
    account = locked(staff)
    if actor.id == str(account.id):
        raise OwnAccount
    if not account.is_active:
        return Closed(0, 0, 0)
    check_administrators_stay({account.id})
    closed = close(grant, account)
    bump()
    return closed


def close(grant: gate.Grant, account: Staff) -> Closed:
    """Close a locked account; `check_administrators_stay` was asked, and the caller bumps the epoch."""
    account.is_active = False
    account.session_epoch += 1
    account.save(update_fields=["is_active", "session_epoch"])
    sessions = forget_sessions(account)
    keys = revoke_keys_of(grant, account)
    closed = Closed(sessions, keys, leaving.release_all(grant, account.id))
    changes.record(
        grant,
        events.STAFF_DISABLED,
        subject(account),
        sessions=closed.sessions,
        keys=closed.keys,
        released=closed.released,
    )
    return closed


def lock_administrators() -> None:
    """Two administrators who close each other at the same time come one after the other."""
    posts = Post.objects.select_for_update(no_key=True).filter(code__in=rules.NEEDED_POSTS)
    list(posts.order_by("code"))


def check_administrators_stay(leavers: Collection[UUID]) -> None:
    """LastAdministrator if nobody active would be left in a post that the installation cannot be without."""
    held = queries.assignments_on(clock.today()).filter(
        post_id__in=rules.NEEDED_POSTS, staff__is_active=True
    )
    holders: dict[str, set[UUID]] = {}
    for post, person in held.values_list("post_id", "staff_id"):
        holders.setdefault(post, set()).add(person)
    for post, people in sorted(holders.items()):
        if people <= set(leavers):
            raise LastAdministrator(post=post)


def forget_sessions(account: Staff) -> int:
    """Delete the rows of an account's sessions, which have ended; how many."""
    rows = SignedIn.objects.filter(staff=account)
    keys = list(rows.values_list("row", flat=True))
    ended, _models = Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return ended


def revoke_keys_of(grant: gate.Grant, account: Staff) -> int:
    """Revoke every key of an account that still works, each with its leaf; how many."""
    now = clock.now()
    keys = ApiKey.objects.select_for_update().filter(
        staff=account, revoked_at__isnull=True, expires__gt=now
    )
    for key in keys:
        changes.record(grant, events.API_KEY_REVOKED, subject(account), key=str(key.id))
    return ApiKey.objects.filter(id__in=[key.id for key in keys]).update(revoked_at=now)


@transaction.atomic
def enable_staff(actor: Actor, staff: Staff) -> None:
    """Open a closed account again; old sessions and API keys stay dead."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    account = locked(staff)
    if account.is_active:
        return
    account.is_active = True
    account.save(update_fields=["is_active"])
    changes.record(grant, events.STAFF_ENABLED, subject(account))
    bump()


@transaction.atomic
def unlock_staff(actor: Actor, staff: Staff) -> None:
    """Begin the counts of failed sign-ins anew, so that the person need not wait. OwnAccount."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    account = locked(staff)
    if actor.id == str(account.id):
        raise OwnAccount
    account.attempts_epoch += 1
    account.save(update_fields=["attempts_epoch"])
    changes.record(grant, events.ACCOUNT_UNLOCKED, subject(account))


@transaction.atomic
def remove_second_factor(actor: Actor, staff: Staff) -> None:
    """For a person who has lost the device and the recovery codes; ends all sessions of the account. By one
    alone, at the host's shell; at the console two administrators reset it (`resets`)."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    drop_second_factor(grant, locked(staff))


def drop_second_factor(grant: gate.Grant, account: Staff) -> None:
    """Of a locked account."""
    Authenticator.objects.filter(user=account).delete()
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    forget_sessions(account)
    changes.record(grant, events.SECOND_FACTOR_REMOVED, subject(account))


@transaction.atomic
def assign_post(
    actor: Actor, staff: Staff, post: str, branch: str = "", starts: date | None = None
) -> Assignment:
    """Give a post at a branch, both by code, from today unless `starts` says else. PostsIncompatible,
    AssignmentExists."""
    grant = gate.require(actor, permissions.STAFF_MANAGE)
    account, wanted = locked(staff), queries.post(post)
    first = starts or clock.today()
    current = queries.post_codes(account, first, None)
    rules.check_posts_together(account.kind, current, wanted.code)
    assignment = Assignment(staff=account, post=wanted, starts=first)
    assignment.branch = queries.branch(branch) if branch else None
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as error:
        raise AssignmentExists from error
    place: dict[str, str | int] = {"branch": assignment.branch_id} if assignment.branch_id else {}
    event = events.ASSIGNMENT_CHANGED
    changes.record(grant, event, subject(account), post=wanted.code, **place)
    bump()
    return assignment


def locked(staff: Staff) -> Staff:
    """The account as it is now, locked until the transaction ends; StaffUnknown."""
    account = Staff.objects.select_for_update().filter(id=staff.id).first()
    if account is None:
        raise StaffUnknown(staff=str(staff.id))
    return account


def subject(staff: Staff) -> changes.Subject:
    """The account as a leaf names it."""
    return ("staff", str(staff.id))
