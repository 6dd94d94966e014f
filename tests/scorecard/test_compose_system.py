"""isms-built of four rooms and isms-assessed of one: computed from what is there; no data stays no data."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access import cast
from tutela.assessment import evidence as assessment
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.scorecard import system

pytestmark = pytest.mark.usefixtures("database")


def ask(target, weeks_ago=0):
    ends = clock.today() + timedelta(days=1) - timedelta(weeks=weeks_ago)
    return Ask(target=target, begins=ends - timedelta(days=7), ends=ends)


def test_a_new_installation_has_no_data():
    """Nobody works in the departments, nothing is published: not green, and not zero either."""
    readings = system.read([ask("isms-built")]) + assessment.read([ask("isms-assessed")])
    for reading in readings:
        assert (reading.value, reading.newest, reading.evidence) == (None, None, 0)


@pytest.mark.parametrize("source", [system.SOURCE, assessment.SOURCE])
def test_thirteen_weeks_need_one_statement(source):
    """The board may ask for all trend points at once."""
    asks = [ask(source.target, week) for week in range(13)]
    with CaptureQueriesContext(connection) as asked:
        assert len(source.read(asks)) == len(asks)
    assert len(asked.captured_queries) == 1


def test_duties_count_once_every_owing_department_has_people():
    """One part of four; a past week keeps what it was."""
    for code in ("information_security", "it", "technology", "hr", "legal_compliance", "customer_service"):  # fmt: skip
        cast.hire("hr_trainer", department=code)
    now, before = system.read([ask("isms-built"), ask("isms-built", 3)])
    assert (now.value, now.numerator, now.denominator) == (25.0, 1, 4)
    assert before.value is None


def test_the_rows_give_the_figure_again():
    """An outsider adds up numerators and denominators."""
    found = list(system.rows(ask("isms-built")))
    now = system.read([ask("isms-built")])[0]
    assert sum(int(row.facts["numerator"]) for row in found) == now.numerator
    assert sum(int(row.facts["denominator"]) for row in found) == now.denominator
