"""The log with its sequencer: durable leaves a second, waits at three loads, how far the tree is behind.

The same load is run with the sequencer and without it in turns, beside single-row INSERTs. Then the sequencer
alone over a backlog, the whole tree hashed again, and proofs checked beside pymerkle, one core each.
"""

import contextlib
import itertools
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Final

from benchmarks import house, trail_load
from benchmarks.bench_trail import CLIENTS, PLAIN, PROCESSES, THREADS, _spread, _warm
from benchmarks.measure import Row, Scale, median_seconds, percentile
from tutela.cli.running.cluster import Cluster
from tutela.crypto import merkle

SECONDS, ROUNDS = 5.0, 3
LOADS: Final = (1_000, 5_000, 9_000)
REHASHED, PROOFS = 200_000, 4_096
_NEWEST: Final = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - (SELECT max(at) FROM trail.checkpoint)), 0),
        (SELECT size FROM trail.tree WHERE closed_at IS NULL),
        (SELECT max(size) FROM trail.checkpoint), (SELECT count(*) FROM trail.leaf)"""


def run(scale: Scale) -> list[Row]:
    """The figures of the tree."""
    if scale.soak:
        return []
    with house.opened() as cluster:
        rows = _loaded(cluster, 1.0 if scale.quick else SECONDS)
        rows += _drained()
        rows += _rehashed(scale)
    return [*rows, *_proofs(scale)]


@contextlib.contextmanager
def _sequencer() -> Iterator[None]:
    """A sequencer in a process of its own, as `tutela up` starts it."""
    child = subprocess.Popen([sys.executable, "-m", "tutela", "sequencer"])
    time.sleep(3.0)
    try:
        yield
    finally:
        child.terminate()
        child.wait()


def _loaded(cluster: Cluster, seconds: float) -> list[Row]:
    with cluster.connect(database="tutela") as server:
        server.execute(PLAIN)
    spawn = multiprocessing.get_context("spawn")
    led: list[float] = []
    alone: list[float] = []
    inserts: list[float] = []
    tails: dict[int, list[tuple[float, float]]] = {load: [] for load in LOADS}
    lags: list[float] = []
    with ProcessPoolExecutor(PROCESSES, spawn, initializer=trail_load.child) as crew:
        list(crew.map(_warm, range(4 * PROCESSES)))
        for _ in range(ROUNDS):
            alone.append(_rate(crew, trail_load.closed_loop, THREADS, seconds))
            inserts.append(_rate(crew, trail_load.insert_loop, CLIENTS // PROCESSES, seconds))
            with _sequencer():
                _wait(cluster)
                led.append(_rate(crew, trail_load.closed_loop, THREADS, seconds))
                lags.append(_wait(cluster))
                for load in LOADS:
                    found = _spread(crew, trail_load.open_loop, THREADS, seconds, load / PROCESSES)
                    waits = list(itertools.chain.from_iterable(found))
                    tails[load].append(
                        (percentile(waits, 0.99) * 1e3, percentile(waits, 0.5) * 1e3)
                    )
                _wait(cluster)
    leaves, plain = statistics.median(led), statistics.median(inserts)
    callers = f"{PROCESSES} × {THREADS} waiting threads, {seconds:g} s"
    return [
        Row(name="trail with the sequencer, durable leaves", value=leaves, unit="/s", beside="limit",
            floor=12_000, floor_of="value", note=callers),
        Row(name="trail with the sequencer, durable leaves", value=leaves, unit="/s",
            beside_value=statistics.median(alone), beside="the same without the sequencer"),
        Row(name="trail with the sequencer, durable leaves", value=leaves, unit="/s",
            beside_value=plain, floor=1.0, beside=f"INSERT + commit a row, {CLIENTS} clients"),
        *(
            Row(name=f"trail with the sequencer, p99 wait at {load:,}/s",
                value=statistics.median(t[0] for t in tails[load]), unit="ms", beside="limit",
                floor=20 if load <= 5_000 else None, floor_of="value", lower_is_better=True,
                note=f"open loop, p50 {statistics.median(t[1] for t in tails[load]):.2f} ms")
            for load in LOADS
        ),
        Row(name="trail, all signed after the last leaf of full load", value=statistics.median(lags),
            unit="s", lower_is_better=True),
    ]  # fmt: skip


def _rate(crew: ProcessPoolExecutor, load: Any, threads: int, seconds: float) -> float:
    counts: list[int] = _spread(crew, load, threads, seconds)
    return sum(counts) / seconds


def _wait(cluster: Cluster) -> float:
    """Seconds until every leaf is placed and signed."""
    began = time.monotonic()
    with cluster.connect(database="tutela") as server:
        while True:
            (_, placed, signed, leaves) = server.execute(_NEWEST).fetchone() or (0, 0, 0, 0)
            if placed is not None and placed == signed == leaves:
                return time.monotonic() - began
            if time.monotonic() - began > 120:
                raise RuntimeError("the sequencer does not catch up")
            time.sleep(0.02)


def _drained() -> list[Row]:
    """The sequencer alone over a backlog: places and tiles in the server, reading back and signing here."""
    from tutela.trail import log
    from tutela.trail.tree.sequencer import Sequencer

    looks = trail_load.looks(0)
    for _ in range(30):
        log.append_all([next(looks) for _ in range(1_000)])
    leader = Sequencer()
    while not leader.lead():
        time.sleep(0.05)
    began = time.perf_counter()
    placed, _ = leader.place()
    middle = time.perf_counter()
    leader.sign()
    ended = time.perf_counter()
    leader.close()
    return [
        Row(name="trail, a backlog placed and signed", value=placed / (ended - began), unit="/s",
            note=f"{placed:,} leaves: placing {(middle - began) / placed * 1e6:.1f} µs each, reading back and"
                 f" signing {(ended - middle) / placed * 1e6:.1f} µs"),
    ]  # fmt: skip


def _rehashed(scale: Scale) -> list[Row]:
    """Leaves' bytes in memory, as they come from a sealed segment, to tiles and root; and the database's check."""
    from tutela.trail.connect import own_connection
    from tutela.trail.tree import rehash, state

    count = scale.of(REHASHED)
    leaves = [row.leaf for row in state.sequenced(-1, count)]

    def hashed() -> None:
        rehash.root_of(leaves)

    seconds = median_seconds(hashed, rounds=3)
    found: list[Any] = []
    with own_connection("tutela-verify") as server:
        server.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
        places = rehash.check(server, found.append)
        taken = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF).ru_utime - used
    if found:
        raise RuntimeError(f"the tree is at fault: {found[0]}")
    return [
        Row(name="trail, leaves hashed again to the root, one core", value=len(leaves) / seconds, unit="/s",
            beside="limit", floor=250_000, floor_of="value", note=f"{len(leaves):,} leaves of"
            f" {sum(map(len, leaves)) // len(leaves)} B in memory"),
        Row(name="trail, places compared with tiles in the database", value=places / taken, unit="/s",
            note=f"{places:,} places, {used / places * 1e6:.2f} µs of this process each"),
    ]  # fmt: skip


def _proofs(scale: Scale) -> list[Row]:
    """The same tree and the same leaves in pymerkle."""
    count = scale.of(PROOFS)
    leaves = [n.to_bytes(8, "big") * 20 for n in range(count)]
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    levels = [hashes]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append(
            [merkle.node_hash(*pair) for pair in zip(below[::2], below[1::2], strict=False)]
        )
    head = merkle.root(hashes)
    asked = [n * 7919 % count for n in range(count // 2)]
    ours = [
        (hashes[n], n, merkle.inclusion_proof(n, count, lambda at, i: levels[at][i])) for n in asked
    ]

    def check() -> None:
        for leaf, index, proof in ours:
            merkle.verify_inclusion(leaf, index, count, proof, head)

    rate = len(asked) / median_seconds(check)
    name, note = "trail, proofs checked, one core", f"tree of {count:,} leaves"
    rows = [
        Row(
            name=name,
            value=rate,
            unit="/s",
            beside="limit",
            floor=70_000,
            floor_of="value",
            note=note,
        )
    ]
    try:
        import pymerkle
    except ImportError:
        return rows
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    state = tree.get_state()
    theirs = [(tree.get_leaf(n + 1), tree.prove_inclusion(n + 1)) for n in asked]

    def check_theirs() -> None:
        for base, proof in theirs:
            pymerkle.verify_inclusion(base, state, proof)

    beside = len(asked) / median_seconds(check_theirs)
    return [
        *rows,
        Row(
            name=name,
            value=rate,
            unit="/s",
            beside="pymerkle",
            beside_value=beside,
            floor=1.0,
            note=note,
        ),
    ]
