"""Put notices into inboxes and the outbox. Apart from actions.py, because sending tells people too."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tutela.access.models import Staff
from tutela.base import clock
from tutela.notices import queries, rules
from tutela.notices.kinds import Mail, NoticeKind
from tutela.notices.models import Delivery, Notice

_log = logging.getLogger("tutela.notices")


@transaction.atomic
def notify(
    kind: NoticeKind,
    *,
    to: Iterable[UUID | str] = (),
    posts: Iterable[str] = (),
    params: Mapping[str, str | int] | None = None,
    link: str = "",
    once: bool = False,
) -> int:
    """Put a notice in the inbox of people named by id or by post, and in the outbox as each wishes.

    It is part of the caller's transaction: an act that is undone tells nobody. With `once` nobody is
    told again of the same kind, facts and link while the first is unread. Returns how many people
    were told. ParamsRefused, LinkRefused.
    """
    told = rules.checked(kind, params or {})
    page = rules.checked_link(kind, link)
    people = queries.readers(to, posts)
    if once:
        people = _not_told(people, kind, told, page)
    if not people:
        _log.info("nobody to tell", extra={"kind": kind.code})
        return 0
    now = clock.now()
    notices = Notice.objects.bulk_create(
        Notice(kind=kind.code, params=told, link=page, recipient=one, created_at=now)
        for one in people
    )
    Delivery.objects.bulk_create([*_mails(kind, notices, now), *_robots(kind, notices[0], now)])
    return len(notices)


def settle(*kinds: NoticeKind, link: str, to: Iterable[UUID | str] | None = None) -> int:
    """Mark as read what asks for something that needs nobody any more: the unread notices of these kinds
    with this link, of everybody or of the people named. Part of the caller's transaction; how many."""
    found = Notice.objects.filter(kind__in=[kind.code for kind in kinds], link=link, read_at=None)
    if to is not None:
        found = found.filter(recipient_id__in=[str(one) for one in to])
    return found.update(read_at=clock.now())


def _not_told(
    people: Sequence[Staff], kind: NoticeKind, told: Mapping[str, str | int], link: str
) -> list[Staff]:
    same = Notice.objects.filter(
        recipient__in=people, kind=kind.code, params=told, link=link, read_at=None
    )
    have = set(same.values_list("recipient_id", flat=True))
    return [one for one in people if one.id not in have]


def _mails(kind: NoticeKind, notices: Sequence[Notice], now: datetime) -> Iterable[Delivery]:
    """The mails of a notice. Without a mail server there are none: the inbox has everything."""
    people = [notice.recipient for notice in notices if notice.recipient.email]
    if not settings.TUTELA_MAIL_URL or not people:
        return
    chosen, digests = queries.choices_of(people, kind), queries.digests_of(people)
    zone = ZoneInfo(settings.TIME_ZONE)
    for notice in notices:
        mail = chosen.get(notice.recipient_id, Mail.NEVER)
        every = digests.get(notice.recipient_id, rules.DAILY)
        first = rules.first_try(mail, now, every, zone)
        if first is not None:
            yield Delivery(
                notice=notice,
                way=Delivery.Way.MAIL,
                digest=mail is Mail.DIGEST,
                next_try=first,
                created_at=now,
            )


def _robots(kind: NoticeKind, notice: Notice, now: datetime) -> list[Delivery]:
    """A robot is told once, however many people are: it speaks to a room of them."""
    return [
        Delivery(notice=notice, way=Delivery.Way.ROBOT, channel=one, next_try=now, created_at=now)
        for one in queries.channels_for(kind.group)
    ]
