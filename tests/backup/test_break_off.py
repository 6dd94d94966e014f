"""Killed at every stage, targets that fail, and working folders that were tampered with: no partial set ever counts."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tutela.backup import making
from tutela.backup.actions import planning, runs, uploads
from tutela.backup.errors import (
    RecipientsMissing,
    RunEnded,
    RunGoing,
    StagedDamaged,
    TargetFull,
    TargetGone,
)
from tutela.backup.models import Copy, Run
from tutela.backup.rules import MANIFEST
from tutela.backup.targets.local import LocalPlace
from tutela.base import clock
from tutela.base.actor import SYSTEM

KILLED = """
    import os, signal, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
    import django
    django.setup()
    from django.conf import settings
    settings.TUTELA_BACKUP_FOLDER = {folder!r}
    settings.TUTELA_BACKUP_PART_MEGABYTES = 1
    from tutela.base.actor import SYSTEM
    from tutela.backup import {module} as place
    from tutela.backup.actions import runs
    owner = place{owner}
    before = owner.{name}
    calls = []
    def killed(*words, **named):
        calls.append(1)
        if len(calls) == {nth}:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*words, **named)
    owner.{name} = killed
    runs.carry_out(SYSTEM, {run!r})
"""
STAGES = {
    "before the snapshot": ("snapshot", "", "tables", 1),
    "while pg_dump runs": ("archive", ".Archive", "add_file", 2),
    "after the full set": ("pipeline", "", "make_set", 2),
    "before the signature": ("signing", "", "sign", 1),
    "between the manifests": ("signing", "", "sign", 2),
    "before the rows": ("actions.runs", "", "_store", 1),
    "at the first part on the target": ("targets.local", ".LocalPlace", "put", 1),
    "in the middle of a part": ("targets.local", "", "_sync_folders", 1),
    "before the manifest on the target": ("targets.local", ".LocalPlace", "put", 4),
}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A target that refused is tried again at once, and staged parts are hashed each time."""
    monkeypatch.setattr(uploads, "RETRY_AFTER", timedelta(0))
    monkeypatch.setattr(uploads, "_checked", set())


def _sets(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob(f"*/{MANIFEST}")}


