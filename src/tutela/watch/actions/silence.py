"""Tell people that the watch stands still, once for each time."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.base import clock
from tutela.notices.actions.notices import notify
from tutela.watch import notice_kinds, permissions, queries

SILENT: Final = timedelta(minutes=10)
"""Longer than a restart or an upgrade takes."""


@transaction.atomic
def tell_silent() -> int:
    """Notify whoever handles cases, and whoever can start the watcher again; how many people."""
    place = queries.position()
    if place is None or clock.now() - place.at <= SILENT:
        return 0
    people = {
        actor.id
        for permission in (permissions.CASE_HANDLE, access_permissions.HEALTH_READ)
        for actor in gate.holders(permission)
    }
    return notify(
        notice_kinds.WATCH_SILENT,
        to=people,
        # The place tells one silence from the next.
        params={"count": place.index},
        link=reverse("console-health"),
        once=True,
    )
