"""Create notices in inboxes with their deliveries in the outbox, and settle them."""

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
    to: Iterable[UUID | str],
    params: Mapping[str, str | int] | None = None,
    link: str = "",
    once: bool = False,
) -> int:
    """Notify people named by id (`queries.holders` of posts): in their inbox, and by mail as each has chosen.

    Runs in the caller's transaction, so a rolled back action notifies nobody. With `once`, people who
    still have an unread notice of the same kind, params and link are skipped. Returns the number of
    people notified. ParamsRefused, LinkRefused.
    """
    facts = rules.check_params(kind, params or {})
    page = rules.check_link(kind, link)
    people = queries.readers(to)
    if once:
        people = _without_unread(people, kind, facts, page)
    if not people:
        _log.info("nobody to notify", extra={"kind": kind.code})
        return 0
    now = clock.now()
    notices = Notice.objects.bulk_create(
        Notice(kind=kind.code, params=facts, link=page, recipient=person, created_at=now)
        for person in people
    )
    Delivery.objects.bulk_create([*_mails(kind, notices, now), *_robots(kind, notices[0], now)])
    return len(notices)


def settle(*kinds: NoticeKind, link: str, to: Iterable[UUID | str] | None = None) -> int:
    """Mark as read the unread notices of these kinds and link, of everybody or of the people named, because
    what they ask for is done. Runs in the caller's transaction; returns the number."""
    unread = Notice.objects.filter(kind__in=[kind.code for kind in kinds], link=link, read_at=None)
    if to is not None:
        unread = unread.filter(recipient_id__in=[str(person) for person in to])
    return unread.update(read_at=clock.now())


def _without_unread(
    people: Sequence[Staff], kind: NoticeKind, facts: Mapping[str, str | int], link: str
) -> list[Staff]:
    same = Notice.objects.filter(
        recipient__in=people, kind=kind.code, params=facts, link=link, read_at=None
    )
    recipients = set(same.values_list("recipient_id", flat=True))
    return [person for person in people if person.id not in recipients]


def _mails(kind: NoticeKind, notices: Sequence[Notice], now: datetime) -> Iterable[Delivery]:
    """The mail deliveries of a notice; none without a mail server."""
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
    """One delivery per robot, however many people are notified: a chat has many readers."""
    return [
        Delivery(
            notice=notice, way=Delivery.Way.ROBOT, channel=channel, next_try=now, created_at=now
        )
        for channel in queries.channels_for(kind.group)
    ]
