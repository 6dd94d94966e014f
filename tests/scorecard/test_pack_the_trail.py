"""A pack says how the access log was found just before, and holds the heads of its chains."""

import zipfile
from datetime import timedelta

import pytest

import tutela_verify
from tutela.base import clock
from tutela.scorecard.actions.packs import write_pack
from tutela.trail import events, queries


def written(people, path):
    today = clock.today()
    write_pack(people["auditor"].actor, today - timedelta(days=9), today, path)
    return path


def said(path):
    """Whether all is equal, and the lines about the trail."""
    outcome = tutela_verify.check(str(path))
    return outcome.good, [line for line in outcome.lines if "trail" in line]


def test_a_pack_holds_the_heads_of_a_whole_log(people, tmp_path):
    """As many as it says; the verification before it left its leaf."""
    good, lines = said(written(people, tmp_path / "pack.zip"))
    assert good
    assert len(lines) == 2
    assert (
        queries.leaves(queries.LeafFilter(event=events.CHAINS_VERIFIED.name), limit=1)[0].detail[
            "broken"
        ]
        == 0
    )


def test_a_pack_over_a_broken_log_says_so_itself(people, tmp_path, cluster, database):
    """It is written, is told as different, and its summary warns in both languages."""
    leaf_id = queries.leaves(limit=1)[0].id
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        ((kept,),) = server.execute("SELECT leaf FROM trail.leaf WHERE id = %s", [leaf_id])
        change = "UPDATE trail.leaf SET leaf = %s WHERE id = %s"
        server.execute(change, [b"\xff" * 40, leaf_id])
        path = written(people, tmp_path / "broken.zip")
        server.execute(change, [kept, leaf_id])
    good, lines = said(path)
    assert not good
    assert "NOT INTACT" in lines[-1]
    with zipfile.ZipFile(path) as pack:
        page = pack.read("summary.html").decode()
        assert str(leaf_id) in pack.read("manifest.json").decode()
    assert "THE ACCESS LOG IS BROKEN" in page
    assert "访问留痕有" in page


@pytest.mark.parametrize("edit", [lambda heads: heads[1:], lambda heads: heads[:1] * 2])
def test_heads_that_are_not_as_told_are_named(people, tmp_path, edit):
    """One is missing, or one stands twice."""
    path, other = written(people, tmp_path / "pack.zip"), tmp_path / "other.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "trail/heads.csv":
                data = b"".join(edit(data.splitlines(keepends=True)))
            target.writestr(name, data)
    outcome = tutela_verify.check(str(other))
    assert any(line.startswith("DIFFERENT  trail") for line in outcome.lines)
