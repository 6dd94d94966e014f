"""The log signs with ML-DSA-44 beside Ed25519 when the settings say so; a verifier needs either."""

import pytest
from django.conf import settings

import tutela_verify
import tutela_witness
from tests.trail.conftest import make_leaf
from tests.trail.test_run_witness import keys
from tutela.crypto import notes
from tutela.crypto.errors import BadValue
from tutela.crypto.notes import Kind
from tutela.keys import log_key
from tutela.keys.errors import LogKeyMissing, LogKeyUnfit
from tutela.trail import log
from tutela.trail.tree import signers, state, witnesses
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def both(monkeypatch):
    """As the operator sets it."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_SIGNERS", ["ed25519", "ml-dsa-44"])


def grow():
    log.append_all([make_leaf() for _ in range(3)])
    sequence_once()
    return state.newest()


def test_a_log_that_signed_with_one_key_goes_on_with_both():
    """From one checkpoint to the next; the one before stays as it was."""
    before = grow()
    assert len(notes.read_note(before.note).signatures) == 1


def test_each_of_both_lines_is_enough(both):
    """By its own key; a changed root fits neither."""
    head = grow()
    note = notes.read_note(head.note)
    own = [notes.read_key(vkey) for vkey in signers.vkeys(head.origin)]
    assert [key.kind for key in own] == [Kind.ED25519, Kind.ML_DSA]
    assert set(notes.verified(note, own)) == set(own)
    for key in own:
        notes.check_signed(note, [key])
        alone = notes.Note(note.text, tuple(one for one in note.signatures if one.id == key.id))
        notes.check_signed(alone, own)
    home = settings.TUTELA_HOME / log_key.ML_DSA_NAME
    assert home.stat().st_mode & 0o777 == 0o600
    assert len(home.read_bytes()) > 32


def test_an_outsider_checks_it_by_the_policy_and_a_witness_signs_it(both, tmp_path, monkeypatch):
    """With the programs that stand alone."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", tmp_path / "trail.policy")
    head = grow()
    home = tmp_path / "w"
    tutela_witness.main(["keygen", str(home), "firm.example/w", "--kind", "ml-dsa-44"])
    tutela_witness.main(["trust", str(home), signers.vkeys(head.origin)[1]])
    (key,) = keys(home, "firm.example/w")
    witnesses.path().write_text(f"witness firm {key}\nquorum firm\n")
    request = tmp_path / "request.txt"
    request.write_text(witnesses.request_by_hand("firm")[1])
    assert tutela_witness.main(["cosign", str(home), str(request)]) == 0
    policy = tmp_path / "policy.txt"
    policy.write_text(witnesses.policy_text())
    cosigned = str(tmp_path / "request.txt.cosignature")
    assert tutela_verify.main(["checkpoint", cosigned, "--policy", str(policy)]) == 0


def test_a_lost_key_is_not_made_anew(both):
    """Its public half names the log: a checkpoint that it signed stands."""
    grow()
    path = settings.TUTELA_HOME / log_key.ML_DSA_NAME
    away = path.rename(path.with_suffix(".away"))
    with pytest.raises(LogKeyMissing, match=r"trail\.mldsa\.key"):
        log_key.MlDsa44().vkey("x")
    assert not path.exists()
    away.rename(path)


def test_a_library_without_it_says_so(both, monkeypatch):
    """Before anything is signed with it; the settings are named."""
    path = settings.TUTELA_HOME / log_key.ML_DSA_NAME
    away = path.rename(path.with_suffix(".away"))

    def cannot(_kind):
        raise BadValue("algorithm-unavailable")

    monkeypatch.setattr(notes, "generate", cannot)
    monkeypatch.setattr(state, "newest", lambda epoch=None: None)
    with pytest.raises(LogKeyUnfit, match="log_key_unfit"):
        log_key.MlDsa44().line("x", "y")
    away.rename(path)
