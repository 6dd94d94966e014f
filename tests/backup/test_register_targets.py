"""Targets take two people: tested, proposed, approved; probed each night; credentials never to be read again."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from tests.access import cast
from tests.backup import target_servers as servers
from tests.backup.stage import Ground
from tutela.access import gate
from tutela.access.errors import PermissionMissing
from tutela.backup import errors, permissions, places
from tutela.backup.actions import changes, targets
from tutela.backup.actions.targets import Way
from tutela.backup.models import Change, Copy, Target
from tutela.backup.rules import Lock, TargetState
from tutela.backup.targets import Why
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail
from tutela.trail.queries import LeafFilter


def folder(tmp_path: Path, name: str = "disk") -> Way:
    made = tmp_path / name
    made.mkdir(exist_ok=True)
    return Way(url=made.as_uri(), media="disk", offsite=True)


def registered(ground: Ground, name: str, way: Way) -> Target:
    change = targets.propose_target(ground.operator.actor, name, way)
    changes.approve_change(ground.second.actor, change.id)
    return Target.objects.get(name=name)


def decided(ground: Ground, change: Change) -> None:
    changes.approve_change(ground.second.actor, change.id)


def leaves(event: str) -> list[dict[str, object]]:
    return [row.detail for row in trail.leaves(LeafFilter(event=event), limit=50)]


def test_one_person_proposes_and_another_approves(ground, tmp_path):
    """Nothing is a target before; the one who proposed cannot approve."""
    change = targets.propose_target(ground.operator.actor, "north", folder(tmp_path))
    assert not Target.objects.filter(name="north").exists()
    with pytest.raises(errors.ChangeSamePerson):
        changes.approve_change(ground.operator.actor, change.id)
    decided(ground, change)
    target = Target.objects.get(name="north")
    assert (target.state, target.offsite, target.lock, target.probe_result) == (
        "active",
        True,
        "none",
        "",
    )
    assert target.created_by_id != target.approved_by_id
    assert {"backup_target": str(target.id)} in leaves("backup.target.registered")
    assert len(target.identity) == 32


def test_another_disk_in_the_same_place_is_not_the_target(ground, tmp_path):
    target = registered(ground, "stick", folder(tmp_path))
    (tmp_path / "disk" / ".tutela-target").unlink()
    tested = targets.probe_target(ground.operator.actor, target.id)
    assert isinstance(tested.fault, errors.OtherMedium)
    target.refresh_from_db()
    assert target.probe_result == "backup.other_medium"
    decided(ground, targets.propose_state(ground.operator.actor, target.id, "remove"))


@pytest.mark.parametrize("who", ["auditor", "clerk"])
def test_others_neither_propose_nor_probe(ground, tmp_path, who):
    actor = getattr(ground, who).actor
    target = Target.objects.get(name="offsite")
    for act in (
        lambda: targets.propose_target(actor, "mine", folder(tmp_path)),
        lambda: targets.propose_edit(actor, target.id, folder(tmp_path)),
        lambda: targets.propose_state(actor, target.id, "pause"),
        lambda: targets.probe_target(actor, target.id),
        lambda: targets.probe_targets(actor),
        lambda: targets.shown_host_key(actor, "sftp://a@127.0.0.1/b"),
    ):
        with pytest.raises(PermissionMissing):
            act()


def test_what_cannot_be_written_to_is_not_proposed(ground, tmp_path):
    """One sentence each, and nothing waits."""
    before = Change.objects.count()
    home = Path(settings.TUTELA_HOME) / "inside"
    for name, way, error in (
        ("Wrong Name", folder(tmp_path), errors.NameWrong),
        ("offsite", folder(tmp_path), errors.NameExists),
        ("gone", Way(url=f"file://{tmp_path}/gone", media="disk", offsite=False), errors.TargetGone),
        ("inside", Way(url=f"file://{home}", media="disk", offsite=False), errors.FolderInside),
        ("media", Way(url=f"file://{tmp_path}", media="paper", offsite=False), errors.MediaUnknown),
        ("twice", Way(url=Target.objects.get(name="offsite").url, media="disk", offsite=False), errors.UrlExists),
        ("ftp", Way(url="ftp://a/b", media="disk", offsite=False), errors.SchemeUnknown),
    ):  # fmt: skip
        with pytest.raises(error):
            targets.propose_target(ground.operator.actor, name, way)
    assert Change.objects.count() == before


def test_an_sftp_target_with_its_credentials_out_of_sight(ground, tmp_path, caplog, capfd):
    """Sealed in the proposal and the row; in no log, sentence or representation."""
    caplog.set_level(logging.DEBUG)
    with servers.sftp_server(tmp_path) as server:
        shown, fingerprint = targets.shown_host_key(ground.operator.actor, server.url)
        assert (shown, fingerprint[:7]) == (server.host_key, "SHA256:")
        way = Way(
            url=server.url,
            media="server",
            offsite=True,
            identity=server.host_key,
            credential=server.key,
        )
        secret = server.key.splitlines()[2]
        change = targets.propose_target(ground.operator.actor, "vault-sftp", way)
        decided(ground, change)
        target = Target.objects.get(name="vault-sftp")
        with places.open_target(target) as place:
            assert place.names() == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT proposed::text FROM backup_change WHERE id = %s", [change.id])
            stored = cursor.fetchone()[0] + repr(way) + bytes(target.credential_sealed).hex()
        seen = stored + caplog.text + "".join(capfd.readouterr())
        assert secret not in seen
        assert secret.encode().hex() not in seen

        server.stop()
        server.make_host_key()
        server.start()
        tested = targets.probe_target(ground.operator.actor, target.id)
        assert isinstance(tested.fault, errors.HostKeyChanged)
        renewed = Way(url=server.url, media="server", offsite=True, identity=server.host_key)
        # The sealed one goes to no server that only one person names.
        with pytest.raises(errors.CredentialAsked):
            targets.propose_edit(ground.operator.actor, target.id, renewed)
        renewed = replace(renewed, credential=server.key)
        decided(ground, targets.propose_edit(ground.operator.actor, target.id, renewed))
        tested = targets.probe_target(ground.operator.actor, target.id)
        assert tested.fault is None
        target.refresh_from_db()
        assert (target.identity, target.probe_result) == (server.host_key, "")
        assert secret not in caplog.text

        decided(ground, targets.propose_state(ground.operator.actor, target.id, "remove"))
        target.refresh_from_db()
        assert (target.state, target.credential_sealed) == (TargetState.REMOVED, None)
        with pytest.raises(errors.TargetUnknown):
            targets.probe_target(ground.operator.actor, target.id)


def test_pausing_resuming_and_the_last_active_one(ground, tmp_path):
    """Each by two people; a change that was overtaken is refused; one target stays."""
    target = registered(ground, "paused", folder(tmp_path))
    first = targets.propose_state(ground.operator.actor, target.id, "pause")
    second = targets.propose_state(ground.operator.actor, target.id, "pause")
    decided(ground, first)
    with pytest.raises(errors.ChangeOvertaken):
        decided(ground, second)
    with pytest.raises(errors.ChangeOvertaken):
        targets.propose_state(ground.operator.actor, target.id, "pause")
    target.refresh_from_db()
    assert target.state == TargetState.PAUSED
    decided(ground, targets.propose_state(ground.operator.actor, target.id, "resume"))
    others = Target.objects.filter(state=TargetState.ACTIVE).exclude(id=target.id)
    for other in others:
        decided(ground, targets.propose_state(ground.operator.actor, other.id, "pause"))
    for verb in ("pause", "remove"):
        with pytest.raises(errors.TargetsMissing):
            targets.propose_state(ground.operator.actor, target.id, verb)
    for other in Target.objects.filter(state=TargetState.PAUSED):
        decided(ground, targets.propose_state(ground.operator.actor, other.id, "resume"))


def test_a_failed_night_is_told_once(ground, tmp_path):
    """Managers get a notice when a target fails that had not failed before."""
    target = registered(ground, "nightly", folder(tmp_path, "nightly"))
    (tmp_path / "nightly").rename(tmp_path / "away")
    targets.probe_targets(SYSTEM)
    targets.probe_targets(SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM notices_notice WHERE kind = 'backup_target_failed' AND params ->> 'name' = 'nightly'"
        )
        (told,) = cursor.fetchone()
    target.refresh_from_db()
    assert target.probe_result == "backup.target_gone"
    assert told == len(gate.holders(permissions.MANAGE)) >= 2
    decided(ground, targets.propose_state(ground.operator.actor, target.id, "remove"))


def test_a_lock_that_ends_too_soon_or_is_not_there_is_named(ground, monkeypatch):
    """The newest copy is asked: expired, shorter than registered, or never locked."""
    with servers.s3_server() as server:
        client = servers.s3_client(server)
        client.create_bucket(Bucket="plain")
        client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        base = server.url.rsplit("/", 2)[0]
        way = Way(
            url=f"{base}/plain?lock=compliance&days=30",
            media="object",
            offsite=True,
            credential="A:S",
        )
        with pytest.raises((errors.LockMissing, errors.TargetFault)):
            targets.propose_target(ground.operator.actor, "unlocked", way)
        way = Way(
            url=f"{base}/locked/sets?lock=compliance&days=30",
            media="object",
            offsite=True,
            credential="A:S",
        )
        target = registered(ground, "locked", way)
        assert (target.lock, target.lock_days) == (Lock.COMPLIANCE, 30)
        run = ground.back_up()
        copy = Copy.objects.get(run=run, target=target)
        assert abs(copy.lock_until - clock.now() - timedelta(days=30)) < timedelta(minutes=5)
        tested = targets.probe_target(ground.operator.actor, target.id)
        assert (tested.fault, tested.probe.why) == (None, Why.KEPT)
        later = clock.now() + timedelta(days=31)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert isinstance(
            targets.probe_target(ground.operator.actor, target.id).fault, errors.LockExpired
        )
        monkeypatch.undo()
        longer = Way(
            url=f"{base}/locked/sets?lock=compliance&days=300", media="object", offsite=True
        )
        decided(ground, targets.propose_edit(ground.operator.actor, target.id, longer))
        assert isinstance(
            targets.probe_target(ground.operator.actor, target.id).fault, errors.LockShort
        )


def test_the_shell_registers_and_probes(ground, tmp_path, capfd, monkeypatch):
    """The same verbs; the host's account may probe and not manage."""
    from tutela.access.actions.passwords import set_password
    from tutela.cli import shell

    staff = ground.operator.staff
    set_password(SYSTEM, staff, cast.PASSWORD)
    codes = cast.enrol(staff)
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)

    def said(*words: str) -> list[dict[str, str]]:
        assert shell.run([*words, "--json"]) == 0, capfd.readouterr().err
        return [json.loads(line) for line in capfd.readouterr().out.splitlines()]

    words = [
        "backup",
        "targets",
        "register",
        "by-shell",
        folder(tmp_path, "shelled").url,
        "--media",
        "disk",
    ]
    assert shell.run([*words, "--json"]) == 1
    assert "access.permission_missing" in capfd.readouterr().err
    monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
    (waits,) = said(*words, "--as", staff.login)
    changes.approve_change(ground.second.actor, UUID(waits["change"]))
    (row,) = [one for one in said("backup", "targets", "list") if one["name"] == "by-shell"]
    assert (row["state"], row["lock"], row["code"]) == ("active", "none", "")
    (found,) = said("backup", "targets", "probe", row["target"])
    assert found["found"].startswith("Writable")
    monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
    (waits,) = said("backup", "targets", "remove", row["target"], "--as", staff.login)
    assert waits["result"] == "waits"
