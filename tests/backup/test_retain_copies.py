"""What is kept and what goes: days, weeks, months, years, the window of keys, holds, locks and broken copies."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tutela.backup import rules
from tutela.backup.actions import changes, copies
from tutela.backup.errors import ChangeSamePerson, CopyGone, CopyHeld
from tutela.backup.models import Copy, Run, Target, Verification
from tutela.backup.rules import Held, Kind, Timetable
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM

ZONE = ZoneInfo("Asia/Shanghai")
TABLE = Timetable(keep_daily=3, keep_weekly=2, keep_monthly=2, keep_yearly=2)


def _daily(days, kind=Kind.FULL):
    """One set a night at 02:00 local, the newest first."""
    last = datetime(2027, 3, 10, 18, tzinfo=UTC)
    return [Held(ids.uuid7(), last - timedelta(days=day), kind) for day in range(days)]


def test_a_year_of_daily_sets_comes_down_to_the_newest_of_each_period():
    """Three days, the newest of two weeks, months and years; a set serves several."""
    sets = _daily(400)
    kept = rules.kept(sets, TABLE, ZONE, sets[0].at)
    days = sorted((sets[0].at - one.at).days for one in sets if one.id in kept)
    # Monday 2027-03-08 begins a week, 1 March a month, 1 January a year, all local.
    assert days == [0, 1, 2, 4, 11, 70]


def test_keys_sets_go_after_their_window_but_never_the_newest():
    """However old it is."""
    sets = _daily(60, Kind.KEYS)
    kept = rules.kept(sets, Timetable(keys_days=35), ZONE, sets[0].at)
    assert len(kept) == 35
    late = sets[0].at + timedelta(days=500)
    assert list(rules.kept(sets, Timetable(keys_days=35), ZONE, late)) == [sets[0].id]


def test_a_held_set_stays():
    sets = _daily(400)
    held = Held(sets[333].id, sets[333].at, Kind.FULL, hold=True)
    assert rules.kept([*sets[:333], held], TABLE, ZONE, sets[0].at)[held.id] == "hold"


def test_two_sets_of_a_day_count_once():
    """The later one."""
    noon = datetime(2027, 3, 10, 4, tzinfo=UTC)
    early, late = (Held(ids.uuid7(), noon + timedelta(hours=h), Kind.FULL) for h in (0, 3))
    kept = rules.kept([early, late], Timetable(keep_weekly=5), ZONE, noon)
    assert set(kept) == {late.id}


@pytest.fixture
def old(ground, offsite):
    """Ten sets of ten days, with their files, the newest three of which count."""
    from tutela.backup.models import Policy

    if not Policy.objects.exists():
        Policy.objects.create(edition=1, proposed_by_id=ground.operator.actor.id, signed_by_id=ground.second.actor.id,
                     signed_at=clock.now(), hour=2, weekday=6, keep_daily=3, keep_weekly=1, keep_monthly=1,
                     keep_yearly=0, keys_days=8)  # fmt: skip
    target, now = Target.objects.get(name="offsite"), clock.now()
    Copy.objects.filter(state="written").update(state="lost")
    made = []
    for day in range(10):
        at = now - timedelta(days=day)
        name = rules.set_name(
            "ab" * 8, at - timedelta(seconds=len(list(offsite.iterdir()))), Kind.FULL
        )
        run = Run.objects.create(
            kind="full", due_at=at, snapshot_at=at, state="uploaded", set_name=name
        )
        (offsite / name).mkdir()
        for file in ("data.tar.zst.age.0001", "manifest.sig", "manifest.json"):
            (offsite / name / file).write_bytes(b"x")
        made.append(
            Copy.objects.create(run=run, target=target, state="written", written_at=at, bytes=3)
        )
    return made


def _states(made):
    return ["".join(Copy.objects.get(id=copy.id).state[0]) for copy in made]


def test_copies_whose_time_is_over_are_removed_from_their_target(old, offsite):
    """With every file, and a leaf each."""
    removed = copies.apply_retention(SYSTEM)
    assert 0 < removed <= 7
    states = _states(old)
    assert states[:3] == ["w", "w", "w"]
    assert states.count("d") == removed
    for copy, state in zip(old, states, strict=True):
        assert (offsite / copy.run.set_name).exists() is (state == "w")
    assert copies.apply_retention(SYSTEM) == 0


def test_a_copy_under_a_hold_or_a_lock_stays(old, ground, offsite):
    """Until two people release it; until the lock has expired."""
    held, locked = old[8], old[9]
    copies.hold_copy(ground.operator.actor, held.id)
    with pytest.raises(CopyHeld):
        copies.hold_copy(ground.operator.actor, held.id)
    Copy.objects.filter(id=locked.id).update(lock_until=clock.now() + timedelta(days=1))
    copies.apply_retention(SYSTEM)
    assert _states(old)[8:] == ["w", "w"]
    change = copies.propose_release(ground.operator.actor, held.id)
    with pytest.raises(ChangeSamePerson):
        changes.approve_change(ground.operator.actor, change.id)
    changes.approve_change(ground.second.actor, change.id)
    copies.apply_retention(SYSTEM)
    assert _states(old)[8:] == ["d", "w"]
    with pytest.raises(CopyGone):
        copies.hold_copy(ground.operator.actor, held.id)


def test_a_broken_copy_takes_the_place_of_no_good_one(old, ground):
    """The three newest are broken: three good ones stay, and the broken ones as well."""
    for copy in old[:3]:
        Verification.objects.create(copy=copy, level=1, result="failed", code="x", at=clock.now())
    copies.apply_retention(SYSTEM)
    assert _states(old)[:6] == ["w"] * 6


def test_a_target_that_refuses_is_tried_again(old, offsite, monkeypatch):
    """The copy stays written, with the code of the refusal."""
    from tutela.backup.errors import ObjectLocked
    from tutela.backup.targets.local import LocalPlace

    def refuse(self, name):
        raise ObjectLocked(target="offsite")

    with monkeypatch.context() as locked:
        locked.setattr(LocalPlace, "delete", refuse)
        assert copies.apply_retention(SYSTEM) == 0
    assert Copy.objects.filter(id__in=[one.id for one in old], code=ObjectLocked.code).exists()
    assert copies.apply_retention(SYSTEM) > 0
