"""Rosters and marks are told to the watch; the rules that need them use them at once."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from tests.watch.conftest import leave, look
from tutela.access.errors import PermissionMissing
from tutela.base import clock, health
from tutela.watch import queries
from tutela.watch.actions import rosters, vips
from tutela.watch.errors import CustomerUnfit, ShiftMalformed
from tutela.watch.known import Known
from tutela.watch.models import Alert, Shift, Vip
from tutela.watch.rules import Need
from tutela.watch.watcher import Watcher, catch_up


def row(member, starts, ends, on_call=""):
    zone = ZoneInfo(settings.TIME_ZONE)
    form = "%Y-%m-%d %H:%M"
    told = {
        "starts": starts.astimezone(zone).strftime(form),
        "ends": ends.astimezone(zone).strftime(form),
    }
    return {"staff": member.staff.login, **told, "on_call": on_call}


def test_without_a_roster_the_rule_rests(staff):
    """And says so."""
    assert Need.ROSTER in queries.inactive()
    known = Known()
    known.refresh()
    assert (
        known.minutes_off(staff["claims_adjuster"].actor.id, queries.milliseconds(clock.now()))
        is None
    )


def test_a_wrong_line_refuses_the_whole_file(staff):
    """With its number."""
    agent, now = staff["claims_adjuster"], clock.now()
    good = row(agent, now, now + timedelta(hours=8))
    officer = staff["compliance_officer"].actor
    for bad in (
        {**good, "staff": "nobody"},
        {**good, "ends": good["starts"]},
        {**good, "starts": "2026-02-30 09:00"},
        {**good, "on_call": "maybe"},
        good,
    ):
        with pytest.raises(ShiftMalformed, match="3"):
            rosters.import_shifts(officer, [(2, good), (3, bad)])
    assert not Shift.objects.exists()
    with pytest.raises(PermissionMissing):
        rosters.import_shifts(agent.actor, [(2, good)])


def test_views_outside_the_shift_raise_an_alert(staff, watcher):
    """Three, more than an hour after its end; a shift imported again replaces the old one."""
    agent, now = staff["claims_adjuster"], clock.now()
    officer = staff["compliance_officer"].actor
    rows = [(2, row(agent, now - timedelta(hours=10), now - timedelta(hours=2)))]
    assert rosters.import_shifts(officer, rows) == rosters.Imported(1, 1, 0)
    assert rosters.import_shifts(officer, rows) == rosters.Imported(1, 1, 1)
    assert Need.ROSTER not in queries.inactive()
    fresh = Watcher()
    leave(*[look(agent) for _ in range(3)])
    catch_up(fresh)
    alert = Alert.objects.get(rule="R5")
    assert str(alert.person_id) == agent.actor.id
    assert len(alert.leaves) == 3


def test_a_mark_needs_a_customer(staff):
    """One who is not there cannot be marked, nor unmarked."""
    officer = staff["compliance_officer"].actor
    with pytest.raises(CustomerUnfit):
        vips.mark_vip(officer, UUID(int=7))
    with pytest.raises(CustomerUnfit):
        vips.unmark_vip(officer, UUID(int=7))
    assert not Vip.objects.exists()


def test_the_doctor_misses_a_watch_that_stands_still(staff, watcher, monkeypatch):
    """Good while it stores its place, bad some minutes later."""
    catch_up(watcher)
    ask = health.CHECKS["watch.follows"]
    assert ask().state == "good"
    later = clock.now() + timedelta(minutes=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert ask().state == "bad"
