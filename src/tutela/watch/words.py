"""Words of the watch for people. The codes stay beside them on the pages."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .outcomes import Outcome
from .rules import EXPLAINED_WEIGHT, RULES, CaseState

_TENTHS: Final = frozenset({"R1", "R2", "R3", "R5", "R20"})

STATES: Final[dict[str, Promise]] = {
    CaseState.OPEN: _("Not taken up yet"),
    CaseState.ACKNOWLEDGED: _("Taken up"),
    CaseState.EXPLAINED: _("Explained"),
    CaseState.CLOSED: _("Closed"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    Outcome.JUSTIFIED: _("Justified"),
    Outcome.MISUSE: _("Misuse found"),
    Outcome.NO_MISUSE: _("No misuse found"),
    Outcome.UNCLEAR: _("Not to be cleared up"),
}
FACTS: Final[dict[str, Promise]] = {
    "at_once": _("Two networks at once"),
    "branches": _("Branches"),
    "broken": _("What is broken"),
    "by_classes": _("Over several data classes"),
    "clear_views": _("Clear views of the day"),
    "cusum": _("Summed excess over the usual"),
    "days_left": _("Days until the last working day"),
    "denied": _("Attempts were denied"),
    "exported": _("Data was exported"),
    "hour": _("Hour of the day"),
    "interactive": _("Signed in to pages"),
    "kind": _("Kind of customer"),
    "lag_seconds": _("Lag in seconds"),
    "leaves": _("Entries in all"),
    "listed": _("Only shown in a masked list"),
    "matrix": _("The permission matrix was changed"),
    "minutes_off": _("Minutes outside the shift"),
    "new_host": _("Host not seen before"),
    "not_named": _("Customers who were not named"),
    "odd": _("Unusual data class"),
    "peers_percent": _("Colleagues, in percent"),
    "peers_tenths": _("Usual among colleagues"),
    "purpose": _("Purpose"),
    "quorum_minutes": _("Minutes without witnesses"),
    "right": _("Right"),
    "same_pair": _("Always the same approver"),
    "skew_seconds": _("Difference of clocks in seconds"),
    "spread_tenths": _("Spread among colleagues"),
    "unexplained": _("Of them without a work item"),
    "unseen_days": _("Days not seen"),
    "unused_days": _("Days unused"),
    "usual_tenths": _("Usual for this person"),
    "weekend": _("At the weekend"),
}
"""What a rule compared, by the key in `Alert.facts`; keys that end in `_tenths` hold tenths."""


def rule_words(code: str) -> str:
    """A rule's name in the active language; its code if there is none of that code any more."""
    rule = RULES.get(code)
    return gettext(rule.words) if rule else code


def sides(rule: str, facts: Mapping[str, object], *numbers: int) -> list[str]:
    """What was measured and its threshold as people read them: rules of volume count in tenths, because a customer
    whom work explains counts a tenth."""
    in_tenths = rule in _TENTHS or (rule in {"R11", "R18"} and "usual_tenths" in facts)
    return [f"{number / EXPLAINED_WEIGHT:,g}" if in_tenths else f"{number:,}" for number in numbers]


def said(key: str, value: object) -> str:
    """A fact as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if key.endswith("_tenths") and isinstance(value, int):
        return f"{value / 10:g}"
    return str(value)
