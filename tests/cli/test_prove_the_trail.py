"""The shell writes proofs, whole exports and OCSF events; the verifier believes the first two alone."""

import json

import pytest

import tutela_verify
from tests.trail.conftest import make_leaf
from tests.vault.factories import make_cast
from tutela.cli import shell
from tutela.trail import log, queries
from tutela.trail.tree.sequencer import sequence_once


@pytest.fixture(scope="module")
def receipts(database):
    make_cast()
    written = log.append_all([make_leaf() for _ in range(40)])
    sequence_once()
    return written


def run(capfd, *words):
    code = shell.run(["trail", *map(str, words), "--json"])
    shown = capfd.readouterr()
    return code, [json.loads(line) for line in shown.out.splitlines()], shown.err


def newest(event):
    return queries.leaves(queries.LeafFilter(event=event), limit=1)[0]


@pytest.mark.parametrize("name", ["entry.zip", "entry.tlog-proof"])
def test_a_proof_is_written_and_believed(receipts, tmp_path, capfd, name):
    leaf, out = receipts[3].leaf_id, tmp_path / name
    code, rows, said = run(capfd, "prove", leaf, "-o", out)
    assert code == 0, said
    policy = tmp_path / "policy"
    policy.write_text(_policy(rows[0]["origin"]))
    assert tutela_verify.main(["proof", str(out), "--policy", str(policy)]) == 0
    assert f"number {rows[0]['index']} of the log" in capfd.readouterr().out
    traced = newest("trail.leaf.proved")
    assert traced.detail == {"leaf": str(leaf), "format": out.suffix[1:]}


def _policy(origin):
    from tutela.trail.tree import witnesses

    return witnesses.policy_text()


def test_an_entry_that_is_not_there_is_one_sentence_and_leaves_its_leaf(receipts, tmp_path, capfd):
    nobody = "01a203c9-8ab7-7000-9e2d-90b1e5627cbe"
    code, rows, said = run(capfd, "prove", nobody, "-o", tmp_path / "x")
    assert (code, rows, "base.not_found" in said) == (1, [], True)
    assert not (tmp_path / "x").exists()
    assert newest("trail.leaf.proved").detail["leaf"] == nobody


@pytest.mark.parametrize("table", ["csv", "xlsx", "jsonl", "none"])
def test_a_whole_export_is_written_and_believed(receipts, tmp_path, capfd, table):
    out = tmp_path / "all.zip"
    code, rows, said = run(capfd, "export", "-o", out, "--table", table)
    assert code == 0, said
    assert rows[0]["leaves"] >= 40
    assert tutela_verify.main(["export", str(out)]) == 0
    traced = newest("trail.leaves.exported")
    assert traced.detail["format"] == ("proof" if table == "none" else f"proof-{table}")
    assert traced.detail["leaves"] == rows[0]["leaves"]


def test_an_unknown_table_or_schema_writes_nothing(receipts, tmp_path, capfd):
    for words in (("export", "--table", "pdf"), ("ocsf", "--schema", "9.9.9")):
        code, _, said = run(capfd, *words, "-o", tmp_path / "x")
        assert code == 2
        assert said
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("schema", ["1.8.0", "1.3.0"])
def test_events_of_the_schema_are_written_line_by_line(receipts, tmp_path, capfd, schema):
    out = tmp_path / "events.jsonl"
    code, rows, said = run(capfd, "ocsf", "-o", out, "--schema", schema, "--limit", "25")
    assert code == 0, said
    events = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(events) == rows[0]["events"] == 25
    assert {event["metadata"]["version"] for event in events} == {schema}
    assert newest("trail.leaves.exported").detail["format"] == f"ocsf-{schema}"
