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
    # People first: that every department has them is evidence too.
    owners = {
        one: cast.hire("compliance_officer", department=one).staff
        for one in {line.goal.department for line in board(at)}
    }
    bad = {Cause.STALE, Cause.OVERDUE}
    found = [one for one in board(at) if one.status is Status.NOT_MET or one.cause in bad]
    assert found, "nothing is bad a year on, so this test looks at nothing"
    assert telling.tell(at) == len(found)
    for line in found:
        kind = "proof_stale" if line.cause is Cause.STALE else "evidence_missing"
        kind = "target_not_met" if line.status is Status.NOT_MET else kind
        notices = told(kind, line.target)
        assert {one.recipient for one in notices} >= {
            people["security_admin"].staff,
            owners[line.goal.department],
        }
        assert {one.link for one in notices} == {f"/scorecard/targets/{line.target}/"}


def test_a_line_without_evidence_is_told_of_once_its_date_has_passed(people):
    """A tool that has stopped reporting is not forgotten; before the date nobody is owed anything."""
    before = told("evidence_missing", "tls-share").count()
    telling.tell(clock.now())
    assert told("evidence_missing", "tls-share").count() == before
    at = clock.now() + timedelta(days=400)
    (line,) = [one for one in board(at) if one.target == "tls-share"]
    assert (line.status, line.cause) == (Status.NO_DATA, Cause.OVERDUE)
    telling.tell(at)
    notices = told("evidence_missing", "tls-share")
    assert people["security_admin"].staff in {one.recipient for one in notices}
    assert {one.params["due"] for one in notices} == {line.due.isoformat()}


def test_nobody_is_told_twice_while_it_is_unread(people):
    """The same fact stands once in an inbox."""
    at = clock.now() + timedelta(days=400)
    telling.tell(at)
    before = Notice.objects.count()
    telling.tell(at)
    assert Notice.objects.count() == before
