"""What feeds declare while the product starts."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.access import gate, navigation, permission_specs
from tutela.access.navigation import Entry, Section
from tutela.base import health, readings
from tutela.base.actor import Actor
from tutela.notices import kinds, naming
from tutela.trail import event_specs

from . import checks, events, evidence, notice_kinds, permissions
from .models import Feed

ENTRIES: Final = (
    Entry(
        view="feeds-list-feeds",
        label=_("Other systems"),
        icon="plug-connected",
        section=Section.CONTROL,
        order=14,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    navigation.declare(*ENTRIES)
    kinds.declare(notice_kinds)
    health.declare(checks.feeds_sending)
    readings.BESIDE.declare(evidence.TARGET, evidence.beside)
    naming.of_page("feeds-view-feed", _systems, subject="feed")


def _systems(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What the systems of feeds are called, by the feeds' names."""
    if not gate.holds(actor, permissions.FEED_READ):
        return {}
    return dict(Feed.objects.filter(name__in=ids).values_list("name", "system"))
