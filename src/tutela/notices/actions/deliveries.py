"""Empty the outbox. A message is claimed in a short transaction, sent with no lock held, then settled;
a worker that dies meanwhile leaves it waiting, so a message may come twice but is never lost."""

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
# How long a claimed message is left alone; longer than the slowest try.
LEASE: Final = timedelta(minutes=5)
MOST_AT_ONCE: Final = 300
# After so many faults in one run a way is taken for closed, and what waits for it keeps its tries.
CLOSED_AFTER: Final = 3
_log = logging.getLogger("tutela.notices")
_Way = tuple[str, int | None]


def send_due() -> int:
    """Send what is due, apart from digests; returns how many messages were taken."""
    _drop_for_gone()
    taken, faults = 0, dict[_Way, int]()
    for _turn in range(MOST_AT_ONCE):
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
    """Send the digests that are due, one mail a person; returns how many mails were taken."""
    _drop_for_gone()
    taken = faults = 0
    for staff_id in _waiting_for_digest():
        held = _claim_digest(staff_id)
        if not held:
            continue
        code = _send_digest(held)
        _settle(held, code)
        faults += bool(code)
        taken += not code
        if faults >= CLOSED_AFTER:
            break
    return taken


def _drop_for_gone() -> None:
    """Mail that waits for somebody whose account was closed since: nothing leaves the house for them."""
    gone = Delivery.objects.filter(state=State.WAITING, way=Delivery.Way.MAIL)
    gone.filter(notice__recipient__is_active=False).update(
        state=State.UNNEEDED, settled_at=clock.now(), code=""
    )


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.WAITING, next_try__lte=clock.now())


@transaction.atomic
def _claim_one(closed: Sequence[_Way]) -> Delivery | None:
    """The message that is due longest, left alone by other workers for the lease."""
    found = _due().filter(digest=False)
    for way, channel in closed:
        found = found.exclude(Q(way=way) & Q(channel_id=channel))
    held = found.select_for_update(skip_locked=True).order_by("next_try", "id").first()
    if held is not None:
        _lease(Delivery.objects.filter(id=held.id))
        held.refresh_from_db()
    return held


def _waiting_for_digest() -> list[UUID]:
    found = _due().filter(digest=True).order_by().values_list("notice__recipient_id", flat=True)
    return list(found.distinct()[:MOST_AT_ONCE])


@transaction.atomic
def _claim_digest(staff_id: UUID) -> list[Delivery]:
    """What is due of one person's digest; what was read meanwhile is left out and settled."""
    found = _due().filter(digest=True, notice__recipient_id=staff_id)
    held = list(found.select_for_update(skip_locked=True, of=("self",)).order_by("id"))
    ids = [one.id for one in held]
    read = Delivery.objects.filter(id__in=ids, notice__read_at__isnull=False)
    read.update(state=State.UNNEEDED, settled_at=clock.now(), code="")
    claimed = Delivery.objects.filter(id__in=ids, state=State.WAITING)
    _lease(claimed)
    return list(claimed.select_related("notice__recipient").order_by("notice__kind", "id"))


def _lease(rows: QuerySet[Delivery]) -> None:
    rows.update(tries=F("tries") + 1, next_try=clock.now() + LEASE)


def _send(delivery: Delivery) -> str:
    """Send one message; "" or the code of the fault."""
    notice, channel = delivery.notice, delivery.channel
    if channel is None:
        language = queries.reader_of(notice.recipient_id).language
        return _mail(notice, messages.of_one(notice, language))
    message = messages.of_one(notice, channel.language, personal=False)
    try:
        return sending.send_to_robot(boxes.opened(channel.sealed), message.title, message.body)
    except DecryptFailed:
        return sending.ADDRESS_UNREADABLE


def _send_digest(held: Sequence[Delivery]) -> str:
    notices = [delivery.notice for delivery in held]
    language = queries.reader_of(notices[0].recipient_id).language
    return _mail(notices[0], messages.of_many(notices, language))


def _mail(notice: Notice, message: messages.Message) -> str:
    server, recipient = settings.TUTELA_MAIL_URL, notice.recipient.email
    if not server:
        return sending.NOT_SET
    if not recipient:
        return sending.NO_ADDRESS
    return sending.send_mail(server, recipient, message.title, message.body)


@transaction.atomic
def _settle(held: Sequence[Delivery], code: str) -> None:
    """Write how the try ended; after some faults tell who looks after the way."""
    now = clock.now()
    for delivery in held:
        delivery.code = code
        again = rules.next_try(delivery.tries, now) if code else None
        if again is None:
            delivery.state = State.GIVEN_UP if code else State.SENT
            delivery.settled_at = now
        else:
            delivery.next_try = again
    # A row that somebody has settled meanwhile (a robot taken away) stays as it is.
    kept = Delivery.objects.filter(id__in=[one.id for one in held], state=State.WAITING)
    still = set(kept.select_for_update().values_list("id", flat=True))
    Delivery.objects.bulk_update(
        [one for one in held if one.id in still], ["code", "state", "settled_at", "next_try"]
    )
    if code:
        _log.warning("message not sent", extra={"code": code, "tries": held[0].tries})
        _tell_operator(held[0])


def _tell_operator(delivery: Delivery) -> None:
    if delivery.tries >= rules.TELL_AFTER:
        notify(
            notice_kinds.DELIVERY_FAILING,
            posts=("system_admin",),
            params={"way": delivery.way},
            link="/channels/",
            once=True,
        )
