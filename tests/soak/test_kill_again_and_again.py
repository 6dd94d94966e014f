"""Many kills in a row at moments that nobody chose, with looks and imports going on."""

import random

from tests.faults import load, proof, stock
from tests.faults.conftest import CUSTOMERS
from tests.faults.installation import HEAL_SECONDS, Installation
from tests.faults.test_kill_processes import bring_in, kill_import

ROUNDS = 12
ROWS = 6_000


def test_a_dozen_kills_lose_nothing(copied: Installation):
    """Each round brings in a file of its own, is cut short, and heals."""
    chance = random.Random(11)
    clients = load.made(copied.up(), 20)
    files = []
    with load.running(clients):
        for turn in range(ROUNDS):
            first = 1_000_000 * (turn + 1)
            files.append(stock.customers(copied.folder / f"{turn}.csv", first, ROWS))
            kill_import(copied, files[-1], chance.choice(["import", "postmaster"]))
            clients.shown_again(HEAL_SECONDS)
            copied.kill(chance.choice(["web", "server"]))
            clients.shown_again(HEAL_SECONDS)
    for file in files:
        assert bring_in(copied, file)["rows"] == ROWS
    assert not clients.wrong, clients.wrong
    proof.trail_is_whole(copied, clients.leaves)
    proof.vault_is_whole(copied, CUSTOMERS + ROUNDS * ROWS)
