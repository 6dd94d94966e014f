"""Accounts of other systems: matched to one of our staff by an administrator, or released."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from tutela.access import queries as access
from tutela.access.errors import StaffUnknown
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.feeds import events, notice_kinds, queries
from tutela.feeds.errors import AccountMatched, AccountUnmatched, OwnAccount
from tutela.feeds.models import Account
from tutela.notices.actions.notices import notify

from .feeds import require_manager
from .leaves import record_feed


def tell_named(people: Iterable[Staff]) -> None:
    """Tell people, not machine accounts, that another system reports accesses under their name."""
    to = [one.id for one in people if one.kind == Staff.Kind.STAFF]
    if to:
        notify(notice_kinds.NAMED_BY_FEED, to=to, link="/me/", once=True)


@transaction.atomic
def match_account(actor: Actor, account_id: UUID, person: str) -> Account:
    """Say who an account is, by login or staff number: a person, or the machine account of a system. Its looks
    name them from now on. StaffUnknown, AccountMatched."""
    grant, administrator = require_manager(actor)
    account = queries.account(account_id, lock=True)
    if account.staff_id is not None:
        raise AccountMatched
    found = list(Staff.objects.filter(access.is_named(person)).exclude(login="")[:2])
    if len(found) != 1 or not person.strip():
        raise StaffUnknown(staff="")
    account.staff, account.matched_by, account.matched_at = found[0], administrator, clock.now()
    account.save(update_fields=["staff", "matched_by", "matched_at"])
    record_feed(
        grant,
        events.ACCOUNT_MATCHED,
        account.feed,
        account=str(account.id),
        target=str(found[0].id),
    )
    tell_named([found[0]])
    return account


@transaction.atomic
def release_account(actor: Actor, account_id: UUID) -> Account:
    """Take a match back; the account is matched again by an administrator alone. AccountUnmatched;
    OwnAccount, as nobody takes the own name off the own looks."""
    grant, administrator = require_manager(actor)
    account = queries.account(account_id, lock=True)
    if account.staff_id is None:
        raise AccountUnmatched
    if account.staff_id == administrator.id:
        raise OwnAccount
    before = str(account.staff_id)
    account.staff = account.matched_by = account.matched_at = None
    account.was_released = True
    account.save(update_fields=["staff", "matched_by", "matched_at", "was_released"])
    record_feed(
        grant, events.ACCOUNT_RELEASED, account.feed, account=str(account.id), target=before
    )
    return account
