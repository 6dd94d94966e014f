"""What the room of people and rights declares while the product starts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.base import health, readings
from tutela.trail import event_specs

from . import checks, events, evidence, navigation, permission_specs, permissions
from .navigation import Entry, Section

ENTRIES: Final = (
    Entry(
        view="access-list-accounts",
        label=_("Accounts"),
        icon="user-cog",
        section=Section.CONTROL,
        order=15,
    ),
    Entry(
        view="access-list-staff",
        label=_("Staff and posts"),
        icon="id-badge-2",
        section=Section.CONTROL,
        order=20,
    ),
    Entry(
        view="access-list-keys", label=_("API keys"), icon="key", section=Section.CONTROL, order=30
    ),
    Entry(
        view="access-read-matrix",
        label=_("Permission matrix"),
        icon="table-options",
        section=Section.CONTROL,
        order=40,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    readings.declare(evidence.SOURCE)
    health.declare(checks.access_matrix, checks.access_keys)
    navigation.declare(*ENTRIES)
    readings.PAGES.declare("access-system", "access-list-staff")
