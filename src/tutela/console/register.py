"""What the console declares while the product starts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.access import finding, home, navigation
from tutela.access.finding import Source
from tutela.access.navigation import Entry, Section
from tutela.base import readings
from tutela.programme import registry
from tutela.scorecard.register import PROOF
from tutela.vault import my_work

from .finding import pages
from .home_parts import PARTS

ENTRIES: Final = (
    Entry(view="console-home", label=_("Home"), icon="home", section=Section.MINE, order=10),
    Entry(view="console-find", label=_("Search"), icon="search", section=Section.MINE, order=15),
    Entry(
        view="trail-search-leaves",
        label=_("Access trail"),
        icon="eye-check",
        section=Section.CONTROL,
        order=10,
    ),
    Entry(
        view="trail-list-segments",
        label=_("Sealed months"),
        icon="archive",
        section=Section.CONTROL,
        order=13,
    ),
    Entry(
        view="trail-view-tree",
        label=_("Witnesses of the trail"),
        icon="signature",
        section=Section.CONTROL,
        order=12,
    ),
    Entry(
        view="console-import-staff",
        label=_("Import staff"),
        icon="users-plus",
        section=Section.CONTROL,
        order=25,
    ),
    Entry(
        view="console-health",
        label=_("System health"),
        icon="activity-heartbeat",
        section=Section.CONTROL,
        order=60,
    ),
    Entry(
        view="console-encryption",
        label=_("Encrypted values"),
        icon="lock-check",
        section=Section.FIGURES,
        order=30,
        use=PROOF,
    ),
)
WORK_ITEMS: Final = registry.Part(
    label=_("My open work items"),
    anchor="work-items",
    template="vault/_my_work.html",
    rows=my_work.lines,
)


def join() -> None:
    navigation.declare(*ENTRIES)
    home.declare(*PARTS)
    registry.register_part("work-items", WORK_ITEMS)
    finding.SOURCES.declare("pages", Source(heading=_("Pages of Tutela"), find=pages))
    readings.PAGES.declare("access-log-kept", "trail-search-leaves")
    readings.PAGES.declare("encryption-rate", "console-encryption")
