"""Resolutions become tasks with an owner and a date."""

from datetime import date, timedelta

import pytest

from tests.committee.conftest import Table
from tutela.base import clock
from tutela.committee import errors, queries, rules
from tutela.committee.actions import meetings, resolutions
from tutela.committee.rules import Votes
from tutela.notices.models import Notice
from tutela.programme.models import Task
from tutela.trail import queries as trail


def resolve(table: Table, meeting, **facts):
    plain = {
        "text": "Mend the restore test",
        "owner": "system_admin",
        "due": clock.today() + timedelta(days=30),
        "votes": Votes(yes=2),
    }
    new = resolutions.NewResolution(**plain | facts)
    return resolutions.pass_resolution(table.chair.actor, meeting.id, new)


def test_a_resolution_becomes_a_task(table, held):
    """With the same owner and day, and pointing back at the resolution."""
    made = resolve(table, held, department="it")
    task = Task.objects.get(id=made.task)
    assert (task.title, task.post, task.due) == (made.text, "system_admin", made.due)
    assert (task.origin_kind, task.origin_id) == ("resolution", str(made.id))


def test_its_owner_is_told(table, held):
    """The holder of the post has it in the inbox."""
    resolve(table, held)
    assert Notice.objects.filter(kind="resolution_given", recipient=table.it.staff).exists()


def test_a_resolution_leaves_a_leaf(table, held):
    """With the number, the post and the day, not the words."""
    resolve(table, held, text="Secret words")
    (leaf,) = trail.leaves(trail.LeafFilter(event="governance.resolution.passed"), limit=1)
    assert leaf.detail["post"] == "system_admin"
    assert "Secret" not in str(leaf)


def test_without_a_quorum_nothing_is_resolved(table, later):
    """And no task is left behind."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    meetings.hold_meeting(table.chair.actor, meeting.id, table.present("system_admin"))
    before = Task.objects.count()
    with pytest.raises(errors.QuorumMissing):
        resolve(table, meeting)
    assert Task.objects.count() == before


@pytest.mark.parametrize(
    "votes",
    [Votes(yes=1, no=1), Votes(yes=0), Votes(yes=3), Votes(yes=2, no=1), Votes(yes=2, no=-1)],
)
def test_votes_must_carry_and_fit(table, held, votes):
    """More for than against, and no more votes than seats filled."""
    with pytest.raises(errors.VotesWrong):
        resolve(table, held, votes=votes)


def test_the_day_lies_ahead(table, held):
    """A task for yesterday is none."""
    with pytest.raises(errors.DateWrong):
        resolve(table, held, due=clock.today())


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_the_next_meeting_is_due_some_months_on(last, months, due):
    """Month ends and leap days included."""
    assert rules.next_due(last, last, months) == due


def test_members_are_reminded_once(table):
    """A second morning brings no second notice while the first is unread."""
    table.call(clock.now() + timedelta(days=3))
    meetings.remind()
    before = Notice.objects.filter(kind="meeting_called").count()
    meetings.remind()
    assert Notice.objects.filter(kind="meeting_called").count() == before
    assert queries.coming().exists()
