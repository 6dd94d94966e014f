"""Recipients, changes and tools: what is wrong is refused with one sentence, before anything is done."""

import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.backup import stage
from tutela.access.errors import PermissionMissing
from tutela.backup import pipeline, snapshot, tools
from tutela.backup.actions import changes, recipients, runs
from tutela.backup.errors import (
    ChangeDecided,
    ChangeSamePerson,
    ChangeUnknown,
    DumpFailed,
    KeyExists,
    KeyIsPrivate,
    KeyWrong,
    KindUnknown,
    NameExists,
    NameWrong,
    NotEnoughRoom,
    RecipientsMissing,
    RoleUnknown,
    ToolFailedToStart,
    ToolMissing,
    ToolOlder,
    WordWrong,
)
from tutela.backup.models import Recipient, Run
from tutela.base import clock, ids
from tutela.crypto import age


def _propose(ground, **facts):
    known = {"name": "new-key", "role": "escrow", "key": age.new_identity()[1], **facts}
    return recipients.propose_recipient(ground.operator.actor, **known)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"name": "X"}, NameWrong),
        ({"name": "a" * 41}, NameWrong),
        ({"name": "key-13800138017"}, NameWrong),
        ({"name": "escrow-1"}, NameExists),
        ({"role": "boss"}, RoleUnknown),
        ({"key": "age1xyz"}, KeyWrong),
        ({"key": age.new_identity()[0]}, KeyIsPrivate),
    ],
)
def test_a_recipient_that_is_none_is_refused(ground, facts, error):
    """A private half above all: nothing of it is kept."""
    with pytest.raises(error):
        _propose(ground, **facts)


def test_a_key_is_a_recipient_once(ground):
    with pytest.raises(KeyExists):
        _propose(ground, key=Recipient.objects.get(name="escrow-1").key)


def test_a_change_takes_two_people_and_is_decided_once(ground):
    """Neither one's own nor a decided one; who may only read may do neither."""
    change = _propose(ground)
    with pytest.raises(ChangeSamePerson):
        changes.approve_change(ground.operator.actor, change.id)
    for other in (ground.auditor, ground.clerk):
        with pytest.raises(PermissionMissing):
            changes.approve_change(other.actor, change.id)
        with pytest.raises(PermissionMissing):
            _ = recipients.propose_recipient(
                other.actor, name="third", role="escrow", key=age.new_identity()[1]
            )
    assert not Recipient.objects.filter(name="new-key").exists()
    changes.reject_change(ground.second.actor, change.id)
    with pytest.raises(ChangeDecided):
        changes.approve_change(ground.second.actor, change.id)
    with pytest.raises(ChangeUnknown):
        changes.approve_change(ground.second.actor, ids.uuid7())


def test_the_last_key_of_a_needed_role_stays(ground):
    """It goes once another one is there."""
    last = Recipient.objects.get(name="escrow-1")
    with pytest.raises(RecipientsMissing):
        recipients.propose_removal(ground.operator.actor, last.id)
    ground.add_recipient("escrow-keys", "escrow", opens="keys")
    with pytest.raises(RecipientsMissing):
        recipients.propose_removal(ground.operator.actor, last.id)
    ground.add_recipient("escrow-2", "escrow")
    change = recipients.propose_removal(ground.operator.actor, last.id)
    changes.approve_change(ground.second.actor, change.id)
    assert Recipient.objects.get(name="escrow-1").state == "removed"


def test_the_holder_of_a_key_shows_that_it_opens(ground, tmp_path):
    """By the word of a sample that Debian's age opens; a wrong word, another key's and an old one prove nothing."""
    stage.need("age")
    actor, key = ground.operator.actor, Recipient.objects.get(name="operations-1")
    sample = recipients.sealed_sample(actor, key.id)
    (tmp_path / "key").write_text(ground.identities["operations-1"] + "\n")
    word = subprocess.run(
        ["age", "--decrypt", "--identity", tmp_path / "key"],
        input=sample,
        capture_output=True,
        check=True,
    ).stdout.decode()
    other = ground.add_recipient("operations-2", "operations")
    for wrong in ("", "0123456789abcdef"):
        with pytest.raises(WordWrong):
            recipients.confirm_sample(actor, key.id, wrong)
    with pytest.raises(WordWrong):
        recipients.confirm_sample(actor, other.id, word)
    with pytest.MonkeyPatch.context() as later:
        moment = clock.now() + timedelta(days=2)
        later.setattr(clock, "now", lambda: moment)
        with pytest.raises(WordWrong):
            recipients.confirm_sample(actor, key.id, word)
    assert recipients.confirm_sample(actor, key.id, word).escrow_checked_at is not None


def test_who_may_not_run_backups_runs_none(ground):
    """Neither a clerk nor the auditor."""
    for other in (ground.clerk, ground.auditor, ground.second):
        with pytest.raises(PermissionMissing):
            runs.run_now(other.actor)
    with pytest.raises(KindUnknown):
        runs.run_now(ground.operator.actor, "copy")


def _tool(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("echo 'pg_dump (PostgreSQL) 15.14'", ToolOlder),
        ("kill -SEGV $$", ToolFailedToStart),
        ("exit 127", ToolFailedToStart),
        ("echo hello", ToolFailedToStart),
    ],
)
def test_a_tool_that_is_older_or_does_not_start_is_a_fault_of_the_backup(
    ground, tmp_path, monkeypatch, text, error
):
    """The run has failed with its code; no set, and no verdict on the data."""
    monkeypatch.setattr(settings, "TUTELA_POSTGRES_TOOLS", str(_tool(tmp_path / "bin", text)))
    with pytest.raises(error):
        ground.back_up()
    run = Run.objects.filter(kind="full", planned=False).latest("due_at")
    assert (run.state, run.code, run.set_name) == ("failed", error.code, None)


def test_a_tool_that_is_missing_is_named_with_the_wanted_version(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "TUTELA_POSTGRES_TOOLS", str(tmp_path))
    with pytest.raises(ToolMissing) as refused:
        tools.tools(18)
    assert "18" in refused.value.text()


def test_a_dump_that_breaks_off_ends_the_run(ground, tmp_path, monkeypatch, offsite):
    """With pg_dump's own exit code; nothing is carried."""
    text = "case $1 in --version) echo 'pg_dump (PostgreSQL) 18.4';; *) echo 'pg_dump: error: gone' >&2; exit 1;; esac"
    monkeypatch.setattr(settings, "TUTELA_POSTGRES_TOOLS", str(_tool(tmp_path / "bin", text)))
    before = set(offsite.iterdir())
    with pytest.raises(DumpFailed):
        ground.back_up()
    assert set(offsite.iterdir()) == before
    assert Run.objects.filter(kind="full", planned=False).latest("due_at").code == DumpFailed.code


def test_a_working_folder_without_room_is_said_before_anything_begins(
    ground, monkeypatch, tmp_path
):
    """With the bytes that are needed and free."""
    huge = snapshot.Table("vault", "record", 1 << 60, False, ("id",))
    with pytest.raises(NotEnoughRoom):
        pipeline.check_room([huge], tmp_path)
