"""What the watch declares while the product starts."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate, home, navigation, permission_specs
from tutela.access.navigation import Entry, Section
from tutela.base import health
from tutela.base.actor import Actor
from tutela.notices import kinds, naming
from tutela.trail import event_specs
from tutela.vault import left_out

from . import canaries, checks, events, notice_kinds, permissions, words
from .home import PARTS
from .models import Alert, Case

ENTRIES: Final = (
    Entry(
        view="watch-list-cases",
        label=gettext_lazy("Watch"),
        icon="eye-exclamation",
        section=Section.CONTROL,
        order=11,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    kinds.declare(notice_kinds)
    home.declare(*PARTS)
    health.declare(checks.watch_follows)
    navigation.declare(*ENTRIES)
    naming.of_page("watch-view-case", _cases, subject="watch_case")
    naming.of_page("watch-view-alert", _alerts, subject="alert")
    left_out.RULES.declare("canaries", canaries.left_out)


def _cases(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What cases are called in the inbox and in the trail."""
    if not gate.holds(actor, permissions.ALERT_READ):
        return {}
    rows = Case.objects.filter(id__in=ids).values_list("id", "number")
    return {str(key): _("Case %(number)s") % {"number": number} for key, number in rows}


def _alerts(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What alerts are called in the trail: by their rule."""
    if not gate.holds(actor, permissions.ALERT_READ):
        return {}
    rows = Alert.objects.filter(id__in=ids).values_list("id", "rule")
    return {str(key): f"{rule} {words.rule_words(rule)}" for key, rule in rows}
