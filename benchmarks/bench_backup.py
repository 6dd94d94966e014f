"""Backups of a filled database: first backup, level 2, restore, beside the bare pipeline, restic and borg.

All sides take the same database in the same run, turn about: `pg_dump`'s stream of it, and
back with `pg_restore` into a new database. Ours is the product's own run with its manifest, parts, hashes
and a target on the same disk, in a process of its own, whose peak memory (with its programs) is told.
Lookups go on beside it, and the physical way (base backup, incremental, log) is measured on the same
database, to say from what size it is right.

One gigabyte of database; `--gigabytes 5 10` others.
"""

import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import backup_ours, backup_peers, bench_import, bench_lookup, house, lookup_load
from benchmarks.backup_ours import Ours, Step
from benchmarks.backup_peers import Dump, Peer, Place
from benchmarks.lookup_load import Client, Server
from benchmarks.measure import Row, Scale
from sample.house import HEAD_OFFICE
from tutela.cli.running.cluster import Cluster

GIGA, MEGA = 1024**3, 1024**2
CUSTOMERS = 320_000
"""About one gigabyte of database, with its indexes and its trail; the note tells what it was."""
ROUNDS = 1
BARE, BARE_L2, OTHERS, MOST_MIB, SLOWER = 0.9, 0.8, 1.5, 300.0, 0.8
LOOKUPS = 200
ACCOUNTS = 2


@dataclass
class Figures:
    """Seconds by step and side, in the order in which they were measured; memory and bytes of ours."""

    taken: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    carried: list[float] = field(default_factory=list)
    """Seconds of our backups until their copies lay on the target, after the parts were sealed."""
    peak_mib: float = 0.0
    sealed: dict[str, int] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def add(self, step: str, side: str, seconds: float) -> None:
        self.taken[step, side].append(seconds)
        print(f"… {step}, {side}: {seconds:.2f} s", file=sys.stderr, flush=True)

    def ours(self, step: str, done: Step) -> None:
        self.add(step, "ours", done.made)
        self.carried.append(done.seconds)
        self.peak_mib = max(self.peak_mib, done.peak_mib)

    def median(self, step: str, side: str) -> float | None:
        found = self.taken.get((step, side))
        return statistics.median(found) if found else None


def run(scale: Scale) -> list[Row]:
    """The rows of each size that was asked for."""
    if missing := backup_peers.missing():
        raise RuntimeError(
            f"not installed: {', '.join(missing)}; Debian has them by these names (borg: borgbackup)"
        )
    sizes = [0.1] if scale.quick else list(scale.gigabytes)
    return [row for size in sizes for row in _at(size, ROUNDS if size <= 1 else 1)]


def _at(size: float, rounds: int) -> list[Row]:
    """One size, in a database of its own."""
    with house.opened() as cluster, _places() as place:
        bench_import.filled(round(size * CUSTOMERS))
        accounts = [house.hire("partner_service", HEAD_OFFICE) for _ in range(ACCOUNTS)]
        clients = bench_lookup.clients_of(round(size * CUSTOMERS), accounts)
        dump = Dump(cluster.binaries, cluster.sockets, "tutela")
        big = _database_bytes(cluster)
        ours = backup_ours.prepared(place)
        figures = _measured(cluster, ours, dump, place, rounds)
        calm, busy = _beside_lookups(ours, clients)
        physical = backup_ours.physical(cluster, place, ours)
    note = f"{big / GIGA:.2f} GB of database, {backup_peers.versions()}, {rounds} rounds"
    name = f"backup, {size:g} GB"
    return [
        *_rows(name, note, figures),
        Row(name=f"{name}, lookup alone while it runs, p50", value=busy * 1e3, unit="ms",
            beside="the same without", beside_value=calm * 1e3, floor=SLOWER, lower_is_better=True),
        *_physical_rows(name, physical, figures),
    ]  # fmt: skip


@contextmanager
def _places() -> Iterator[Place]:
    """A folder for all that is kept, on the disk of the database, and two pairs of age's keys."""
    with tempfile.TemporaryDirectory(prefix="tubk", dir=house.home().parent) as folder:
        yield backup_ours.place(Path(folder))


def _database_bytes(cluster: Cluster) -> int:
    with cluster.connect(database="tutela") as server:
        server.execute("VACUUM ANALYZE")
        server.execute("CHECKPOINT")
        return int(server.execute("SELECT pg_database_size('tutela')").fetchone()[0])


