"""The leaves of changes to feeds."""

from django.db import transaction

from tutela.access import changes
from tutela.access.gate import Grant
from tutela.base import clock
from tutela.feeds import events
from tutela.feeds.models import Delivery, Feed
from tutela.trail.event_specs import EventSpec

Detail = str | int


def record_feed(grant: Grant, event: EventSpec, feed: Feed, **detail: Detail) -> None:
    """The leaf of a change to a feed, with its name and system."""
    subject = ("feed", feed.name)
    changes.record(grant, event, subject, feed=feed.name, system=feed.system, **detail)


@transaction.atomic
def record_delivery(grant: Grant, delivery: Delivery) -> None:
    """End a delivery, with its leaf: who brought it, by which way, signed by which key, and the counts."""
    delivery.ended_at = clock.now()
    delivery.save(update_fields=["ended_at"])
    detail: dict[str, Detail] = {"feed_key": str(delivery.key_id)} if delivery.key_id else {}
    record_feed(
        grant,
        events.DELIVERY_RECEIVED,
        delivery.feed,
        door=delivery.door,
        delivery=str(delivery.id),
        lines=delivery.lines,
        looks=delivery.looks,
        doubled=delivery.doubled,
        others=delivery.others,
        file_hash=bytes(delivery.file_hash).hex(),
        bytes=delivery.size,
        **detail,
    )
