"""The sample insurer's year: what a newcomer finds, and that the trail tells how it came to be."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from sample.house import staff
from sample.write import write_house
from sample.year import stage, story
from tutela.access.models import Assignment, Staff
from tutela.assessment.models import Acceptance, Assessment, Risk
from tutela.backup.models import Change, Copy, Drill, Run, Target, Verification
from tutela.base import clock
from tutela.committee.models import Charter, Meeting, Resolution
from tutela.documents import queries as documents
from tutela.documents.models import Approval, Version
from tutela.programme import promises, queries
from tutela.programme.models import DutyOccurrence, Programme, TargetRule, Task
from tutela.scorecard import board
from tutela.scorecard.rules import Status

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
# What a first run has planted already: the year brings its own programme.
PLANTED = (
    "governance_programme, governance_target_rule, governance_target, governance_measure, "
    "governance_duty_template, governance_duty_occurrence"
)
REPORTED = {"trainings", "audit-quarterly"}
# Reported once a year, in December and January.
BY_YEAR = {"leak-drill", "satisfaction"}
ROOMS_TO_COME = {"tls-share", "remediation", "complaint-48h"}


@pytest.fixture(scope="module", autouse=True)
def played(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[datetime]:
    """The year, played once; the moment before it."""
    files = tmp_path_factory.mktemp("house")
    write_house(files, staff(7))
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {PLANTED} CASCADE")
    before = clock.now()
    story.tell(files)
    yield before
    connection.close()


def _leaves() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf FROM trail.leaf ORDER BY at")
        return [json.loads(bytes(leaf)[16:]) for (leaf,) in cursor.fetchall()]


def test_the_clock_is_true_again():
    """Nothing of the played time is left behind."""
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_every_leaf_says_when_it_was_written_and_by_what(played):
    """Not one is dated back; all but those of a first run name the year as their source."""
    moments = [leaf["t_ms"] for leaf in _leaves() if leaf["actor"]["source"] == stage.SOURCE]
    since = int(played.timestamp() * 1000)
    assert len(moments) > 1000
    assert min(moments) >= since
    others = [leaf for leaf in _leaves() if leaf["actor"]["source"] != stage.SOURCE]
    assert all(leaf["t_ms"] < since for leaf in others if leaf["event"].startswith("governance."))


def test_people_act_by_their_own_posts():
    """Staff did the work; the installation only made periods, marked what was missed, and closed the
    duties that a meeting or an assessment had done."""
    by_system = {leaf["event"] for leaf in _leaves() if leaf["actor"]["kind"] == "system"}
    done = {event for event in by_system if event.startswith("governance.")}
    assert done == {
        "governance.occurrences.made",
        "governance.occurrence.missed",
        "governance.occurrence.closed",
    }


def test_the_programme_began_fourteen_months_ago():
    """Its goals apply from that day, one was made stricter, one waits for its second signature."""
    starts = Programme.objects.get().starts
    assert starts == stage.began(clock.today())
    assert min(rule.starts for rule in TargetRule.objects.all()) == starts
    assert TargetRule.objects.filter(version=2, signed_at__isnull=False).count() == 1
    assert TargetRule.objects.filter(signed_at__isnull=True).count() == 1


def test_the_committee_met_every_quarter_and_one_task_is_late():
    """Meetings are closed with a quorum; their tasks are done but for one under way and one overdue."""
    past = Meeting.objects.filter(at__lt=clock.now())
    assert 5 <= past.count() <= 7
    assert {one.state for one in past} == {Meeting.State.CLOSED}
    assert all(one.attendance.count() >= (one.needed or 99) for one in past)
    tasks = Task.objects.filter(id__in=list(Resolution.objects.values_list("task", flat=True)))
    left = list(tasks.filter(state__in=queries.OPEN_TASKS))
    assert len(left) == 2
    assert sum(one.due < clock.today() for one in left) == 1
    assert Charter.objects.count() == 1


def test_policies_are_in_force_by_two_approvals_and_not_read_by_all():
    """Twelve of them; in none is the drafter an approver, and somebody is still to read each."""
    assert documents.published_count() == (12, 12)
    for version in Version.objects.filter(state=Version.State.PUBLISHED):
        said = version.approvals.filter(
            round=version.round, verdict=Approval.Verdict.APPROVED
        ).values_list("staff", flat=True)
        assert len(set(said) - {version.drafted_by_id}) == 2
        assert 0 < version.attestations.count() < documents.staff_count()
    assert Version.objects.filter(state=Version.State.IN_REVIEW).count() == 1


def test_duties_were_done_missed_moved_and_skipped_with_reasons():
    """All states are on the grid, and nothing that is over is left open."""
    states = set(DutyOccurrence.objects.values_list("state", flat=True))
    assert states == {"open", "done", "missed", "moved", "skipped"}
    late = DutyOccurrence.objects.filter(state__in=queries.OPEN_DUTIES, due__lt=clock.today())
    assert not late.exists()
    moved = DutyOccurrence.objects.exclude(moved_from=None)
    assert all(one.reason for one in moved)


def test_last_year_is_assessed_and_this_year_is_under_way():
    """Two people closed the first; the second still has controls to rate."""
    first, second = Assessment.objects.order_by("year")
    assert first.closed_by_id not in {None, first.submitted_by_id}
    assert second.year == stage.workday(clock.today() - timedelta(days=24)).year
    assert first.year == second.year - 1
    assert second.submitted_at is None
    assert second.ratings.filter(live="", verdict="").exists()
    assert second.ratings.exclude(verdict="").exists()


def test_an_acceptance_ends_soon():
    """Somebody has to decide anew within the fortnight."""
    near = Acceptance.objects.filter(until__lte=clock.today() + timedelta(days=14))
    assert near.filter(ended_at=None).count() == 1
    assert Risk.objects.filter(closed_at__isnull=True).count() == 5


def test_figures_are_computed_and_rooms_to_come_have_none():
    """Lines of work that other systems report say so; the others of rooms to come have no data."""
    lines = {line.target: line for line in board.board(clock.now())}
    assert len(lines) == 14
    outside = {name for name, line in lines.items() if line.reading.outside}
    assert outside - BY_YEAR == REPORTED
    # On a Sunday the week's backup is still to come, and the one before is a week ago.
    assert clock.today().weekday() == 6 or lines["backup-weekly"].status == Status.MET
    assert lines["restore-test"].status == Status.MET
    assert {lines[name].status for name in ROOMS_TO_COME} == {Status.NO_DATA}
    assert lines["isms-built"].status == lines["isms-assessed"].status == Status.MET
    # No log was kept for a year, whatever the story says.
    assert lines["access-log-kept"].status == Status.NOT_MET


def test_a_year_of_backups_and_a_drill_a_quarter():
    """One week was missed and stays so; one drill failed and was run again; every claim of a copy is given up."""
    weekly = Run.objects.filter(kind="full", weekly=True)
    assert weekly.count() >= 50
    assert weekly.filter(state="missed").count() == 1
    assert Run.objects.filter(state="failed").count() == 1
    drills = list(Drill.objects.order_by("declared_at").values_list("state", flat=True))
    assert drills.count("failed") == 1
    assert drills[drills.index("failed") + 1] == "passed"
    assert len(drills) >= 4
    assert set(Copy.objects.values_list("state", flat=True)) == {"deleted"}
    assert set(Target.objects.values_list("name", "state")) == {
        ("old-nas", "removed"), ("old-offsite", "removed"), ("nas", "active"), ("offsite", "active"),
    }  # fmt: skip
    assert {one.detail["source"] for one in Verification.objects.all()} == {stage.SOURCE}
    assert {one.report["source"] for one in Drill.objects.all()} == {stage.SOURCE}
    people = [(one.proposed_by_id, one.decided_by_id) for one in Change.objects.all()]
    assert all(first != second for first, second in people)


def test_duties_that_targets_count_are_closed_by_what_was_reported():
    """Nobody closed one on their word: each done period has evidence that its target counts."""
    targets = promises.duty_targets()
    done = DutyOccurrence.objects.filter(state="done", template__code__in=targets)
    periods = list(done.select_related("template"))
    assert {one.template.code for one in periods} >= {"weekly-backup", "compliance-audit"}
    assert [one for one in periods if not queries.counted(one)] == []
    assert {one.done_by_id for one in periods} == {None}


def test_a_second_run_changes_nothing(tmp_path: Path):
    """The year is played once."""
    count = len(_leaves())
    story.tell(tmp_path)
    assert len(_leaves()) == count


def test_no_one_held_two_posts_at_once():
    """The people were there before the programme began, each with one post."""
    first = Programme.objects.get().starts
    held = Assignment.objects.filter(staff__staff_no__startswith="S")
    assert held.count() == Staff.objects.filter(staff_no__startswith="S").count()
    assert all(one.starts < first for one in held)
