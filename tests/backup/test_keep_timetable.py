"""Due times are stored; what did not start is missed within the hour, stays missed, and is caught up once."""

from datetime import UTC, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError

from tutela.backup import checks, rules
from tutela.backup.actions import changes, planning, policy, runs
from tutela.backup.errors import ChangeOvertaken, ClockBehind, FigureWrong, PolicyLooser
from tutela.backup.models import Run
from tutela.backup.rules import RunState, Timetable
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.cli.running import watching
from tutela.notices.models import Notice

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def at(monkeypatch):
    """Move the clock."""

    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return move


@pytest.fixture
def made(monkeypatch):
    """Runs are asked for, and end well without a set: what is tried here is when."""
    asked = []

    def carry_out(actor, run_id):
        run = Run.objects.get(id=run_id)
        asked.append(run)
        run.started_at = run.ended_at = run.snapshot_at = clock.now()
        run.state = RunState.UPLOADED
        run.save(update_fields=["started_at", "ended_at", "snapshot_at", "state"])

    monkeypatch.setattr(runs, "carry_out", carry_out)
    return asked


def test_the_timetable_is_daily_and_one_a_week_is_promised():
    """02:00 local, the weekly one on Sundays."""
    start = datetime(2026, 11, 30, tzinfo=UTC)
    table = Timetable()
    due = rules.due_times(table, ZONE, start, start + timedelta(days=7))
    assert [moment.hour for moment in due] == [18] * 7
    assert [rules.is_weekly(table, ZONE, one) for one in due].count(True) == 1
    weekly = next(one for one in due if rules.is_weekly(table, ZONE, one))
    assert weekly.astimezone(ZONE).strftime("%A %H:%M") == "Sunday 02:00"


def test_an_hour_that_a_change_of_clocks_leaves_out_still_has_its_backup():
    """And one that comes twice has one."""
    berlin = ZoneInfo("Europe/Berlin")
    for start in (datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 10, 30, tzinfo=UTC)):
        due = rules.due_times(Timetable(), berlin, start, start + timedelta(days=3))
        days = [one.astimezone(berlin).date() for one in due]
        assert len(set(days)) == len(days) == (days[-1] - days[0]).days + 1
        assert {one.astimezone(berlin).hour for one in due} <= {2, 3}


def test_what_did_not_start_is_missed_within_the_hour_and_caught_up_once(ground, at, made):
    """A worker that was down for three days: three rows stay missed, one backup is made; people are told."""
    start = at(clock.now().replace(microsecond=0))
    planning.watch(SYSTEM)
    first = Run.objects.filter(planned=True).earliest("due_at")
    assert first.state == "scheduled"
    at(first.due_at + timedelta(minutes=45, seconds=1))
    assert planning.watch(SYSTEM) == 1
    first.refresh_from_db()
    assert first.state == "missed"
    assert clock.now() - first.due_at < timedelta(hours=1)
    assert Notice.objects.filter(kind="backup_missed").count() >= 2
    at(first.due_at + timedelta(days=2, hours=3))
    planning.work(SYSTEM)
    missed = Run.objects.filter(state="missed", due_at__gte=start)
    assert missed.count() == 3
    assert len(made) == 1
    assert not made[0].planned
    planning.work(SYSTEM)
    assert len(made) == 1
    assert missed.count() == 3


def test_what_is_due_is_made_in_time_and_once(ground, at, made):
    """By however many workers and looks."""
    following = Run.objects.filter(planned=True, state="scheduled").earliest("due_at")
    at(following.due_at + timedelta(minutes=1))
    for _ in range(3):
        planning.work(SYSTEM)
    assert [run.id for run in made] == [following.id]


def test_a_failed_one_is_tried_again_three_times(at):
    """Half an hour apart, never beside one that runs."""
    now = datetime(2027, 1, 1, tzinfo=UTC)
    ago = now - rules.TRY_AGAIN_AFTER
    failed = (RunState.FAILED, ago)
    tries = rules.tries_again
    assert tries(RunState.MISSED, [], now)
    assert tries(RunState.FAILED, [failed], now)
    assert not tries(RunState.FAILED, [failed, failed], now)
    assert not tries(RunState.FAILED, [(RunState.FAILED, now)], now)
    assert not tries(RunState.FAILED, [(RunState.RUNNING, None)], now)
    assert not tries(RunState.MISSED, [(RunState.UPLOADED, ago)], now)
    assert not tries(RunState.UPLOADED, [], now)


def test_a_missed_row_cannot_be_made_good(ground):
    """The database refuses it."""
    from django.db import ProgrammingError, transaction

    run = Run.objects.filter(state="missed").first()
    with pytest.raises(ProgrammingError, match="run_ended"), transaction.atomic():
        Run.objects.filter(id=run.id).update(state="uploaded")


def test_a_clock_that_went_back_is_said(ground, at, made):
    """No set is made whose time would lie before another's; the doctor names the clock."""
    newest = Run.objects.filter(state="uploaded").latest("snapshot_at")
    from tutela.backup.models import Copy, Target

    Copy.objects.create(run=newest, target=Target.objects.first(), state="written")
    at(newest.snapshot_at - timedelta(days=2))
    with pytest.raises(ClockBehind):
        runs.run_now(ground.operator.actor)
    assert checks.backup_runs().state == "bad"


def test_a_clock_that_jumped_a_year_ahead_writes_no_thousand_rows(ground, at, made):
    """Two months of missed rows at most, and one backup."""
    before = Run.objects.filter(planned=True).count()
    at(clock.now() + timedelta(days=3650))
    planning.work(SYSTEM)
    assert Run.objects.filter(planned=True).count() - before <= rules.MOST_LATE.days + 2
    assert len(made) == 1


def test_a_new_edition_takes_two_people_and_stays_within_its_limits(ground):
    """The promised times are signed with it."""
    actor = ground.operator.actor
    for wrong in ({"hour": 24}, {"weekday": -1}, {"keep_daily": 0}, {"rto_minutes": 0}):
        with pytest.raises(FigureWrong):
            policy.propose_policy(actor, wrong)
    with pytest.raises(PolicyLooser):
        policy.propose_policy(actor, {"keep_daily": 60})
    change = policy.propose_policy(actor, {"hour": 3, "rto_minutes": 240, "rpo_hours": 24})
    late = policy.propose_policy(actor, {"hour": 4})
    changes.approve_change(ground.second.actor, change.id)
    from tutela.backup import queries

    table = queries.timetable()
    assert (table.edition, table.hour, table.rto_minutes, table.keep_daily) == (1, 3, 240, 7)
    with pytest.raises(ChangeOvertaken):
        changes.approve_change(ground.second.actor, late.id)


def test_the_process_that_follows_the_trail_looks_too_and_survives_a_fault(monkeypatch):
    """A dead worker tells of nothing; a database that was away once is asked again."""
    stopping, looks = Event(), []

    def watch(actor):
        looks.append(actor)
        if len(looks) == 1:
            raise OperationalError
        stopping.set()

    monkeypatch.setattr(watching, "BACKUP_SECONDS", 0.01)
    monkeypatch.setattr(planning, "watch", watch)
    watching._watch_backups(stopping)
    assert looks == [SYSTEM, SYSTEM]
