"""What the pages of backups declare while the product starts: navigation, home, figures, names in the inbox."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate, home, navigation
from tutela.access.navigation import Entry, Section
from tutela.base import readings
from tutela.base.actor import Actor
from tutela.notices import naming

from . import evidence, permissions, words
from .home_parts import PARTS
from .models import Drill, Run

ENTRIES: Final = (
    Entry(
        view="backup-overview",
        label=gettext_lazy("Backup and recovery"),
        icon="database-export",
        section=Section.CONTROL,
        order=17,
    ),
)


def join() -> None:
    navigation.declare(*ENTRIES)
    home.declare(*PARTS)
    readings.declare(evidence.BACKUPS)
    readings.declare(evidence.RESTORES)
    readings.ROWS.declare(evidence.WEEKLY, "backup-view-run")
    readings.ROWS.declare(evidence.QUARTERLY, "backup-view-drill")
    readings.PAGES.declare(evidence.WEEKLY, "backup-list-runs")
    readings.PAGES.declare(evidence.QUARTERLY, "backup-list-drills")
    naming.of_page("backup-view-run", _run_names, subject="backup_run")
    naming.of_page("backup-view-drill", _drill_names, subject="backup_drill")


def _run_names(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What runs are called in the inbox."""
    if not gate.holds(actor, permissions.READ):
        return {}
    rows = Run.objects.filter(id__in=ids)
    return {
        str(run.id): f"{words.KINDS.get(run.kind, run.kind)} {run.due_at:%Y-%m-%d}" for run in rows
    }


def _drill_names(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What drills are called in the inbox."""
    if not gate.holds(actor, permissions.READ):
        return {}
    rows = Drill.objects.filter(id__in=ids)
    return {
        str(one.id): _("Restore drill of %(at)s") % {"at": f"{one.created_at:%Y-%m-%d}"}
        for one in rows
    }
