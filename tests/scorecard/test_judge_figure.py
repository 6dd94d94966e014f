"""Rules of status, tried with any figures and any days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tutela.scorecard.rules import Cause, Goal, Proof, Status, grace, judge, next_due

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
VALUES = st.none() | st.floats(0, 1e6)


@st.composite
def goals(draw):
    """Any goal that can be set."""
    return Goal(
        target="x", measure="M1", department="it", goal=draw(st.floats(0, 1e6)), unit="percent",
        direction=draw(st.sampled_from(["at_least", "at_most"])),
        cadence=draw(st.integers(1, 1100)), due=draw(st.none() | DAYS), rule="1",
    )  # fmt: skip


MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 bounds are naive, hypothesis adds the zone
    datetime(2035, 12, 31),  # noqa: DTZ001 the same
    timezones=st.just(UTC),
)


@given(goals(), VALUES, st.none() | MOMENTS, MOMENTS)
def test_green_needs_a_figure_that_reaches_and_young_proof(goal, value, newest, at):
    """No data, stale proof and proof of the future are never green."""
    proof = Proof(value=value, evidence=1, newest=newest)
    if judge(goal, proof, at, at.date()).status is Status.MET:
        assert value is not None
        assert newest is not None
        assert value >= goal.goal if goal.direction == "at_least" else value <= goal.goal
        age = at - newest
        assert age <= timedelta(days=goal.cadence) + grace(goal.cadence)


@given(goals(), MOMENTS, MOMENTS)
def test_without_evidence_there_is_no_data(goal, newest, at):
    """A value that nothing stands behind counts for nothing."""
    for proof in (
        Proof(value=None, evidence=3, newest=newest),
        Proof(value=goal.goal, evidence=0, newest=newest),
        Proof(value=goal.goal, evidence=3, newest=None),
    ):
        assert judge(goal, proof, at, at.date()).status is Status.NO_DATA


@given(goals(), MOMENTS)
def test_what_reached_yesterday_and_is_renewed_is_met(goal, at):
    """The other side: honest proof is not held back."""
    proof = Proof(value=goal.goal, evidence=1, newest=at - timedelta(hours=1))
    assert judge(goal, proof, at, at.date()).status is Status.MET


@given(goals(), VALUES, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_proof_never_gets_better_by_waiting(goal, value, newest, wait):
    """Green turns to risk with time, never the other way."""
    proof = Proof(value=value, evidence=1, newest=newest)
    early = judge(goal, proof, newest, newest.date()).status
    late = judge(goal, proof, newest + wait, (newest + wait).date()).status
    assert late is not Status.MET or early is Status.MET


@given(goals(), DAYS)
def test_a_shortfall_is_a_risk_until_its_date_and_a_failure_after(goal, today):
    """What is still in time is not called failed."""
    short = goal.goal - 1 if goal.direction == "at_least" else goal.goal + 1
    at = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    told = judge(goal, Proof(value=short, evidence=1, newest=at), at, today)
    if short < 0 or short == goal.goal:
        return
    in_time = goal.due is not None and today <= goal.due
    assert told.status is (Status.AT_RISK if in_time else Status.NOT_MET)
    assert told.cause is (Cause.BUILDING if in_time else Cause.SHORT)


@given(goals(), DAYS, st.integers(0, 4000))
def test_the_date_has_passed_only_where_there_is_no_evidence(goal, today, age):
    """A figure that falls short says so while its proof is young, and that the proof is old after that."""
    at = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    short = goal.goal - 1 if goal.direction == "at_least" else goal.goal + 1
    newest = at - timedelta(days=age)
    told = judge(goal, Proof(value=short, evidence=1, newest=newest), at, today)
    late = goal.due is not None and goal.due < today
    if told.status is Status.NOT_MET:
        old = at - newest > timedelta(days=goal.cadence) + grace(goal.cadence)
        assert told.cause is (Cause.STALE if old else Cause.SHORT)
        assert late or goal.due is None
    nothing = judge(goal, Proof(value=None, evidence=0, newest=None), at, today)
    assert nothing.cause is (Cause.OVERDUE if late else Cause.NO_DATA)


@given(goals(), DAYS)
def test_the_next_date_follows_the_last_proof(goal, day):
    """Over leap days and the turn of a year as on any other day."""
    assert next_due(goal, day, day) - day == timedelta(days=goal.cadence)
