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
ONE: Final[dict[str, str | Promise]] = {
    "days": _("day"),
    "hours": _("hour"),
    "count": _("time"),
}
"""A unit where there is one of it."""
FACTS: Final[dict[str, str | Promise]] = {
    "begins": _("from"),
    "corrects": _("corrects row"),
    "customers": _("customers"),
    "denominator": _("whole"),
    "ends": _("up to, not including"),
    "file_hash": _("SHA-256 of the file"),
    "leaf": _("leaf"),
    "method": _("counted by"),
    "numerator": _("part"),
    "outside": _("from outside"),
    "part": _("condition"),
    "reason": _("reason"),
    "records": _("records"),
    "recorded_at": _("recorded at"),
    "signer": _("signed by"),
    "since": _("stands since"),
    "source": _("source"),
    "unit": _("unit"),
    "until": _("looked at on"),
    "value": _("value"),
}
"""What a row's facts are called. A pack's CSV keeps the short names: programs read it."""
FACT_VALUES: Final[dict[str, str | Promise]] = {
    "assessment": _("a yearly assessment is closed"),
    "committee": _("the committee has met with a quorum"),
    "duties": _("every owing department has people"),
    "header": _("the header of every cell"),
    "log": _("the access log is written"),
    "matrix": _("the permission matrix is in force"),
    "newest": _("newest"),
    "oldest": _("oldest"),
    "policies": _("all policies are published"),
    "posts": _("people hold posts"),
    "percent": "%",
}
CAUSES: Final[dict[Cause, str | Promise]] = {
    Cause.OVERDUE: _("No evidence, and the date has passed"),
    Cause.NO_DATA: _("There is no evidence"),
    Cause.FUTURE: _("The evidence is dated in the future"),
    Cause.STALE: _("The proof is too old"),
    Cause.SHORT: _("The figure falls short"),
    Cause.BUILDING: _("Not there yet, and still in time"),
}
