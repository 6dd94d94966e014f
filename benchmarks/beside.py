"""Beside another commit: the same work by both, turn about, and what it cost each.

`make bench ARGS="--beside COMMIT"` checks the commit out into a temporary folder and starts
`beside_load.py` there and here, each with a database of its own. Then both do short blocks of each work in
turns (A B, B A, ...): what else the machine does meets both sides of a pair alike, and the median of many
pairs says more than a few long runs. Each side uses its own measures' set-up, so that each does what an
installation of that day does.
"""

import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

HERE = Path(__file__).parent.parent
LOAD = Path("benchmarks/beside_load.py")
LOCK = Path("requirements/bench.txt")
PAIRS, QUICK_PAIRS = 25, 2
FEWER = {"10,000": 7, "100,000": 3, "1,000,000": 1}
"""Pairs of whole imports, by their size."""
LEAST = 0.95
"""Import, lookup and reveal may lose 5 % at most."""
FLOORS = ("import", "lookup", "reveal")
Figure = dict[str, float]
"""Seconds of a unit by the clock (`wall`) and of all processors (`cpu`)."""
Pair = tuple[Figure, Figure]
"""One block of a work by us, and the block of the other side next to it."""


@dataclass(frozen=True, slots=True)
class Side:
    """A checkout, and the interpreter whose packages fit it."""

    folder: Path
    python: Path

    @contextmanager
    def started(self, *scale: str) -> Iterator["Worker"]:
        """A process that does blocks of work, with a database of its own."""
        places = os.pathsep.join(map(str, (self.folder / "src", self.folder)))
        with subprocess.Popen(
            [self.python, LOAD, *scale], cwd=self.folder, env={**os.environ, "PYTHONPATH": places},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            yield Worker(process)
            process.communicate()


class Worker:
    """One side at work. `works` are the names of what it can do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.works: list[str] = self._answer()

    def measure(self, work: str) -> Figure:
        """One block of a work."""
        if self._process.stdin is None:
            raise AssertionError("the worker reads from a pipe")
        self._process.stdin.write(f"{work}\n")
        self._process.stdin.flush()
        figure: Figure = self._answer()
        return figure

    def _answer(self) -> Any:
        if self._process.stdout is None or not (line := self._process.stdout.readline()):
            raise SystemExit("--beside: one side ended before its time")
        return json.loads(line)


def run(commit: str, *, quick: bool, imports_only: bool = False) -> list[Row]:
    """A row for the clock and one for the processors, for each kind of work. `imports_only`: imports of
    several sizes, each with the same file once more, and nothing else."""
    known = ["git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"]
    if subprocess.run(known, cwd=HERE, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit(f"--beside: there is no commit {commit!r} here")
    # Told to end, it takes the worktree away all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    scale = ("quick" if quick else "full", "import" if imports_only else "all")
    here = Side(HERE, Path(sys.executable))
    with (
        _checked_out(commit) as other,
        here.started(*scale) as ours,
        other.started(*scale) as theirs,
    ):
        pairs: dict[str, list[Pair]] = {work: [] for work in ours.works}
        for turn, work in itertools.product(range(QUICK_PAIRS if quick else PAIRS), pairs):
            if turn < min([most for size, most in FEWER.items() if f" {size} " in work] or [PAIRS]):
                pairs[work].append(_pair(ours, theirs, work, ours_first=turn % 2 == 0))
    return [_row(commit, work, kind, pairs[work]) for work in pairs for kind in ("wall", "cpu")]


def _pair(ours: Worker, theirs: Worker, work: str, *, ours_first: bool) -> Pair:
    if ours_first:
        return ours.measure(work), theirs.measure(work)
    second = theirs.measure(work)
    return ours.measure(work), second


def _row(commit: str, work: str, kind: str, pairs: list[Pair]) -> Row:
    """The median of our blocks, and beside it as much more or less as the median pair says."""
    ratios = sorted(theirs[kind] / ours[kind] for ours, theirs in pairs if ours[kind])
    value, ratio = statistics.median(ours[kind] for ours, _ in pairs), statistics.median(ratios)
    low, high = (ratios[len(ratios) * part // 4] for part in (1, 3))
    clock = {"wall": "by the clock", "cpu": "all processor time"}[kind]
    bound = LEAST if kind == "cpu" and work.startswith(FLOORS) else None
    return Row(
        name=f"{work}, {clock}", value=value * 1e6, unit="µs", beside=commit,
        beside_value=value * ratio * 1e6, lower_is_better=True, floor=bound,
        note=f"the middle half of {len(pairs)} pairs {low:.2f} to {high:.2f}",
    )  # fmt: skip


@contextmanager
def _checked_out(commit: str) -> Iterator[Side]:
    """A worktree of the commit with our load in it; its packages are ours where the locks are the same."""
    with tempfile.TemporaryDirectory(prefix="tubc") as place:
        folder = Path(place) / "other"
        _quietly("git", "worktree", "add", "--quiet", "--detach", str(folder), commit)
        try:
            (folder / LOAD).write_text((HERE / LOAD).read_text(encoding="utf-8"), encoding="utf-8")
            python = Path(sys.executable)
            if (folder / LOCK).read_bytes() != (HERE / LOCK).read_bytes():
                python = _own_packages(folder)
            _quietly(str(python), "-m", "tools.messages", cwd=folder)
            yield Side(folder, python)
        finally:
            _quietly("git", "worktree", "remove", "--force", str(folder))


def _own_packages(folder: Path) -> Path:
    _quietly(sys.executable, "-m", "venv", str(folder / ".venv"))
    python = folder / ".venv" / "bin" / "python"
    _quietly(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK),
             cwd=folder)  # fmt: skip
    return python


def _quietly(*words: str, cwd: Path = HERE) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(cwd / "src"), str(cwd)))}
    subprocess.run(words, cwd=cwd, env=env, stdout=subprocess.DEVNULL, check=True)
