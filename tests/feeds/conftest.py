"""An insurer with two customers, people who look at them in a core system, and that system's feed."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sample.digits import id_check
from tests import source_feeds
from tests.access import cast
from tests.access.cast import Member
from tutela.access import queries as access
from tutela.base import clock
from tutela.feeds.actions import deliveries
from tutela.feeds.actions import feeds as feed_actions
from tutela.feeds.actions.feeds import Reading
from tutela.feeds.models import Delivery, Door, Feed
from tutela.trail import queries as trail
from tutela.trail.queries import LeafFilter, LeafRow
from tutela.vault.actions.records import NewRecord, create_record

SHANGHAI = ZoneInfo("Asia/Shanghai")
PHONE = "13800138017"
ID_BODY = "11010119900307123"  # the first customer's, without its check character
ID_NUMBER = ID_BODY + id_check(ID_BODY)
CANARIES = (PHONE, ID_NUMBER, "C00001", "欧阳金丝雀")
"""Values of the customer: they must be nowhere after a delivery."""
COLUMNS = {
    "at": "time",
    "person": "user",
    "customer_number": "customer",
    "phone": "phone",
    "id_number": "idno",
    "action": "op",
    "number": "seq",
}
MAPPING: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "columns": COLUMNS,
    "actions": {"导出": "export"},
    "fields": ["name", "phone"],
}
HEADER = "time,user,customer,phone,idno,op,seq"


@dataclass
class Ground:
    """Who is there. `customers` are the ids of two customers with the numbers C00001 and C00002."""

    manager: Member
    auditor: Member
    clerk: Member
    carrier: Member
    machine: Member
    customers: list[str] = field(default_factory=list)

    def register(self, name: str, reader: str = "csv", **mapping: Any) -> Feed:
        return feed_actions.register_feed(
            self.manager.actor,
            name=name,
            system=f"Core {name}",
            reading=Reading(
                reader=reader,
                mapping={**MAPPING, **mapping} if reader in {"csv", "jsonl"} else mapping,
            ),
            silent_minutes=60,
        )

    def deliver(self, feed: Feed, data: str | bytes) -> Delivery:
        stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
        return deliveries.deliver_looks(self.carrier.actor, feed.name, stream, Door.FILE)


@pytest.fixture(scope="module")
def ground(database: str) -> Ground:
    """Made by the real verbs."""
    cast.plant_branches()
    machine = cast.hire("machine")
    source_feeds.register(machine.actor)
    found = Ground(
        manager=cast.hire("security_admin", "HQ"),
        auditor=cast.hire("auditor", "HQ"),
        clerk=cast.hire("service_agent", "EAST"),
        carrier=cast.hire("system_admin", "HQ"),
        machine=machine,
    )
    branch = access.branch("EAST").id
    for number, phone in enumerate((PHONE, "13900139018"), 1):
        body = f"{ID_BODY[:-3]}{122 + number}"
        values = {
            "name": "欧阳金丝雀",
            "id_number": body + id_check(body),
            "phone": phone,
            "customer_number": f"C{number:05d}",
        }
        made = create_record(
            machine.actor, NewRecord("customer", values, branch_id=branch), "service"
        )
        found.customers.append(str(made.customer_id))
    return found


def at(hours: float = 1, seconds: int = 0) -> datetime:
    """Some hours ago, to the second."""
    return (clock.now() - timedelta(hours=hours) + timedelta(seconds=seconds)).replace(
        microsecond=0
    )


def local(moment: datetime) -> str:
    """As a Chinese system writes it, without a zone."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def looks(feed: Feed, limit: int = 1000) -> list[LeafRow]:
    """The leaves of a feed's looks, oldest first."""
    rows = trail.leaves(LeafFilter(event="feeds.look.reported"), limit=limit)
    return [row for row in reversed(rows) if row.detail["feed"] == feed.name]
