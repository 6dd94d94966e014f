"""What a page offers a person: the purposes that a post of theirs has, and the last one used."""

from django.http import HttpRequest

from tutela.access import gate
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.access.temporary_access import WidenedPlan
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

_CLASSES = tuple(int(data_class) for data_class in DataClass)
_LAST = "vault.purpose"


def purposes(actor: Actor, exposure: Exposure = Exposure.LIST_MASKED) -> list[Purpose]:
    """The purposes for which the matrix, or a temporary access, gives this person anything at all."""
    return [purpose for purpose in Purpose if _gives(actor, purpose, exposure)]


def _gives(actor: Actor, purpose: Purpose, exposure: Exposure) -> bool:
    plan = gate.plan(actor, _CLASSES, purpose, exposure)
    return isinstance(plan, WidenedPlan) or any(
        level > Level.NONE for level in plan.levels.values()
    )


def first_purpose(request: HttpRequest, offered: list[Purpose]) -> Purpose | None:
    """The purpose in the link, else the one used last in this session, else the only one there is."""
    for given in (request.GET.get("purpose"), request.session.get(_LAST)):
        if given in {purpose.value for purpose in offered}:
            return Purpose(given)
    return offered[0] if len(offered) == 1 else None


def remember(request: HttpRequest, purpose: Purpose) -> None:
    """Keep the purpose for the next page of this session."""
    request.session[_LAST] = purpose.value