def _measured(cluster: Cluster, ours: Ours, dump: Dump, place: Place, rounds: int) -> Figures:
    """All sides turn about, so that a busy moment of the machine meets all."""
    figures = Figures()
    peers = [backup_peers.bare(), backup_peers.restic(), backup_peers.borg()]
    for _ in range(rounds):
        figures.ours("backup", ours.back_up())
        for peer in peers:
            _try(figures, peer, "backup", lambda peer=peer: backup_peers.back_up(peer, dump, place))
        figures.ours("level 2", ours.level2())
        for peer in peers:
            _try(figures, peer, "level 2", lambda peer=peer: backup_peers.read_all(peer, place))
        with _fresh(cluster) as database:
            figures.ours("restore", ours.restore(database))
        for peer in peers:
            with _fresh(cluster) as database:
                _try(figures, peer, "restore",
                     lambda peer=peer, into=database: backup_peers.restore(peer, dump, place, into))  # fmt: skip
    figures.sealed = {peer.name: backup_peers.kept_bytes(peer, place) for peer in peers}
    figures.sealed["ours"] = ours.sealed
    return figures


def _try(figures: Figures, peer: Peer, step: str, work: Callable[[], float]) -> None:
    """A peer that fails has no figure, and the row says why."""
    try:
        figures.add(step, peer.name, work())
    except backup_peers.PeerFailed as fault:
        figures.faults[peer.name] = str(fault)


@contextmanager
def _fresh(cluster: Cluster) -> Iterator[str]:
    """An empty database, gone afterwards."""
    name = "bench_restored"
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} OWNER tutela_owner TEMPLATE template0")
    try:
        yield name
    finally:
        with cluster.connect() as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


FLOORS = {
    ("backup", "pg_dump, zstd, age"): BARE, ("restore", "pg_dump, zstd, age"): BARE,
    ("level 2", "pg_dump, zstd, age"): BARE_L2,
    ("backup", "restic"): OTHERS, ("backup", "borg"): OTHERS,
    ("restore", "restic"): OTHERS, ("restore", "borg"): OTHERS,
}  # fmt: skip


def _rows(name: str, note: str, figures: Figures) -> list[Row]:
    rows = []
    for step, side in sorted(figures.taken):
        if side == "ours":
            continue
        sealed = figures.sealed.get(side, 0) / MEGA
        rows.append(
            Row(name=f"{name}, {step}", value=figures.median(step, "ours") or 0.0, unit="s", beside=side,
                beside_value=figures.median(step, side), floor=FLOORS.get((step, side)), lower_is_better=True,
                note=f"{figures.sealed['ours'] / MEGA:.0f} MiB sealed, theirs {sealed:.0f}")
        )  # fmt: skip
    told = "; ".join(["our process and its programs", note, *figures.faults.values()])
    return [
        *rows,
        Row(name=f"{name}, backup until its copy lies on a target", value=figures.carried[0], unit="s",
            beside="pg_dump, zstd, age", beside_value=figures.median("backup", "pg_dump, zstd, age"),
            lower_is_better=True, note="the sealed parts are read, written and synced a second time"),
        Row(name=f"{name}, peak memory", value=figures.peak_mib, unit="MiB", beside="limit", floor=MOST_MIB,
            floor_of="value", lower_is_better=True, note=told),
    ]  # fmt: skip


def _beside_lookups(ours: Ours, clients: Sequence[Client]) -> tuple[float, float]:
    """p50 of a lookup and reveal over HTTPS, alone, before and while a backup runs."""
    with bench_lookup.serving() as server:
        lookup_load.alone(server, clients[0], bench_lookup.WARM)
        calm = statistics.median(lookup_load.alone(server, clients[0], LOOKUPS))
        waits = _while(ours, server, clients[0])
    return calm, statistics.median(waits)


def _while(ours: Ours, server: Server, client: Client) -> list[float]:
    with ours.going() as still:
        waits: list[float] = []
        while still():
            waits += lookup_load.alone(server, client, 20)
    return waits


def _physical_rows(name: str, physical: backup_ours.Physical, figures: Figures) -> list[Row]:
    """The same database as files: what it takes, and what a chain and its log take to come back."""
    logical, back = figures.median("backup", "ours"), figures.median("restore", "ours")
    return [
        Row(name=f"{name}, base backup", value=physical.base.made, unit="s", beside="the logical one",
            beside_value=logical, lower_is_better=True, note=f"{physical.base.sealed / MEGA:.0f} MiB sealed"),
        Row(name=f"{name}, base backup", value=physical.base.made, unit="s",
            beside="pg_basebackup, zstd, age", beside_value=physical.bare_base, floor=BARE, lower_is_better=True),
        Row(name=f"{name}, incremental after 1 % of rows", value=physical.incremental.made, unit="s",
            beside="base backup", beside_value=physical.base.made, lower_is_better=True,
            note=f"{physical.incremental.sealed / MEGA:.0f} MiB sealed"),
        Row(name=f"{name}, restore of base, incremental and log", value=physical.back, unit="s",
            beside="the logical one", beside_value=back, lower_is_better=True,
            note=f"until the server takes writes; {physical.log_files} files of the log"),
    ]  # fmt: skip
