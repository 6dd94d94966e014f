"""What access for a while adds to a decision: a live request or break-glass of the person. Pure.

A plain decision is made first and pays nothing for this: only a refusal of a person who has something live comes
here. Own record, a disabled account and an unknown freshness are never lifted, and nothing leaves but by a page.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from types import MappingProxyType
from typing import Final

from tutela.base.actor import Channel
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

from .asks import Ask, Decision, Overlay
from .levels import Level
from .live_access import LiveAccess, in_order
from .plan import Plan

_ON_A_PAGE: Final = frozenset({Exposure.DETAIL_MASKED, Exposure.CLEAR})
_LIFTABLE: Final = frozenset(
    overlay.word for overlay in Overlay if Overlay.OWN_RECORD < overlay < Overlay.ALLOWED
)


@dataclass(frozen=True, slots=True)
class WidenedDecision(Decision):
    """A decision that rests on temporary access. `request` is its id; `without`: what stood in the way."""

    request: str
    without: str


@dataclass(frozen=True, slots=True)
class WidenedPlan(Plan):
    """A plan of one page with what temporary access adds: by customer, the classes to be asked for in clear."""

    extra: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))

    def row(self, customer_id: str, branch_id: int, assigned: bool) -> Mapping[int, Level]:
        """As of a plain plan, and of the customers named also the classes of the access."""
        levels = Plan.row(self, customer_id, branch_id, assigned)
        added = self.extra.get(customer_id)
        if added is None or customer_id == self.scope.not_customer:
            return levels
        return {item: Level.CLEAR if item in added else level for item, level in levels.items()}


def is_sensitive(classes: Collection[int]) -> bool:
    """Whether one of the data classes is sensitive personal information (PIPL article 28)."""
    return any(DataClass(item).about.sensitive for item in classes)


def can_widen(channel: Channel, exposure: Exposure) -> bool:
    """Temporary access shows one customer on a page: no list, export, print or API."""
    return channel is Channel.PAGE and exposure in _ON_A_PAGE


def widen(
    live: Sequence[LiveAccess],
    ask: Ask,
    decision: Decision,
    session: str,
    second_factor: bool,
    at: datetime,
) -> Decision:
    """The decision as one live access makes it; unchanged when none covers all that is lacking.

    `session` is the fingerprint of the actor's session. Sensitive classes in clear need a second factor.
    """
    if decision.overlay not in _LIFTABLE:
        return decision
    lacking = frozenset(item for item, level in decision.levels.items() if level < ask.level)
    for access in in_order(live, ask.customer_id, ask.purpose, session, at):
        if not lacking <= access.classes:
            continue
        if ask.level is Level.CLEAR and is_sensitive(lacking) and not second_factor:
            continue
        return WidenedDecision(
            levels={**decision.levels, **dict.fromkeys(lacking, ask.level)},
            cell=decision.cell,
            overlay="",
            matrix=decision.matrix,
            quota_left=None,
            request=access.id,
            without=decision.overlay,
        )
    return decision


def widen_plan(plan: Plan, live: Sequence[LiveAccess], session: str, at: datetime) -> Plan:
    """The plan with the widest live access of each customer; the same plan where there is none."""
    customers = {item for access in live for item in access.customers}
    extra = {
        item: first.classes & frozenset(plan.classes)
        for item in customers
        if (first := next(iter(in_order(live, item, plan.purpose, session, at)), None))
    }
    if not extra:
        return plan
    held = {one.name: getattr(plan, one.name) for one in fields(Plan)}
    return WidenedPlan(**{**held, "_unions": {}}, extra=extra)
