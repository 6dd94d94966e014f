"""Inclusion proofs of the trail verified, one after the other, as `crypto/merkle.py` does it."""

import random
import time
from collections.abc import Callable

from benchmarks.measure import Row, Scale
from tutela.crypto import merkle

PROOFS = 4_000
ROUNDS = 5
FLOOR = 70_000
TREES = (1 << 20, 100_000_000)
"""Leaves: a month of a middling insurer, and years of a large one."""
Case = tuple[bytes, int, int, list[bytes], bytes]


def run(scale: Scale) -> list[Row]:
    """Proofs a second of processor time, in trees of two sizes."""
    count = 0 if scale.soak else scale.of(PROOFS)
    if not count:
        return []
    rows = []
    for size in TREES:
        cases = [_case(random.Random(place), size) for place in range(count)]
        seconds = min(_timed(lambda given=cases: _verify(given)) for _ in range(ROUNDS))
        steps = len(cases[0][3])
        rows.append(
            Row(
                name=f"proof verified, {size:,} leaves", value=count / seconds, unit="proofs/s of one core",
                beside="limit", floor=FLOOR, floor_of="value",
                note=f"{count:,} proofs of about {steps} hashes; {seconds / count * 1e6:.1f} µs each",
            )
        )  # fmt: skip
    return rows


def _case(lot: random.Random, size: int) -> Case:
    """A leaf at some place, and hashes that lead from it to a root."""
    index, leaf = lot.randrange(size), lot.randbytes(32)
    steps: list[bytes] = []
    node, place, last = leaf, index, size - 1
    while last:
        if place & 1 or place != last:
            steps.append(lot.randbytes(32))
            pair = (steps[-1], node) if place & 1 else (node, steps[-1])
            node = merkle.node_hash(*pair)
        place, last = place >> 1, last >> 1
    return leaf, index, size, steps, node


def _verify(cases: list[Case]) -> None:
    for case in cases:
        merkle.verify_inclusion(*case)


def _timed(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
