"""Tell people of feeds that fell silent, once each time."""

from django.db import transaction
from django.urls import reverse

from tutela.access import gate
from tutela.base import clock
from tutela.feeds import notice_kinds, permissions, queries
from tutela.feeds.models import Feed
from tutela.feeds.rules import State
from tutela.notices.actions.notices import notify


@transaction.atomic
def tell_silent() -> int:
    """Notify whoever manages feeds of each that is silent and was not told of; how many feeds."""
    now, told = clock.now(), 0
    waiting = Feed.objects.select_for_update().filter(is_open=True, silent_told_at=None)
    for feed in waiting.order_by("id"):
        if queries.state_of(feed, now) is not State.SILENT:
            continue
        notify(
            notice_kinds.FEED_SILENT,
            to=[actor.id for actor in gate.holders(permissions.FEED_MANAGE)],
            params={"feed": feed.name, "minutes": feed.silent_minutes},
            link=reverse("feeds-view-feed", args=[feed.name]),
        )
        feed.silent_told_at = now
        feed.save(update_fields=["silent_told_at"])
        told += 1
    return told
