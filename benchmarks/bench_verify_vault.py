"""`vault verify`: versions a second on one core, of an import that was anchored chunk by chunk.

"One core" counts processor time of this process and of its database backend together.
"""

import time
from pathlib import Path

from benchmarks import house
from benchmarks.bench_import import filled
from benchmarks.measure import Row, Scale

SIZE = 200_000
FLOOR = 50_000


def run(scale: Scale) -> list[Row]:
    """Versions a second of wall clock, and of processor time."""
    if scale.soak:
        return []
    with house.opened():
        size = scale.of(SIZE)
        filled(size)
        return _verified(size)


def _verified(size: int) -> list[Row]:
    from tutela.vault.actions import verify

    cpu, wall = _backend_seconds() + time.process_time(), time.perf_counter()
    done = verify.verify(house.operator())
    wall = time.perf_counter() - wall
    cpu = _backend_seconds() + time.process_time() - cpu
    if done.outcome != "good" or done.tally.records != size:
        raise RuntimeError(f"{done.outcome}, {done.tally.records} of {size}")
    name = f"vault verify, {size:,} versions"
    return [
        Row(
            name=name,
            value=size / cpu,
            unit="versions/s of one core",
            floor=FLOOR,
            floor_of="value",
        ),
        Row(
            name=f"{name}, by the clock",
            value=size / wall,
            unit="versions/s",
            note=f"{_peak()} MiB",
        ),
    ]


def _backend_seconds() -> float:
    """Processor time of this connection's backend, from the kernel."""
    from tutela.vault.queries import fetch

    ((pid,),) = fetch("SELECT pg_backend_pid()", ())
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
