"""Whom a page names by id, as the reader knows them: masked names, under one trace."""

from collections.abc import Collection, Sequence
from uuid import UUID

from tutela.access import gate
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.trail.leaves import Exposure, Leaf

from . import catalogue, events, looks, offers, permissions, queries
from .catalogue import Collection as Kind
from .looks import Wanted
from .masked import mask_field

_NAME = catalogue.by_code("name")
_CLASSES = frozenset({int(_NAME.data_class)})


def names(actor: Actor, customers: Collection[UUID], purpose: str) -> dict[UUID, str]:
    """The masked name of each customer that the reader may see in lists for this purpose, else for the first one
    for which a post of theirs shows any; the others are left out."""
    if not customers or not gate.holds(actor, permissions.CUSTOMER_VIEW):
        return {}
    facts = queries.facts(actor, list(customers), {})
    offered = offers.purposes(actor)
    for why in sorted(offered, key=lambda one: one.value != purpose):
        found = _named(actor, list(facts.values()), why)
        if found:
            return found
    return {}


def _named(actor: Actor, facts: Sequence[queries.Facts], why: Purpose) -> dict[UUID, str]:
    plan = gate.plan(actor, _CLASSES, why, Exposure.LIST_MASKED)
    grants = looks.masked_grants(actor, plan, facts, _CLASSES, Exposure.LIST_MASKED)
    if not grants:
        return {}
    leaf = Leaf(
        event=events.CUSTOMER_LISTED,
        actor=actor,
        subjects=looks.subjects_of(grants),
        classes=tuple(_CLASSES),
        fields=(_NAME.id,),
        exposure=Exposure.LIST_MASKED,
        purpose=why.value,
        decision=plan.as_leaf(),
        detail={"rows": len(grants)},
    )
    rows = queries.records(list(grants), {Kind.CUSTOMER})
    wanted = [Wanted(row, frozenset({_NAME.id}), grants[row.customer_id]) for row in rows]
    opened = looks.open_rows(leaf, wanted, skip_broken=True)
    levels = {one.customer_id: looks.levels_of(plan, one) for one in facts}
    return {
        row.customer_id: mask_field(
            _NAME, value, levels[row.customer_id][int(_NAME.data_class)]
        ).text
        for row in rows
        if (value := opened.values.get(row.record_id, {}).get(_NAME.id)) is not None
    }
