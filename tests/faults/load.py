"""Clients that look customers up and reveal a field, whatever happens to the server meanwhile."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults import stock
from tests.faults.installation import Installation

PAUSE = 0.02
STALE = "access.stale"
"""Told with 403 when the database has been away for more than five seconds: nobody may see clear values."""


@dataclass
class Load:
    """What the clients were told: leaf ids of shown values, and how often each ending came."""

    house: Installation
    customers: list[str]
    leaves: list[str] = field(default_factory=list)
    endings: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def work(self, number: int) -> None:
        turn = number
        while not self.stopping.is_set():
            turn = (turn + 7) % len(self.customers)
            try:
                self.look(turn)
            except OSError:
                self.endings["cut"] += 1
                time.sleep(PAUSE)

    def look(self, n: int) -> bool:
        """Reveal one phone; True when it was shown."""
        asked = {
            "fields": ["phone"], "purpose": "service", "work_item": stock.work_item(n), "reason": "r"
        }  # fmt: skip
        path = f"/api/v1/customers/{self.customers[n]}/reveal"
        status, text = self.house.ask("POST", path, asked)
        self.endings[str(status)] += 1
        try:
            told = json.loads(text)
        except ValueError:
            self.wrong.append(f"{status} not JSON")
            return False
        if status == 200:
            self.leaves.append(told["leaf_id"])
            if told["values"] != {"phone": stock.phone(n)}:
                self.wrong.append("another value")
        elif (status != 503 and told.get("code") != STALE) or "Traceback" in text:
            self.wrong.append(f"{status} {told.get('code')}")
        return status == 200

    def shown_again(self, seconds: float) -> float:
        """Until a value is shown; the seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                if self.look(0):
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(
            f"nothing was shown for {seconds} s: {self.endings}\n{self.house.tail()}"
        )


def made(house: Installation, count: int) -> Load:
    """A load on the first customers of the stock."""
    found = []
    for n in range(count):
        asked = {"by": "phone", "value": stock.phone(n), "purpose": "service"}
        (one,) = house.api("POST", "/customers/find", asked)["customers"]
        found.append(one["customer_id"])
    return Load(house, found)


@contextmanager
def running(load: Load, clients: int = 3) -> Iterator[Load]:
    """Clients in threads, until the block ends."""
    threads = [threading.Thread(target=load.work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stopping.set()
        for thread in threads:
            thread.join(60)
