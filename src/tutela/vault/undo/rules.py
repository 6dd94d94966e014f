"""When an import may be undone. Pure: facts in, nothing or an error out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .errors import (
    SamePerson,
    UndoBlocked,
    UndoDecided,
    UndoFromBefore,
    UndoImpossible,
    UndoOpen,
    UndoTooLate,
)

DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoFacts:
    """`records`: whether its rows are records, which have versions; `from_before`: it began under a version
    that did not keep what an undo needs; `blocked`: records that were changed or used since; `state`: of the
    proposal that stands, "" for none."""

    records: bool
    from_before: bool
    finished_at: datetime | None
    state: str
    blocked: int


def check_propose(facts: UndoFacts, at: datetime) -> None:
    if not facts.records or facts.finished_at is None:
        raise UndoImpossible
    if facts.from_before:
        raise UndoFromBefore
    if at - facts.finished_at > timedelta(days=DAYS):
        raise UndoTooLate(days=DAYS)
    if facts.state:
        raise UndoOpen
    if facts.blocked:
        raise UndoBlocked(rows=facts.blocked)


def hindrance(
    facts: UndoFacts, at: datetime
) -> UndoImpossible | UndoFromBefore | UndoTooLate | None:
    """What keeps an import from being undone at all, whoever asks; a page shows it instead of a form."""
    try:
        check_propose(replace(facts, state="", blocked=0), at)
    except (UndoImpossible, UndoFromBefore, UndoTooLate) as error:
        return error
    return None


def check_approve(facts: UndoFacts, proposed_by: str, approver: str, at: datetime) -> None:
    """The same again, for what may have happened since the proposal, by another person."""
    if facts.state != "proposed":
        raise UndoDecided
    if proposed_by == approver:
        raise SamePerson
    if facts.finished_at is None or at - facts.finished_at > timedelta(days=DAYS):
        raise UndoTooLate(days=DAYS)
    if facts.blocked:
        raise UndoBlocked(rows=facts.blocked)
