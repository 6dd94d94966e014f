"""What each side of `--beside COMMIT` does in a process of its own; its last line is JSON.

Run in a checkout as `python benchmarks/beside_load.py full`. It is copied into checkouts of other days,
so it uses only what the measures there have had from the beginning: their set-up and the rooms' verbs.
"""

# ruff: noqa: SLF001 the set-up of a measure is its own, and here it is what is asked for

import itertools
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import bench_import, bench_lookup, bench_reveal, house, lookup_load

Figures = dict[str, dict[str, float]]
BATCH = 1_000


class Meter:
    """Seconds of a unit of work, by the clock and of all processors: ours, our children's, the server's."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.figures: Figures = {}

    @contextmanager
    def over(self, work: str, units: int) -> Iterator[None]:
        """Measure what is done inside."""
        cpu, wall = self._spent(), time.perf_counter()
        yield
        wall, cpu = time.perf_counter() - wall, self._spent() - cpu
        self.figures[work] = {"wall": wall / units, "cpu": cpu / units}

    def _spent(self) -> float:
        postmaster = int((self.server / "postmaster.pid").read_text().split()[0])
        trees = {*_tree(os.getpid()), *_tree(postmaster)}
        return sum(map(_ticks, trees)) / os.sysconf("SC_CLK_TCK")


def main(scale: str) -> Figures:
    """Import, lookup and reveal over HTTPS, reveal in the process, leaves of the trail."""
    part = 10 if scale == "quick" else 1
    with house.opened() as cluster:
        meter = Meter(cluster.data)
        size = 16_000 // part
        with meter.over("import, a customer", size):
            bench_import.filled(size)
        _lookups(meter, size, 600 // part)
    with house.opened() as cluster:
        meter.server = cluster.data
        _reveals(meter, 300 // part)
        _leaves(meter, 20_000 // part, 1_000 // part)
    return meter.figures


def _lookups(meter: Meter, size: int, count: int) -> None:
    bench_lookup._ready()
    accounts = [house.hire("partner_service", bench_lookup.HEAD_OFFICE) for _ in range(16)]
    client = bench_lookup._clients(size, accounts)[0]
    serving: Any = getattr(bench_lookup, "serving", None) or vars(bench_lookup)["_serving"]
    bench_lookup.PORT, bench_lookup.START_SECONDS = _free_port(), 120.0
    with serving() as server:
        lookup_load.alone(server, client, 100)
        with meter.over("lookup and reveal over HTTPS", count):
            lookup_load.alone(server, client, count)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _reveals(meter: Meter, count: int) -> None:
    customers = bench_reveal._customers(count)
    partner = house.hire("partner_service", "EAST")
    items = bench_reveal._work_items(customers, partner)
    bench_reveal._singles(partner, customers[:20], items)
    with meter.over("reveal of one field, in the process", count):
        bench_reveal._singles(partner, customers, items)
    bench_reveal._many(partner, customers, items)
    with meter.over("reveal of a batch, a customer", 5 * count):
        for _ in range(5):
            bench_reveal._many(partner, customers, items)


def _leaves(meter: Meter, many: int, single: int) -> None:
    from benchmarks import trail_load
    from tutela.trail import log

    looks: Callable[[int], Any] = getattr(trail_load, "looks", None) or vars(trail_load)["_leaves"]
    leaves = list(itertools.islice(looks(0), BATCH))
    log.append_all(leaves)
    with meter.over("trail, a leaf in batches", many):
        for _ in range(many // BATCH):
            log.append_all(leaves)
    with meter.over("trail, a leaf alone", single):
        for leaf in itertools.islice(itertools.cycle(leaves), single):
            log.append(leaf)


def _tree(first: int) -> Iterator[int]:
    """A process and all that it started, at any depth."""
    yield first
    try:
        threads = list(Path(f"/proc/{first}/task").iterdir())
        below = [(thread / "children").read_text().split() for thread in threads]
    except OSError:
        return
    for pid in itertools.chain.from_iterable(below):
        yield from _tree(int(pid))


def _ticks(pid: int) -> int:
    """User and system time, of its waited-for children too."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
