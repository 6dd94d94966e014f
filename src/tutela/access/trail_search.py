"""Reading the trail is itself a look: who may, and the leaf it leaves. All doors read through here.

It lives in this room because the trail cannot ask the gate, which stands above it.
"""

from datetime import datetime
from uuid import UUID

from tutela.base.actor import Actor
from tutela.trail import log, queries
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf
from tutela.trail.queries import LeafRow

from . import gate
from .permissions import Permission


def search_leaves(
    actor: Actor,
    *,
    person: str = "",
    customer: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    event: str = "",
    limit: int = 100,
    before: UUID | None = None,
) -> list[LeafRow]:
    """The newest leaves that match all that is given; `person` is an account's id. NotAllowed."""
    grant = gate.require(actor, Permission.TRAIL_LEAVES_SEARCH)
    asked = {"person": person, "customer": customer, "event": event, "since": since, "until": until}
    detail: dict[str, str | int] = {
        "by": "+".join(name for name, value in asked.items() if value) or "all",
        "limit": limit,
    }
    detail |= {name: value for name, value in (("target", person), ("event", event)) if value}
    log.append(
        Leaf(
            event=Event.TRAIL_LEAVES_SEARCHED,
            actor=actor,
            subjects=(("customer", customer),) if customer else (),
            decision=grant.as_leaf(),
            detail=detail,
        )
    )
    return queries.leaves(
        actor_id=person,
        subject=("customer", customer) if customer else None,
        since=since,
        until=until,
        event=event,
        limit=limit,
        before=before,
    )
