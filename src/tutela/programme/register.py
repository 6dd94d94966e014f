"""What the programme declares while the product starts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.access import navigation, permission_specs
from tutela.access.navigation import Entry, Section
from tutela.base import readings
from tutela.notices import kinds
from tutela.notices import naming as notices
from tutela.trail import event_specs

from . import events, naming, notice_kinds, permissions

ENTRIES: Final = (
    Entry(
        view="governance-my-work",
        label=_("My work"),
        icon="checklist",
        section=Section.MINE,
        order=30,
    ),
    Entry(
        view="governance-view-programme",
        label=_("Programme"),
        icon="timeline",
        section=Section.GOVERNANCE,
        order=10,
    ),
    Entry(
        view="governance-view-year",
        label=_("Year of duties"),
        icon="calendar-check",
        section=Section.GOVERNANCE,
        order=20,
    ),
    Entry(
        view="governance-list-tasks",
        label=_("Tasks"),
        icon="layout-kanban",
        section=Section.GOVERNANCE,
        order=30,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    navigation.declare(*ENTRIES)
    readings.PAGES.declare("isms-built", "governance-view-programme")
    kinds.declare(notice_kinds.KINDS)
    # The scorecard names the targets: it knows them all.
    notices.of_code("duty", naming.duties)
    notices.of_page("governance-view-task", naming.tasks, subject="task")
