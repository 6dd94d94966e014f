"""Looks outside the vault: records a second from a log to committed leaves, matched to people and customers.

A core system's CSV, by customer number; and csvlog of pgaudit, whose statements hold a phone number. One feed
alone, and two at once, which is what the floor of 5,000 a second is of: feeds do not wait for each other.
"""

import io
import multiprocessing
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from typing import Any

from benchmarks import house
from benchmarks.measure import Row, Scale
from tutela.base import clock

RECORDS, CUSTOMERS, PEOPLE = 30_000, 200, 40
FLOOR = 5_000
ROUNDS, PROCESSES = 3, 2
_OWN: dict[str, Any] = {
    "zone": "UTC",
    "columns": {"at": "at", "person": "who", "customer_number": "customer", "number": "n"},
    "fields": ["name", "phone"],
}


def run(scale: Scale) -> list[Row]:
    """Records a second of each format: one feed alone, and two that deliver at once."""
    if scale.soak:
        return []
    records = scale.of(RECORDS)
    with house.opened():
        ids = house.branches("EAST")
        logins = _people()
        _customers(ids["EAST"])
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, spawn, initializer=house.child) as crew:
            return [
                row
                for name, mapping, lines in (
                    ("csv", _OWN, _csv(records, logins)),
                    ("pgaudit-csv", {"zone": "UTC"}, _pgaudit(records, logins)),
                )
                for row in _rows(crew, name, mapping, "".join(lines).encode())
            ]


def _rows(
    crew: ProcessPoolExecutor, name: str, mapping: dict[str, Any], data: bytes
) -> Iterator[Row]:
    for feeds in (1, PROCESSES):
        rates = [
            _rate(crew, f"{name}-{feeds}-{turn}", feeds, (name, mapping, data))
            for turn in range(ROUNDS)
        ]
        yield Row(
            name=f"feeds, {name} to leaves", value=statistics.median(rates), unit="/s",
            beside="limit", floor=FLOOR if feeds > 1 else None, floor_of="value",
            note=f"{feeds} at once, {CUSTOMERS} customers, {PEOPLE} people",
        )  # fmt: skip


def _rate(
    crew: ProcessPoolExecutor, label: str, feeds: int, how: tuple[str, dict[str, Any], bytes]
) -> float:
    name, mapping, data = how
    made = [_feed(f"{label}-{n}", name, mapping) for n in range(feeds)]
    list(crew.map(_warm, range(2 * PROCESSES)))
    began = time.perf_counter()
    looks = sum(crew.map(_deliver, made, [data] * feeds))
    return looks / (time.perf_counter() - began)


def _warm(_: int) -> None:
    """A short sleep hands the tasks to every process of the crew."""
    time.sleep(0.2)


def _deliver(feed: str, data: bytes) -> int:
    from tutela.access import sign_in
    from tutela.feeds.actions import deliveries
    from tutela.feeds.models import Door

    stream = io.BytesIO(data)
    return deliveries.deliver_looks(sign_in.local_operator(), feed, stream, Door.SHELL).looks


def _feed(name: str, reader: str, mapping: dict[str, Any]) -> str:
    from tutela.access.models import Staff
    from tutela.base.actor import Actor, Channel
    from tutela.feeds.actions import feeds

    staff = Staff.objects.get(login="feed-manager")
    actor = Actor(kind="staff", id=str(staff.id), channel=Channel.PAGE)
    reading = feeds.Reading(reader=reader, mapping=mapping)
    feeds.register_feed(actor, name=name, system="Core", reading=reading, silent_minutes=60)
    return name


def _people() -> list[str]:
    from tutela.access.actions.people import NewStaff, create_staff
    from tutela.base.actor import SYSTEM

    logins = [f"agent-{n}" for n in range(PEOPLE)]
    for number, login in enumerate(["feed-manager", *logins]):
        post = "service_agent" if number else "security_admin"
        new = NewStaff(staff_no=f"F{number}", login=login, name="Test", post=post, branch="EAST")
        create_staff(SYSTEM, new)
    return logins


def _customers(branch: int) -> None:
    from tutela.access import sign_in
    from tutela.vault.actions.records import NewRecord, create_record

    actor = sign_in.local_operator()
    for n in range(CUSTOMERS):
        values = {"name": "张三", "customer_number": f"C{n:05d}", "phone": f"138{n:08d}"}
        create_record(actor, NewRecord("customer", values, branch_id=branch), "service")


def _csv(records: int, logins: list[str]) -> Iterator[str]:
    yield "at,who,customer,n\n"
    since = clock.now() - timedelta(days=1)
    for n in range(records):
        at = since + timedelta(seconds=n)
        yield f"{at:%Y-%m-%d %H:%M:%S},{logins[n % PEOPLE]},C{n * 7 % CUSTOMERS:05d},{n + 1}\n"


def _pgaudit(records: int, logins: list[str]) -> Iterator[str]:
    since = clock.now() - timedelta(days=1)
    for n in range(records):
        at = since + timedelta(milliseconds=100 * n)
        phone = f"138{n * 7 % CUSTOMERS:08d}"
        statement = f"select name, phone from crm.customer where phone = '{phone}' limit 10"
        audit = f'AUDIT: SESSION,{n},1,READ,SELECT,TABLE,crm.customer,""{statement}"",<none>'
        yield (
            f'{at:%Y-%m-%d %H:%M:%S.%f} UTC,"{logins[n % PEOPLE]}","core",77,"10.0.0.8:5000",6be0.1,{n},"SELECT",'
            f'{since:%Y-%m-%d %H:%M:%S} UTC,3/1,0,LOG,00000,"{audit}",,,,,,,,,"app","client backend",,0\n'
        )
