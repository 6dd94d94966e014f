"""Pure decisions about committees: quorum, votes, states, days."""

from dataclasses import dataclass
from datetime import date, datetime

from .errors import (
    DateWrong,
    NotYetHeld,
    QuorumMissing,
    QuorumWrong,
    StateWrong,
    TextMissing,
    VotesWrong,
)

REMIND_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Votes of the seats that were filled."""

    yes: int
    no: int = 0
    abstained: int = 0


def needed(seats: int, percent: int) -> int:
    """Seats that must be filled: more than half at 50 per cent, else the share rounded up."""
    return seats // 2 + 1 if percent == 50 else -(-seats * percent // 100)


def check_quorum(percent: int) -> None:
    if not 50 <= percent <= 100:
        raise QuorumWrong


def must_be(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise StateWrong(state=state)


def may_call(at: datetime, now: datetime) -> None:
    if at <= now:
        raise DateWrong


def may_hold(state: str, at: datetime, now: datetime) -> None:
    """Attendance is recorded when the meeting has begun, never ahead of it."""
    must_be(state, "called")
    if now < at:
        raise NotYetHeld


def may_resolve(state: str, present: int, wanted: int, votes: Votes) -> None:
    """A quorum, more votes for than against, and not more votes than seats filled."""
    must_be(state, "held")
    if present < wanted:
        raise QuorumMissing(present=present, needed=wanted)
    cast = votes.yes + votes.no + votes.abstained
    if min(votes.yes, votes.no, votes.abstained) < 0 or votes.yes <= votes.no or cast > present:
        raise VotesWrong(present=present)


def must_come(due: date, today: date) -> None:
    if due <= today:
        raise DateWrong


def must_say(text: str) -> str:
    if not text.strip():
        raise TextMissing
    return text.strip()


def next_due(last: date | None, founded: date, months: int) -> date:
    """The day by which the committee must meet again."""
    start = last or founded
    count = start.month - 1 + months
    year, month = start.year + count // 12, count % 12 + 1
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:  # the 31st of a shorter month: its last day
            day -= 1
