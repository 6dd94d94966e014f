"""A backup on real parts: pg_dump of the embedded server, and the set opened with Debian's own tools."""

import json
import subprocess

import pytest

from tests.backup import stage
from tutela.backup import tools
from tutela.backup.models import Copy, Run
from tutela.backup.rules import MANIFEST


@pytest.fixture(scope="module")
def run(ground):
    return ground.back_up()


def test_a_run_ends_with_a_full_set_and_its_keys_set_on_the_target(run, offsite):
    """Both of one snapshot, each with its manifest."""
    keys = Run.objects.get(parent=run)
    assert (run.state, keys.state) == ("uploaded", "uploaded")
    assert run.snapshot_at == keys.snapshot_at
    assert {folder.name for folder in offsite.iterdir()} == {run.set_name, keys.set_name}
    for one in (run, keys):
        found = json.loads((offsite / one.set_name / MANIFEST).read_bytes())
        assert found == one.manifest
        assert Copy.objects.get(run=one).state == "written"


def test_a_set_opens_by_hand_with_stock_tools(run, ground, offsite, tmp_path):
    """The commands that the manifest prints, with either of the two keys."""
    for name in ("operations-1", "escrow-1"):
        into = tmp_path / name
        stage.unpack(offsite / run.set_name, ground.identities[name], into)
        listed = subprocess.run(
            [tools.tools(18).path("pg_restore"), "--list", into / "dump"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert "TABLE DATA vault record" in listed
        assert "TABLE DATA keys" not in listed
        assert (into / "settings.json").exists()
