"""Reading the trail by those who may: the one way for every door, and itself traced.

The trail lies below this room and knows nobody's rights, so the question is asked here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tutela.base.actor import Actor
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.leaves import Leaf
from tutela.trail.queries import LeafRow

from . import gate, permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafFilter:
    """Leaves to search for: of a person, of a customer (ids as UUID text), of an event, from `since` up to, not
    including, `until`; older than the leaf `before`. What is empty filters nothing."""

    person: str = ""
    customer: str = ""
    since: datetime | None = None
    until: datetime | None = None
    event: str = ""
    limit: int = 100
    before: UUID | None = None


def search_leaves(actor: Actor, wanted: LeafFilter) -> list[LeafRow]:
    """Leaves, newest first. The search's own leaf is durable before the rows are read."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    by = [
        name for name in ("person", "customer", "since", "until", "event") if getattr(wanted, name)
    ]
    detail: dict[str, str | int] = {"by": "+".join(by) or "all", "limit": wanted.limit}
    person, customer = wanted.person, wanted.customer
    # A word that is no id finds nothing; the trail takes no such word in either.
    if person and not _is_id(person):
        person = str(UUID(int=0))
    if person:
        detail["target"] = person
    about = (("customer", customer),) if _is_id(customer) else ()
    log.append(
        Leaf(
            event=trail_events.LEAVES_SEARCHED,
            actor=actor,
            subjects=about,
            decision=grant.as_leaf(),
            detail=detail,
        )
    )
    return queries.leaves(
        actor_id=person,
        subject=("customer", customer) if customer else None,
        since=wanted.since,
        until=wanted.until,
        event=wanted.event,
        limit=wanted.limit,
        before=wanted.before,
    )


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
