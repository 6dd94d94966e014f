"""Whose customers a person may name in a request, or decide on: those of whom a post shows at least masks."""

from collections.abc import Collection, Iterable
from uuid import UUID

from tutela.access import gate
from tutela.access.levels import Level
from tutela.access.permission_specs import Permission
from tutela.access.purposes import Purpose
from tutela.base.actor import SYSTEM, Actor
from tutela.trail.leaves import Exposure
from tutela.vault import looks, queries


def seen(actor: Actor, customers: Collection[UUID], permission: Permission) -> frozenset[UUID]:
    """Those that a post of the actor with this permission shows for some purpose. What temporary access lends does
    not count, nor is one's own record among them."""
    facts = queries.facts(actor, customers, {})
    plans = [
        gate.plan(actor, looks.ALL_CLASSES, purpose, Exposure.DETAIL_MASKED, permission)
        for purpose in Purpose
    ]
    return frozenset(
        item
        for item, fact in facts.items()
        if any(
            level > Level.NONE for plan in plans for level in looks.levels_of(plan, fact).values()
        )
    )


def sees_all(actor: Actor, customers: Iterable[UUID], permission: Permission) -> bool:
    """Whether all of them, and there is one, are in reach."""
    named = frozenset(customers)
    return bool(named) and named <= seen(actor, named, permission)


def branches_of(customers: Collection[UUID]) -> frozenset[int]:
    """The branches of customers, to know whom to ask about them."""
    found = queries.facts(SYSTEM, customers, {}) if customers else {}
    return frozenset(fact.branch_id for fact in found.values())
