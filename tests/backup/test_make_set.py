"""A backup on real parts: pg_dump of the embedded server, and the set opened with Debian's own tools."""

import hashlib
import hmac
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.backup import stage
from tutela.backup import pipeline, snapshot, tools
from tutela.backup.manifest import CHECK_KEY, DUMP
from tutela.backup.models import Copy, Part, Run
from tutela.backup.rules import MANIFEST, SIGNATURE
from tutela.crypto import sign
from tutela.trail import queries as trail
from tutela.trail.queries import LeafFilter

PART_BYTES = 1 << 15


@pytest.fixture(scope="module")
def run(ground):
    """With small parts, of which there are several."""
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(pipeline, "MEGA", PART_BYTES)
        smaller.setattr(settings, "TUTELA_BACKUP_PART_MEGABYTES", 1)
        yield ground.back_up()


@pytest.fixture(scope="module")
def opened(run, ground, offsite, tmp_path_factory):
    """The full set as Debian's tools open it."""
    into = tmp_path_factory.mktemp("opened") / "set"
    stage.unpack(offsite / run.set_name, ground.identities["escrow-1"], into)
    return into


def test_a_run_ends_with_a_full_set_and_its_keys_set_on_the_target(run, offsite):
    """Both of one snapshot, each with its manifest, and nothing else on the target."""
    keys = Run.objects.get(parent=run)
    assert (run.state, keys.state) == ("uploaded", "uploaded")
    assert run.snapshot_at == keys.snapshot_at
    assert {folder.name for folder in offsite.iterdir()} == {run.set_name, keys.set_name}
    for one in (run, keys):
        found = json.loads((offsite / one.set_name / MANIFEST).read_bytes())
        assert found == one.manifest
        assert Copy.objects.get(run=one).state == "written"
        assert not list((offsite / one.set_name).glob("*.part"))
    assert run.manifest["companion"] == keys.set_name


def test_a_set_is_signed_and_its_parts_are_as_the_manifest_says(run, offsite):
    """Parts of at most the size that was set; OpenSSL checks the same signature."""
    folder = offsite / run.set_name
    text = (folder / MANIFEST).read_bytes()
    sign.verify(
        bytes.fromhex(run.manifest["keys"]["signer"]), text, (folder / SIGNATURE).read_bytes()
    )
    parts = run.manifest["sealed"]["parts"]
    assert len(parts) == Part.objects.filter(run=run).count() >= 2
    for part in parts:
        body = (folder / part["name"]).read_bytes()
        assert len(body) == part["bytes"] <= PART_BYTES
        assert hashlib.sha256(body).hexdigest() == part["sha256"]


def test_a_set_opens_by_hand_with_stock_tools(opened):
    """`age`, `zstd`, `tar`, then pg_restore, as the manifest prints; the keys are not in it."""
    listed = subprocess.run(
        [tools.tools(18).path("pg_restore"), "--list", opened / DUMP],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "TABLE DATA vault record" in listed
    assert "TABLE DATA keys" not in listed


def test_the_manifest_says_of_each_file_what_is_in_it(run, opened):
    """By a hash under the key that lies inside."""
    key = (opened / CHECK_KEY).read_bytes()
    for member in run.manifest["members"]:
        body = (opened / member["name"]).read_bytes()
        assert len(body) == member["bytes"]
        assert hmac.new(key, body, hashlib.sha256).hexdigest() == member["mac"]
    there = {str(path.relative_to(opened)) for path in opened.rglob("*") if path.is_file()}
    assert there == {member["name"] for member in run.manifest["members"]}


def test_the_printed_commands_restore_it_into_another_database(run, opened, cluster):
    """With the counts and hashes of the manifest, and the grants of every role."""
    name = "t_by_hand"
    variables = {"PGHOST": str(cluster.sockets), "PGUSER": "postgres"}
    folder = tools.tools(18)
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    try:
        restore = [
            folder.path("pg_restore"),
            "--exit-on-error",
            "--dbname",
            name,
            str(opened / DUMP),
        ]
        psql = [
            folder.path("psql"),
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            name,
            "-f",
            str(opened / "roles.sql"),
        ]
        for words in (psql, restore):
            subprocess.run(words, env={**os.environ, **variables}, check=True, capture_output=True)
        key = (opened / CHECK_KEY).read_bytes()
        with cluster.connect(database=name) as link, link.transaction():
            snapshot.prepare(link)
            found = snapshot.figures(link, snapshot.tables(link), key)
            wanted = {
                (t["schema"], t["name"]): (t["rows"], t["sample"]) for t in run.manifest["tables"]
            }
            assert {(t.schema, t.name): (t.rows, t.sample) for t in found} == wanted
            held = snapshot.grants(link)
            said = run.manifest["database"]["grants"]
            for role in ("tutela_app", "tutela_auditor"):
                lines = [line for line in held[role] if " keys" not in line]
                assert len(lines) > 3
                assert len(held[role]) <= said[role]["count"]
    finally:
        with cluster.connect() as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_nothing_clear_and_nothing_staged_stays_behind(run):
    """Neither what pg_dump wrote nor the parts; the working folder is its owner's alone."""
    folder = Path(settings.TUTELA_BACKUP_FOLDER)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_clear_parts_of_a_set_hold_no_value_of_a_customer(run, offsite, ground):
    """Manifest and signature; the rest is sealed."""
    for path in offsite.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert stage.CANARY.encode() not in body
            assert stage.PHONE.encode() not in body


def test_a_run_leaves_its_leaves(run):
    """Started, each copy written, each set completed."""
    named = {
        event: [
            row for row in trail.leaves(LeafFilter(event=event), limit=50)
            if row.detail["backup_run"] in {str(run.id), str(Run.objects.get(parent=run).id)}
        ]
        for event in ("backup.run.started", "backup.copy.written", "backup.run.uploaded")
    }  # fmt: skip
    assert [len(rows) for rows in named.values()] == [1, 2, 2]
    text = (
        Path(run.copies.get().target.url.removeprefix("file://")) / run.set_name / MANIFEST
    ).read_bytes()
    prints = {row.detail["backup_manifest"] for row in named["backup.run.uploaded"]}
    assert hashlib.sha256(text).hexdigest() in prints
