"""What states, causes and units are called, and where each gap is mended."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules import Cause

UNITS: Final[dict[str, str | Promise]] = {
    "percent": "%",
    "days": _("days"),
    "hours": _("hours"),
    "count": _("times"),
}
ONE: Final[dict[str, str | Promise]] = {
    "days": _("day"),
    "hours": _("hour"),
    "count": _("time"),
}
"""A unit where there is one of it."""
FACTS: Final[dict[str, str | Promise]] = {
    "accesses": _("accesses in 30 days"),
    "begins": _("from"),
    "code": _("code of the fault"),
    "corrects": _("corrects row"),
    "customers": _("customers"),
    "denominator": _("denominator"),
    "ends": _("up to, not including"),
    "file_hash": _("SHA-256 of the file"),
    "leaf": _("leaf"),
    "level": _("level reached"),
    "missing": _("missing numbers"),
    "method": _("counting method"),
    "numerator": _("numerator"),
    "outside": _("external"),
    "part": _("condition"),
    "reason": _("reason"),
    "records": _("records"),
    "recorded_at": _("recorded at"),
    "rpo_seconds": _("would have been lost (seconds)"),
    "rto_seconds": _("recovery time (seconds)"),
    "segment": _("sealed month"),
    "sending": _("state"),
    "sends_since": _("sends since"),
    "set": _("backup set"),
    "signer": _("signed by"),
    "since": _("in effect since"),
    "source": _("source"),
    "standing_faults": _("faults that stand"),
    "state": _("state"),
    "system": _("other system"),
    "taken": _("snapshot taken"),
    "unit": _("unit"),
    "unmatched_accounts": _("accounts without a person"),
    "until": _("checked at"),
    "value": _("value"),
    "verified": _("last verified entry by entry"),
    "witnessed": _("last signed by a witness"),
    "year_on": _("one year reached on"),
}
"""What a row's facts are called. A pack's CSV keeps the short names: programs read it."""
FACT_VALUES: Final[dict[str, str | Promise]] = {
    "aborted": _("aborted"),
    "assessment": _("an annual assessment is closed"),
    "committee": _("the committee has met with a quorum"),
    "duties": _("every responsible department has people"),
    "closed": _("closed"),
    "failed": _("failed"),
    "header": _("headers of all cells"),
    "log": _("the access log is written"),
    "missed": _("missed"),
    "matrix": _("the permission matrix is in force"),
    "never": _("nothing received yet"),
    "none_yet": _("never"),
    "newest": _("newest"),
    "oldest": _("oldest"),
    "passed": _("passed"),
    "policies": _("all policies are published"),
    "posts": _("people hold posts"),
    "percent": "%",
    "sending": _("sending"),
    "silent": _("stopped sending"),
    "uploaded": _("uploaded, not verified"),
    "verified": _("verified"),
}
CAUSES: Final[dict[Cause, str | Promise]] = {
    Cause.OVERDUE: _("No evidence and overdue"),
    Cause.NO_DATA: _("No evidence"),
    Cause.FUTURE: _("Evidence dated in the future"),
    Cause.STALE: _("Evidence outdated"),
    Cause.SHORT: _("Figure below the goal"),
    Cause.BUILDING: _("Not reached yet, still on schedule"),
}