@pytest.mark.parametrize("at", STAGES)
def test_a_run_killed_at_any_stage_is_taken_up_and_leaves_no_partial_set(ground, offsite, at):
    """`kill -9`; the next look of the worker makes it whole, with the same run."""
    module, owner, name, nth = STAGES[at]
    run_id = runs.run_now(ground.operator.actor)
    before = _sets(offsite)
    program = textwrap.dedent(KILLED).format(
        folder=str(settings.TUTELA_BACKUP_FOLDER), module=module, owner=owner, name=name, nth=nth, run=str(run_id),
    )  # fmt: skip
    if "." in module:
        program = program.replace(
            f"from tutela.backup import {module} as place",
            f"import tutela.backup.{module} as place",
        )
    ended = subprocess.run(
        [sys.executable, "-c", program], env=os.environ, capture_output=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    new = _sets(offsite) - before
    assert new <= set(
        Copy.objects.filter(state="written").values_list("run__set_name", flat=True)
    ) | {Run.objects.get(id=run_id).set_name}
    planning.work(SYSTEM)
    run = Run.objects.get(id=run_id)
    assert run.state == "uploaded"
    keys = Run.objects.get(parent=run)
    assert _sets(offsite) - before == {run.set_name, keys.set_name}
    assert {path.name for path in offsite.iterdir()} == _sets(offsite)
    assert [path for path in Path(settings.TUTELA_BACKUP_FOLDER).rglob("*") if path.is_file()] == []


def _only_full(monkeypatch, error):
    """Every second `put` fails, as when a target goes away in the middle."""
    before, calls = LocalPlace.put, []

    def put(self, name, reader, size):
        calls.append(name)
        if len(calls) > 1:
            raise error(target="offsite")
        return before(self, name, reader, size)

    monkeypatch.setattr(LocalPlace, "put", put)
    return calls


@pytest.mark.parametrize("error", [TargetFull, TargetGone])
def test_a_target_that_fails_in_the_middle_is_gone_on_with(ground, offsite, monkeypatch, error):
    """What was written is not written again; until then it is no set."""
    before = _sets(offsite)
    with monkeypatch.context() as broken:
        calls = _only_full(broken, error)
        with pytest.raises(error):
            ground.back_up()
        written = calls[0]
    run = Run.objects.filter(kind="full", planned=False).latest("due_at")
    assert run.state == "sealed"
    assert _sets(offsite) == before
    assert set(run.copies.values_list("state", "code")) == {("uploading", error.code)}
    with monkeypatch.context() as watched:
        names, put = [], LocalPlace.put
        watched.setattr(
            LocalPlace,
            "put",
            lambda self, name, *rest: (names.append(name), put(self, name, *rest))[1],
        )
        planning.work(SYSTEM)
    assert written not in names
    run.refresh_from_db()
    assert run.state == "uploaded"
    assert run.copies.get().code == ""


def test_a_second_target_that_is_gone_does_not_keep_the_set_from_the_first(
    ground, offsite, tmp_path
):
    """The run is complete; the other copy waits, and is carried once the target answers."""
    other = ground.add_target("second", tmp_path / "second")
    (tmp_path / "second").rmdir()
    with pytest.raises(TargetGone):
        ground.back_up()
    run = Run.objects.filter(kind="full", planned=False).latest("due_at")
    assert run.state == "uploaded"
    assert run.copies.get(target=other).state == "uploading"
    (tmp_path / "second").mkdir()
    planning.work(SYSTEM)
    assert run.copies.get(target=other).state == "written"
    assert run.set_name in _sets(tmp_path / "second")
    other.state = "paused"
    other.save(update_fields=["state"])


def test_a_staged_part_that_was_changed_is_given_up(ground, offsite, monkeypatch):
    """One byte, while the set waits for its target."""
    before = _sets(offsite)
    with monkeypatch.context() as broken:
        _only_full(broken, TargetGone)
        with pytest.raises(TargetGone):
            ground.back_up()
    run = Run.objects.filter(kind="full", planned=False).latest("due_at")
    part = making.staged(run.set_name) / "data.tar.zst.age.0001"
    body = bytearray(part.read_bytes())
    body[len(body) // 2] ^= 1
    part.write_bytes(body)
    with pytest.raises(StagedDamaged):
        runs.carry_out(SYSTEM, run.id)
    run.refresh_from_db()
    assert (run.state, run.code) == ("failed", StagedDamaged.code)
    assert _sets(offsite) == before
    with pytest.raises(RunEnded):
        runs.carry_out(SYSTEM, run.id)


def test_two_backups_are_not_made_at_once(ground):
    """Whoever comes second is told."""
    run_id = runs.run_now(ground.operator.actor)
    with runs.alone(), pytest.raises(RunGoing):
        runs.carry_out(SYSTEM, run_id)
    assert Run.objects.get(id=run_id).state == "scheduled"
    assert uploads.waiting() == []


def test_a_backup_needs_both_keys(ground):
    """One in operations is not enough."""
    from tutela.backup.models import Recipient

    Recipient.objects.filter(name="escrow-1").update(state="removed")
    try:
        with pytest.raises(RecipientsMissing, match="escrow"):
            runs.run_now(ground.operator.actor)
    finally:
        Recipient.objects.filter(name="escrow-1").update(state="active")


def test_a_target_that_refused_is_left_alone_for_five_minutes(ground, monkeypatch, tmp_path):
    """And its parts are hashed once by a process, not at each try."""
    other = ground.add_target("third", tmp_path / "third")
    (tmp_path / "third").rmdir()
    monkeypatch.setattr(uploads, "RETRY_AFTER", timedelta(minutes=5))
    with pytest.raises(TargetGone):
        ground.back_up()
    run = Run.objects.filter(kind="full", planned=False).latest("due_at")
    assert uploads.waiting() == []
    moment = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert uploads.waiting() == [run]
    hashed = []
    monkeypatch.setattr(uploads, "check_staged", lambda folder, parts: hashed.append(folder))
    for _ in range(3):
        with pytest.raises(TargetGone):
            runs.carry_out(SYSTEM, run.id)
    assert len(hashed) == 2
    other.state = "paused"
    other.save(update_fields=["state"])
