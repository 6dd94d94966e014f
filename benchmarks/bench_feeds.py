"""Looks outside the vault: records a second from a log to committed leaves, matched to people and customers.

A core system's CSV, by customer number; and csvlog of pgaudit, whose statements hold a phone number. Each file is
read twice, as the product does. Beside each stands the floor of 5,000 a second.
"""

import io
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks import house
from benchmarks.measure import Row, Scale
from tutela.base import clock

RECORDS, CUSTOMERS, PEOPLE = 30_000, 200, 40
FLOOR = 5_000
ROUNDS = 3
_OWN: dict[str, Any] = {
    "zone": "UTC",
    "columns": {"at": "at", "person": "who", "customer_number": "customer", "number": "n"},
    "fields": ["name", "phone"],
}


def run(scale: Scale) -> list[Row]:
    """Records a second of each format."""
    if scale.soak:
        return []
    records = scale.of(RECORDS)
    with house.opened():
        ids = house.branches("EAST")
        logins = _people()
        _customers(ids["EAST"])
        return [
            _row("csv", records, _OWN, _csv(records, logins)),
            _row("pgaudit-csv", records, {"zone": "UTC"}, _pgaudit(records, logins)),
        ]


def _row(name: str, records: int, mapping: dict[str, Any], lines: Iterator[str]) -> Row:
    from tutela.access import sign_in
    from tutela.feeds.actions import deliveries
    from tutela.feeds.models import Door

    text = list(lines)
    head, rows = (text[:1], text[1:]) if name == "csv" else ([], text)
    taken = []
    for turn in range(ROUNDS):
        feed = _feed(f"{name}-{turn}", name, mapping)
        data = io.BytesIO("".join([*head, *rows]).encode())
        began = time.perf_counter()
        done = deliveries.deliver_looks(sign_in.local_operator(), feed, data, Door.SHELL)
        taken.append(time.perf_counter() - began)
        if done.looks != records:
            raise RuntimeError(f"{done.looks} of {records} records became leaves")
    return Row(
        name=f"feeds, {name} to leaves", value=records / statistics.median(taken), unit="/s",
        beside="limit", floor=FLOOR, floor_of="value",
        note=f"{records:,} records, {CUSTOMERS} customers, {PEOPLE} people, one process",
    )  # fmt: skip


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
