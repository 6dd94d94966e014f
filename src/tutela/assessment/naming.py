"""What risks are called in the inbox, where notices hold their number only."""

from collections.abc import Mapping

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.notices import naming

from .models import Risk


def join() -> None:
    """Hand the namer in, while the product starts."""
    naming.of_page("risk-view", _risks)


def _risks(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    if not gate.holds(actor, Permission.GOVERNANCE_RISK_READ):
        return {}
    found = Risk.objects.filter(id__in=ids).values_list("id", "title")
    return {str(key): title for key, title in found}
