"""The disk is full in the middle of an import and of a look: one sentence, nothing lost, and it goes on
when there is room again. On a small file system of its own, which only root can make."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import installation, load, proof, stock
from tests.faults.conftest import CUSTOMERS
from tests.faults.installation import HEAL_SECONDS, Installation

MEGA = 1024**2
SIZE = 420 * MEGA
ROWS = 9_000
STRAINED = 20 * MEGA
"""Less than a tenth of the disk: the trail closes before the disk is full."""


@pytest.fixture
def small(stopped: Installation) -> Iterator[Installation]:
    """A copy on a disk of 420 MB."""
    made = installation.prepare()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(made.home)], check=False
    )
    if mounted.returncode:
        made.remove()
        if os.environ.get("TUTELA_CI") and os.geteuid() == 0:
            pytest.fail("root could not mount a file system")
        pytest.skip("only root, where it may mount, can make a small disk")
    try:
        subprocess.run(["cp", "-a", f"{stopped.home}/.", str(made.home)], check=True)
        made.key, made.machine = stopped.key, stopped.machine
        yield made
    finally:
        made.stop()
        installation.until(lambda: not made.processes(), 10, "the end")
        subprocess.run(["umount", "-l", str(made.home)], check=True)
        made.remove()


def fill(house: Installation, leave: int) -> Path:
    """A file that leaves so many bytes."""
    path = house.home / "filler"
    with path.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, shutil.disk_usage(house.home).free - leave)
    return path


def test_a_full_disk_stops_looks_and_imports_and_loses_nothing(small: Installation):
    """First the trail closes, then an import stops; both go on after space is freed."""
    clients = load.made(small.up(), 5)
    filler = fill(small, STRAINED)
    installation.until(lambda: not clients.look(1), 20, "the trail to close")
    _, text = small.ask("POST", "/api/v1/customers/find", _phone(2))
    assert "trail.closed" in text
    filler.unlink()
    assert clients.shown_again(HEAL_SECONDS) < HEAL_SECONDS
    file = stock.customers(small.folder / "more.csv", 3_000_000, ROWS)
    filler = fill(small, 6 * MEGA)
    done = small.run("import", str(file), "--collection", "customer", "--yes")
    assert done.returncode == 1, done.stdout
    told = done.stderr.strip().splitlines()[-1]
    assert told.startswith("tutela: "), done.stderr
    assert "Traceback" not in done.stderr
    filler.unlink()
    clients.shown_again(HEAL_SECONDS)
    (whole,) = small.tutela("import", str(file), "--collection", "customer", "--yes")
    assert (whole["rows"], whole["created"], whole["rejected"]) == (ROWS, ROWS, 0)
    assert not clients.wrong, clients.wrong
    proof.trail_is_whole(small, clients.leaves)
    proof.vault_is_whole(small, CUSTOMERS + ROWS)


def _phone(n: int) -> dict[str, str]:
    return {"by": "phone", "value": stock.phone(n), "purpose": "service"}
