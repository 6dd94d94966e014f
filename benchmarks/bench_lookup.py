"""One lookup and one reveal over HTTPS: alone, and by 16 clients beside pgbench doing the same SQL.

The customers are those of the import's measure, imported by the ordinary import (with `soak` 10 million,
whose import is a figure of its own), the server is the ordinary server with the processes it has by
default, and the clients share its cores, as pgbench does.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from uuid import UUID

from benchmarks import bench_import, house, lookup_load, lookup_sql
from benchmarks.lookup_load import Client, Server, Target
from benchmarks.measure import Row, Scale, percentile
from sample.house import HEAD_OFFICE
from sample.identity import Identities
from tutela.base.actor import Actor
from tutela.cli.running.cluster import Cluster

SIZES, SOAK = (10_000, 1_000_000), 10_000_000
CLIENTS, CREWS = 16, 2
EACH = 250
"""Customers of one client, spread evenly over all there are."""
ALONE, WARM = 300, 50
SECONDS, ROUNDS = 6.0, 3
PORT = 18_443
START_SECONDS = 90.0
LEAD_SECONDS = 3.0
SEARCHES = "1000000"
P50_MS = 5.0


def run(scale: Scale) -> list[Row]:
    """p50 alone and operations a second by 16 clients, for each number of customers."""
    sizes = (SOAK,) if scale.soak else tuple(map(scale.of, SIZES))
    seconds = 2.0 if scale.quick else SECONDS
    return [row for size in sizes for row in _at(size, seconds, scale.soak)]


def _at(size: int, seconds: float, tell_import: bool) -> list[Row]:
    """The figures with this many customers, in a database of their own."""
    with house.opened() as cluster:
        imported = bench_import.filled(size)
        place = _ready()
        accounts = [house.hire("partner_service", HEAD_OFFICE) for _ in range(CLIENTS)]
        clients = clients_of(size, accounts)
        script = _script(cluster, accounts, clients)
        with serving() as server:
            lookup_load.alone(server, clients[0], WARM)
            waits = lookup_load.alone(server, clients[0], ALONE)
            ours, theirs = _beside(server, clients, script, place, seconds)
    rows = _rows(size, waits, ours, theirs)
    return [imported, *rows] if tell_import else rows


def _rows(size: int, waits: list[float], ours: float, theirs: float) -> list[Row]:
    largest = size >= SIZES[-1]
    p95 = percentile(waits, 0.95) * 1e3
    return [
        Row(name=f"lookup and reveal over HTTPS, {size:,} customers, alone, p50",
            value=statistics.median(waits) * 1e3, unit="ms", beside="limit",
            floor=P50_MS if largest else None, floor_of="value", lower_is_better=True,
            note=f"two requests; p95 {p95:.1f} ms"),
        Row(name=f"lookup and reveal over HTTPS, {size:,} customers, {CLIENTS} clients",
            value=ours, unit="operations/s", beside="pgbench, the same SQL", beside_value=theirs,
            floor=0.10 if largest else None, note="an operation is two requests and two leaves"),
    ]  # fmt: skip


def _ready() -> dict[str, str]:
    """Count the tables for the planner; where pgbench finds the database."""
    from django.db import connection, connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    given = connection.get_connection_params()
    return {name: str(given[name]) for name in ("host", "port", "user", "dbname")}


def clients_of(size: int, accounts: Sequence[Actor]) -> list[Client]:
    """A key for each account, and an open work item of each of its customers."""
    from tutela.access import queries
    from tutela.access.actions.keys import create_api_key
    from tutela.base import clock
    from tutela.base.actor import SYSTEM
    from tutela.vault.actions.work_items import WorkItemRow, import_work_items

    each, ids = min(EACH, size // CLIENTS), Identities(bench_import.SEED)
    step = size // (each * CLIENTS)
    clients, rows = [], []
    for number, account in enumerate(accounts):
        staff = queries.staff_by_id(account.id)
        _, key = create_api_key(SYSTEM, staff, label="benchmark")
        chosen = [(k * CLIENTS + number) * step for k in range(each)]
        clients.append(Client(key, [Target(ids.mobile(n), f"W{n:08d}") for n in chosen]))
        rows += [
            WorkItemRow(number=f"W{n:08d}", kind="case", customer=f"C{n + 1:09d}",
                        assignee=staff.staff_no, opened=clock.today())
            for n in chosen
        ]  # fmt: skip
    done = import_work_items(house.operator(), rows)
    if done.created != len(rows):
        raise AssertionError(f"{len(done.rejected)} work items were rejected")
    return clients


def _script(cluster: Cluster, accounts: Sequence[Actor], clients: Sequence[Client]) -> str:
    """pgbench's operation, on the same customers: the n-th client's under its account."""
    from tutela.vault import catalogue, work_items

    phone = catalogue.by_code("phone").id
    numbers = [target.work_item for client in clients for target in client.targets]
    items = {number: _item_of(work_items.names_of(number)) for number in numbers}
    picked = []
    for turn in range(len(clients[0].targets)):
        for account, client in zip(accounts, clients, strict=True):
            customer, item = items[client.targets[turn].work_item]
            picked.append((account.id, customer, item, _tag_of(customer, phone)))
    with cluster.connect(database="tutela") as server:
        return lookup_sql.script(server, picked, len(clients), phone)


def _item_of(names: tuple[list[UUID], list[bytes]]) -> tuple[UUID, UUID]:
    """Customer and id of the work item."""
    from tutela.vault.queries import fetch

    (found,) = fetch(
        "SELECT customer_id, work_item_id FROM vault.work_item"
        " WHERE work_item_id = ANY(%s) OR number_tag = ANY(%s)",
        names,
    )
    return found[0], found[1]


def _tag_of(customer: UUID, field: int) -> int:
    from tutela.vault.queries import fetch

    found = fetch(
        "SELECT t.tag FROM vault.record r, unnest(r.tags) AS own (tag) JOIN vault.tag t USING (tag)"
        " WHERE r.customer_id = %s AND t.field = %s AND t.customer_id = r.customer_id"
        " ORDER BY t.transform LIMIT 1",
        (customer, field),
    )
    return int(found[0][0])


@contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """The web server as `tutela web` starts it; gone afterwards."""
    from tutela.cli.running import layout

    told = {
        **os.environ,
        "TUTELA_HTTPS_PORT": str(PORT),
        "TUTELA_MACHINE_SEARCHES_A_MINUTE": SEARCHES,
        "TUTELA_LOG_LEVEL": "ERROR",
        **settings,
    }
    command = [sys.executable, "-m", "tutela", "web"]
    web = subprocess.Popen(command, env=told, cwd=layout.REPOSITORY)
    server = Server(PORT, house.home() / "tls" / "authority.pem")
    try:
        _wait(server, web)
        yield server
    finally:
        web.terminate()
        web.wait(timeout=30)


def _wait(server: Server, web: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and web.poll() is None:
        try:
            lookup_load.Link(server, "none").post("/customers/find", {})
        except RuntimeError:
            return  # it answers, if only to refuse the key
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server did not start")


def _beside(
    server: Server,
    clients: Sequence[Client],
    script: str,
    place: dict[str, str],
    seconds: float,
) -> tuple[float, float]:
    """Medians of rounds in turns, so that a busy moment of the machine meets both."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = [], []
    with ProcessPoolExecutor(CREWS, spawn) as crew:
        for _ in range(ROUNDS):
            ours.append(_rate(crew, server, clients, seconds))
            theirs.append(lookup_sql.rate(place, script, CLIENTS, seconds))
    return statistics.median(ours), statistics.median(theirs)


def _rate(
    crew: ProcessPoolExecutor, server: Server, clients: Sequence[Client], seconds: float
) -> float:
    begin = time.monotonic() + LEAD_SECONDS
    parts = [clients[n::CREWS] for n in range(CREWS)]
    waiting = [crew.submit(lookup_load.together, server, part, begin, seconds) for part in parts]
    return sum(one.result() for one in waiting) / seconds
