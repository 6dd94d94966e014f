"""A leaf's proof and a whole export leave Tutela as files that the verifier alone believes, or names what is wrong."""

import zipfile
from pathlib import Path

import pytest
from django.conf import settings

import tutela_verify
from tests.trail.conftest import CLERK, make_leaf, query
from tutela.base import clock
from tutela.crypto import merkle, notes
from tutela.crypto.notes import NoteKey
from tutela.trail import log
from tutela.trail.errors import LeafNotPlaced, NothingPlaced, TreeIncomplete
from tutela.trail.tree import actions, asking, proof_files, range_files, state, witnesses
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")
KINDS = {"audit.example/w1": notes.Kind.COSIGNATURE, "firm.example/w2": notes.Kind.ML_DSA}


@pytest.fixture
def checked(tmp_path, capsys):
    """What the verifier says of a file, with the policy that the company publishes."""
    policy = tmp_path / "policy.txt"

    def check(*words):
        policy.write_text(witnesses.policy_text())
        code = tutela_verify.main([*map(str, words), "--policy", str(policy)])
        return code, capsys.readouterr().out

    return check


@pytest.fixture(scope="module")
def receipts(database):
    """Six hundred leaves, signed in three steps."""
    written = []
    for _ in range(3):
        written += log.append_all([make_leaf() for _ in range(200)])
        sequence_once()
    return written


def test_a_leaf_is_proved_by_one_file(receipts, checked, tmp_path):
    for receipt in receipts[::150]:
        proven = proof_files.of_leaf(receipt.leaf_id)
        path = tmp_path / "a.tlog-proof"
        path.write_text(proven.text(), encoding="utf-8")
        code, said = checked("proof", path)
        assert code == 0, said
        assert f"the entry is number {proven.index} of the log" in said
        assert merkle.leaf_hash(proven.leaf) == receipt.leaf_hash


def test_a_leaf_that_is_not_signed_yet_is_told_so(receipts):
    (late,) = log.append_all([make_leaf()])
    with pytest.raises(LeafNotPlaced):
        proof_files.of_leaf(late.leaf_id)
    sequence_once()
    assert proof_files.of_leaf(late.leaf_id).head.size > 600


def test_a_pack_of_a_proof_is_whole(receipts, checked, tmp_path):
    """Proof, leaf, checkpoint, policy, names, words for readers, and the program itself."""
    path = tmp_path / "proof.zip"
    proven = proof_files.of_leaf(receipts[7].leaf_id)
    with path.open("wb") as file:
        proof_files.write_pack(file, proven, {"claim": ("理赔", "Claim")}, "<p>for readers</p>")
    code, said = checked("proof", path)
    assert code == 0, said
    assert "purpose    claim “Claim”" in said
    assert tutela_verify.main(["proof", str(path)]) == 0
    with zipfile.ZipFile(path) as pack:
        assert pack.read("tutela_verify.py") == Path(tutela_verify.__file__).read_bytes()


def exported(tmp_path, wanted, table=""):
    path = tmp_path / "export.zip"
    with path.open("wb") as file:
        range_files.write(file, wanted, table)
    return path


@pytest.mark.parametrize("table", ["", *range_files.TABLES])
def test_a_whole_export_is_complete(receipts, checked, tmp_path, table):
    wanted = range_files.of_time(None, None)
    code, said = checked("export", exported(tmp_path, wanted, table))
    assert code == 0, said
    assert f"0 to {wanted.count - 1} are all entries of the log" in said
    assert ("every line says" in said) is bool(table)


def test_an_export_begins_and_ends_with_a_checkpoint(receipts, checked, tmp_path):
    """Not the whole log: what the second checkpoint added to the first."""
    sizes = [size for (size,) in query("SELECT size FROM trail.checkpoint ORDER BY size")]
    assert len(sizes) >= 3
    early, late = (range_files._checkpoint(range_files._BEFORE, 1, size) for size in sizes[:2])
    wanted = range_files.Range(early, late)
    code, said = checked("export", exported(tmp_path, wanted, "csv"))
    assert code == 0, said
    assert f"begins where the earlier checkpoint ends ({sizes[0]})" in said


def test_a_time_without_leaves_is_told_so(receipts):
    later = clock.now() + range_files.SLACK * 3
    with pytest.raises(NothingPlaced):
        range_files.of_time(later, None)


@pytest.fixture
def owner(cluster, database):
    """Statements of the database's owner, who stops at nothing; what they did is undone afterwards."""
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("CREATE SCHEMA IF NOT EXISTS kept")
        server.execute("DROP TABLE IF EXISTS kept.leaf")
        server.execute("CREATE TABLE kept.leaf AS TABLE trail.leaf")
        yield server.execute
        server.execute("DELETE FROM trail.leaf")
        server.execute("INSERT INTO trail.leaf TABLE kept.leaf")


@pytest.mark.parametrize("fault", ["removed", "altered", "swapped"])
def test_what_the_owner_did_to_a_row_is_named_by_its_index(
    receipts, owner, checked, tmp_path, fault
):
    """An export hands out what is stored; the verifier names the first index that is not as in the log."""
    one, other = receipts[100].leaf_id, receipts[300].leaf_id
    bad = state.place_of(one)[1]
    found = dict(query("SELECT id, leaf FROM trail.leaf WHERE id = ANY(%s)", [one, other]))
    if fault == "removed":
        owner("DELETE FROM trail.leaf WHERE id = %s", [one])
    else:
        changed = {
            "altered": bytes(found[one]).replace(b'"claim"', b'"audit"'),
            "swapped": bytes(found[other]),
        }[fault]
        owner("UPDATE trail.leaf SET leaf = %s WHERE id = %s", [changed, one])
    code, said = checked("export", exported(tmp_path, range_files.of_time(None, None), "csv"))
    assert code == 1
    assert f"the first bad index is {bad} " in said
    with pytest.raises(TreeIncomplete):
        proof_files.of_leaf(one)
    assert proof_files.of_leaf(other).head.size


def test_a_proof_brings_the_signatures_of_the_witnesses(receipts, checked, tmp_path, monkeypatch):
    """The checkpoint that the quorum has signed is taken, although a newer one is there; without it no quorum."""
    keys = {name: notes.generate(kind) for name, kind in KINDS.items()}
    lines = [
        f"witness {name} {NoteKey(name, kind, notes.public_of(kind, keys[name]))}"
        for name, kind in KINDS.items()
    ]
    file = tmp_path / "trail.policy"
    file.write_text("\n".join([*lines, f"group both all {' '.join(KINDS)}", "quorum both", ""]))
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", file)
    path = tmp_path / "a.tlog-proof"
    path.write_text(proof_files.of_leaf(receipts[5].leaf_id).text(), encoding="utf-8")
    code, said = checked("proof", path)
    assert (code, "NOT reached: 0 of 2 witnesses" in said) == (1, True)
    head = state.newest()
    text = notes.read_note(head.note).text
    at = int(clock.now().timestamp())
    signed = "".join(notes.cosign(text, name, kind, keys[name], at) for name, kind in KINDS.items())
    actions.record(CLERK, head.note + signed)
    asking.ask_all()
    log.append(make_leaf())
    sequence_once()
    assert state.newest().size > head.size
    proven = proof_files.of_leaf(receipts[5].leaf_id)
    assert proven.head.size == head.size
    path.write_text(proven.text(), encoding="utf-8")
    code, said = checked("proof", path)
    assert code == 0, said
    assert "reached: 2 of 2 witnesses" in said
