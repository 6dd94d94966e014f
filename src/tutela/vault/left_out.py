"""Customers whom lists leave out for some accounts, as rooms above this one say while the product starts.

A list without them is as one of a house that does not have them: no gap, no count, no word. Searches and pages are
not concerned: whoever names a customer is answered as everybody is.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from tutela.access.plan import Scope
from tutela.base.actor import Actor
from tutela.base.registry import Registry

from . import queries
from .queries import Facts

LeftOut = Callable[[Actor, Sequence[UUID]], AbstractSet[UUID]]
"""Which of these customers this actor's lists leave out."""
RULES: Final = Registry[LeftOut]("customers left out of lists")


def page(
    actor: Actor, scope: Scope, after: UUID | None, limit: int, within: Sequence[int] | None
) -> list[Facts]:
    """As `queries.page`, without those that are left out: as many rows, if there are as many."""
    kept: list[Facts] = []
    while True:
        part = queries.page(actor, scope, after, limit, within)
        gone = _among(actor, [facts.customer_id for facts in part])
        kept += [facts for facts in part if facts.customer_id not in gone]
        if not gone or len(part) < limit or len(kept) >= limit:
            return kept[:limit]
        after = part[-1].customer_id


def _among(actor: Actor, customers: Sequence[UUID]) -> set[UUID]:
    return (
        {one for rule in RULES.values() for one in rule(actor, customers)} if customers else set()
    )
