"""What each side of `--beside COMMIT` does in a process of its own, block by block.

Run in a checkout as `python benchmarks/beside_load.py full all`. It says what it can do, then answers each line of
its input, the name of a work, with one block of that work and a line of JSON. It is copied into
checkouts of other days, so it uses only what the measures there have had from the beginning: their set-up
and the rooms' verbs.
"""

# ruff: noqa: SLF001 the set-up of a measure is its own, and here it is what is asked for

import itertools
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks import bench_import, bench_lookup, bench_reveal, house, lookup_load
from sample import plain
from tutela.base.actor import Actor

Figure = dict[str, float]
FIRST = 8_000
"""Customers of the first import, which the lookups are about."""
TYPED = 240
"""Customers that are typed in, for the reveals in the process."""
BATCH = 1_000


class Meter:
    """Seconds of a unit of work, by the clock and of all processors: ours, our children's, the server's."""

    def __init__(self, server: Path) -> None:
        self.server = server

    def over(self, block: Callable[[], int]) -> Figure:
        """One block, which answers how many units it was."""
        cpu, wall = self._spent(), time.perf_counter()
        units = block()
        wall, cpu = time.perf_counter() - wall, self._spent() - cpu
        return {"wall": wall / units, "cpu": cpu / units}

    def _spent(self) -> float:
        postmaster = int((self.server / "postmaster.pid").read_text().split()[0])
        trees = {*_tree(os.getpid()), *_tree(postmaster)}
        return sum(map(_ticks, trees)) / os.sysconf("SC_CLK_TCK")


Block = Callable[[], int]
"""Work to be measured, which answers how many units it was."""
Ready = Callable[[], Block]
"""Makes ready, unmeasured, what the next block needs."""


def serve(scale: str, what: str) -> None:
    """Set up, then one block for each line of the input."""
    # What servers and children print goes elsewhere.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    with ExitStack() as stack:
        cluster = stack.enter_context(house.opened())
        part = 10 if scale == "quick" else 1
        meter = Meter(cluster.data)
        works = _whole_imports(part) if what == "import" else _works(stack, part)
        print(json.dumps(list(works)), file=answers)
        for line in sys.stdin:
            print(json.dumps(meter.over(works[line.strip()]())), file=answers)


