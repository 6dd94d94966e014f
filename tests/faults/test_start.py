"""Where and how Tutela starts: strange paths, other accounts, what a crash left, what is in the way."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sample import demo
from tests.faults import installation, load, proof, stock
from tests.faults.conftest import CUSTOMERS
from tests.faults.installation import Installation
from tests.faults.test_open_keys import refused
from tutela.cli.running import account, layout

PASSWORD = "a long enough password 7"
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start as somebody else")


@pytest.fixture
def fresh() -> Iterator[list[Installation]]:
    """Whatever a test puts in here is removed."""
    made: list[Installation] = []
    yield made
    for one in made:
        one.remove()


def _links(house: Installation) -> list[str]:
    lines = house.log.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if "/account/link/" in line]


def test_a_first_run_in_chinese_letters_with_a_national_suite(fresh: list[Installation]):
    """A path with a space and 数据, SM4 for every key: import, find, reveal, change, history. The link
    for the first administrator is printed until it is used, and never again."""
    folder = Path(tempfile.mkdtemp(prefix="tuf 数据 "))
    house = installation.prepare(folder, TUTELA_SUITE="sm4", TUTELA_COMPANY="某 保险")
    fresh.append(house)
    house.up()
    (link,) = _links(house)
    demo.set_password(demo.browser(house.home), link, PASSWORD)
    installation.fill(house, 5)
    assert house.sql("SELECT DISTINCT suite FROM keys.customer_root") == [(2,)]
    assert house.sql("SELECT DISTINCT suite FROM keys.kek") == [(2,)]
    clients = load.made(house, 5)
    assert clients.look(3)
    _change_one(house)
    assert _versions(house, clients.customers[3]) == [2, 1]
    proof.vault_is_whole(house, 5)
    house.stop()
    house.up()
    assert len(_links(house)) == 1
    assert clients.look(4)


def _change_one(house: Installation) -> None:
    path = stock.customers(house.folder / "again.csv", 0, 5)
    path.write_text(path.read_text("utf-8").replace("c3@", "changed3@"), "utf-8")
    (done,) = house.tutela("import", str(path), "--collection", "customer", "--yes")
    assert (done["changed"], done["unchanged"]) == (1, 4)


def _versions(house: Installation, customer: str) -> list[int]:
    detail = house.api("GET", f"/customers/{customer}?purpose=service")
    record = next(r for r in detail["records"] if r["collection"] == "customer")["record_id"]
    path = f"/customers/{customer}/history?record_id={record}&purpose=service"
    status, text = house.ask("GET", f"/api/v1{path}", Authorization=f"Bearer {house.machine}")
    assert status == 200, text
    return [one["version"] for one in demo.json.loads(text)["versions"]]


def test_a_second_start_on_the_same_directory_is_told_so(house: Installation):
    """And the first goes on."""
    refused(house, "is already running on the data directory")
    assert house.healthy()


def test_a_taken_port_is_named(house: Installation, copied: Installation):
    """With the setting that chooses another."""
    refused(copied, "TUTELA_HTTPS_PORT", TUTELA_HTTPS_PORT=str(house.port))


def test_after_kill_9_of_everything_a_start_is_enough(copied: Installation):
    """A power cut: stale pid files, a recovery, nothing lost."""
    clients = load.made(copied.up(), 3)
    assert clients.look(2)
    copied.kill_all()
    installation.until(lambda: not copied.processes(), 10, "the end")
    assert copied.server is not None
    copied.server.wait()
    assert (copied.home / "cluster" / "postmaster.pid").exists()
    copied.up()
    assert clients.look(1)
    proof.trail_is_whole(copied, clients.leaves)
    proof.vault_is_whole(copied, CUSTOMERS)


@root_only
def test_an_ordinary_user_runs_all_of_it(fresh: list[Installation]):
    """PostgreSQL runs as that user too, and nothing is written elsewhere."""
    house = installation.prepare(TEST_UID="65534")
    fresh.append(house)
    for path in (house.folder, house.home, house.folder / "tmp"):
        os.chown(path, 65534, 65534)
    house.up()
    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in house.processes()}
    assert owners == {65534}
    assert (house.home / "cluster" / "PG_VERSION").stat().st_uid == 65534


@root_only
def test_below_a_folder_that_is_closed_to_others_the_cluster_lies_in_a_shared_place(
    fresh: list[Installation],
):
    """Root opens nobody's folder; the server's account could not get in."""
    closed = Path(tempfile.mkdtemp(prefix="tuf"))
    home = closed / "inner" / "home"
    home.parent.mkdir(mode=0o700)
    house = installation.prepare(TUTELA_HOME=str(home))
    fresh.append(house)
    outside = account.SHARED / f"cluster-{layout.tag(home)}"
    try:
        house.up()
        assert (outside / "PG_VERSION").exists()
        assert outside.stat().st_mode & 0o077 == 0
        assert not (home / "cluster").exists()
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        house.stop()
        shutil.rmtree(outside, ignore_errors=True)
        shutil.rmtree(layout.socket_folder(home), ignore_errors=True)
        shutil.rmtree(closed, ignore_errors=True)
