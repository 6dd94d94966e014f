"""Delete old notices, so that inboxes stay short and no data is kept longer than needed."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tutela.base import clock
from tutela.notices.models import Delivery, Notice

BATCH_ROWS: Final = 2_000
_log = logging.getLogger("tutela.notices")


def sweep() -> int:
    """Delete notices read more than TUTELA_NOTICES_READ_DAYS ago, and unread ones older than
    TUTELA_NOTICES_UNREAD_DAYS; returns the number. Notices with a waiting delivery stay."""
    now, gone = clock.now(), 0
    while taken := _sweep_batch(now):
        gone += taken
    if gone:
        _log.info("old notices removed", extra={"rows": gone})
    return gone


@transaction.atomic
def _sweep_batch(now: datetime) -> int:
    """One transaction, small enough not to block others."""
    read = timedelta(days=settings.TUTELA_NOTICES_READ_DAYS)
    unread = max(read, timedelta(days=settings.TUTELA_NOTICES_UNREAD_DAYS))
    old = Q(read_at__lt=now - read) | Q(read_at__isnull=True, created_at__lt=now - unread)
    waiting = Delivery.objects.filter(notice=OuterRef("pk"), state=Delivery.State.WAITING)
    removable = Notice.objects.filter(old).exclude(Exists(waiting)).order_by("id")
    locked = removable.select_for_update(skip_locked=True)
    ids = list(locked.values_list("id", flat=True)[:BATCH_ROWS])
    Delivery.objects.filter(notice__in=ids).delete()
    Notice.objects.filter(id__in=ids).delete()
    return len(ids)
