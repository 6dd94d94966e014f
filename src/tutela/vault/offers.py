"""What a page offers a person: the purposes that a post of theirs has, and the last one used."""

from django.http import HttpRequest

from tutela.access import gate
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.access.temporary_access import WidenedPlan
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

from .work_items import Kind

_CLASSES = tuple(int(data_class) for data_class in DataClass)
_LAST = "vault.purpose"
_FITTING: dict[Kind, tuple[Purpose, ...]] = {
    Kind.POLICY: (Purpose.UNDERWRITING, Purpose.SERVICE, Purpose.RENEWAL, Purpose.COMPLAINT),
    Kind.CLAIM: (Purpose.CLAIM, Purpose.SERVICE, Purpose.COMPLAINT),
    Kind.CASE: (Purpose.SERVICE, Purpose.COMPLAINT, Purpose.CLAIM, Purpose.UNDERWRITING),
}
"""For which purposes work of a kind is done, the likeliest first."""


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


def box_purpose(request: HttpRequest, actor: Actor, offered: list[Purpose]) -> Purpose | None:
    """What the search box begins with: the purpose used last, else the one for which the posts see most."""
    used = request.session.get(_LAST)
    if used in {purpose.value for purpose in offered}:
        return Purpose(used)
    return max(offered, key=lambda purpose: _weight(actor, purpose), default=None)


def purpose_of_work(
    request: HttpRequest, actor: Actor, offered: list[Purpose], kind: int
) -> Purpose | None:
    """The purpose used last for this kind of work, else one that fits it: first of all one for which the posts
    open anything in clear."""
    used = request.session.get(f"{_LAST}.{kind}")
    if used in {purpose.value for purpose in offered}:
        return Purpose(used)
    fitting = [purpose for purpose in _FITTING[Kind(kind)] if purpose in offered]
    return max(fitting, key=lambda purpose: _opens(actor, purpose), default=None) or (
        offered[0] if offered else None
    )


def remember(request: HttpRequest, purpose: Purpose, kind: int | None = None) -> None:
    """Keep the purpose for the next page of this session, and for the next work of this kind."""
    keys = [_LAST] if kind is None else [_LAST, f"{_LAST}.{kind}"]
    for key in keys:
        if request.session.get(key) != purpose.value:
            request.session[key] = purpose.value


def _levels(actor: Actor, purpose: Purpose) -> list[Level]:
    return list(gate.plan(actor, _CLASSES, purpose, Exposure.DETAIL_MASKED).levels.values())


def _weight(actor: Actor, purpose: Purpose) -> tuple[int, int]:
    levels = _levels(actor, purpose)
    return sum(level is Level.CLEAR for level in levels), sum(map(int, levels))


def _opens(actor: Actor, purpose: Purpose) -> bool:
    return Level.CLEAR in _levels(actor, purpose)
