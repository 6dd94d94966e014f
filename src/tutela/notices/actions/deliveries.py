"""Send the outbox, at least once: a delivery is claimed in a short transaction, sent without a lock, then
settled. If the worker dies in between, it stays waiting and may be sent twice."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from tutela.base import clock
from tutela.crypto.errors import DecryptFailed
from tutela.notices import boxes, messages, notice_kinds, queries, rules, sending
from tutela.notices.models import Delivery, Notice

from .notices import notify

State = Delivery.State
# How long a claimed delivery is hidden from other workers; longer than the slowest attempt.
LEASE: Final = timedelta(minutes=5)
RUN_LIMIT: Final = 300
# After this many faults in one run the way is skipped; its other deliveries keep their attempts.
CLOSED_AFTER: Final = 3
_log = logging.getLogger("tutela.notices")
_Way = tuple[str, int | None]


def send_due() -> int:
    """Send what is due, except digests; returns the number of messages accepted."""
    _drop_for_gone()
    taken, faults = 0, dict[_Way, int]()
    for _attempt in range(RUN_LIMIT):
        closed = [way for way, count in faults.items() if count >= CLOSED_AFTER]
        delivery = _claim_one(closed)
        if delivery is None:
            break
        code = _send(delivery)
        _settle([delivery], code)
        if code:
            way = (delivery.way, delivery.channel_id)
            faults[way] = faults.get(way, 0) + 1
        else:
            taken += 1
    return taken


def digest() -> int:
    """Send the digests that are due, one mail per person; returns the number of mails accepted."""
    _drop_for_gone()
    taken = faults = 0
    for staff_id in _digest_recipients():
        claimed = _claim_digest(staff_id)
        if not claimed:
            continue
        notices = [delivery.notice for delivery in claimed]
        language = queries.reader_of(staff_id).language
        code = _mail(notices[0], messages.for_digest(notices, language))
        _settle(claimed, code)
        faults += bool(code)
        taken += not code
        if faults >= CLOSED_AFTER:
            break
    return taken


def _drop_for_gone() -> None:
    """Settle waiting mail to people whose account was closed in the meantime."""
    gone = Delivery.objects.filter(state=State.WAITING, way=Delivery.Way.MAIL)
    gone.filter(notice__recipient__is_active=False).update(
        state=State.UNNEEDED, settled_at=clock.now(), code=""
    )


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.WAITING, next_try__lte=clock.now())


@transaction.atomic
def _claim_one(closed: Sequence[_Way]) -> Delivery | None:
    """The delivery that has been due longest, locked to this worker for the lease."""
    due = _due().filter(digest=False)
    for way, channel in closed:
        due = due.exclude(Q(way=way) & Q(channel_id=channel))
    delivery = due.select_for_update(skip_locked=True).order_by("next_try", "id").first()
    if delivery is not None:
        _lease(Delivery.objects.filter(id=delivery.id))
        delivery.refresh_from_db()
    return delivery


def _digest_recipients() -> list[UUID]:
    due = _due().filter(digest=True).order_by().values_list("notice__recipient_id", flat=True)
    return list(due.distinct()[:RUN_LIMIT])


@transaction.atomic
def _claim_digest(staff_id: UUID) -> list[Delivery]:
    """The due deliveries of one person's digest; those of notices already read are settled instead."""
    due = _due().filter(digest=True, notice__recipient_id=staff_id)
    locked = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("id"))
    ids = [delivery.id for delivery in locked]
    read = Delivery.objects.filter(id__in=ids, notice__read_at__isnull=False)
    read.update(state=State.UNNEEDED, settled_at=clock.now(), code="")
    claimed = Delivery.objects.filter(id__in=ids, state=State.WAITING)
    _lease(claimed)
    return list(claimed.select_related("notice__recipient").order_by("notice__kind", "id"))


def _lease(rows: QuerySet[Delivery]) -> None:
    rows.update(tries=F("tries") + 1, next_try=clock.now() + LEASE)


def _send(delivery: Delivery) -> str:
    """Send one message; "" or the fault code."""
    notice, channel = delivery.notice, delivery.channel
    if channel is None:
        language = queries.reader_of(notice.recipient_id).language
        return _mail(notice, messages.for_notice(notice, language))
    message = messages.for_notice(notice, channel.language, personal=False)
    try:
        return sending.send_to_robot(boxes.opened(channel.sealed), message.title, message.body)
    except DecryptFailed:
        return sending.ADDRESS_UNREADABLE


def _mail(notice: Notice, message: messages.Message) -> str:
    server, recipient = settings.TUTELA_MAIL_URL, notice.recipient.email
    if not server:
        return sending.NOT_SET
    if not recipient:
        return sending.NO_ADDRESS
    return sending.send_mail(server, recipient, message.title, message.body)


@transaction.atomic
def _settle(deliveries: Sequence[Delivery], code: str) -> None:
    """Store the outcome of an attempt; after several faults notify the system administrators."""
    now = clock.now()
    for delivery in deliveries:
        delivery.code = code
        again = rules.next_try(delivery.tries, now) if code else None
        if again is None:
            delivery.state = State.GIVEN_UP if code else State.SENT
            delivery.settled_at = now
        else:
            delivery.next_try = again
    # Rows settled in the meantime (a robot removed) stay as they are.
    waiting = Delivery.objects.filter(id__in=[row.id for row in deliveries], state=State.WAITING)
    still = set(waiting.select_for_update().values_list("id", flat=True))
    Delivery.objects.bulk_update(
        [row for row in deliveries if row.id in still], ["code", "state", "settled_at", "next_try"]
    )
    if code:
        _log.warning("message not sent", extra={"code": code, "tries": deliveries[0].tries})
        _notify_operator(deliveries[0])


def _notify_operator(delivery: Delivery) -> None:
    if delivery.tries >= rules.NOTIFY_AFTER:
        notify(
            notice_kinds.DELIVERY_FAILING,
            to=queries.post_holders(["system_admin"]),
            params={"way": delivery.way},
            link="/channels/",
            once=True,
        )
