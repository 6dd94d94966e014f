"""Verification of the log: leaves a second, of a log that was really written, everything included.

One process of Python walks while the server reads and sends. "One core" counts the processor time of
the two together, which is what one core alone would do.
"""

import os
import time
from pathlib import Path

from benchmarks import house, trail_load
from benchmarks.measure import Row, Scale
from tutela.cli.running.cluster import Cluster

LEAVES = 60_000
BATCH, CLERKS = 1_000, 16
FLOOR = 250_000


def run(scale: Scale) -> list[Row]:
    """One log of looks at customers, walked whole."""
    count = 0 if scale.soak else scale.of(LEAVES)
    if not count:
        return []
    with house.opened() as cluster:
        _write(count)
        with cluster.connect(database="tutela") as server:
            server.execute("VACUUM ANALYZE trail.leaf, trail.named")
        _walked(cluster)  # the first one warms the server's memory
        wall, ours, servers, leaves = min(_walked(cluster) for _ in range(3))
    cores = f"{os.cpu_count()} cores"
    return [
        Row(name="trail verify", value=leaves / (ours + servers), unit="leaves/s of one core",
            beside="limit", floor=FLOOR, floor_of="value",
            note=f"{leaves:,} leaves, subjects too; Python {ours / leaves * 1e6:.1f} µs a leaf, the "
            f"server {servers / leaves * 1e6:.1f}"),
        Row(name="trail verify, by the clock", value=leaves / wall, unit="leaves/s", note=cores),
    ]  # fmt: skip


def _write(count: int) -> None:
    from tutela.trail import log

    clerks = [trail_load.looks(number) for number in range(CLERKS)]
    for _ in range(count // BATCH):
        log.append_all([next(clerks[place % CLERKS]) for place in range(BATCH)])


def _walked(cluster: Cluster) -> tuple[float, float, float, int]:
    """Seconds by the clock, of our processor time and of the server's; leaves."""
    from tutela.trail import verification

    before = _servers(cluster)
    wall, ours = time.perf_counter(), time.process_time()
    found = verification.run()
    wall, ours = time.perf_counter() - wall, time.process_time() - ours
    verification.keep(found, finished=True)
    if found.walk.findings:
        raise RuntimeError(found.walk.findings[0])
    return wall, ours, _servers(cluster) - before, found.walk.leaves


def _servers(cluster: Cluster) -> float:
    """Processor seconds of all processes of the server so far, those that ended included."""
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(_ticks(pid) for pid in [first, *_children(first)]) / ticks


def _children(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def _ticks(pid: int) -> int:
    """User and system time, of its waited-for children too."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(field) for field in fields[11:15])
