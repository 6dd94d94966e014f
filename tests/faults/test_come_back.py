"""The database is lost for real, and the installation comes back from its backup: rows, grants, the trail, and nobody
who was destroyed."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.faults import backups, installation
from tests.faults.installation import Installation, command

pytestmark = pytest.mark.slow
KILLED_AT = ("fetching", "opening", "restoring", "checking", "switching")
KEPT = (
    "vault.customer",
    "vault.record_history",
    "access_staff",
    "vault.import_batch",
    "vault.work_item",
)


def _cluster(house: Installation) -> Path:
    """Where the server's files are: below the data directory, or beside it under root."""
    from tutela.cli.running import account

    return account.reachable_data(house.home, account.choose(house.home))


@pytest.fixture(scope="module")
def lived(stopped):
    """An installation that was backed up and drilled, with a customer destroyed before the set and one since."""
    house = installation.copy(stopped)
    key = house.folder / "operations.key"
    house.environment["TUTELA_BACKUP_IDENTITY_FILE"] = str(key)
    backups.inside(house, "ground", str(house.folder / "target"), str(key))
    first = backups.inside(house, "destroy")["customer"]
    made = backups.inside(house, "back_up")
    before = backups.inside(house, "count")
    second = backups.inside(house, "destroy")["customer"]
    yield house, made, before, (first, second)
    house.remove()


@pytest.fixture
def lost(lived):
    """A copy of it whose database is gone."""
    house, made, before, destroyed = lived
    copied = installation.copy(house)
    shutil.rmtree(_cluster(copied))
    yield copied, (house, made), before, destroyed
    copied.remove()


def _words(of, *more):
    house, made = of
    return ("restore", "--from", (house.folder / "target").as_uri(), "--identity",
            str(house.folder / "operations.key"), "--signer", made["signer"], *more)  # fmt: skip


def _restore(house, of, *more):
    done = house.run(*_words(of, *more), "--json", seconds=300)
    return done, {row["check"]: row for row in map(json.loads, done.stdout.splitlines())}


def _is_back(house, before, destroyed):
    """Every row of the set, every grant, both destroyed customers destroyed, the trail whole in its second tree."""
    now = backups.inside(house, "count")
    assert now["grants"] == before["grants"]
    assert now["destroyed"] == sorted(destroyed)
    kept = {name: rows for name, rows in before["rows"].items() if name in KEPT}
    work_items = kept.pop("vault.work_item")
    assert {name: now["rows"][name] for name in kept} == kept
    assert (
        now["rows"]["vault.work_item"] == work_items - 1
    )  # the one of the customer destroyed since
    assert house.tutela("trail", "verify")[-1]["broken"] == 0
    assert house.tutela("vault", "verify")[-1]["outcome"] == "good"


def test_the_set_was_verified_when_it_was_made(lived):
    """Up to its opened stream, as this machine has a key for drills."""
    _house, made, _before, _destroyed = lived
    assert made["state"] == "uploaded"
    assert sorted(made["verified"])[-2:] == [[2, "passed", ""], [2, "passed", ""]]


def test_a_drill_passes_on_it(lived):
    """Restored, checked, destroyed again in it, started, tried out; a broken copy was refused; nothing is left."""
    house, _made, _before, _destroyed = lived
    done = backups.inside(house, "drill")
    assert (done["state"], done["code"]) == ("passed", "")
    report = done["report"]
    assert (report["level"], report["refused_broken_copy"], report["chosen"]) == (4, True, "newest")
    checks = {check["check"]: check for stage in report["stages"] for check in stage["checks"]}
    assert {check["result"] for check in checks.values()} == {"passed"}
    assert (
        checks["destructions_replayed"]["replayed"] == 2
    )  # the one since the set, and a planted one
    assert report["rto_seconds"] >= sum(one["seconds"] for one in report["stages"][:-1]) > 0
    assert report["rpo_seconds"] > 0
    assert [one["stage"] for one in report["stages"]] == [
        "provisioning", "fetching", "opening", "restoring", "checking", "smoke", "teardown",
    ]  # fmt: skip
    assert not any((house.home / "backup" / "drill").iterdir())
    assert backups.inside(house, "count")["destroyed"] != []


def test_a_lost_database_comes_back(lost):
    """Every accepted row of the set, every grant, no destroyed customer, and a trail that goes on provably."""
    house, of, before, destroyed = lost
    done, fits = _restore(house, of, "--check")
    assert done.returncode == 0, done.stderr
    assert {row["result"] for row in fits.values()} == {"passed"}
    assert "since 1" in fits["destructions"]["detail"]
    done, checks = _restore(house, of)
    assert done.returncode == 0, done.stderr + done.stdout
    assert checks["destructions_replayed"]["replayed"] == 1
    assert checks["new_epoch"]["epoch"] == 2
    _is_back(house, before, destroyed)
    house.up()
    tree = house.tutela("trail", "tree")[0]
    assert (tree["tree"], tree["faults"]) == (2, [])
    again, _rows = _restore(house, of)
    assert (again.returncode, "backup.service_running" in again.stderr) == (1, True)
    house.stop()
    again, _rows = _restore(house, of)
    assert (again.returncode, "backup.database_not_empty" in again.stderr) == (1, True)


def test_a_lost_machine_comes_back_from_the_target_alone(lost):
    """Without the data directory: key files from the keys set, the later destruction from the journal beside it."""
    house, of, before, destroyed = lost
    backups.inside(of[0], "carry")
    shutil.rmtree(house.home)
    house.home.mkdir(mode=0o700)
    done, checks = _restore(house, of)
    assert done.returncode == 0, done.stderr + done.stdout
    assert checks["destructions_replayed"]["replayed"] == 1
    _is_back(house, before, destroyed)
    assert not list((house.home / "backup" / "restore").iterdir())
    loose = [path for path in house.home.rglob("*.key") if path.stat().st_mode & 0o077]
    assert loose == []


@pytest.mark.parametrize("stage", KILLED_AT)
def test_a_restore_that_is_killed_goes_on(lost, stage):
    """kill -9 as soon as the stage is told: the next call ends well, and nothing is open to others meanwhile."""
    house, of, before, destroyed = lost
    started = subprocess.Popen(
        command(house.environment, *_words(of)), env=house.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=house.folder,
    )  # fmt: skip
    for line in started.stderr:
        if line.startswith(stage):
            break
    if stage in {"restoring", "checking"}:
        time.sleep(0.7)  # into the work itself
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    found = (house.home / "backup" / "restore").rglob("*")
    assert [path for path in found if path.stat().st_mode & 0o077] == []
    done, _checks = _restore(house, of)
    if stage == "switching" and "backup.database_not_empty" in done.stderr:
        done, _checks = _restore(house, of, "--check")  # it had ended already
    else:
        assert done.returncode == 0, done.stderr + done.stdout
    _is_back(house, before, destroyed)
