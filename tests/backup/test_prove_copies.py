"""Copies are read back in turn, drills choose in turn, and what was destroyed is known beside the sets."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tutela.backup import signing, tools, verification
from tutela.backup.actions import drills, journals, verifications
from tutela.backup.drill import choosing
from tutela.backup.errors import (
    ChoiceUnknown,
    CopyUnknown,
    DrillGoing,
    DrillKeyMissing,
    LevelUnknown,
    ToolFailedToStart,
)
from tutela.backup.models import Copy, Drill, Verification
from tutela.backup.restoring import inspection
from tutela.backup.restoring import journals as carried_journals
from tutela.backup.restoring.errors import JournalUnsigned
from tutela.backup.rules import Chosen, DrillState, Result
from tutela.backup.targets import open_place
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM
from tutela.keys import custody


@pytest.fixture(scope="module")
def copy(ground, tmp_path_factory):
    """The full copy of a run, verified when it was made with the key for drills."""
    key = tmp_path_factory.mktemp("keys") / "drill.key"
    key.write_text("# for drills\n" + ground.identities["operations-1"] + "\n")
    settings.TUTELA_BACKUP_IDENTITY_FILE = str(key)
    run = ground.back_up()
    yield Copy.objects.get(run=run)
    settings.TUTELA_BACKUP_IDENTITY_FILE = ""


def _part(offsite: Path, copy: Copy) -> Path:
    return offsite / (copy.run.set_name or "") / "data.tar.zst.age.0001"


def _said(copy: Copy) -> tuple[int, str, str]:
    row = Verification.objects.filter(copy=copy).order_by("-at", "-id")[0]
    return row.level, row.result, row.code


def test_a_new_copy_is_opened_to_its_end(copy):
    assert _said(copy) == (2, Result.PASSED, "")


@pytest.mark.parametrize("level", [0, 1, 2])
def test_each_level_passes_and_is_kept(ground, copy, level):
    row = verifications.verify(ground.operator.actor, copy.id, level)
    assert (row.level, row.result) == (level, Result.PASSED)
    assert row.seconds > 0


def test_a_changed_byte_is_a_verdict_from_level_one_on(ground, copy, offsite):
    """The lengths still fit; the bytes do not."""
    part = _part(offsite, copy)
    whole = part.read_bytes()
    part.chmod(0o600)
    part.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    try:
        assert verifications.verify(SYSTEM, copy.id, 0).result == Result.PASSED
        for level in (1, 2):
            row = verifications.verify(SYSTEM, copy.id, level)
            assert (row.result, row.code) == (Result.FAILED, "backup.part_damaged")
        done = drills.drill_now(ground.operator.actor, "newest")
        assert (done.state, done.code) == (DrillState.FAILED, "backup.part_damaged")
        assert [stage.result for stage in done.stages.order_by("id")][-1] == "passed"  # destroyed
        assert _said(copy)[1] == Result.FAILED
    finally:
        part.write_bytes(whole)
    assert verifications.verify(SYSTEM, copy.id, 1).result == Result.PASSED


def test_what_fails_on_the_way_is_no_verdict(ground, copy, offsite, monkeypatch):
    """A target that is gone, a tool that does not start, a key that is not here."""
    away = offsite.rename(offsite.with_name("away"))
    try:
        row = verifications.verify(SYSTEM, copy.id, 1)
        assert row.result == Result.NO_VERDICT
    finally:
        away.rename(offsite)

    def none(_major):
        raise ToolFailedToStart(tool="pg_restore", exit=139)

    monkeypatch.setattr(tools, "tools", none)
    row = verifications.verify(SYSTEM, copy.id, 2)
    assert (row.result, row.code) == (Result.NO_VERDICT, "backup.tool_not_started")
    monkeypatch.undo()
    monkeypatch.setattr(settings, "TUTELA_BACKUP_IDENTITY_FILE", "")
    row = verifications.verify(SYSTEM, copy.id, 2)
    assert (row.result, row.code) == (Result.NO_VERDICT, verification.NO_KEY)
    with pytest.raises(DrillKeyMissing):
        drills.start_drill(ground.operator.actor)


def test_wrong_questions_are_refused(ground, copy):
    with pytest.raises(LevelUnknown):
        verifications.verify(ground.operator.actor, copy.id, 3)
    with pytest.raises(CopyUnknown):
        verifications.verify(ground.operator.actor, ids.uuid7(), 1)
    with pytest.raises(ChoiceUnknown):
        drills.start_drill(ground.operator.actor, "best")


def test_the_oldest_verdict_is_renewed_first(copy, monkeypatch):
    """Nothing within a week; then the copy that was not read for longest."""
    assert verifications.verify_oldest(SYSTEM) == 0
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(verifications.clock, "now", lambda: later)
    assert verifications.verify_oldest(SYSTEM) >= 1


def test_drills_choose_in_turn(ground, copy):
    """Newest, oldest, random, and again; one that was asked for by its copy does not count."""
    Drill.objects.all()
    turn = []
    for number in range(4):
        chosen = choosing.next_choice()
        turn.append(chosen)
        Drill.objects.create(
            chosen=chosen,
            created_at=clock.now() + timedelta(seconds=number),
            state=DrillState.ABORTED,
        )
    start = choosing.TURN.index(turn[0])
    assert turn == [choosing.TURN[(start + n) % 3] for n in range(4)]
    assert choosing.choose(Chosen.NEWEST).run.kind == "full"


def test_one_drill_at_a_time(ground, copy):
    drill = drills.start_drill(ground.operator.actor, "newest")
    with pytest.raises(DrillGoing):
        drills.start_drill(ground.operator.actor)
    Drill.objects.filter(id=drill).update(state=DrillState.FETCHING)
    assert drills.abort_broken(SYSTEM) == 1
    ended = Drill.objects.get(id=drill)
    assert (ended.state, ended.code) == (DrillState.ABORTED, drills.BROKEN_OFF)
    assert ended.report_signature


def test_the_journal_lies_beside_the_sets(copy, offsite):
    """Given once, signed; a file that another key signed, or that was changed, is not believed."""
    place, installation = open_place(offsite.as_uri()), custody.installation().hex()
    assert journals.carry(SYSTEM) == 1
    assert journals.carry(SYSTEM) == 0
    read = carried_journals.read(place, installation, signing.public_key())
    assert read.files == 1
    with pytest.raises(JournalUnsigned):
        carried_journals.read(place, installation, bytes(32))
    (file,) = offsite.glob("tutela-*-destroyed-*.json")
    outer = json.loads(file.read_text())
    outer["body"] = outer["body"].replace('"epoch":', '"epoch":9')
    file.chmod(0o600)
    file.write_text(json.dumps(outer))
    with pytest.raises(JournalUnsigned):
        carried_journals.read(place, installation, signing.public_key())


def test_only_a_copy_is_inspected(copy):
    """What inspects a copy begins a new epoch and destroys: never in the database that is in use."""
    told = inspection.Told(entries=(), checkpoint=None, epoch=0, is_drill=False)
    (finding,) = inspection.inspect(told)
    assert (finding.result, finding.detail) == (inspection.FAILED, {"code": "not_a_copy"})
