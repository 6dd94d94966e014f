"""Evidence that is committed while a pack is being written, by another connection: the next pack tells it."""

import json
import threading
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

import tutela_verify
from tutela.base import clock
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.actions.packs import write_pack


def report(**facts):
    """A training of last week."""
    today = clock.today()
    return Report(**{
        "target": "trainings", "begins": today - timedelta(days=5), "ends": today - timedelta(days=4),
        "unit": "count", "source": "lms", "signer": "Wang", "value": 1,
    } | facts)  # fmt: skip


class Held(threading.Thread):
    """Another person's transaction, on a connection of its own: evidence recorded, not yet committed."""

    def __init__(self, actor, *reports):
        super().__init__()
        self._actor, self._reports = actor, reports
        self.recorded, self.go_on = threading.Event(), threading.Event()
        self.failed = None

    def run(self):
        try:
            with transaction.atomic():
                for one in self._reports:
                    add_evidence(self._actor, one)
                self.recorded.set()
                assert self.go_on.wait(30)
        except Exception as error:
            self.failed = error
            self.recorded.set()
        finally:
            connection.close()


def write(people, path):
    """A pack of the last thirty days; its manifest."""
    today = clock.today()
    write_pack(people["auditor"].actor, today - timedelta(days=29), today, path)
    with zipfile.ZipFile(path) as opened:
        return json.loads(opened.read("manifest.json"))


def values(manifest, target):
    (found,) = [one["value"] for one in manifest["figures"] if one["target"] == target]
    return found


def test_evidence_committed_after_a_pack_and_stamped_before_it_is_told_as_a_change(
    people, tmp_path, monkeypatch, capsys
):
    """The first pack cannot hold it, whatever its moment says; the second says that it has come."""
    other = Held(people["compliance_officer"].actor, report())
    other.start()
    assert other.recorded.wait(30)
    first = write(people, tmp_path / "first.zip")
    assert other.failed is None
    other.go_on.set()
    other.join()
    second = write(people, tmp_path / "second.zip")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(recorded_at) < %s FROM scorecard_outside_evidence", [first["written_at"]]
        )
        assert cursor.fetchone() == (True,), "no race: the row is stamped after the pack"
    assert (values(first, "trainings"), values(second, "trainings")) == (None, 1.0)
    (change,) = [one for one in second["earlier"]["changes"] if one["target"] == "trainings"]
    assert (change["then"]["value"], change["now"]["value"]) == (None, 1.0)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    for name in ("first.zip", "second.zip"):
        assert tutela_verify.main(["pack", str(tmp_path / name)]) == 0
    assert "change     trainings: 1 time(s), in the pack of" in capsys.readouterr().out


def test_a_pack_of_an_older_tutela_is_compared_by_the_moments_of_its_rows(people, tmp_path):
    """It kept no note of what it said, only a leaf: what was recorded since is told all the same."""
    first = write(people, tmp_path / "first.zip")
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE scorecard_pack, scorecard_pack_part")
    late = report(target="leak-drill", source="book")
    add_evidence(people["compliance_officer"].actor, late)
    since = write(people, tmp_path / "second.zip")["earlier"]
    assert since["written_at"] == first["written_at"]
    assert {one["target"] for one in since["changes"]} >= {"leak-drill"}
    assert "restore-test" not in {one["target"] for one in since["changes"]}
    assert tutela_verify.check(str(tmp_path / "second.zip")).good


def test_what_a_pack_said_cannot_be_changed(people, tmp_path):
    """Append only, by the database's own rights."""
    write(people, tmp_path / "pack.zip")
    for statement in ("UPDATE {} SET file_hash = ''", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement.format("scorecard_pack"))


def test_a_pack_that_could_not_be_finished_is_not_what_the_next_one_compares_with(people, tmp_path):
    """The folder is gone before its end: neither a note nor a leaf of it, and the next is told as before."""
    today = clock.today()
    whole = write(people, tmp_path / "whole.zip")

    def full(done, wanted):
        if done == wanted:
            raise OSError

    with pytest.raises(OSError):
        write_pack(
            people["auditor"].actor, today - timedelta(days=29), today, tmp_path / "no.zip", full
        )
    assert write(people, tmp_path / "next.zip")["earlier"]["written_at"] == whole["written_at"]
