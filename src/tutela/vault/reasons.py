"""The reason of what waits for a second person, for whoever may decide it: a leaf first, then the words."""

from uuid import UUID

from tutela.access.grants import Grant
from tutela.keys import custody
from tutela.trail import events as trail_events
from tutela.trail import log
from tutela.trail.leaves import Leaf

from . import looks


def open_reason(grant: Grant, sealed: str, customers: list[UUID], detail: dict[str, str]) -> str:
    """The words that were sealed with the proposal. It may name a customer, so opening it leaves a leaf."""
    log.append(
        Leaf(
            event=trail_events.NOTE_OPENED,
            actor=grant.actor,
            subjects=looks.subjects_of(customers),
            decision=grant.as_leaf(),
            detail={**detail},
        )
    )
    return custody.open_note(sealed, grant)
