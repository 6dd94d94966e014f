"""A pytest plugin for runs under another clock (`docs/decisions/test-clocks.md`).

It gives PostgreSQL and what Tutela starts the clock of the test process: the product hands its children no
LD_PRELOAD, and with two clocks the trail would rightly refuse to write. With SHIFTED_CLOCK_ANEW each test
file begins at the moment chosen, a day after the file before it: time never runs backward.
"""

import os
import struct
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tutela.cli.running import environment

environment.PASSED |= {"LD_PRELOAD", "SHIFTED_CLOCK_FILE"}
BEGIN = datetime.fromisoformat(os.environ["SHIFTED_CLOCK_AT"])
ANEW = bool(os.environ.get("SHIFTED_CLOCK_ANEW"))
FILE = Path(os.environ["SHIFTED_CLOCK_FILE"])
_begun: list[Path] = []


def set_clock(at: datetime) -> None:
    """For every process that has the file in memory, at once."""
    (shift,) = struct.unpack("q", FILE.read_bytes())
    with FILE.open("r+b") as file:
        file.write(struct.pack("q", round(at.timestamp() - time.time() + shift)))


def pytest_configure() -> None:
    if abs(time.time() - BEGIN.timestamp()) > 300:
        raise pytest.UsageError("the clock does not show the moment chosen: is LD_PRELOAD set?")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Before the fixtures of a file's first test."""
    if ANEW and (not _begun or _begun[-1] != item.path):
        set_clock(BEGIN + timedelta(days=len(_begun)))
        _begun.append(item.path)
