"""An upload waits in the queue; the worker that imports it is killed: another takes it up."""

import json
import time

from tests.faults import installation, proof, stock
from tests.faults.conftest import CUSTOMERS
from tests.faults.installation import Installation

ROWS = 12_000


def test_an_import_whose_worker_is_killed_is_taken_up_again(copied: Installation):
    """The import ends by itself, with exactly the rows of the file."""
    copied.up()
    installation.until(lambda: bool(copied.pids(of="worker")), 20, "the worker")
    file = stock.customers(copied.folder / "more.csv", 2_000_000, ROWS)
    copied.key = copied.machine
    path = "/api/v1/imports?collection=customer"
    status, text = copied.ask(
        "POST", path, file.read_bytes(), **{"Content-Type": "application/octet-stream"}
    )
    assert status == 202, text
    place = f"/imports/{json.loads(text)['import_id']}"
    installation.until(lambda: copied.api("GET", place)["rows"] > 0, 60, "the first rows")
    copied.kill("worker")
    began = time.monotonic()
    installation.until(lambda: copied.api("GET", place)["state"] == "finished", 90, "the end")
    print("taken up and done after", round(time.monotonic() - began, 1), "s")
    told = copied.api("GET", place)
    assert (told["rows"], told["created"], told["rejected"]) == (ROWS, ROWS, 0)
    proof.vault_is_whole(copied, CUSTOMERS + ROWS)
