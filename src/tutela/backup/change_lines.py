"""Changes that wait for a second person, as pages show them: what is to happen, who proposed it, what the reader
may do."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web.confirm import Confirm

from . import permissions, standing, words
from .models import Change

VERBS: Final[dict[tuple[str, str], Promise]] = {
    ("target", "add"): gettext_lazy("Register a target"),
    ("target", "edit"): gettext_lazy("Change a target"),
    ("target", "pause"): gettext_lazy("Pause a target"),
    ("target", "resume"): gettext_lazy("Use a target again"),
    ("target", "remove"): gettext_lazy("Remove a target"),
    ("recipient", "add"): gettext_lazy("Add a recipient key"),
    ("recipient", "remove"): gettext_lazy("Remove a recipient key"),
    ("policy", "sign"): gettext_lazy("Sign a new edition of the timetable"),
    ("hold", "release"): gettext_lazy("Lift the legal hold of a copy"),
}
FACTS: Final[dict[str, Promise]] = {
    "name": gettext_lazy("Short name"),
    "url": gettext_lazy("Address"),
    "offsite": gettext_lazy("Offsite"),
    "media": gettext_lazy("Kind of media"),
    "identity": gettext_lazy("Pinned host key or authority"),
    "lock": gettext_lazy("Lock"),
    "lock_days": gettext_lazy("Lock (days)"),
    "role": gettext_lazy("Held for"),
    "opens": gettext_lazy("Opens"),
    "key": gettext_lazy("Public key"),
    "hour": gettext_lazy("Hour of the daily backup"),
    "weekday": gettext_lazy("Day of the promised weekly one"),
    "keep_daily": gettext_lazy("Daily sets kept"),
    "keep_weekly": gettext_lazy("Weekly sets kept"),
    "keep_monthly": gettext_lazy("Monthly sets kept"),
    "keep_yearly": gettext_lazy("Yearly sets kept"),
    "keys_days": gettext_lazy("Days that key sets are kept"),
    "rto_minutes": gettext_lazy("Recovery time promised (minutes)"),
    "rpo_hours": gettext_lazy("At most lost (hours)"),
    "reason": gettext_lazy("Reason"),
}
_CODES: Final[dict[str, Mapping[str, Promise]]] = {
    "media": words.MEDIA,
    "lock": words.LOCKS,
    "role": words.ROLES,
    "opens": words.OPENS,
}


def waiting(request: StaffRequest, kind: str, subject: str | None = None) -> list[dict[str, Any]]:
    """Changes of a kind that wait, oldest first, with what the reader may do about each."""
    may = gate.holds(request.actor, permissions.MANAGE)
    return [
        {
            "change": change,
            "verb": VERBS.get((change.kind, change.verb), change.verb),
            "facts": list(facts(change.proposed)),
            "who": change.proposed_by.name,
            "acts": _acts(request, change) if may else [],
        }
        for change in standing.waiting(kind, subject)
    ]


def facts(proposed: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    """Names and values of what is proposed; what is sealed, such as a credential, is not shown."""
    for name, label in FACTS.items():
        value = proposed.get(name)
        if value not in (None, "") and not (name == "lock_days" and not value):
            yield label, _value(name, value)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "weekday":
        return str(words.WEEKDAYS[int(value)])
    return str(_CODES.get(name, {}).get(str(value), value))


def _acts(request: StaffRequest, change: Change) -> list[Confirm]:
    action = reverse("backup-decide-change", args=[change.id])
    is_own = str(change.proposed_by_id) == request.actor.id
    reject = Confirm(
        code=f"reject-{change.id}",
        title=_("Withdraw this proposal?") if is_own else _("Reject this proposal?"),
        texts=[_("Everything stays as it is.")],
        action=action,
        submit=_("Withdraw") if is_own else _("Reject"),
        look="btn btn-sm",
        hidden={"do": "reject"},
    )
    if is_own:
        return [reject]
    approve = Confirm(
        code=f"approve-{change.id}",
        title=_("Approve this proposal?"),
        texts=[_("It is in force at once. Your name stands beside that of the proposer.")],
        action=action,
        submit=_("Approve"),
        look="btn btn-sm btn-primary",
        icon="check",
        hidden={"do": "approve"},
    )
    return [approve, reject]
