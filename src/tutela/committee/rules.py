"""Pure decisions about committees: quorum, votes, states, days, corrections."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from .errors import (
    AttendanceMissing,
    AttendanceSame,
    CorrectionPassed,
    DateFar,
    DateWrong,
    NotYetHeld,
    QuorumMissing,
    QuorumWrong,
    SeatDaysWrong,
    SeatNotHeld,
    SeatsExceeded,
    SecondPersonMissing,
    StateWrong,
    TextMissing,
    VotesWrong,
)

Present = Mapping[int, UUID]
"""Who filled which seat: seat id to staff id."""
Flaw = Literal["", "quorum", "votes"]

REMIND_DAYS = 7
CALL_YEARS = 2
DUE_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Votes of the seats that were filled."""

    yes: int
    no: int = 0
    abstained: int = 0


def needed(seats: int, percent: int) -> int:
    """Seats that make a quorum: more than half at 50 percent, else the share rounded up."""
    return seats // 2 + 1 if percent == 50 else -(-seats * percent // 100)


def check_term(starts: date, ends: date | None, today: date) -> None:
    """A person is named from today or later; `ends` is not included."""
    if starts < today or (ends is not None and ends <= starts):
        raise SeatDaysWrong
    _check_near(starts, today, CALL_YEARS)


def check_quorum(percent: int) -> None:
    if not 50 <= percent <= 100:
        raise QuorumWrong


def check_state(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise StateWrong(state=state)


def check_call(at: datetime, now: datetime) -> None:
    if at <= now:
        raise DateWrong
    _check_near(at.date(), now.date(), CALL_YEARS)


def check_hold(state: str, at: datetime, now: datetime) -> None:
    """Attendance is recorded once the meeting has begun."""
    check_state(state, "called")
    if now < at:
        raise NotYetHeld


def check_seats(present: Present, holders: Mapping[int, Collection[UUID]]) -> None:
    """Each seat is the committee's and is filled by one of its holders; nobody fills two."""
    people = list(present.values())
    for seat, person in present.items():
        if person not in holders.get(seat, ()) or people.count(person) > 1:
            raise SeatNotHeld(seat=seat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """The facts on which a correction depends. `seats` is the number counted that day."""

    state: str
    seats: int
    before: Present
    after: Present
    reason: str


def check_correction(ask: Correct) -> None:
    """Attendance has been recorded, the correction changes it, fits the seats and has a reason."""
    if ask.state == "called":
        raise AttendanceMissing
    check_state(ask.state, "held", "closed")
    text_of(ask.reason)
    if dict(ask.after) == dict(ask.before):
        raise AttendanceSame
    if len(ask.after) > ask.seats:
        raise SeatsExceeded(present=len(ask.after), seats=ask.seats)


def check_waiting(number: int, newest: int, *, settled: bool) -> None:
    """Only the newest draft is signed or dropped, and only once."""
    if settled or number != newest:
        raise CorrectionPassed(number=number)


def check_signer(drafted_by: UUID, signer: UUID) -> None:
    if drafted_by == signer:
        raise SecondPersonMissing


def flaw(present: int, wanted: int, cast: int) -> Flaw:
    """What a corrected attendance no longer supports: the quorum, or the votes cast."""
    if present < wanted:
        return "quorum"
    return "votes" if cast > present else ""


def check_resolution(state: str, present: int, wanted: int, votes: Votes) -> None:
    """A quorum, a majority, and not more votes than filled seats."""
    check_state(state, "held")
    if present < wanted:
        raise QuorumMissing(present=present, needed=wanted)
    cast = votes.yes + votes.no + votes.abstained
    if min(votes.yes, votes.no, votes.abstained) < 0 or votes.yes <= votes.no or cast > present:
        raise VotesWrong(present=present)


def check_due(due: date, today: date) -> None:
    if due <= today:
        raise DateWrong
    _check_near(due, today, DUE_YEARS)


def _check_near(day: date, today: date, years: int) -> None:
    """Within so many years: a later day is a typing error."""
    if (day.year - years, day.month, day.day) > (today.year, today.month, today.day):
        raise DateFar(years=years)


def text_of(text: str) -> str:
    """The text without surrounding space; TextMissing."""
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
