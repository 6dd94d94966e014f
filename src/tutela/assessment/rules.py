"""Pure decisions of the assessment and the risk register: ratings, states, acceptances, counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tutela.proof.rules import is_expired

from . import errors

MAX_ACCEPTANCE_DAYS: Final = 366
LEAST_REASON: Final = 8
LEAST_RETURN: Final = 4
LATE_YEARS: Final = 10
SCALE: Final = range(1, 6)
# Days before the end of an acceptance on which people are warned, in order of time.
WARN_DAYS: Final = (30, 7)


class Verdict(StrEnum):
    """The verdict on a control. NO_DATA, OVERDUE (no data, and the date has passed) and AT_RISK only come from
    the judgement on a target, EXPIRED only from expired files; nobody enters them."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    EXPIRED = "expired"
    UNRATED = ""


JUDGED: Final = (Verdict.NO_DATA, Verdict.OVERDUE, Verdict.AT_RISK)
"""Verdicts that only live controls have."""
TYPED: Final = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)


class State(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class Treatment(StrEnum):
    REDUCE = "reduce"
    AVOID = "avoid"
    TRANSFER = "transfer"
    ACCEPT = "accept"


class Grade(StrEnum):
    """The grade of a risk, from likelihood times impact."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


# The least product of likelihood and impact for each grade, the highest grade first.
_GRADES: Final = ((20, Grade.CRITICAL), (10, Grade.HIGH), (5, Grade.MEDIUM), (1, Grade.LOW))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating to be checked, and how many files prove it."""

    verdict: str
    note: str
    evidence: str
    live: str
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many controls have each verdict."""

    met: int
    partly: int
    not_met: int
    not_applicable: int
    no_data: int
    overdue: int
    at_risk: int
    expired: int
    unrated: int

    @property
    def all(self) -> int:
        return self.applicable + self.not_applicable

    @property
    def applicable(self) -> int:
        return self.met + self.partly + self.lacking + self.unrated

    @property
    def lacking(self) -> int:
        """Controls that count as not met: rated so, without data, at risk, or with expired proof."""
        return self.not_met + self.no_data + self.overdue + self.at_risk + self.expired

    @property
    def done(self) -> int:
        """Controls that are rated, or answered by their reading."""
        return self.all - self.unrated

    @property
    def share(self) -> float | None:
        """Percent of the applicable controls that are met, partly met counting half; None without any."""
        return 100 * (self.met + self.partly / 2) / self.applicable if self.applicable else None


def check_year(year: int, today: date) -> None:
    if not today.year - LATE_YEARS <= year <= today.year:
        raise errors.YearRefused(year=year)


def check_rating(state: State, rated: Rated) -> None:
    """A met control needs evidence, as text or a file; every other verdict needs a note."""
    if state is not State.OPEN:
        raise errors.AssessmentNotOpen
    if rated.live:
        if rated.verdict:
            raise errors.RatingTypedForLive(target=rated.live)
        return
    if rated.verdict not in set(TYPED):
        raise errors.VerdictMissing
    if rated.verdict == Verdict.MET and not rated.evidence.strip() and not rated.files:
        raise errors.ProofMissing
    if rated.verdict != Verdict.MET and not rated.note.strip():
        raise errors.NoteMissing


def check_open(state: State) -> None:
    """Files are attached and withdrawn only while ratings can change."""
    if state is not State.OPEN:
        raise errors.AssessmentNotOpen


def with_proof(verdict: str, expiries: Sequence[date | None], on: date) -> str:
    """EXPIRED instead of a "met" all of whose files have expired on a day; without files it stays met."""
    expired = bool(expiries) and all(is_expired(day, on) for day in expiries)
    return Verdict.EXPIRED.value if expired and verdict == Verdict.MET else verdict


def check_submit(state: State, missing: int) -> None:
    if state is not State.OPEN:
        raise errors.AssessmentNotOpen
    if missing:
        raise errors.RatingsMissing(missing=missing)


def check_return(state: State, reason: str) -> None:
    """Only a submitted assessment is returned, with a reason for whoever rates."""
    if state is not State.SUBMITTED:
        raise errors.AssessmentNotSubmitted
    if len(reason.strip()) < LEAST_RETURN:
        raise errors.ReasonTooShort(least=LEAST_RETURN)


def check_close(state: State, submitted_by: str, actor: str) -> None:
    if state is not State.SUBMITTED:
        raise errors.AssessmentNotSubmitted
    if submitted_by == actor:
        raise errors.SecondPersonMissing


def of_reading(value: float | None, goal: float | None, direction: str) -> Verdict:
    """The verdict on a live control; NO_DATA without a value or a goal."""
    if value is None or goal is None:
        return Verdict.NO_DATA
    reached = value <= goal if direction == "at_most" else value >= goal
    return Verdict.MET if reached else Verdict.NOT_MET


def tally(verdicts: Iterable[str]) -> Tally:
    numbers = Counter(verdicts)
    counts = {verdict.name.lower(): numbers[verdict.value] for verdict in Verdict}
    return Tally(**counts)


def grade(likelihood: int, impact: int) -> Grade:
    """1..5 each; ScaleRefused beyond."""
    if likelihood not in SCALE or impact not in SCALE:
        raise errors.ScaleRefused
    return next(name for least, name in _GRADES if likelihood * impact >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A risk to be checked."""

    title: str
    likelihood: int
    impact: int
    treatment: str
    plan: str


def check_risk(risk: Described) -> None:
    """A treatment other than acceptance needs a plan; acceptance has its own verb and end."""
    if not risk.title.strip():
        raise errors.TitleMissing
    grade(risk.likelihood, risk.impact)
    if risk.treatment not in set(Treatment):
        raise errors.TreatmentMissing
    if risk.treatment != Treatment.ACCEPT and not risk.plan.strip():
        raise errors.TreatmentMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptable:
    """The facts on which an acceptance depends. `changed_by`: who last changed what it covers."""

    closed: bool
    registered_by: str
    accepted_by: str
    changed_by: str = ""
    reason: str
    until: date
    today: date


def check_acceptance(ask: Acceptable) -> None:
    if ask.closed:
        raise errors.RiskClosed
    if ask.accepted_by in (ask.registered_by, ask.changed_by):
        raise errors.SecondPersonMissing
    if len(ask.reason.strip()) < LEAST_REASON:
        raise errors.ReasonTooShort(least=LEAST_REASON)
    if not ask.today < ask.until <= ask.today + timedelta(days=MAX_ACCEPTANCE_DAYS):
        raise errors.AcceptanceEndRefused(days=MAX_ACCEPTANCE_DAYS)


def warning(*, left: int, span: int, warned: int | None) -> int | None:
    """The stage of WARN_DAYS that is due now, or None. `left` and `span` are the days from today and from
    the acceptance to its end: an acceptance shorter than a stage has no such warning. A missed stage is
    made up for unless a later one is due as well."""
    due = [stage for stage in WARN_DAYS if left <= stage < span]
    stage = min(due, default=None)
    return stage if stage is not None and (warned is None or stage < warned) else None
