"""What pages offer and other parts of the room carry out: drills, verifications, the check before a restore. Their
modules declare themselves here at start; nothing is offered that nobody carries out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .models import Copy


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check: passed, failed or no_verdict, and a sentence."""

    result: str
    text: str


DRILL: Final = Registry[Callable[[Actor, str], UUID]]("who starts drills")
"""By "start": a drill of the newest, oldest or a random set, carried out by the worker; its id."""
VERIFICATION: Final = Registry[Callable[[Actor, UUID, int], object]]("who verifies copies")
"""By "ask": a copy verified up to a level, by the worker."""
PREFLIGHT: Final = Registry[Callable[[Actor, Copy], Sequence[Finding]]](
    "who checks before a restore"
)
"""By name: what reading a set's manifest from its target tells before anything is written."""


def can_start_drill() -> bool:
    return "start" in DRILL


def start_drill(actor: Actor, chosen: str) -> UUID:
    """Start a drill; KeyError where nobody carries one out, which `can_start_drill` tells before."""
    return DRILL["start"](actor, chosen)


def can_verify() -> bool:
    return "ask" in VERIFICATION


def ask_verification(actor: Actor, copy_id: UUID, level: int) -> None:
    """Have a copy verified; KeyError where nobody does it."""
    VERIFICATION["ask"](actor, copy_id, level)


def findings(actor: Actor, copy: Copy) -> list[Finding]:
    """What every check tells, in the order of their names."""
    return [line for name in sorted(PREFLIGHT) for line in PREFLIGHT[name](actor, copy)]
