"""Evidence packs by API: which there are, and one again, byte for byte."""

import hashlib
import json

import pytest

from tutela.base import clock
from tutela.scorecard.actions import packs
from tutela.trail.queries import LeafFilter, leaves


@pytest.fixture(scope="module")
def pack(stage, tmp_path_factory):
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    today = clock.today()
    packs.write_pack(stage.machine.actor, today, today, path)
    return path.read_bytes()


def test_a_pack_is_listed_and_fetched_again(stage, pack):
    """As it was handed over; who fetched it stands in the trail and in the list."""
    (listed,) = json.loads(stage.machine.get("/scorecard/packs").content)["packs"]
    assert (listed["sha256"], listed["fetched"]) == (hashlib.sha256(pack).hexdigest(), [])
    answer = stage.machine.get(f"/scorecard/packs/{listed['id']}")
    assert answer.headers["Content-Type"] == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert b"".join(answer) == pack
    (leaf,) = leaves(LeafFilter(event="scorecard.pack.fetched"))
    assert (leaf.actor_id, leaf.channel) == (stage.machine.actor.id, "api")
    (listed,) = json.loads(stage.machine.get("/scorecard/packs").content)["packs"]
    assert len(listed["fetched"]) == 1


def test_others_and_unknown_packs(stage, pack):
    """Refused, and not there."""
    nobody = "01a203c9-8ab7-7000-9e2d-90b1e5627cbe"
    assert stage.machine.get(f"/scorecard/packs/{nobody}").status_code == 404
    for path in ("/scorecard/packs", f"/scorecard/packs/{nobody}"):
        assert stage.clerk.get(path).status_code == 403
