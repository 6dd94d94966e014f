"""A checkpoint is carried to a witness by hand with two pages: the file goes out, the cosigned one comes back."""

from ipaddress import ip_network

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

import tutela_witness
from tests.access import cast
from tests.console.stage import browser, leaves, text
from tests.trail.conftest import make_leaf
from tests.trail.test_run_witness import keys
from tutela.trail import log
from tutela.trail.tree import signers, state
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def crew(database):
    cast.plant_branches()
    posts = ("auditor", "security_admin", "system_admin", "service_agent")
    return {post: cast.hire(post, "EAST") for post in posts}


@pytest.fixture(scope="module")
def head(database):
    log.append_all([make_leaf() for _ in range(30)])
    sequence_once()
    return state.newest()


@pytest.fixture
def witness(head, tmp_path, monkeypatch):
    """One without an address, which the policy names `firm`."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    home = tmp_path / "w"
    tutela_witness.main(["keygen", str(home), "firm.example/w", "--kind", "ed25519"])
    tutela_witness.main(["trust", str(home), *signers.vkeys(head.origin)])
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", tmp_path / "trail.policy")
    (key,) = keys(home, "firm.example/w")
    (tmp_path / "trail.policy").write_text(f"witness firm {key}\nquorum firm\n")
    return home


def fetch(crew, post="auditor", **asked):
    client = browser(crew[post].staff)
    return client.post("/trail/tree/request/", {"witness": "firm", **asked})


def bring(crew, note, post="auditor"):
    file = SimpleUploadedFile("request.txt.cosignature", note, content_type="text/plain")
    return browser(crew[post].staff).post("/trail/tree/cosignature/", {"file": file})


def test_a_checkpoint_goes_out_and_comes_back_cosigned(crew, witness, tmp_path):
    """The page says of how many entries; recording it is a leaf."""
    out = fetch(crew)
    assert "attachment" in out.headers["Content-Disposition"]
    (tmp_path / "request.txt").write_bytes(out.content)
    assert tutela_witness.main(["cosign", str(witness), str(tmp_path / "request.txt")]) == 0
    back = bring(crew, (tmp_path / "request.txt.cosignature").read_bytes())
    assert back.status_code == 302
    shown = text(browser(crew["auditor"].staff).get("/trail/tree/"))
    assert "正常作证" in shown
    (leaf, *_) = leaves("trail.cosignature.recorded")
    assert leaf.actor_id == crew["auditor"].actor.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda note: b"", "请"),
        (lambda note: b"hello\n", "不是签名文件"),
        (lambda note: b"\xff\xfe" * 40, "不是签名文件"),
        (lambda note: b"x" * (1 << 20) + b"y", "note-size"),
        (lambda note: note.replace(b"trail/1\n", b"trail/9\n", 1), "不是本留痕的检查点"),
        (lambda note: note, "没有策略所列见证方的签名"),
    ],
)
def test_what_is_not_right_is_said_at_the_file(crew, head, witness, change, words):
    """With the reason in words; nothing is kept."""
    before = len(leaves("trail.cosignature.recorded"))
    answer = bring(crew, change(head.note.encode()))
    assert answer.status_code == 422
    assert words in text(answer)
    assert len(leaves("trail.cosignature.recorded")) == before


def test_a_size_that_the_tree_has_not_is_refused(crew, witness):
    """At its field; a witness that is none cannot be chosen."""
    assert "trail.cosignature_refused" in text(fetch(crew, size=10**9))
    assert fetch(crew, witness="nobody").status_code == 422
    assert fetch(crew, size=-1).status_code == 422


@pytest.mark.parametrize("page", ["request", "cosignature"])
def test_others_do_not_carry(crew, witness, page):
    """Who only sees the tree is not offered it either."""
    for post in ("system_admin", "service_agent"):
        assert browser(crew[post].staff).get(f"/trail/tree/{page}/").status_code == 403
    assert browser(crew["security_admin"].staff).get(f"/trail/tree/{page}/").status_code == 200
    shown = browser(crew["system_admin"].staff).get("/trail/tree/").content.decode()
    assert f"/trail/tree/{page}/" not in shown


def test_a_monitor_that_asks_too_often_waits(crew, head, monkeypatch):
    """By address, however many processes answer; the others go on."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_MONITORS", [ip_network("127.0.0.0/8")])
    monkeypatch.setattr(settings, "TUTELA_TRAIL_MONITOR_REQUESTS_A_MINUTE", 3)
    address = f"/trail/tree/{head.epoch}/checkpoint"
    monitor = browser()
    found = [monitor.get(address, REMOTE_ADDR="127.0.0.9").status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]
    assert monitor.get(address, REMOTE_ADDR="127.0.0.8").status_code == 200
    assert monitor.get(address, REMOTE_ADDR="10.0.0.8").status_code == 404
