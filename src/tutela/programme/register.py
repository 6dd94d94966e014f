"""What the programme declares while the product starts."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tutela.access import finding as searches
from tutela.access import navigation, permission_specs
from tutela.access.navigation import Entry, Section
from tutela.base import readings
from tutela.notices import kinds
from tutela.notices import naming as notices
from tutela.proof.models import Attachment
from tutela.proof.registry import HOLDERS, Holder, Withdrawal
from tutela.trail import event_specs

from . import events, finding, naming, notice_kinds, permissions
from .actions.attachments import withdraw
from .models import DUTY_FILES, TASK_FILES

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
        label=_("Duty calendar"),
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

SEARCHED: Final = (
    ("duties", _("Duties"), finding.duties),
    ("tasks", _("Tasks"), finding.tasks),
)

FILES: Final = (
    (TASK_FILES, permissions.TASK_WORK),
    (DUTY_FILES, permissions.DUTY_CLOSE),
)
"""What holds files of proof, and who works on it."""


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    navigation.declare(*ENTRIES)
    for name, heading, find in SEARCHED:
        searches.SOURCES.declare(name, searches.Source(heading=heading, find=find))
    readings.PAGES.declare("isms-built", "governance-view-programme")
    kinds.declare(notice_kinds)
    # The scorecard names the targets: it knows them all.
    notices.of_code("duty", naming.duties)
    notices.of_page("governance-view-task", naming.tasks, subject="task")
    for kind, work in FILES:
        withdrawal = Withdrawal(permission=work, act=withdraw, page=_page)
        HOLDERS.declare(kind, Holder(read=permissions.PROGRAMME_READ, withdrawal=withdrawal))


def _page(attachment: Attachment) -> str:
    of_task = attachment.holder_kind == TASK_FILES
    view = "governance-view-task" if of_task else "governance-view-occurrence"
    return reverse(view, args=[attachment.holder_id])
