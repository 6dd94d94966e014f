"""Every room's tests pass whatever day and hour it is, and in another time zone than the usual one.

Each room runs in a process of its own, with its own PostgreSQL, whose wall clock is moved. How, and what is
left out and why: docs/decisions/test-clocks.md.
"""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# Whole installations, whose processes start others with the variables the product chooses: no LD_PRELOAD.
WITH_PROCESSES = {"journeys", "faults", "sample", "soak"}
ROOMS = sorted(
    folder.name
    for folder in TESTS.iterdir()
    if folder.name not in WITH_PROCESSES and any(folder.glob("test_*.py"))
)


@dataclass(frozen=True)
class Clock:
    """Where a room's run begins; `anew` puts each file of the room there, one day later each."""

    at: str
    anew: bool = False
    zone: str = "Asia/Shanghai"


CLOCKS = {
    "before-midnight": Clock("2027-03-16T23:58:00+08:00", anew=True),
    "leap-day": Clock("2028-02-29T10:00:00+08:00"),
    "last-of-december": Clock("2027-12-31T10:00:00+08:00"),
    # West of Greenwich, on half hours, when it is already tomorrow in UTC.
    "another-zone": Clock("2027-06-09T22:00:00-02:30", zone="America/St_Johns"),
}


@pytest.fixture(scope="module")
def library() -> Iterator[Path]:
    """The shifted clock, built; PostgreSQL's account must be able to read it."""
    compiler = shutil.which("cc")
    assert compiler, "the runs under other clocks need a C compiler: apt-get install gcc libc6-dev"
    with tempfile.TemporaryDirectory(prefix="tuc") as folder:
        Path(folder).chmod(0o755)
        made = Path(folder) / "shifted_clock.so"
        source = Path(__file__).with_name("shifted_clock.c")
        words = [
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Werror",
            "-o",
            str(made),
            str(source),
            "-ldl",
        ]
        subprocess.run([compiler, *words], check=True)
        yield made


def run(library: Path, clock: Clock, *words: str) -> subprocess.CompletedProcess[str]:
    """pytest with these words, under this clock."""
    file = library.with_name("seconds")
    shift = round(datetime.fromisoformat(clock.at).timestamp() - time.time())
    file.write_bytes(struct.pack("q", shift))
    file.chmod(0o644)
    variables = os.environ | {
        "LD_PRELOAD": str(library),
        "SHIFTED_CLOCK_FILE": str(file),
        "SHIFTED_CLOCK_AT": clock.at,
        "SHIFTED_CLOCK_ANEW": "1" if clock.anew else "",
        "SHIFTED_CLOCK_ZONE": clock.zone,
        # Compiled files note their source's time, which differs here.
        "PYTHONPYCACHEPREFIX": str(library.with_name("compiled")),
    }
    plugin = ["-n0", "-p", "tests.soak.shifted_clock", "-m", "not browser"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, *words],
        env=variables, cwd=TESTS.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", CLOCKS)
def test_a_room_passes(library: Path, name: str, room: str):
    """A failure prints the room's own report."""
    done = run(library, CLOCKS[name], str(TESTS / room))
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