def _works(stack: ExitStack, part: int) -> dict[str, Ready]:
    """Blocks by name: import, lookup and reveal over HTTPS, reveal in the process, leaves of the trail."""
    imports = _Imports()
    imports.fresh(FIRST // part)()
    blocks = {
        "lookup and reveal over HTTPS": _lookups(stack, FIRST // part, 60 // part),
        **_reveals(TYPED // part, 60 // part),
        **_leaves(2_000, 200 // part),
    }
    return {
        "import, a customer": lambda: imports.fresh(4_000 // part),
        **{name: partial(_same, block) for name, block in blocks.items()},
    }


def _same(block: Block) -> Block:
    """For work that needs nothing made ready."""
    return block


def _whole_imports(part: int) -> dict[str, Ready]:
    """Imports of each size, and of the same file once more; a unit is a customer."""
    imports, works = _Imports(), dict[str, Ready]()
    imports.fresh(100)()
    for size in (*bench_import.SIZES, bench_import.FULL):
        name = f"import, {size // part:,} customers"
        works[name] = partial(imports.fresh, size // part)
        works[f"{name}, the same file again"] = lambda: imports.again
    return works


def _import(operator: Any, path: Path) -> Any:
    """One import, by the verbs of now or by the one verb of earlier checkouts."""
    from tutela.vault.importing import actions

    if hasattr(actions, "run_import"):
        sources = import_module("tutela.vault.importing.sources")
        return actions.run_import(operator, sources.FileSource(path), collection="customer")
    from tutela.vault.importing.actions.files import open_file
    from tutela.vault.importing.actions.imports import run_import
    from tutela.vault.importing.actions.orders import prepare_order
    from tutela.vault.importing.orders import Instructions
    from tutela.vault.importing.reading.sources import FileSource

    table = open_file(operator, FileSource(path))
    return run_import(operator, prepare_order(operator, table, Instructions("customer")))


class _Imports:
    """Imports of customers who were not there; each goes on where the one before ended."""

    def __init__(self) -> None:
        bench_import._branches()
        self._operator, self._source = house.operator(), plain.lines(2**31, bench_import.SEED)
        self._path = Path(tempfile.mkdtemp(prefix="tubf", dir=house.home())) / "customers.csv"
        self._count = 0

    def fresh(self, count: int) -> Block:
        """A file of new customers, ready to be imported."""
        self._count = count
        with self._path.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(plain.HEADER) + "\n")
            file.writelines(itertools.islice(self._source, count))
        return lambda: self._run("created")

    def again(self) -> int:
        """The same file once more."""
        return self._run("unchanged")

    def _run(self, made: str) -> int:
        result = _import(self._operator, self._path)
        if getattr(result, made) != self._count:
            raise RuntimeError(f"{getattr(result, made)} of {self._count} rows {made}")
        return self._count


def _lookups(stack: ExitStack, size: int, count: int) -> Callable[[], int]:
    bench_lookup._ready()
    accounts = [house.hire("partner_service", bench_lookup.HEAD_OFFICE) for _ in range(16)]
    clients = bench_lookup._clients(size, accounts)
    serving: Any = getattr(bench_lookup, "serving", None) or vars(bench_lookup)["_serving"]
    bench_lookup.PORT, bench_lookup.START_SECONDS = _free_port(), 120.0
    server = stack.enter_context(serving())
    turns = itertools.cycle(clients)  # no account comes near its quota
    lookup_load.alone(server, clients[0], 100)

    def block() -> int:
        lookup_load.alone(server, next(turns), count)
        return count

    return block


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _reveals(count: int, singles: int) -> dict[str, Callable[[], int]]:
    customers = bench_reveal._customers(count)
    partner = house.hire("partner_service", "EAST")
    items = _cases(customers, partner)
    turns = itertools.cycle(customers)
    bench_reveal._singles(partner, customers[:20], items)
    bench_reveal._many(partner, customers, items)

    def single() -> int:
        bench_reveal._singles(partner, list(itertools.islice(turns, singles)), items)
        return singles

    def batch() -> int:
        bench_reveal._many(partner, customers, items)
        return count

    return {"reveal of one field, in the process": single, "reveal of a batch, a customer": batch}


def _cases(customers: Sequence[UUID], assignee: Actor) -> dict[UUID, str]:
    """An open case for each, under numbers that the lookups' work items do not have."""
    from tutela.access import queries
    from tutela.base import clock
    from tutela.vault.actions.work_items import WorkItemRow, import_work_items

    cases = {customer: f"R{n:08d}" for n, customer in enumerate(customers)}
    staff_no = queries.staff_by_id(assignee.id).staff_no
    rows = [
        WorkItemRow(number=number, kind="case", customer=str(customer), by="",
                    assignee=staff_no, opened=clock.today())
        for customer, number in cases.items()
    ]  # fmt: skip
    if import_work_items(house.operator(), rows).created != len(rows):
        raise AssertionError("every customer must have a work item")
    return cases


def _leaves(many: int, single: int) -> dict[str, Callable[[], int]]:
    from benchmarks import trail_load
    from tutela.trail import log

    looks: Callable[[int], Any] = getattr(trail_load, "looks", None) or vars(trail_load)["_leaves"]
    leaves = list(itertools.islice(looks(0), BATCH))

    def batches() -> int:
        for _ in range(many // BATCH):
            log.append_all(leaves)
        return many

    def alone() -> int:
        for leaf in itertools.islice(itertools.cycle(leaves), single):
            log.append(leaf)
        return single

    return {"trail, a leaf in batches": batches, "trail, a leaf alone": alone}


def _tree(first: int) -> Iterator[int]:
    """A process and all that it started, at any depth."""
    yield first
    try:
        threads = list(Path(f"/proc/{first}/task").iterdir())
        below = [(thread / "children").read_text().split() for thread in threads]
    except OSError:
        return
    for pid in itertools.chain.from_iterable(below):
        yield from _tree(int(pid))


def _ticks(pid: int) -> int:
    """User and system time, of its waited-for children too."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])


if __name__ == "__main__":
    serve(*sys.argv[1:])
