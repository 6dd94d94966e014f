"""The shell shows the witnesses, writes the file that is carried to one, and records what comes back."""

import json

import pytest
from django.conf import settings

import tutela_verify
import tutela_witness
from tests.trail.conftest import make_leaf
from tests.trail.test_run_witness import keys
from tests.vault.factories import make_cast
from tutela.cli import shell
from tutela.trail import log
from tutela.trail.tree import signers, state
from tutela.trail.tree.sequencer import sequence_once


@pytest.fixture(scope="module")
def head(database):
    make_cast()
    log.append_all([make_leaf() for _ in range(40)])
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


def run(capfd, *words):
    code = shell.run(["trail", *map(str, words)])
    shown = capfd.readouterr()
    return code, shown.out, shown.err


def test_a_checkpoint_goes_out_and_comes_back_cosigned(head, witness, tmp_path, capfd):
    """And an outsider's verifier finds its quorum by the policy that the shell prints."""
    request = tmp_path / "request.txt"
    code, _, said = run(capfd, "witness-request", "firm", "--out", request)
    assert code == 0, said
    assert tutela_witness.main(["cosign", str(witness), str(request)]) == 0
    cosigned = tmp_path / "request.txt.cosignature"
    code, shown, _ = run(capfd, "cosignature", cosigned, "--json")
    assert code == 0
    row = json.loads(shown.splitlines()[-1])
    assert row["witness"] == "firm"
    code, shown, _ = run(capfd, "witnesses", "--json")
    told = json.loads(shown)
    assert (told["witnesses"][0]["size"], told["witnesses"][0]["state"]) == (row["size"], "vouches")
    policy = tmp_path / "policy.txt"
    policy.write_text(run(capfd, "policy")[1])
    assert tutela_verify.main(["checkpoint", str(cosigned), "--policy", str(policy)]) == 0


def test_what_is_not_right_is_one_sentence(head, witness, tmp_path, capfd):
    """A name that the policy lacks, a size that the tree has not, a file that nobody signed."""
    code, _, said = run(capfd, "witness-request", "nobody", "--out", tmp_path / "x")
    assert code == 1
    assert "trail.witness_unknown" in said
    code, _, said = run(capfd, "witness-request", "firm", "--out", tmp_path / "x", "--from", 10**9)
    assert (code, "trail.cosignature_refused" in said) == (1, True)
    assert not (tmp_path / "x").exists()
    (tmp_path / "bare").write_text(head.note)
    code, _, said = run(capfd, "cosignature", tmp_path / "bare")
    assert (code, "no-witness" in said) == (1, True)
