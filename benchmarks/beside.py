"""Beside another commit: the same work by both, turn about, and what it cost each.

`make bench ARGS="--beside COMMIT"` checks the commit out into a temporary folder and runs
`beside_load.py` there and here in turns (A B, B A, ...), each time in a process and a database of its own.
Each side uses its own measures' set-up, so that each does what an installation of that day does.
"""

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

from benchmarks.measure import Row

HERE = Path(__file__).parent.parent
LOAD = Path("benchmarks/beside_load.py")
LOCK = Path("requirements/bench.txt")
PAIRS, QUICK_PAIRS = 3, 1
LEAST = 0.95
"""Import, lookup and reveal may lose 5 % at most."""
FLOORS = ("import", "lookup", "reveal")
Figures = dict[str, dict[str, float]]
"""Seconds of a unit by the clock (`wall`) and of all processors (`cpu`), by the name of the work."""


@dataclass(frozen=True, slots=True)
class Side:
    """A checkout, and the interpreter whose packages fit it."""

    folder: Path
    python: Path

    def measure(self, scale: str) -> Figures:
        """One run in a process of its own; what it says goes where ours goes."""
        places = os.pathsep.join(map(str, (self.folder / "src", self.folder)))
        done = subprocess.run(
            [self.python, LOAD, scale], cwd=self.folder, env={**os.environ, "PYTHONPATH": places},
            stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures


def run(commit: str, *, quick: bool) -> list[Row]:
    """A row for the clock and one for the processors, for each kind of work."""
    known = ["git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"]
    if subprocess.run(known, cwd=HERE, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit(f"--beside: there is no commit {commit!r} here")
    # Told to end, it takes the worktree away all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _checked_out(commit) as other:
        ours: list[Figures] = []
        theirs: list[Figures] = []
        here = (Side(HERE, Path(sys.executable)), ours)
        for pair in range(QUICK_PAIRS if quick else PAIRS):
            turns = [here, (other, theirs)]
            for side, figures in turns if pair % 2 == 0 else reversed(turns):
                figures.append(side.measure("quick" if quick else "full"))
                print(f"… {'here' if figures is ours else commit}", file=sys.stderr, flush=True)
    return [_row(commit, work, kind, ours, theirs) for work in ours[0] for kind in ours[0][work]]


def _row(commit: str, work: str, kind: str, ours: list[Figures], theirs: list[Figures]) -> Row:
    """Medians of all runs beside each other, and the spread of the ratios pair by pair."""
    pairs = [(one[work][kind], other[work][kind]) for one, other in zip(ours, theirs, strict=True)]
    ratios = sorted(other / one for one, other in pairs)
    clock = {"wall": "by the clock", "cpu": "all processor time"}[kind]
    bound = LEAST if kind == "cpu" and work.startswith(FLOORS) else None
    return Row(
        name=f"{work}, {clock}", value=statistics.median(one for one, _ in pairs) * 1e6, unit="µs",
        beside=commit, beside_value=statistics.median(other for _, other in pairs) * 1e6,
        lower_is_better=True, floor=bound,
        note=f"pair by pair {ratios[0]:.2f} to {ratios[-1]:.2f}, {len(pairs)} pairs",
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
