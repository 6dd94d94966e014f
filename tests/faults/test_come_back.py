"""The database is lost for real, and the installation comes back from its backup: rows, grants, the trail, and nobody
who was destroyed."""

import json
import shutil
from pathlib import Path

import pytest

from tests.faults import backups, installation
from tests.faults.installation import Installation


def _cluster(house: Installation) -> Path:
    """Where the server's files are: below the data directory, or beside it under root."""
    from tutela.cli.running import account

    return account.reachable_data(house.home, account.choose(house.home))


@pytest.fixture(scope="module")
def lived(stopped):
    """An installation that ran, destroyed a customer, was backed up, and destroyed another one since."""
    house = installation.copy(stopped)
    house.up()
    first = backups.inside(house, "destroy")["customer"]
    target = house.folder / "target"
    target.mkdir()
    key = house.folder / "operations.key"
    made = backups.inside(house, "seal", str(target), str(key))
    before = backups.inside(house, "count")
    second = backups.inside(house, "destroy")["customer"]
    house.stop()
    yield house, made, before, (first, second)
    house.remove()


@pytest.fixture
def lost(lived):
    """A copy of it whose database is gone."""
    house, made, before, destroyed = lived
    copied = installation.copy(house)
    for name in ("target", "operations.key"):
        (copied.folder / name).symlink_to(house.folder / name)
    shutil.rmtree(_cluster(copied))
    yield copied, made, before, destroyed
    copied.remove()


def _words(house, made, *more):
    return ("restore", "--from", (house.folder / "target").resolve().as_uri(), "--identity",
            str(house.folder / "operations.key"), "--signer", made["signer"], *more)  # fmt: skip


def _restore(house, made, *more, **environment):
    done = house.run(*_words(house, made, *more), "--json", seconds=300, **environment)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_lost_database_comes_back(lost):
    """Every accepted row of the set, every grant, no destroyed customer, and a trail that goes on provably."""
    house, made, before, destroyed = lost
    done, rows = _restore(house, made, "--check")
    assert done.returncode == 0, done.stderr
    fits = {row["check"]: row for row in rows}
    assert {row["result"] for row in rows} == {"passed"}
    assert "since 1" in fits["destructions"]["detail"]
    assert not _cluster(house).joinpath("base", "16500").exists()
    done, rows = _restore(house, made)
    assert done.returncode == 0, done.stderr + done.stdout
    checks = {row["check"]: row for row in rows}
    assert checks["destructions_replayed"]["replayed"] == 1
    assert checks["new_epoch"]["epoch"] == 2
    now = backups.inside(house, "count")
    assert now["grants"] == before["grants"]
    assert now["destroyed"] == sorted(destroyed)
    kept = ("vault.customer", "vault.record_history", "access_staff", "vault.import_batch")
    assert {name: now["rows"][name] for name in kept} == {
        name: before["rows"][name] for name in kept
    }
    house.up()
    assert house.tutela("trail", "verify")[-1]["broken"] == 0
    tree = house.tutela("trail", "tree")[0]
    assert (tree["tree"], tree["faults"]) == (2, [])
    assert house.tutela("vault", "verify")[-1]["outcome"] == "good"
    again, _rows = _restore(house, made)
    assert (again.returncode, "backup.service_running" in again.stderr) == (1, True)
    house.stop()
    again, rows = _restore(house, made)
    assert again.returncode == 1
    assert "backup.database_not_empty" in again.stderr
