"""Reading the trail by those who may: the one way for every door, and itself traced.

The trail lies below this room and knows nobody's rights, so the question is asked here.
"""

from dataclasses import replace
from uuid import UUID

from tutela.base.actor import Actor
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.leaves import Leaf
from tutela.trail.queries import EVERY_LEAF, LeafFilter, LeafRow

from . import gate, permissions


def search_leaves(
    actor: Actor, wanted: LeafFilter = EVERY_LEAF, *, limit: int = 100, before: UUID | None = None
) -> list[LeafRow]:
    """Leaves, newest first; ids are UUID text, and the only subject is a customer. The search's own leaf is
    durable before the rows are read."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    person, (_, customer) = wanted.actor_id, wanted.subject or ("customer", "")
    by = {
        "person": person,
        "customer": customer,
        "since": wanted.since,
        "until": wanted.until,
        "event": wanted.event,
    }
    detail: dict[str, str | int] = {
        "by": "+".join(name for name, value in by.items() if value) or "all",
        "limit": limit,
    }
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
    return queries.leaves(replace(wanted, actor_id=person), limit=limit, before=before)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
