"""Once a week: what is not met and what has old proof is told to whoever owes it."""

from datetime import timedelta

import pytest

from tests.access import cast
from tutela.base import clock
from tutela.notices.models import Notice
from tutela.scorecard import telling
from tutela.scorecard.board import board
from tutela.scorecard.rules import Cause, Status

pytestmark = pytest.mark.usefixtures("people")


def told(kind, target):
    return Notice.objects.filter(kind=kind, params__target=target)


def test_what_is_bad_is_told_to_its_department_and_to_whoever_runs_the_programme(people):
    """A year on, with nothing done: the target's code, and the page behind it."""
    at = clock.now() + timedelta(days=400)
    found = [
        line for line in board(at) if line.status is Status.NOT_MET or line.cause is Cause.STALE
    ]
    assert found, "nothing is bad a year on, so this test looks at nothing"
    owners = {
        one: cast.hire("compliance_officer", department=one).staff
        for one in {line.goal.department for line in found}
    }
    assert telling.tell(at) == len(found)
    for line in found:
        kind = "target_not_met" if line.status is Status.NOT_MET else "proof_stale"
        notices = told(kind, line.target)
        assert {one.recipient for one in notices} >= {
            people["security_admin"].staff,
            owners[line.goal.department],
        }
        assert {one.link for one in notices} == {f"/scorecard/targets/{line.target}/"}


def test_a_line_without_data_is_told_to_nobody(people):
    """Rooms to come owe nothing that somebody could mend."""
    telling.tell(clock.now())
    assert not told("target_not_met", "tls-share").exists()


def test_nobody_is_told_twice_while_it_is_unread(people):
    """The same fact stands once in an inbox."""
    at = clock.now() + timedelta(days=400)
    telling.tell(at)
    before = Notice.objects.count()
    telling.tell(at)
    assert Notice.objects.count() == before
