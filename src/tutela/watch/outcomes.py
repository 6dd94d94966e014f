"""How a case of the watch ends, and which rules never rest. Pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from .rules import CaseState


class Outcome(StrEnum):
    """What was found when a case was closed; an explained case is `justified`."""

    JUSTIFIED = "justified"
    MISUSE = "misuse"
    NO_MISUSE = "no_misuse"
    UNCLEAR = "unclear"


CLOSING: Final = (Outcome.MISUSE, Outcome.NO_MISUSE, Outcome.UNCLEAR)
"""With which of them a case is closed; the other one belongs to an explanation."""
ALWAYS: Final = frozenset({"R6", "R13", "R24"})
"""Rules that no explanation lets rest: nobody has a lasting reason for the own record, for a customer who does not
exist, or for a broken trail."""
APPROVED_DAYS: Final = 180
"""Whoever approved something for a person within so many days is that person's approver."""


def resting(rules: Collection[str]) -> list[str]:
    """Of the rules of an explained case, those that then rest for the person."""
    return sorted(set(rules) - ALWAYS)


def is_open(state: str) -> bool:
    """Whether somebody may still work on the case."""
    return state in {CaseState.OPEN, CaseState.ACKNOWLEDGED}
