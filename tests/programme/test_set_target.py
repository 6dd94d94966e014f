"""A target changes from today on, by two people; old periods keep the rule that applied."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tutela.base import clock
from tutela.programme import errors, queries, rules
from tutela.programme.actions import targets
from tutela.programme.models import TargetRule

GOALS = st.decimals(0, 100, places=2)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def draft(member, **facts):
    given = {"target": "tls-share", "goal": "97", "starts": clock.today() + timedelta(days=1)}
    return targets.draft_target(member.actor, reason="Law asks more", **(given | facts))


def test_a_target_loosened_backwards_is_refused(crew):
    """Last year's shortfall is not mended by a pen."""
    first = TargetRule.objects.filter(target_id="tls-share").earliest("starts").starts
    with pytest.raises(errors.TargetBackdated):
        draft(crew.officer, goal="90", starts=first - timedelta(days=1))
    rule = rules.Rule(starts=date(2026, 1, 1), goal=Decimal(95))
    looser = rules.Rule(starts=date(2026, 3, 1), goal=Decimal(90))
    with pytest.raises(errors.TargetLoosenedBackwards) as refused:
        rules.check_draft([rule], looser, direction="at_least", today=date(2026, 6, 1))
    assert "2026-03-01" in refused.value.text()


@given(st.lists(st.tuples(DAYS, GOALS), min_size=1, max_size=6, unique_by=lambda one: one[0]), DAYS, DAYS, GOALS)  # fmt: skip
def test_no_draft_changes_the_rule_of_a_past_day(held, today, starts, goal):
    """For every history: what is accepted leaves each day before today with its rule."""
    known = [rules.Rule(starts=one, goal=number) for one, number in held]
    wanted = rules.Rule(starts=starts, goal=goal)
    try:
        rules.check_draft(known, wanted, direction="at_least", today=today)
    except (errors.TargetBackdated, errors.TargetLoosenedBackwards, errors.RuleTwice):
        return
    before = [today - timedelta(days=n) for n in (1, 30, 900)]
    assert [rules.rule_at(known, day) for day in before] == [
        rules.rule_at([*known, wanted], day) for day in before
    ]


@given(GOALS, GOALS, DAYS, st.integers(0, 2000), st.sampled_from(["at_least", "at_most"]))
def test_a_looser_goal_in_the_past_is_told_as_that(held, wanted, starts, later, direction):
    """Whatever the goal and its direction: backwards never, and the sentence names the day."""
    known = [rules.Rule(starts=date(2019, 1, 1), goal=held)]
    today = starts + timedelta(days=1 + later)
    backwards = rules.Rule(starts=starts, goal=wanted)
    with pytest.raises((errors.TargetBackdated, errors.TargetLoosenedBackwards)) as refused:
        rules.check_draft(known, backwards, direction=direction, today=today)
    loosened = wanted < held if direction == "at_least" else wanted > held
    assert isinstance(refused.value, errors.TargetLoosenedBackwards) == loosened
    assert starts.isoformat() in refused.value.text()


def test_a_draft_is_not_in_force_until_a_second_person_signs(crew):
    """The scorecard reads signed rules only."""
    made = draft(crew.officer)
    assert f"tls-share/{made.version}" not in {one.rule for one in queries.goal_versions()}
    with pytest.raises(errors.SecondPersonMissing):
        targets.sign_target(crew.officer.actor, rule_id=made.pk)
    targets.sign_target(crew.signer.actor, rule_id=made.pk)
    assert f"tls-share/{made.version}" in {one.rule for one in queries.goal_versions()}


def test_a_start_day_counts_once(crew):
    """Two drafts for one day: the second signature decides, and only once."""
    starts = clock.today() + timedelta(days=5)
    first, second = (draft(crew.officer, goal=goal, starts=starts) for goal in ("98", "99"))
    targets.sign_target(crew.signer.actor, rule_id=first.pk)
    with pytest.raises(errors.RuleTwice):
        targets.sign_target(crew.signer.actor, rule_id=second.pk)


def test_a_signed_rule_cannot_be_changed_in_the_database(crew):
    """Raw SQL meets the trigger."""
    rule = TargetRule.objects.filter(signed_at__isnull=False).first()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE governance_target_rule SET goal = 1 WHERE id = %s", [rule.pk])


@pytest.mark.parametrize("goal", ["101", "-1", "NaN", "many", "1e999999"])
def test_a_goal_that_is_no_share_is_refused(crew, goal):
    """A share lies between 0 and 100."""
    with pytest.raises(errors.GoalInvalid):
        draft(crew.officer, goal=goal)


def test_the_policy_is_seeded_whole(crew):
    """Fourteen targets, seven measures, each owed by a department."""
    versions = [one for one in queries.goal_versions() if one.rule.endswith("/1")]
    assert len(versions) == 14
    assert {one.measure for one in versions} == {f"M{n}" for n in range(1, 8)}
    assert {one.department for one in versions} >= {"it", "hr", "technology"}
