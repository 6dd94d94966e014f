"""The leaf of a change that the gate allowed."""

from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.trail.receipts import Receipt

from .grants import Grant

Subject = tuple[str, str]
"""What a leaf is about: kind and id."""


def record(grant: Grant, event: EventSpec, /, *subjects: Subject, **detail: str | int) -> Receipt:
    """Write the leaf in the change's own transaction, for the actor of the grant."""
    return record_with_note(grant, event, "", *subjects, **detail)


def record_with_note(
    grant: Grant, event: EventSpec, note: str, /, *subjects: Subject, **detail: str | int
) -> Receipt:
    """The same with a sealed note."""
    return log.append_with_change(
        Leaf(
            event=event,
            actor=grant.actor,
            subjects=subjects,
            decision=grant.as_leaf(),
            detail=detail,
            note=note,
        )
    )
