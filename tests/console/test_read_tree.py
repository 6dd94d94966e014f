"""The page of the trail's witnesses, and checkpoint and tiles for monitors."""

from ipaddress import ip_network

import pytest
from django.conf import settings

from tests.access import cast
from tests.console.stage import browser
from tests.trail.conftest import make_leaf
from tutela.console.tree_views import tile_path
from tutela.crypto import merkle, notes
from tutela.trail import log
from tutela.trail.tree import signers, state
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def crew(database):
    cast.plant_branches()
    return {post: cast.hire(post, "EAST") for post in ("auditor", "system_admin", "service_agent")}


@pytest.fixture(scope="module")
def head(database):
    log.append_all([make_leaf() for _ in range(300)])
    sequence_once()
    return state.newest()


def test_a_monitor_reads_the_tree_by_the_standard_paths(crew, head, monkeypatch):
    """From a listed network without signing in: the signed note, and tiles that give its root."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_MONITORS", [ip_network("127.0.0.0/8")])
    monitor, base = browser(), f"/trail/tree/{head.epoch}"
    answer = monitor.get(f"{base}/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    note = notes.read_note(answer.content)
    notes.check_signed(note, [notes.read_key(vkey) for vkey in signers.vkeys(head.origin)])
    said = notes.read_checkpoint(note.text)
    assert (said.origin, said.size, said.root) == (head.origin, head.size, head.root)

    rest = head.size % 256
    data = monitor.get(f"{base}/tile/0/000").content
    data += monitor.get(f"{base}/tile/0/001.p/{rest}").content
    hashes = [data[at : at + 32] for at in range(0, len(data), 32)]
    assert merkle.root(hashes) == head.root
    assert monitor.get(f"{base}/tile/1/000.p/1").content == merkle.root(hashes[:256])
    assert monitor.get(f"{base}/tile/0/001.p/{rest - 1}").content == data[8192:-32]


@pytest.mark.parametrize(
    "tile",
    [
        "entries/000", "data/000", "0/1", "0/0001", "0/x000/000", "0/002", "0/001", "0/000.p/0", "0/000.p/256",
        "0/000.p/01", "00/000", "64/000", "7/000", "0/x001/x234/067", "-1/000", "0/000/", "0/" + "x999/" * 30 + "999",
    ],
)  # fmt: skip
def test_no_other_tile_is_there(crew, head, monkeypatch, tile):
    """Entries are never served; a number has one spelling."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_MONITORS", [ip_network("127.0.0.0/8")])
    assert browser().get(f"/trail/tree/{head.epoch}/tile/{tile}").status_code == 404


def test_tiles_have_the_paths_of_the_standard():
    """As in its example."""
    assert tile_path(1234067) == "x001/x234/067"
    assert (tile_path(0), tile_path(255), tile_path(1000)) == ("000", "255", "x001/000")


def test_for_everybody_else_the_tree_is_not_there(crew, head):
    """The same answer as for a tree that does not exist; whoever may see the page may read it."""
    for address in ("checkpoint", "tile/0/000"):
        for epoch in (head.epoch, 999):
            for client in (browser(), browser(crew["service_agent"].staff)):
                assert client.get(f"/trail/tree/{epoch}/{address}").status_code == 404
        assert (
            browser(crew["auditor"].staff).get(f"/trail/tree/{head.epoch}/{address}").status_code
            == 200
        )
        assert browser(crew["auditor"].staff).get(f"/trail/tree/999/{address}").status_code == 404


def test_the_page_says_who_vouches(crew, head, monkeypatch, tmp_path):
    """Without a policy that nobody does; with one, each witness."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", tmp_path / "trail.policy")
    auditor = browser(crew["auditor"].staff)
    page = auditor.get("/trail/tree/").content.decode()
    assert head.root.hex() in page
    assert "尚未指定见证方" in page
    key = notes.NoteKey("audit.example/w", notes.Kind.COSIGNATURE, bytes(31) + b"\1")
    (tmp_path / "trail.policy").write_text(f"witness audit {key} https://w.example\nquorum audit\n")
    page = auditor.get("/trail/tree/").content.decode()
    assert "w.example" in page
    assert "尚未询问" in page
    (tmp_path / "trail.policy").write_text("quorum\n")
    assert "第 1 行" in auditor.get("/trail/tree/").content.decode()
    assert browser(crew["service_agent"].staff).get("/trail/tree/").status_code == 403
