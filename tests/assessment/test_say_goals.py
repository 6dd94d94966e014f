"""A live control's goal over the year says how it is made of the target's own goal."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from tutela.assessment import words
from tutela.assessment.controls import CONTROLS
from tutela.assessment.live import Goal, Live
from tutela.assessment.models import Rating
from tutela.assessment.queries import ControlResult
from tutela.base.readings import Ask, nothing
from tutela.programme import words as programme


def line(goal: Goal) -> ControlResult:
    """BAK-01, which reads fifteen backups since January."""
    ask = Ask(target="backup-weekly", begins=date(2026, 1, 1), ends=date(2026, 11, 23))
    read = replace(nothing(ask, "count"), value=15.0, numerator=15, evidence=15)
    live = Live(reading=read, goal=goal)
    return ControlResult(
        control=CONTROLS["BAK-01"],
        rating=Rating(control="BAK-01", live="backup-weekly"),
        live=live,
        verdict=live.verdict.value,
        attachments=(),
        on=date(2026, 11, 22),
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "15 times · goal 47 times (1 time per week, 47 weeks)"),
        ("zh-hans", "15 次 · 目标 47 次（每周 1 次，共 47 周）"),
    ],
)
def test_fifteen_backups_of_forty_seven_say_why_forty_seven(language: str, told: str) -> None:
    """The scorecard asks for one a week, and both are true."""
    with translation.override(language):
        assert words.reading(line(Goal(value=47, cadence=7, times=47))) == told


def test_a_goal_of_one_period_is_not_explained() -> None:
    """There is nothing to multiply."""
    with translation.override("en"):
        assert words.reading(line(Goal(value=1, cadence=365))) == "15 times · goal 1 time"


@pytest.mark.parametrize(
    ("cadence", "told"),
    [
        (7, "1 time per week, 3 weeks"), (31, "1 time per month, 3 months"), (92, "1 time per quarter, 3 quarters"),
        (90, "1 time per quarter, 3 quarters"), (365, "1 time per year, 3 years"),
        (10, "1 time every 10 days, 3 periods"), (5, "1 time every 5 days, 3 periods"),
    ],
)  # fmt: skip
def test_a_cadence_is_called_by_its_name(cadence: int, told: str) -> None:
    """A month may have 28 days and a quarter 90; a week has seven."""
    with translation.override("en"):
        assert programme.over("1 time", cadence, 3) == told
