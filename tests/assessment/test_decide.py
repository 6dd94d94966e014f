"""What may be rated, closed and accepted, and how it counts: the pure rules."""

from datetime import date, timedelta

import pytest

from tutela.assessment import errors, rules
from tutela.assessment.compare import Change, _change
from tutela.assessment.rules import Acceptable, Grade, Rated, State, Verdict

TODAY = date(2028, 2, 29)


def rated(verdict: str = "met", **facts: str) -> Rated:
    return Rated(**{"verdict": verdict, "note": "", "evidence": "Policy 2.1", "live": "", **facts})


def test_a_met_control_without_evidence_is_refused() -> None:
    """Green needs proof that is named."""
    with pytest.raises(errors.ProofMissing):
        rules.check_rating(State.OPEN, rated(evidence="  "))


@pytest.mark.parametrize("verdict", ["partly", "not_met", "not_applicable"])
def test_every_other_rating_needs_its_reason(verdict: str) -> None:
    """What is missing, or why it does not apply, is said in words."""
    with pytest.raises(errors.NoteMissing):
        rules.check_rating(State.OPEN, rated(verdict))


@pytest.mark.parametrize("verdict", ["", "no_data", "yes"])
def test_an_unknown_rating_is_refused(verdict: str) -> None:
    """Nobody types "no data"; it only comes from a reading."""
    with pytest.raises(errors.VerdictMissing):
        rules.check_rating(State.OPEN, rated(verdict))


def test_a_live_control_takes_no_typed_rating() -> None:
    """The reading answers; a typed yes is refused, a note is welcome."""
    with pytest.raises(errors.RatingTypedForLive):
        rules.check_rating(State.OPEN, rated("met", live="encryption-rate"))
    rules.check_rating(State.OPEN, rated("", live="encryption-rate"))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLOSED])
def test_ratings_stand_still_once_handed_in(state: State) -> None:
    """What the second person confirms is what was handed in."""
    with pytest.raises(errors.AssessmentNotOpen):
        rules.check_rating(state, rated())


@pytest.mark.parametrize(
    ("value", "goal", "direction", "verdict"),
    [
        (100.0, 100.0, "at_least", Verdict.MET),
        (99.99, 100.0, "at_least", Verdict.NOT_MET),
        (50.0, 48.0, "at_most", Verdict.NOT_MET),
        (None, 100.0, "at_least", Verdict.NO_DATA),
        (None, 48.0, "at_most", Verdict.NO_DATA),
        (100.0, None, "at_least", Verdict.NO_DATA),
    ],
)
def test_no_data_is_never_met(
    value: float | None, goal: float | None, direction: str, verdict: Verdict
) -> None:
    """A reading or a goal that is not there makes no green."""
    assert rules.of_reading(value, goal, direction) is verdict


def test_partly_counts_half_and_what_does_not_apply_not_at_all() -> None:
    """Two met, one partly, one without data, one that does not apply: 2.5 of 4."""
    tally = rules.tally(["met", "met", "partly", "no_data", "not_applicable"])
    assert (tally.share, tally.applicable, tally.all, tally.done) == (62.5, 4, 5, 5)


def test_nothing_applicable_gives_no_share() -> None:
    """An empty set is not 100 %."""
    assert rules.tally(["not_applicable"]).share is None


def test_grades_rise_with_likelihood_and_impact() -> None:
    """The four corners and the middle; a sixth step does not exist."""
    found = [rules.grade(*at) for at in ((1, 1), (1, 5), (3, 3), (2, 5), (5, 5))]
    assert found == [Grade.LOW, Grade.MEDIUM, Grade.MEDIUM, Grade.HIGH, Grade.CRITICAL]
    with pytest.raises(errors.ScaleRefused):
        rules.grade(6, 1)


@pytest.mark.parametrize("days", [0, -1, rules.MAX_ACCEPTANCE_DAYS + 1])
def test_an_acceptance_ends_after_today_and_within_a_year(days: int) -> None:
    """Counted from a leap day, too."""
    asked = Acceptable(
        closed=False, registered_by="a", accepted_by="b", reason="Devices come in May",
        until=TODAY + timedelta(days=days), today=TODAY,
    )  # fmt: skip
    with pytest.raises(errors.AcceptanceEndRefused):
        rules.check_acceptance(asked)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ("not_met", "met", Change.BETTER),
        ("met", "no_data", Change.WORSE),
        ("met", "", Change.OTHER),
        ("not_applicable", "met", Change.OTHER),
        ("no_data", "not_met", Change.LEVEL),
        (None, "met", Change.NEW),
        ("met", "met", Change.SAME),
    ],
)
def test_a_change_is_named(before: str | None, now: str, change: Change) -> None:
    """Proof that is gone is worse; what is not rated yet is neither."""
    assert _change(before, now) is change
