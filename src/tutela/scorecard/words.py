"""What states, causes and units are called, and where each gap is mended."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules import Cause

CONDITIONS: Final[dict[str, str | Promise]] = {
    "met": _("goal met"),
    "at_risk": _("at risk"),
    "not_met": _("not met"),
    "no_data": _("no data yet"),
}
UNITS: Final[dict[str, str | Promise]] = {
    "percent": "%",
    "days": _("days"),
    "hours": _("hours"),
    "count": _("times"),
}
CAUSES: Final[dict[Cause, str | Promise]] = {
    Cause.OVERDUE: _("The date has passed"),
    Cause.NO_DATA: _("There is no evidence"),
    Cause.FUTURE: _("The evidence is dated in the future"),
    Cause.STALE: _("The proof is too old"),
    Cause.SHORT: _("The figure falls short"),
    Cause.BUILDING: _("Not there yet, and still in time"),
}
# The page on which a target's own evidence comes to be; the others are reported as outside evidence.
MENDED: Final = {
    "isms-built": "governance-view-programme",
    "isms-assessed": "assessment-list",
    "access-system": "access-list-staff",
    "access-log-kept": "trail-search-leaves",
    "encryption-rate": "console-encryption",
}
