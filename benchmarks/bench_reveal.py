"""Clear values through the vault's own verbs: gate, quota, durable trace, keys, integrity, value.

Nothing stands beside: no peer does all of it. The bare opening of as many cells is given to show how
much of the time is the cipher. Keys are forgotten before each round unless the row says warm.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from uuid import UUID

from benchmarks import house
from benchmarks.measure import Row, Scale, median_seconds
from tutela.base.actor import Actor
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.suites import Suite

CUSTOMERS = 2_000
FIELDS = ("name", "id_number", "birth_date", "phone", "email")
SINGLES = 300
ROUNDS = 5
ASK = ("service", "benchmark of a batch notice")


def run(scale: Scale) -> list[Row]:
    """Fields a second in batches; the median of single reveals."""
    if scale.soak:
        return []
    with house.opened():
        return _measured(scale.of(CUSTOMERS), scale.of(SINGLES))


def _measured(count: int, singles: int) -> list[Row]:
    from tutela.keys import custody

    customers = _customers(count)
    partner = house.hire("partner_service", "EAST")
    items = _work_items(customers, partner)
    _many(partner, customers, items)
    cold = _seconds(lambda: _many(partner, customers, items), before=custody.clear)
    warm = _seconds(lambda: _many(partner, customers, items))
    waits = _singles(partner, customers[:singles], items)
    fields, batch = count * len(FIELDS), f"{count:,} customers × {len(FIELDS)} fields"
    return [
        Row(name="batch reveal", value=fields / cold, unit="fields/s", beside="limit",
            floor=20_000, floor_of="value", note=f"{batch}, keys cold"),
        Row(name="batch reveal, keys warm", value=fields / warm, unit="fields/s",
            beside="opening cells alone", beside_value=_opened(fields), note=batch),
        Row(name="single reveal, in process, p50", value=statistics.median(waits) * 1e3, unit="ms",
            note=f"p95 {sorted(waits)[int(0.95 * len(waits))] * 1e3:.2f} ms, keys cold"),
    ]  # fmt: skip


def _customers(count: int) -> list[UUID]:
    """Customers of one branch, made by the ordinary verb."""
    from tutela.crypto.normalise import id_card_18
    from tutela.vault.actions.records import NewRecord, create_record

    branch, operator = house.branches("EAST")["EAST"], house.operator()
    return [
        create_record(
            operator,
            NewRecord("customer", {
                "customer_number": f"C{n:08d}", "name": "欧阳测试", "phone": f"138{n:08d}",
                "id_number": id_card_18(f"110101{1950 + n // 900:04d}0101{n % 900 + 1:03d}"),
                "birth_date": f"{1950 + n // 900}-01-01", "email": f"c{n}@example.com",
            }, branch_id=branch),
            "administration",
        ).customer_id
        for n in range(count)
    ]  # fmt: skip


def _work_items(customers: Sequence[UUID], assignee: Actor) -> dict[UUID, str]:
    """One open case for each customer, in the hands of the account that reveals."""
    from tutela.access import queries
    from tutela.base import clock
    from tutela.vault.actions.work_items import WorkItemRow, import_work_items

    number = queries.staff_by_id(assignee.id).staff_no
    rows = [
        WorkItemRow(
            number=f"W{n:08d}", kind="case", customer=str(customer), by="", assignee=number,
            opened=clock.today(), closed=None,
        )
        for n, customer in enumerate(customers)
    ]  # fmt: skip
    done = import_work_items(house.operator(), rows)
    if done.created != len(rows):
        raise AssertionError("every customer must have a work item")
    return {customer: f"W{n:08d}" for n, customer in enumerate(customers)}


def _many(actor: Actor, customers: Sequence[UUID], items: dict[UUID, str]) -> None:
    from tutela.vault.reveal import reveal_many

    batch = reveal_many(actor, {customer: items[customer] for customer in customers}, FIELDS, *ASK)
    if sum(map(len, batch.values.values())) != len(customers) * len(FIELDS):
        raise AssertionError(f"refused: {set(batch.refused.values())}")


def _seconds(work: Callable[[], None], before: Callable[[], None] | None = None) -> float:
    """The median of a few rounds; `before` is not timed."""
    taken = []
    for _ in range(ROUNDS):
        if before:
            before()
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _singles(actor: Actor, customers: Sequence[UUID], items: dict[UUID, str]) -> list[float]:
    """Seconds of each reveal of one field, customer after customer."""
    from tutela.keys import custody
    from tutela.vault.reveal import Justification, reveal

    custody.clear()
    taken = []
    for customer in customers:
        started = time.perf_counter()
        reveal(actor, customer, ["id_number"], Justification(ASK[0], ASK[1], items[customer]))
        taken.append(time.perf_counter() - started)
    return taken


def _opened(fields: int) -> float:
    """Cells that one core opens in a second with the keys at hand: the limit of any reveal."""
    row = CustomerKeys(bytes(32), Suite.AES, 1, bytes(16), bytes(16)).row(1, bytes(16))
    cell = row.seal(1, 102, "110101195001010010", pad_to=32)

    def work() -> None:
        for _ in range(fields):
            row.open(1, 102, cell)

    return fields / median_seconds(work)
