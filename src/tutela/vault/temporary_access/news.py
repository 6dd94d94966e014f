"""Who is told of temporary access: who may decide, who watches, and the asker. Part of the caller's transaction.

A notice names nobody and no customer: it links to the page of the access, where the gate is asked again.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import DatabaseError
from django.urls import reverse

from tutela.access import gate, permissions, snapshot
from tutela.access import temporary_access_rules as rules
from tutela.access.actions import temporary_accesses as verbs
from tutela.access.errors import BreakGlassUntold
from tutela.access.permission_specs import Permission
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base.actor import Actor
from tutela.notices.actions.notices import notify, settle
from tutela.vault import notice_kinds


def link_of(access: TemporaryAccess | UUID) -> str:
    """The page of one access."""
    key = access if isinstance(access, UUID) else access.id
    return reverse("vault-view-temporary-access", args=[key])


def requested(
    access: TemporaryAccess, branches: Collection[int], can_decide: Callable[[Actor], bool]
) -> None:
    """Tell whoever may decide. Of an insurer's thousands of managers only those of the customers' `branches` and
    of the branches above are asked about."""
    now = snapshot.current()
    to = [
        person.id
        for person in gate.holders(permissions.TEMPORARY_ACCESS_APPROVE)
        if rules.is_near(now.people[person.id], branches, now) and can_decide(person)
    ]
    if to:
        notify(notice_kinds.TEMPORARY_ACCESS_WAITS, to=to, link=link_of(access), once=True)


def approved(access: TemporaryAccess) -> None:
    """After the last approver: tell the asker, and the manager of the branch, who sees it run. After the first,
    whoever can be the second keeps the notice."""
    link = link_of(access)
    if access.started_at is None:
        done = _holders(
            permissions.TEMPORARY_ACCESS_APPROVE,
            lambda person: not verbs.can_decide(person, access),
        )
        settle(notice_kinds.TEMPORARY_ACCESS_WAITS, link=link, to=done)
        return
    settle(notice_kinds.TEMPORARY_ACCESS_WAITS, link=link)
    notify(notice_kinds.TEMPORARY_ACCESS_DECIDED, to=[access.asker_id], link=link)
    managers = _watchers(access, everywhere=False)
    if managers:
        notify(notice_kinds.TEMPORARY_ACCESS_STARTED, to=managers, link=link)


def ended(access: TemporaryAccess, by: str) -> None:
    """What waits for nobody any more is settled; the asker is told, unless it was the asker."""
    link = link_of(access)
    settle(
        notice_kinds.TEMPORARY_ACCESS_WAITS,
        notice_kinds.TEMPORARY_ACCESS_STARTED,
        notice_kinds.BREAK_GLASS_STARTED,
        link=link,
    )
    if by != str(access.asker_id):
        kind = (
            notice_kinds.TEMPORARY_ACCESS_DECIDED
            if access.ending in ("refused", "not_decided")
            else notice_kinds.TEMPORARY_ACCESS_ENDED
        )
        notify(kind, to=[access.asker_id], link=link)


def broken(access: TemporaryAccess) -> None:
    """Tell the security administrator and the manager of the branch that break-glass has begun, and who may that a
    review is due. BreakGlassUntold, and so no break-glass, when nobody is told in this same transaction."""
    link = link_of(access)
    to = _watchers(access, everywhere=True)
    try:
        told = notify(notice_kinds.BREAK_GLASS_STARTED, to=to, link=link) if to else 0
        reviewers = _holders(
            permissions.BREAK_GLASS_REVIEW, lambda person: verbs.can_review(person, access)
        )
        if reviewers:
            notify(notice_kinds.BREAK_GLASS_REVIEW_WAITS, to=reviewers, link=link, once=True)
    except DatabaseError as error:
        raise BreakGlassUntold from error
    if not told:
        raise BreakGlassUntold


def reviewed(access: TemporaryAccess) -> None:
    """The review waits no more, and who took it is told."""
    link = link_of(access)
    settle(
        notice_kinds.BREAK_GLASS_REVIEW_WAITS,
        notice_kinds.BREAK_GLASS_STARTED,
        notice_kinds.BREAK_GLASS_PAUSED,
        link=link,
    )
    notify(notice_kinds.BREAK_GLASS_REVIEWED, to=[access.asker_id], link=link)


def overdue(access: TemporaryAccess) -> None:
    """The post's break-glass pauses: tell who may review and who keeps rights, once."""
    reviewers = _holders(
        permissions.BREAK_GLASS_REVIEW, lambda person: verbs.can_review(person, access)
    )
    to = {*reviewers, *_watchers(access, everywhere=True)}
    if to:
        notify(
            notice_kinds.BREAK_GLASS_PAUSED,
            to=sorted(to),
            params={"post": access.post},
            link=link_of(access),
            once=True,
        )


def _watchers(access: TemporaryAccess, *, everywhere: bool) -> list[str]:
    """Managers of the branch; with `everywhere` also the security administrators."""
    now = snapshot.current()
    return [
        person.id
        for person in gate.holders(permissions.TEMPORARY_ACCESS_END)
        if person.id != str(access.asker_id)
        and (
            rules.manages(now.people[person.id], access.branch_id, now)
            or (everywhere and _keeps_rights(person.id))
        )
    ]


def _keeps_rights(staff_id: str) -> bool:
    slots = snapshot.current().people[staff_id].slots
    return any(slot.post == "security_admin" for slot in slots)


def _holders(permission: Permission, wanted: Callable[[Actor], bool]) -> list[str]:
    return [person.id for person in gate.holders(permission) if wanted(person)]
