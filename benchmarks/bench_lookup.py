"""One lookup and one reveal over HTTPS: alone, and by 16 clients beside pgbench doing the same SQL.

The customers are imported by the ordinary import, the server is the ordinary server with the processes
it has by default, and the clients share its cores, as pgbench does.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks import house, lookup_load, lookup_sql
from benchmarks.lookup_load import Client, Server, Target
from benchmarks.measure import Row, Scale, percentile
from tutela.base.actor import Actor
from tutela.cli.running.cluster import Cluster

SIZES, SOAK = (10_000, 1_000_000), 10_000_000
CLIENTS, CREWS = 16, 2
EACH = 250
"""Customers of one client, spread evenly over all there are."""
ALONE, WARM = 300, 50
SECONDS, ROUNDS = 6.0, 3
PORT = 18_443
START_SECONDS = 30.0
LEAD_SECONDS = 3.0
SEARCHES = "1000000"
P50_MS = 5.0


def run(scale: Scale) -> list[Row]:
    """p50 alone and operations a second by 16 clients, for each number of customers."""
    sizes = (SOAK,) if scale.soak else tuple(map(scale.of, SIZES))
    return [row for size in sizes for row in _at(size, 2.0 if scale.quick else SECONDS)]


def _at(size: int, seconds: float) -> list[Row]:
    """The figures with this many customers, in a database of their own."""
    with house.opened() as cluster:
        place = _filled(size)
        accounts = [house.hire("partner_service", "EAST") for _ in range(CLIENTS)]
        clients = _clients(size, accounts)
        script = _script(cluster, accounts, clients)
        with _serving() as server:
            lookup_load.alone(server, clients[0], WARM)
            waits = lookup_load.alone(server, clients[0], ALONE)
            ours, theirs = _beside(server, clients, script, place, seconds)
    return _rows(size, waits, ours, theirs)


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


def _filled(size: int) -> dict[str, str]:
    """Import the customers; where pgbench finds the database."""
    from django.db import connection, connections

    from tutela.vault.importing import actions
    from tutela.vault.importing.sources import FileSource

    house.branches("EAST")
    with tempfile.TemporaryDirectory(prefix="tub") as folder:
        file = Path(folder) / "customers.csv"
        _write(file, size)
        done = actions.run_import(
            house.operator(), FileSource(file), collection="customer", source_name="core"
        )
    if done.created != size:
        raise AssertionError(f"{done.rejected} of {size} rows were rejected")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    given = connection.get_connection_params()
    return {name: str(given[name]) for name in ("host", "port", "user", "dbname")}


def _write(file: Path, size: int) -> None:
    """The rows of an export: right id numbers, phones that are all different."""
    from tutela.crypto.normalise import id_card_18

    first = date(1940, 1, 1)
    with file.open("w", encoding="utf-8") as out:
        out.write("客户号,姓名,身份证号,手机号,电子邮箱,所属机构\n")
        for n in range(size):
            born = first + timedelta(days=n // 900 % 30_000)
            body = f"{110101 + n // 27_000_000:06d}{born:%Y%m%d}{n % 900 + 1:03d}"
            out.write(f"C{n:08d},欧阳测试,{id_card_18(body)},{_phone(n)},c{n}@example.com,EAST\n")


def _phone(n: int) -> str:
    return f"13{n:09d}"


def _clients(size: int, accounts: Sequence[Actor]) -> list[Client]:
    """A key for each account, and an open work item of each of its customers."""
    from tutela.access import actions, queries
    from tutela.base import clock
    from tutela.base.actor import SYSTEM
    from tutela.vault.actions import WorkItemRow, import_work_items

    each = min(EACH, size // CLIENTS)
    step = size // (each * CLIENTS)
    clients, rows = [], []
    for number, account in enumerate(accounts):
        staff = queries.staff_by_id(account.id)
        _, key = actions.create_api_key(actor=SYSTEM, staff=staff, label="benchmark")
        chosen = [(k * CLIENTS + number) * step for k in range(each)]
        clients.append(Client(key, [Target(_phone(n), f"W{n:08d}") for n in chosen]))
        rows += [
            WorkItemRow(number=f"W{n:08d}", kind="case", customer=f"C{n:08d}",
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
    items = work_items.work_items_for(numbers)
    picked = []
    for turn in range(len(clients[0].targets)):
        for account, client in zip(accounts, clients, strict=True):
            item = items[client.targets[turn].work_item]
            tag = _tag_of(item.customer_id, phone)
            picked.append((account.id, item.customer_id, item.work_item_id, tag))
    with cluster.connect(database="tutela") as server:
        return lookup_sql.script(server, picked, len(clients), phone)


def _tag_of(customer: UUID, field: int) -> int:
    from tutela.vault.queries import fetch

    found = fetch(
        "SELECT tag FROM vault.tag WHERE customer_id = %s AND field = %s ORDER BY transform LIMIT 1",
        (customer, field),
    )
    return int(found[0][0])


@contextmanager
def _serving() -> Iterator[Server]:
    """The web server as `tutela web` starts it; gone afterwards."""
    from tutela.cli.running import layout

    told = {
        **os.environ,
        "TUTELA_HTTPS_PORT": str(PORT),
        "TUTELA_MACHINE_SEARCHES_A_MINUTE": SEARCHES,
        "TUTELA_LOG_LEVEL": "ERROR",
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
