"""Backups of a filled database: first backup, level 2, restore, beside the bare pipeline, restic and borg.

All sides take the same database in the same run, turn about: `pg_dump`'s stream of everything but keys, and back with
`pg_restore` into a new database. Ours is the product's own run with its manifest, parts, hashes and a target on the
same disk, each step in a process of its own, whose peak memory is told. Beside it lookups go on, and the physical way
(base backup, incremental, log) is measured on the same database, so that it can be said from what size it is right.

One gigabyte of database; `--gigabytes 5 10` others.
"""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import backup_ours, backup_peers, bench_import, bench_lookup, house
from benchmarks.backup_peers import Dump, Peer, Place
from benchmarks.measure import Row, Scale
from tutela.cli.running.cluster import Cluster

GIGA = 1024**3
CUSTOMERS = 320_000
"""About one gigabyte of database, with its indexes and its trail; the note tells what it was."""
ROUNDS = 3
BARE, BARE_L2, OTHERS, MOST_MIB, SLOWER = 0.9, 0.8, 1.5, 300, 0.8


def run(scale: Scale) -> list[Row]:
    """The rows of each size that was asked for."""
    if missing := backup_peers.missing():
        raise RuntimeError(f"not installed: {', '.join(missing)}; Debian has them by these names (borg: borgbackup)")
    sizes = [0.1] if scale.quick else [float(size) for size in scale.gigabytes]
    return [row for size in sizes for row in _at(size, ROUNDS if size <= 1 else 1)]
