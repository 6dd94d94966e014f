"""kill -9 of each process under load: no clear value without its leaf, no leaf twice, no row lost."""

from pathlib import Path
from typing import Any

import pytest

from tests.faults import installation, load, proof, stock
from tests.faults.conftest import CUSTOMERS
from tests.faults.installation import HEAL_SECONDS, Installation

ROWS = 9_000


def bring_in(house: Installation, file: Path) -> dict[str, Any]:
    """The whole import, to its end."""
    (done,) = house.tutela("import", str(file), "--collection", "customer", "--yes")
    return done


def kill_import(house: Installation, file: Path, victim: str) -> None:
    """Import, and kill -9 the importing process or PostgreSQL once something is committed."""
    chunks = "SELECT count(*) FROM vault.import_chunk"
    before = house.sql(chunks)[0][0]
    running = house.popen("import", str(file), "--collection", "customer", "--yes", "--json")
    installation.until(
        lambda: house.sql(chunks)[0][0] > before or running.poll() is not None, 60, "a chunk"
    )
    if victim == "import":
        running.kill()
    else:
        house.kill(victim)
    running.wait(60)


@pytest.fixture
def clients(copied: Installation) -> load.Load:
    return load.made(copied.up(), 20)


def test_every_process_may_be_killed_under_load(clients: load.Load, copied: Installation):
    """Importing process, web process, PostgreSQL, worker and granian's parent, while values are shown."""
    file = stock.customers(copied.folder / "more.csv", 1_000_000, ROWS)
    with load.running(clients):
        kill_import(copied, file, "import")
        for kind in ("web", "worker", "server"):
            copied.kill(kind)
            clients.shown_again(HEAL_SECONDS)
        kill_import(copied, file, "postmaster")
        clients.shown_again(HEAL_SECONDS)
    done = bring_in(copied, file)
    assert (done["rows"], done["rejected"]) == (ROWS, 0)
    assert not clients.wrong, clients.wrong
    assert clients.endings["200"] > 20
    proof.trail_is_whole(copied, clients.leaves)
    proof.vault_is_whole(copied, CUSTOMERS + ROWS)


def test_killed_up_leaves_nothing_that_keeps_the_next_from_starting(
    clients: load.Load, copied: Installation
):
    """Its children end by themselves within a few seconds; PostgreSQL stays and is taken over."""
    with load.running(clients):
        clients.shown_again(10)
        copied.kill("up")
    ours = ("up", "server", "web", "worker")
    installation.until(lambda: not any(copied.pids(of=kind) for kind in ours), 8, "the end")
    assert copied.server is not None
    copied.server.wait()
    copied.up()
    clients.shown_again(HEAL_SECONDS)
    assert not clients.wrong, clients.wrong
    proof.trail_is_whole(copied, clients.leaves)
