"""The trace of a refused attempt, for every door.

The refused act's own transaction is gone when a door hears of it, so the leaf stands alone.
"""

from collections.abc import Sequence

from django.http import HttpRequest

from tutela.base.actor import Actor
from tutela.base.errors import TutelaError, Unavailable
from tutela.trail import log
from tutela.trail.leaves import Leaf

from . import events


def keep(
    actor: Actor,
    error: TutelaError,
    *,
    view: str,
    subjects: Sequence[tuple[str, str]] = (),
    purpose: str = "",
) -> TutelaError:
    """Append the leaf of a refusal; give the error to tell: the refusal, or that the trail is closed.

    `view` names the page, verb or command, never an address: that can hold what somebody typed.
    `subjects` are those of the address; what the refusal itself knows counts before them.
    """
    leaf = Leaf(
        event=events.REQUEST_REFUSED,
        actor=actor,
        subjects=tuple(subjects) if error.subjects is None else error.subjects,
        purpose=purpose,
        decision=error.decision or {"outcome": "deny", "code": error.code},
        detail={"view": view},
    )
    try:
        log.append(leaf)
    except Unavailable as closed:
        return closed
    return error


def subjects_of(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The customer that the request's address names, if any."""
    match = request.resolver_match
    customer = match.kwargs.get("customer_id") if match else None
    return (("customer", str(customer)),) if customer else ()
