"""Our side of bench_backup: the product's own steps, each in a process of its own whose memory is watched.

`python -m benchmarks.backup_ours VERB …` is that process; it prints one line of JSON at its end. Time is
counted from when Django stands, as in a worker that waits for work. Memory is that of the process and all
its programs together, looked at ten times a second; pages that they share are counted for each."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.backup_peers import Place
from tutela.cli.running.layout import REPOSITORY

MEGA = 1024 * 1024
LOOK_SECONDS = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Step:
    """One step as it was measured."""

    seconds: float
    peak_mib: float
    sealed: int = 0


def place(folder: Path) -> Place:
    """Two pairs of age's keys below a folder; the first one's private half opens what all sides keep."""
    from tutela.crypto import age

    (identity, first), (_, second) = age.new_identity(), age.new_identity()
    path = folder / "identity"
    path.write_text(identity + "\n")
    path.chmod(0o600)
    return Place(folder, path, (first, second))


def stepped(verb: str, *words: str) -> Step:
    """Run a step to its end; RuntimeError with what it said."""
    command = [sys.executable, "-m", "benchmarks.backup_ours", verb, *words]
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY
        ) as child,
        watched(child.pid) as peak,
    ):
        told, fault = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{verb}: {(fault.strip() or 'failed').splitlines()[-1]}")
    row = json.loads(told.splitlines()[-1])
    return Step(row["seconds"], peak() / MEGA, row.get("sealed", 0))


@contextlib.contextmanager
def watched(pid: int) -> Iterator[Callable[[], int]]:
    """The most bytes that a process and its descendants held at once."""
    most, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            most[0] = max(most[0], sum(map(_resident, _family(pid))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        thread.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _resident(pid: int) -> int:
    """Bytes that the process holds for itself: what it shares with files of programs is not its own."""
    try:
        _, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * _PAGE


def timed(work: Callable[[], int]) -> None:
    """Do a step and print it; it returns the bytes that were sealed."""
    began = time.perf_counter()
    sealed = work()
    print(json.dumps({"seconds": time.perf_counter() - began, "sealed": sealed}))
