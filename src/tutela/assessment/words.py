"""Display texts of verdicts, grades, treatments and readings."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.programme.words import over

from .queries import ControlResult
from .rules import Grade, State, Treatment, Verdict

VERDICTS: Final = {
    Verdict.MET: gettext_lazy("Met"),
    Verdict.PARTLY: gettext_lazy("Partly met"),
    Verdict.NOT_MET: gettext_lazy("Not met"),
    Verdict.NOT_APPLICABLE: gettext_lazy("Does not apply"),
    Verdict.NO_DATA: gettext_lazy("No data yet"),
    Verdict.OVERDUE: gettext_lazy("No data, date passed"),
    Verdict.AT_RISK: gettext_lazy("At risk"),
    Verdict.EXPIRED: gettext_lazy("Evidence expired"),
    Verdict.UNRATED: gettext_lazy("Not rated yet"),
}
STATES: Final = {
    State.OPEN: gettext_lazy("In progress"),
    State.SUBMITTED: gettext_lazy("Submitted, waiting for the second person"),
    State.CLOSED: gettext_lazy("Confirmed and closed"),
}
CHANGES: Final = {
    "better": gettext_lazy("better"),
    "worse": gettext_lazy("worse"),
    "new": gettext_lazy("new control"),
    "level": gettext_lazy("not improved"),
    "other": gettext_lazy("not comparable"),
}
TREATMENTS: Final = {
    Treatment.REDUCE: gettext_lazy("Reduce"),
    Treatment.AVOID: gettext_lazy("Avoid"),
    Treatment.TRANSFER: gettext_lazy("Transfer"),
    Treatment.ACCEPT: gettext_lazy("Accept"),
}
GRADES: Final = {
    Grade.LOW: gettext_lazy("Low"),
    Grade.MEDIUM: gettext_lazy("Medium"),
    Grade.HIGH: gettext_lazy("High"),
    Grade.CRITICAL: gettext_lazy("Critical"),
}
LIKELIHOODS: Final = (
    gettext_lazy("Rare"),
    gettext_lazy("Unlikely"),
    gettext_lazy("Possible"),
    gettext_lazy("Likely"),
    gettext_lazy("Almost certain"),
)
IMPACTS: Final = (
    gettext_lazy("Negligible"),
    gettext_lazy("Minor"),
    gettext_lazy("Moderate"),
    gettext_lazy("Major"),
    gettext_lazy("Catastrophic"),
)
_UNITS: Final = {
    "percent": gettext_lazy("%(value)s %%"),
    "days": gettext_lazy("%(value)s days"),
    "hours": gettext_lazy("%(value)s hours"),
    "count": gettext_lazy("%(value)s times"),
    "": gettext_lazy("%(value)s"),
}
_ONE: Final = {
    "days": gettext_lazy("%(value)s day"),
    "hours": gettext_lazy("%(value)s hour"),
    "count": gettext_lazy("%(value)s time"),
}


def amount(value: float | None, unit: str) -> str:
    """A figure with its unit; a share is never rounded up to 100."""
    if value is None:
        return str(_("no data"))
    shown = min(value, 99.99) if unit == "percent" and value < 100 else value
    text = f"{shown:,.2f}".rstrip("0").rstrip(".")
    forms = _UNITS | _ONE if text == "1" else _UNITS
    return str(forms.get(unit, forms[""])) % {"value": text}


def reading(line: ControlResult) -> str:
    """The reading of a live control with its parts and goal; empty for other controls."""
    row, answer = line.rating, line.live
    if not row.live:
        return ""
    value = answer.reading.value if answer else row.value
    if value is None:
        return str(_("no data"))
    unit = answer.reading.unit if answer else row.unit
    text = amount(value, unit)
    of = (
        (answer.reading.numerator, answer.reading.denominator)
        if answer
        else (row.numerator, row.denominator)
    )
    if of[1]:
        text += " " + _("(%(numerator)s of %(denominator)s)") % {
            "numerator": f"{of[0]:,}",
            "denominator": f"{of[1]:,}",
        }
    goal = answer.goal.value if answer and answer.goal else row.goal
    if goal is None:
        return text
    text += " · " + _("goal %(goal)s") % {"goal": amount(goal, unit)}
    of_year = answer.goal if answer else None
    if of_year is None or of_year.times < 2 or of_year.value <= 0:
        return text
    # A goal over several periods is explained: the scorecard shows the newest period only.
    parts = over(amount(of_year.value / of_year.times, unit), of_year.cadence, of_year.times)
    return text + _(" (%(made)s)") % {"made": parts}
