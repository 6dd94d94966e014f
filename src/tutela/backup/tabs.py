"""The tabs of the pages of backups, with what waits behind each."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.access import gate
from tutela.access.gate import StaffRequest

from . import permissions, standing


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `waiting` is how much waits for the reader there."""

    code: str
    label: Promise
    address: str
    waiting: int = 0


_TABS: Final = (
    ("overview", _("Overview"), "backup-overview"),
    ("runs", _("Runs"), "backup-list-runs"),
    ("drills", _("Restore drills"), "backup-list-drills"),
    ("targets", _("Targets"), "backup-list-targets"),
    ("recipients", _("Recipient keys"), "backup-list-recipients"),
    ("policy", _("Timetable of backups"), "backup-view-policy"),
    ("outside", _("Other programs"), "backup-list-outside"),
    ("runbook", _("Runbook"), "backup-read-runbook"),
)
_OF_KIND: Final = {
    "target": "targets",
    "recipient": "recipients",
    "policy": "policy",
    "hold": "runs",
}


def tabs(request: StaffRequest, tab: str) -> dict[str, Any]:
    """What `backup/_tabs.html` shows; `tab` is the one that the reader is on."""
    counts: dict[str, int] = {}
    if gate.holds(request.actor, permissions.MANAGE):
        for change in standing.waiting():
            if str(change.proposed_by_id) != request.actor.id:
                code = _OF_KIND.get(change.kind, "")
                counts[code] = counts.get(code, 0) + 1
    shown = [Tab(code, label, reverse(view), counts.get(code, 0)) for code, label, view in _TABS]
    return {"tabs": shown, "tab": tab}
