"""Months of the trail in files: bytes a leaf hot and cold, how fast months are sealed and hashed again, and the
p95 of
the questions of `bench_trail_search` when two of three years are in files alone.

One million leaves; `--soak` ten million.
"""

import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import bench_trail_search, house, trail_years
from benchmarks.measure import Row, Scale

LIMIT_MS = 200.0
HOT_BYTES, COLD_BYTES = 700.0, 90.0
_SIZE = """
    SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'trail' AND c.relkind IN ('r', 't') AND c.relname ~ %s"""


def run(scale: Scale) -> list[Row]:
    """Sizes, speeds and waits."""
    leaves = bench_trail_search.SOAKED if scale.soak else scale.of(bench_trail_search.LEAVES)
    with house.opened() as cluster, _places():
        house.branches()
        trail_years.hire()
        made = trail_years.make(cluster, leaves)
        _sequence()
        note = f"{made.leaves:,} leaves of {made.subjects / made.leaves:.1f} subjects"
        return [*_kept(made.leaves, note), *_asked(note)]


@contextmanager
def _places() -> Iterator[None]:
    """Two folders for copies."""
    from django.conf import settings

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        settings.TUTELA_TRAIL_COPIES = [one, two]
        yield


def _sequence() -> None:
    """Places for all leaves by the database, and a note that nobody signed: these leaves are no chain."""
    from django.db import connection

    origin = "tutela/0192f0c17a547c339d1e2f6f5c1a4b01/trail/1"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT count(*) FROM trail.tree")
        if not cursor.fetchone()[0]:
            cursor.execute("SELECT trail.open_epoch(1::smallint, %s, NULL)", [origin])
        more = True
        while more:
            cursor.execute("SELECT placed, more FROM trail.sequence(100000)")
            _, more = cursor.fetchone()
        cursor.execute("SELECT origin, size, trail.root_at(1::smallint, size) FROM trail.tree")
        origin, size, root = cursor.fetchone()
        text = f"{origin}\n{size}\n{b64encode(bytes(root)).decode()}\n\n— bench\n"
        cursor.execute("SELECT trail.keep_checkpoint(1::smallint, %s, %s)", [size, text])


def _kept(leaves: int, note: str) -> list[Row]:
    """Seal all months that are over, hash one again, and what both sides take."""
    from django.db import connection

    from tutela.trail.segments import rows, seal

    with connection.cursor() as cursor:
        cursor.execute(_SIZE, ["^(leaf|named)_[0-9]{4}_[0-9]{2}$|^sequenced$|^tile$"])
        hot = float(cursor.fetchone()[0]) / leaves
        cursor.execute(_SIZE, ["^(leaf|named)_[0-9]{4}_[0-9]{2}$"])
        own = float(cursor.fetchone()[0]) / leaves
    began = time.perf_counter()
    seal.work()
    took = time.perf_counter() - began
    sealed = [segment for segment in rows.segments() if segment.dropped_at]
    count = sum(segment.leaves for segment in rows.segments())
    cold = sum(segment.bytes for segment in sealed) / sum(segment.leaves for segment in sealed)
    began = time.perf_counter()
    seal.check(seal.BY_SYSTEM, sealed[0])
    again = sealed[0].leaves / (time.perf_counter() - began)
    return [
        Row(name="trail, hot bytes a leaf", value=hot, unit="B", floor=HOT_BYTES, floor_of="value",
            lower_is_better=True, beside="limit", note=f"{note}; {own:.0f} without places and tiles"),
        Row(name="trail, cold bytes a leaf", value=cold, unit="B", floor=COLD_BYTES, floor_of="value",
            lower_is_better=True, beside="limit", note=f"{note}; both files of {len(sealed)} months"),
        Row(name="trail, months sealed", value=count / took, unit="leaves/s", note="sealed, copied, given up"),
        Row(name="trail, a month hashed again", value=again, unit="leaves/s"),
    ]  # fmt: skip


def _asked(note: str) -> list[Row]:
    return [
        Row(name=f"trail with cold months, {name}, p95", value=bench_trail_search.p95(ask), unit="ms",
            floor=LIMIT_MS, floor_of="value", lower_is_better=True, beside="limit", note=note)
        for name, ask in bench_trail_search.questions().items()
    ]  # fmt: skip
