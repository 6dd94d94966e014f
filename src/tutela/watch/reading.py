"""Reading the watch by those who may: each page, answer and command is a leaf before anything is shown."""

from collections.abc import Sequence

from tutela.access import changes, gate
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.leaves import Leaf

from . import events, permissions


def note(actor: Actor, *subjects: changes.Subject, rows: int = 0, rule: str = "") -> None:
    """Ask the right, and say in the trail that alerts or cases are shown."""
    grant = gate.require(actor, permissions.ALERT_READ)
    detail: dict[str, str | int] = {"rows": rows}
    if rule:
        detail["rule"] = rule
    log.append(
        Leaf(
            event=events.ALERT_READ,
            actor=actor,
            subjects=tuple(subjects),
            decision=grant.as_leaf(),
            detail=detail,
        )
    )


def about(kind: str, key: object, person: object | None) -> Sequence[changes.Subject]:
    """The subjects of a leaf about an alert or case."""
    named: list[changes.Subject] = [(kind, str(key))]
    if person is not None:
        named.append(("staff", str(person)))
    return named
