"""The access log: durable leaves a second, waits at a steady rate, proofs checked a second.

Beside it stands the simplest honest log: one INSERT and one commit a row, by as many clients as do
it best on a small machine, into a plain table with a primary key on the same server. Ours writes more
for each leaf: a hash chain, a row for the subject, five indexes.
"""

import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks import house, trail_load
from benchmarks.measure import Row, Scale, median_seconds, percentile
from tutela.cli.running.cluster import Cluster
from tutela.crypto import merkle
from tutela.crypto.digest import random_bytes

PROCESSES, THREADS = 2, 64
CLIENTS = 16
SECONDS, ROUNDS = 5.0, 3
RATE = 5_000
LEAD_SECONDS = 0.5
"""From handing out the work to its beginning, so that all processes begin together."""
TREE, PROOFS = 1 << 20, 10_000

PLAIN = """
    CREATE TABLE public.plain_log (
        at timestamptz NOT NULL, id uuid PRIMARY KEY, event text NOT NULL, actor text NOT NULL,
        body bytea NOT NULL);
    GRANT INSERT ON public.plain_log TO tutela_app;
"""


def run(scale: Scale) -> list[Row]:
    """The four figures of the log."""
    if scale.soak:
        return []
    with house.opened() as cluster:
        rows = _written(cluster, 1.0 if scale.quick else SECONDS)
    return [*rows, _verified(scale)]


def _written(cluster: Cluster, seconds: float) -> list[Row]:
    with cluster.connect(database="tutela") as server:
        server.execute(PLAIN)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, spawn, initializer=trail_load.child) as crew:
        list(crew.map(_warm, range(4 * PROCESSES)))
        ours, theirs = [], []
        for _ in range(ROUNDS):
            # In turns, so that a busy moment of the machine meets both.
            ours.append(_rate(crew, trail_load.closed_loop, THREADS, seconds))
            theirs.append(_rate(crew, trail_load.insert_loop, CLIENTS // PROCESSES, seconds))
        # As on every server that is older than five minutes: log files of the past are used again.
        with cluster.connect() as server:
            server.execute("CHECKPOINT")
        tails = [_tail(crew, seconds) for _ in range(ROUNDS)]
    leaves, inserts = statistics.median(ours), statistics.median(theirs)
    callers = f"{PROCESSES} × {THREADS} waiting threads, {seconds:g} s"
    return [
        Row(name="trail, durable leaves", value=leaves, unit="/s", beside="limit", floor=12_000,
            floor_of="value", note=callers),
        Row(name="trail, durable leaves", value=leaves, unit="/s", beside_value=inserts, floor=1.0,
            beside=f"INSERT + commit a row, {CLIENTS} clients"),
        Row(name=f"trail, p99 wait at {RATE:,}/s", value=statistics.median(t[0] for t in tails),
            unit="ms", beside="limit", floor=20, floor_of="value", lower_is_better=True,
            note=f"open loop, p50 {statistics.median(t[1] for t in tails):.2f} ms"),
    ]  # fmt: skip


def _warm(_: int) -> None:
    """A short sleep hands the tasks to every process of the crew."""
    trail_load.warm_up()
    time.sleep(0.2)


def _rate(
    crew: ProcessPoolExecutor, load: Callable[..., int], threads: int, seconds: float
) -> float:
    """Leaves or rows a second over all processes."""
    counts: list[int] = _spread(crew, load, threads, seconds)
    return sum(counts) / seconds


def _tail(crew: ProcessPoolExecutor, seconds: float) -> tuple[float, float]:
    """The p99 and the p50 of waits in milliseconds."""
    found = _spread(crew, trail_load.open_loop, THREADS, seconds, RATE / PROCESSES)
    waits = list(itertools.chain.from_iterable(found))
    return percentile(waits, 0.99) * 1e3, percentile(waits, 0.5) * 1e3


def _spread(
    crew: ProcessPoolExecutor, load: Callable[..., Any], threads: int, seconds: float, *more: float
) -> list[Any]:
    """The same work in every process, begun at the same moment."""
    begin = time.monotonic() + LEAD_SECONDS
    work = [crew.submit(load, threads, begin, seconds, *more) for _ in range(PROCESSES)]
    return [one.result() for one in work]


def _verified(scale: Scale) -> Row:
    """Inclusion proofs of a tree of a million leaves, checked one after another on one core."""
    levels = _tree(TREE)
    count = scale.of(PROOFS)
    asked = [n * 7919 % TREE for n in range(count)]
    proofs = [
        (levels[0][n], n, merkle.inclusion_proof(n, TREE, lambda level, at: levels[level][at]))
        for n in asked
    ]
    head = levels[-1][0]

    def check() -> None:
        for leaf, index, proof in proofs:
            merkle.verify_inclusion(leaf, index, TREE, proof, head)

    return Row(name="trail, inclusion proofs checked, one core", value=count / median_seconds(check),
               unit="/s", beside="limit", floor=25_000, floor_of="value",
               note=f"tree of {TREE:,} leaves")  # fmt: skip


def _tree(size: int) -> list[list[bytes]]:
    """All levels of a full tree; `size` is a power of two."""
    levels = [[random_bytes(32) for _ in range(size)]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=True)
        levels.append([merkle.node_hash(left, right) for left, right in pairs])
    return levels
