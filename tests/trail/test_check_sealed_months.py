"""A sealed month leaves Tutela as a list of its entries; the verifier checks it alone, with the seal and the file."""

from datetime import timedelta

import pytest
from django.conf import settings

import tutela_verify
from tests.trail.conftest import query
from tests.trail.months import Past, month_ago, sequence
from tutela.base import clock
from tutela.trail import queries
from tutela.trail.segments import engine, leaves_file, rows, rules, seal
from tutela.trail.tree import proof_files, range_files, witnesses

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def segments(cluster, database, tmp_path_factory):
    """Two months of long ago, sealed, copied and given up by the database."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    settings.TUTELA_TRAIL_COPIES = [str(folder) for folder in folders]
    with cluster.connect(database=database) as server:
        past = Past(server)
        for month in (month_ago(19, clock.today()), month_ago(18, clock.today())):
            past.month(month, 39)
            past.leaf(rules.ends(month) - timedelta(seconds=2), purpose="legal")
        server.commit()
    sequence()
    assert len(seal.work().cooled) == 2
    sequence()
    yield rows.segments()[::-1]
    settings.TUTELA_TRAIL_COPIES = []


@pytest.fixture
def run(capsys):
    def command(*words):
        code = tutela_verify.main([str(word) for word in words])
        return code, capsys.readouterr().out

    return command


def test_a_sealed_month_is_believed_entry_by_entry(segments, run, tmp_path):
    """Its seal is an entry with its own proof, and the Parquet file is the one that was sealed."""
    segment = segments[1]
    leaves, seal_file, policy = (
        tmp_path / name for name in ("leaves.gz", "seal.tlog-proof", "policy")
    )
    leaves.write_bytes(b"".join(leaves_file.pieces(segment)))
    seal_file.write_text(proof_files.of_leaf(segment.sealed_leaf).text(), encoding="utf-8")
    policy.write_text(witnesses.policy_text())
    parquet = engine.path_of(segment, segment.written.leaves)
    words = ("--seal", seal_file, "--parquet", parquet, "--policy", policy)
    code, said = run("segment", leaves, *words)
    assert code == 0, said
    assert "seal       its entry says the same" in said
    assert "is the sealed one" in said
    other = tmp_path / "other.gz"
    other.write_bytes(b"".join(leaves_file.pieces(segments[0])))
    code, said = run("segment", other, *words)
    assert (code, "its entry differs in: first" in said) == (1, True)


def test_a_leaf_of_a_month_that_files_hold_is_proved(segments, run, tmp_path):
    """The database has given it up; bytes and place come from the file, the hashes from the tiles."""
    found = query("SELECT count(*) FROM trail.leaf WHERE at < %s", rules.ends(segments[1].month))
    assert found == [(0,)]
    ends = rules.ends(segments[0].month)
    (row,) = queries.leaves(queries.LeafFilter(purpose="legal", until=ends), limit=1)
    path, policy = tmp_path / "a.tlog-proof", tmp_path / "policy"
    path.write_text(proof_files.of_leaf(row.id).text(), encoding="utf-8")
    policy.write_text(witnesses.policy_text())
    code, said = run("proof", path, "--policy", policy)
    assert code == 0, said
    assert "purpose    legal" in said


@pytest.mark.parametrize("table", ["csv", ""])
def test_a_whole_export_goes_through_months_that_files_hold(segments, run, tmp_path, table):
    """From the first entry to the newest checkpoint, and of one such month alone."""
    for wanted in (
        range_files.of_time(None, None),
        range_files.of_time(None, rules.ends(segments[0].month)),
    ):
        path = tmp_path / "export.zip"
        with path.open("wb") as file:
            range_files.write(file, wanted, table)
        code, said = run("export", path)
        assert code == 0, said
