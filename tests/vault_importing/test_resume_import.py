"""Killed at any instant, an import goes on where it was: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vault_importing.conftest import Insurer
from tutela.cli.running.cluster import Cluster
from tutela.crypto.normalise import id_card_18
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.importing.errors import ImportRunning, ImportStopped
from tutela.vault.importing.reading.sources import FileSource

pytestmark = pytest.mark.slow
CHILD = """
import sys, django
django.setup()
from pathlib import Path
from tutela.access import queries as people
from tutela.base.actor import Actor, Channel
from tests import imports
from tutela.vault.importing.reading.sources import FileSource

staff = people.staff_by_login(people.LOCAL_OPERATOR)
actor = Actor(kind="machine", id=str(staff.id), channel=Channel.SHELL)
imports.bring_in(actor, FileSource(Path(sys.argv[1])), workers=int(sys.argv[2]), chunk_rows=20)
"""
ROWS = 1600


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes some seconds."""
    rows = [
        f"R{n},欧阳测试,{id_card_18(f'110101{1950 + n // 900}0307{n % 900:03d}')}\n"
        for n in range(ROWS)
    ]
    path = tmp_path_factory.mktemp("resume") / "many.csv"
    path.write_text("客户号,姓名,证件号码\n" + "".join(rows), encoding="utf-8")
    return path


def start(path: Path, workers: int) -> "subprocess.Popen[bytes]":
    """An import in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(workers)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tutela.settings"},
        start_new_session=True,
    )


def bring_in_at_last(insurer: Insurer, path: Path, **how: int) -> ImportResult:
    """Once the server has noticed that a killed process is gone, and has let go of its import."""
    end = time.monotonic() + 30
    while True:
        try:
            return insurer.bring_in(path, **how)
        except ImportRunning:
            assert time.monotonic() < end
            time.sleep(0.1)


def wait_for(insurer: Insurer, chunks: int) -> None:
    """Until so many chunks are committed."""
    end = time.monotonic() + 60
    while insurer.count("vault.import_chunk") < chunks:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_import_killed_in_the_middle_goes_on(insurer: Insurer, path: Path, workers: int):
    """All its processes get kill -9; the next run of the same file does the rest."""
    before = insurer.count("vault.import_chunk")
    named = path.with_name(f"many{workers}.csv")
    named.write_text(path.read_text("utf-8").replace("R", f"S{workers}R"), "utf-8")
    child = start(named, workers)
    wait_for(insurer, before + 5)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    result = bring_in_at_last(insurer, named, chunk_rows=999)
    assert result.resumed
    assert result.rows == ROWS
    assert insurer.count("vault.import_chunk") == before + ROWS // 20
    assert insurer.count("vault.record") == workers * ROWS
    assert insurer.count("vault.customer") == ROWS
    again = insurer.bring_in(named)
    assert (again.resumed, again.unchanged) == (False, ROWS)


def test_a_worker_that_is_killed_stops_the_import_in_one_sentence(insurer: Insurer, path: Path):
    """The chunk it had is not committed; running again does it."""
    named = path.with_name("worker.csv")
    named.write_text(path.read_text("utf-8").replace("R", "T"), "utf-8")
    killed: list[int] = []

    def kill_one(_done: int, _total: int) -> None:
        if not killed:
            listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            workers = [int(pid) for pid in listed if b"postgres" not in _words(pid)]
            killed.append(workers[-1])
            os.kill(workers[-1], signal.SIGKILL)

    with pytest.raises(ImportStopped) as stopped:
        insurer.bring_in(named, workers=2, chunk_rows=20, progress=kill_one)
    assert stopped.value.params["cause"] == "worker_died"
    assert insurer.bring_in(named).resumed


def _words(pid: str) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_the_same_file_cannot_be_imported_by_two_at_once(insurer: Insurer, path: Path):
    """The second is told so; the first goes on."""
    named = path.with_name("busy.csv")
    named.write_text(path.read_text("utf-8").replace("R", "U"), "utf-8")
    before = insurer.count("vault.import_chunk")
    child = start(named, 1)
    wait_for(insurer, before + 1)
    with pytest.raises(ImportRunning):
        insurer.bring_in(FileSource(named).path)
    assert child.wait(60) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_database_that_goes_away_stops_the_import_in_one_sentence(
    insurer: Insurer, cluster: Cluster, path: Path, workers: int
):
    """What is committed stays, and the next run goes on."""
    named = path.with_name(f"gone{workers}.csv")
    named.write_text(path.read_text("utf-8").replace("R", f"G{workers}R"), "utf-8")

    def cut(_done: int, _total: int) -> None:
        with cluster.connect() as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'tutela_app' AND pid <> pg_backend_pid()"
            )

    with pytest.raises(ImportStopped) as stopped:
        insurer.bring_in(named, workers=workers, chunk_rows=20, progress=cut)
    assert stopped.value.params["cause"] == "database_unavailable"
    result = insurer.bring_in(named)
    assert (result.resumed, result.rows) == (True, ROWS)


def test_two_files_with_the_same_customers_at_once_make_each_customer_once(
    insurer: Insurer, path: Path
):
    """Whoever comes second to a customer finds it and changes it."""
    before = insurer.count("vault.customer")
    head, *rows = path.read_text("utf-8").replace("R", "Z").replace("110101", "110105").splitlines()
    rows = [_with_check(row) for row in rows[:600]]
    one, two = path.with_name("one.csv"), path.with_name("two.csv")
    one.write_text("\n".join([head, *rows]), "utf-8")
    two.write_text("\n".join([head, *reversed(rows)]), "utf-8")
    children = [start(one, 1), start(two, 1)]
    assert [child.wait(120) for child in children] == [0, 0]
    assert insurer.count("vault.customer") == before + 600
    assert insurer.bring_in(two).unchanged == 600


def _with_check(row: str) -> str:
    """The id number with the check digit of its new area."""
    key, name, number = row.split(",")
    return f"{key},{name},{id_card_18(number[:17])}"
