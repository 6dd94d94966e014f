"""The tree is shown to witnesses, real processes here, and what they sign is kept and judged."""

import contextlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

import tutela_witness
from tests.trail.conftest import CLERK, make_leaf, query
from tests.trail.test_run_witness import Running, keys
from tutela.base import clock
from tutela.crypto import notes
from tutela.trail import log, witness_checks
from tutela.trail.tree import actions, asking, signers, state, witnesses
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")


def grow(count=5):
    log.append_all([make_leaf() for _ in range(count)])
    sequence_once()
    return state.newest()


@pytest.fixture(scope="module")
def tree(database):
    return grow()


@pytest.fixture
def crew(tree, tmp_path, monkeypatch):
    """Makes running witnesses that trust the log, and writes the policy over them."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", tmp_path / "trail.policy")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail.witness")
        cursor.execute("DELETE FROM trail.quorum")
    with contextlib.ExitStack() as running:
        yield Crew(tmp_path, running, tree.origin)


class Crew:
    def __init__(self, place, running, origin):
        self.place, self.running, self.origin = place, running, origin
        self.members = {}

    def hire(self, name, kinds=("ed25519",), *, runs=True):
        home = self.place / name
        chosen = [word for kind in kinds for word in ("--kind", kind)]
        tutela_witness.main(["keygen", str(home), f"{name}.example/w", *chosen])
        for vkey in signers.vkeys(self.origin):
            tutela_witness.main(["trust", str(home), vkey])
        server = Running(home) if runs else None
        if server:
            self.running.callback(server.end)
        self.members[name] = (home, server)
        return home, server

    def agree(self, quorum):
        """The policy of all that were hired; `quorum` is how many are enough."""
        lines = []
        for name, (home, server) in self.members.items():
            url = f" http://127.0.0.1:{server.port}" if server else ""
            for number, key in enumerate(keys(home, f"{name}.example/w")):
                lines.append(f"witness {name}{number or ''} {key}{url}")
        names = " ".join(line.split()[1] for line in lines)
        witnesses.path().write_text(
            "\n".join([*lines, f"group all-of-us {quorum} {names}", "quorum all-of-us", ""])
        )


def test_three_witnesses_sign_and_two_are_enough(crew):
    """Each keeps what it signed; the note with their lines is verified by their keys."""
    for name in ("audit", "group", "firm"):
        crew.hire(name)
    crew.agree(2)
    assert asking.ask_all() == 3
    head = grow()
    assert asking.ask_all() == 3
    found = witnesses.standing()
    assert {name: (one.size, one.fault) for name, one in found.contacts.items()} == dict.fromkeys(
        crew.members, (head.size, "")
    )
    assert (found.quorum.epoch, found.quorum.size) == (head.epoch, head.size)
    every = [one.key for one in found.policy.witnesses.values()]
    assert set(notes.cosigned(witnesses.witnessed_note(head), every)) == set(every)
    assert witnesses.last_witnessed() == head
    assert witness_checks.trail_witnesses().state == "good"


def test_one_that_is_gone_leaves_the_quorum_and_two_do_not(crew, monkeypatch):
    """With one of three gone the doctor warns; with two, after fifteen minutes, it is bad, and told once."""
    for name in ("audit", "group", "firm"):
        crew.hire(name)
    crew.agree(2)
    asking.ask_all()
    crew.members["firm"][1].end()
    grow()
    assert asking.ask_all() == 2
    assert witness_checks.trail_witnesses().state == "warning"
    crew.members["group"][1].end()
    grow()
    assert asking.ask_all() == 1
    assert witness_checks.trail_witnesses().state == "warning"
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    lost = leaves("trail.quorum.lost")
    asking.ask_all()
    asking.ask_all()
    assert leaves("trail.quorum.lost") == lost + 1
    assert witness_checks.trail_witnesses().state == "bad"


def test_a_quorum_that_is_there_again_is_said(crew, monkeypatch):
    """And the next loss is told anew."""
    crew.hire("audit")
    crew.agree(1)
    actions.begin(witnesses.policy_bytes())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail.quorum SET since = since - interval '16 min'")
    before = leaves("trail.quorum.lost"), leaves("trail.quorum.regained")
    actions.watch(witnesses.policy())
    asking.ask_all()
    assert (leaves("trail.quorum.lost"), leaves("trail.quorum.regained")) == (
        before[0] + 1,
        before[1] + 1,
    )
    assert witness_checks.trail_witnesses().state == "good"


def test_a_witness_that_stands_elsewhere_is_asked_from_there(crew):
    """Our record of it is lost, or another machine asked in between."""
    crew.hire("audit")
    crew.agree(1)
    asking.ask_all()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail.witness")
    head = grow(300)
    assert asking.ask_all() == 1
    assert witnesses.contacts()["audit"].size == head.size


def test_a_tree_that_stays_is_shown_again_only_after_five_minutes(crew, monkeypatch):
    """So a witness that died in the night is noticed, and nobody is asked for nothing."""
    crew.hire("audit")
    crew.agree(1)
    assert asking.ask_all() == 1
    assert asking.ask_all() == 0
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert asking.ask_all() == 1


def test_both_kinds_of_keys_of_one_witness_are_kept(crew):
    """One call brings both lines."""
    crew.hire("audit", ("ed25519", "ml-dsa-44"))
    crew.agree(2)
    assert asking.ask_all() == 2
    assert witnesses.last_witnessed() == state.newest()


def test_a_witness_that_does_not_trust_the_log_is_named(crew):
    """It says 404, which the page shows."""
    home, _ = crew.hire("audit")
    (home / "logs").write_text("")
    crew.agree(1)
    assert asking.ask_all() == 0
    assert witnesses.contacts()["audit"].fault == "unknown-log"


def test_without_a_policy_it_is_said_and_nobody_is_asked(crew):
    """That is no loss."""
    assert asking.ask_all() == 0
    assert witnesses.quorum() is None
    check = witness_checks.trail_witnesses()
    assert check.state == "warning"
    assert witnesses.policy_text().endswith("\nquorum none\n")


def test_a_changed_and_a_removed_policy_leave_their_leaves(crew):
    """Who takes the witnesses away is seen."""
    crew.hire("audit")
    crew.agree(1)
    before = leaves("trail.policy.changed")
    asking.ask_all()
    path = witnesses.path()
    path.write_text(path.read_text() + "# more\n")
    asking.ask_all()
    path.unlink()
    asking.ask_all()
    asking.ask_all()
    assert leaves("trail.policy.changed") == before + 3


def test_the_policy_for_outsiders_holds_keys_and_no_addresses(crew):
    """And is read by the same rules."""
    crew.hire("audit")
    crew.hire("firm", runs=False)
    crew.agree(2)
    text = witnesses.policy_text()
    assert "http" not in text
    head = state.newest()
    read = witnesses.read_policy(text.encode())
    assert [key.name for key in read.logs] == [head.origin]
    assert set(read.witnesses) == {"audit", "firm"}
    assert read.is_met({"audit", "firm"})
    notes.check_signed(notes.read_note(head.note), read.logs)


def test_a_witness_is_carried_to_by_hand(crew, tmp_path):
    """The request out, the cosigned checkpoint back; twice, so that the second has a proof."""
    home, _ = crew.hire("firm", runs=False)
    crew.agree(1)
    asking.ask_all()
    for _ in range(2):
        grow()
        head, body = witnesses.request_by_hand("firm")
        (tmp_path / "request").write_text(body)
        assert tutela_witness.main(["cosign", str(home), str(tmp_path / "request")]) == 0
        note = (tmp_path / "request.cosignature").read_text()
        (record,) = actions.record(CLERK, note)
        assert (record.witness, record.size) == ("firm", head.size)
        assert witnesses.last_witnessed() == head
    assert leaves("trail.cosignature.recorded") >= 2


def leaves(event):
    return query("SELECT count(*) FROM trail.leaf WHERE event = %s", event)[0][0]
