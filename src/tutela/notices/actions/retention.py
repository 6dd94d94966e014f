"""Take away what was told long ago, so that inboxes stay short and hold no more than they must."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tutela.base import clock
from tutela.notices.models import Delivery, Notice

AT_ONCE: Final = 2_000
_log = logging.getLogger("tutela.notices")


def sweep() -> int:
    """Remove notices that were read TUTELA_NOTICES_READ_DAYS ago, and unread ones that are older than
    TUTELA_NOTICES_UNREAD_DAYS; how many. What still waits to be sent stays until it is settled."""
    now, gone = clock.now(), 0
    while taken := _sweep_some(now):
        gone += taken
    if gone:
        _log.info("old notices removed", extra={"rows": gone})
    return gone


@transaction.atomic
def _sweep_some(now: datetime) -> int:
    """So many in a transaction that nobody waits for it."""
    read = timedelta(days=settings.TUTELA_NOTICES_READ_DAYS)
    unread = max(read, timedelta(days=settings.TUTELA_NOTICES_UNREAD_DAYS))
    old = Q(read_at__lt=now - read) | Q(read_at__isnull=True, created_at__lt=now - unread)
    waiting = Delivery.objects.filter(notice=OuterRef("pk"), state=Delivery.State.WAITING)
    found = Notice.objects.filter(old).exclude(Exists(waiting)).order_by("id")
    ids = list(found.select_for_update(skip_locked=True).values_list("id", flat=True)[:AT_ONCE])
    Delivery.objects.filter(notice__in=ids).delete()
    Notice.objects.filter(id__in=ids).delete()
    return len(ids)
