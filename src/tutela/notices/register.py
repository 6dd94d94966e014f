"""What the notices room declares at start."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.access import navigation, permission_specs, telling
from tutela.access.navigation import Entry, Section
from tutela.base import health
from tutela.trail import event_specs
from tutela.trail import telling as trail_telling

from . import account_news, checks, events, kinds, notice_kinds, permissions, trail_news

ENTRIES: Final = (
    Entry(view="notices-inbox", label=_("Inbox"), icon="inbox", section=Section.MINE, order=20),
    Entry(
        view="notices-list-channels",
        label=_("Notice channels"),
        icon="bell-cog",
        section=Section.CONTROL,
        order=50,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    health.declare(checks.notices_outbox)
    navigation.declare(*ENTRIES)
    kinds.declare(notice_kinds)
    telling.declare("notices", account_news.tell)
    trail_telling.declare("notices", trail_news.tell)
